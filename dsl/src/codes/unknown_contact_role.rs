//! RL0410: unknown contact role.

use super::Code;

/// RL0410: unknown contact role.
pub const UNKNOWN_CONTACT_ROLE: Code = Code {
    code: "RL0410",
    title: "unknown contact role",
    what: "",
    why: "",
    bad: "",
    good: "",
};
