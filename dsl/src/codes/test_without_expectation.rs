//! RL1001: test that expects nothing at all.

use super::{Code, Words};

/// RL1001: test that expects nothing at all.
pub const TEST_WITHOUT_EXPECTATION: Code = Code {
    code: "RL1001",
    title: Words::new(
        "test that expects nothing at all",
        "test qui n'attend rien du tout",
    ),
    what: Words::new(
        "A test has no `expect` line.",
        "Un test n'a pas de ligne `attendre`.",
    ),
    why: Words::new(
        "It cannot fail, so it shows nothing.",
        "Il ne peut pas échouer, donc il ne montre rien.",
    ),
    bad: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } }",
    good: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing on 2026-02-04 }",
};
