//! RL0801: unknown module.

use super::Code;

/// RL0801: unknown module.
pub const UNKNOWN_MODULE: Code = Code {
    code: "RL0801",
    title: "unknown module",
    what: "A module of the standard library does not exist.",
    why: "What it declares would be missing.",
    bad: "use std.frace",
    good: "use std.france",
};
