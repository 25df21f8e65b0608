//! RL0404: language never reached.

use super::Code;

/// RL0404: language never reached.
pub const LANGUAGE_UNREACHABLE: Code = Code {
    code: "RL0404",
    title: "language never reached",
    what: "",
    why: "",
    bad: "",
    good: "",
};
