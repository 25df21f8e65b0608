//! RL0119: not a fact of invoices.

use super::Code;

/// RL0119: not a fact of invoices.
pub const NOT_OF_INVOICES: Code = Code {
    code: "RL0119",
    title: "not a fact of invoices",
    what: "`sum of`, `average of`, `largest of` and `smallest of` are followed by something that is not an amount, a number or a date of an invoice.",
    why: "There is nothing to add up.",
    bad: "many when sum of account.overdue of invoices > 500 EUR",
    good: "many when sum of invoice.amount of invoices > 500 EUR",
};
