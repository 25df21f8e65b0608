//! RL0013: French file.

use super::Code;

/// RL0013: French file.
pub const FRENCH_FILE: Code = Code {
    code: "RL0013",
    title: "French file",
    what: "A file is written with French words.",
    why: "French words are not available in this version.",
    bad: "édition 2026
segments { petit sinon }",
    good: "edition 2026
segments { petit otherwise }",
};
