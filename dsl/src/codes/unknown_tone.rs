//! RL0406: unknown tone.

use super::{Code, Words};

/// RL0406: unknown tone.
pub const UNKNOWN_TONE: Code = Code {
    code: "RL0406",
    title: Words::new("unknown tone", "ton inconnu"),
    what: Words::new("A tone does not exist.", "Un ton n'existe pas."),
    why: Words::new(
        "Tones choose templates; there are four: warm, courteous, firm and formal.",
        "Les tons choisissent les modèles ; il y en a quatre : chaleureux, courtois, ferme et formel.",
    ),
    bad: "tone kind",
    good: "tone warm",
};
