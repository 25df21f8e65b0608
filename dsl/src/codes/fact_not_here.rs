//! RL0102: fact not known here.

use super::Code;

/// RL0102: fact not known here.
pub const FACT_NOT_HERE: Code = Code {
    code: "RL0102",
    title: "fact not known here",
    what: "A fact is asked for where it is not known yet, as an invoice while segments are chosen.",
    why: "The question has no answer there.",
    bad: "key when invoice.amount >= 500 EUR",
    good: "key when account.overdue >= 500 EUR",
};
