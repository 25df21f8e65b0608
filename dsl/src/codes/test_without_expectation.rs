//! RL1001: test that expects nothing at all.

use super::Code;

/// RL1001: test that expects nothing at all.
pub const TEST_WITHOUT_EXPECTATION: Code = Code {
    code: "RL1001",
    title: "test that expects nothing at all",
    what: "A test has no `expect` line.",
    why: "It cannot fail, so it shows nothing.",
    bad: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } }",
    good: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing on 2026-02-04 }",
};
