//! RL0012: French word.

use super::Code;

/// RL0012: French word.
pub const FRENCH_WORD: Code = Code {
    code: "RL0012",
    title: "French word",
    what: "",
    why: "",
    bad: "",
    good: "",
};
