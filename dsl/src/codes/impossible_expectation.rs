//! RL1005: expectation that no scenario can meet.

use super::Code;

/// RL1005: expectation that no scenario can meet.
pub const IMPOSSIBLE_EXPECTATION: Code = Code {
    code: "RL1005",
    title: "expectation that no scenario can meet",
    what: "A test expects a step, level, template or task that no scenario has.",
    why: "It can only fail.",
    bad: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect email template nobody }",
    good: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing }",
};
