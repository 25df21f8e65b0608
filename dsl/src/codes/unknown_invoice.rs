//! RL1004: unknown invoice in a test.

use super::{Code, Words};

/// RL1004: unknown invoice in a test.
pub const UNKNOWN_INVOICE: Code = Code {
    code: "RL1004",
    title: Words::new("unknown invoice in a test", "facture inconnue dans un test"),
    what: Words::new(
        "A test names an invoice that it does not give.",
        "Un test nomme une facture qu'il ne donne pas.",
    ),
    why: Words::new(
        "It is probably mistyped.",
        "C'est probablement une faute de frappe.",
    ),
    bad: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing of F2 on 2026-02-04 }",
    good: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing of F1 on 2026-02-04 }",
};
