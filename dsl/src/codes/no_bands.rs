//! RL0304: score without bands.

use super::{Code, Words};

/// RL0304: score without bands.
pub const NO_BANDS: Code = Code {
    code: "RL0304",
    title: Words::new("score without bands", "score sans tranches"),
    what: Words::new("The score has no bands.", "Le score n'a pas de tranches."),
    why: Words::new(
        "Rules ask for bands; a number alone says little.",
        "Les règles interrogent les tranches ; un nombre seul dit peu de chose.",
    ),
    bad: "score payer from 0 to 100 start 60 { add 5 when account.open_invoices > 3 }",
    good: "score payer from 0 to 100 start 60 {
  add 5 when account.open_invoices > 3
  bands { good from 70, poor }
}",
};
