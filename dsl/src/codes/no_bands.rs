//! RL0304: score without bands.

use super::Code;

/// RL0304: score without bands.
pub const NO_BANDS: Code = Code {
    code: "RL0304",
    title: "score without bands",
    what: "The score has no bands.",
    why: "Rules ask for bands; a number alone says little.",
    bad: "score payer from 0 to 100 start 60 { add 5 when account.open_invoices > 3 }",
    good: "score payer from 0 to 100 start 60 {
  add 5 when account.open_invoices > 3
  bands { good from 70, poor }
}",
};
