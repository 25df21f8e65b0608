//! RL0013: French file.

use super::Code;

/// RL0013: French file.
pub const FRENCH_FILE: Code = Code {
    code: "RL0013",
    title: "French file",
    what: "",
    why: "",
    bad: "",
    good: "",
};
