//! RL0413: no such level.

use super::Code;

/// RL0413: no such level.
pub const NO_SUCH_LEVEL: Code = Code {
    code: "RL0413",
    title: "no such level",
    what: "",
    why: "",
    bad: "",
    good: "",
};
