//! RL0802: unknown edition.

use super::{Code, Words};

/// RL0802: unknown edition.
pub const UNKNOWN_EDITION: Code = Code {
    code: "RL0802",
    title: Words::new("unknown edition", "édition inconnue"),
    what: Words::new(
        "A file is written for an edition that this version does not know.",
        "Un fichier est écrit pour une édition que cette version ne connaît pas.",
    ),
    why: Words::new(
        "Words may have another meaning there.",
        "Les mots peuvent y avoir un autre sens.",
    ),
    bad: "edition 2025",
    good: "edition 2026",
};
