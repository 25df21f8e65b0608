//! RL0506: step that does nothing.

use super::Code;

/// RL0506: step that does nothing.
pub const STEP_WITHOUT_ACTS: Code = Code {
    code: "RL0506",
    title: "step that does nothing",
    what: "",
    why: "",
    bad: "",
    good: "",
};
