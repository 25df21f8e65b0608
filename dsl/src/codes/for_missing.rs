//! RL0023: scenario for nobody.

use super::Code;

/// RL0023: scenario for nobody.
pub const FOR_MISSING: Code = Code {
    code: "RL0023",
    title: "scenario for nobody",
    what: "",
    why: "",
    bad: "",
    good: "",
};
