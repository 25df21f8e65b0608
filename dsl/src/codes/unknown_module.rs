//! RL0801: unknown module.

use super::{Code, Words};

/// RL0801: unknown module.
pub const UNKNOWN_MODULE: Code = Code {
    code: "RL0801",
    title: Words::new("unknown module", "module inconnu"),
    what: Words::new(
        "A module of the standard library does not exist.",
        "Un module de la bibliothèque standard n'existe pas.",
    ),
    why: Words::new(
        "What it declares would be missing.",
        "Ce qu'il déclare manquerait.",
    ),
    bad: "use std.frace",
    good: "use std.france",
};
