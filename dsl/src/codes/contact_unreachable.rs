//! RL0411: contact never reached.

use super::Code;

/// RL0411: contact never reached.
pub const CONTACT_UNREACHABLE: Code = Code {
    code: "RL0411",
    title: "contact never reached",
    what: "",
    why: "",
    bad: "",
    good: "",
};
