//! RL0026: hyphen in a name.

use super::Code;

/// RL0026: hyphen in a name.
pub const HYPHEN_IN_NAME: Code = Code {
    code: "RL0026",
    title: "hyphen in a name",
    what: "",
    why: "",
    bad: "",
    good: "",
};
