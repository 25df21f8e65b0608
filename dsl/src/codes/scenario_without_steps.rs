//! RL0414: scenario without steps.

use super::Code;

/// RL0414: scenario without steps.
pub const SCENARIO_WITHOUT_STEPS: Code = Code {
    code: "RL0414",
    title: "scenario without steps",
    what: "",
    why: "",
    bad: "",
    good: "",
};
