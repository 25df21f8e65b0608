//! RL1004: unknown invoice in a test.

use super::Code;

/// RL1004: unknown invoice in a test.
pub const UNKNOWN_INVOICE: Code = Code {
    code: "RL1004",
    title: "unknown invoice in a test",
    what: "A test names an invoice that it does not give.",
    why: "It is probably mistyped.",
    bad: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing of F2 on 2026-02-04 }",
    good: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing of F1 on 2026-02-04 }",
};
