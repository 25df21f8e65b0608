//! RL0103: two kinds of values compared.

use super::Code;

/// RL0103: two kinds of values compared.
pub const TYPES_DIFFER: Code = Code {
    code: "RL0103",
    title: "two kinds of values compared",
    what: "Values of two kinds are compared.",
    why: "The comparison would never hold.",
    bad: "key when account.open_invoices >= 5 EUR",
    good: "key when account.open_invoices >= 5",
};
