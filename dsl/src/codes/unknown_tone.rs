//! RL0406: unknown tone.

use super::Code;

/// RL0406: unknown tone.
pub const UNKNOWN_TONE: Code = Code {
    code: "RL0406",
    title: "unknown tone",
    what: "A tone does not exist.",
    why: "Tones choose templates; there are four: warm, courteous, firm and formal.",
    bad: "tone kind",
    good: "tone warm",
};
