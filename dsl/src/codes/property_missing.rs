//! RL1003: invoice without amount or due date.

use super::Code;

/// RL1003: invoice without amount or due date.
pub const PROPERTY_MISSING: Code = Code {
    code: "RL1003",
    title: "invoice without amount or due date",
    what: "An invoice of a test has no amount, or no due date.",
    why: "Nothing can be decided about it.",
    bad: "test \"x\" { given invoice F1 { amount 100 EUR } expect nothing }",
    good: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing }",
};
