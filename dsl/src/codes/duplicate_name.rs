//! RL0201: name used twice.

use super::Code;

/// RL0201: name used twice.
pub const DUPLICATE_NAME: Code = Code {
    code: "RL0201",
    title: "name used twice",
    what: "Two segments, bands, scenarios, calendars or steps have the same name.",
    why: "It would not be clear which is meant.",
    bad: "key when account.overdue >= 500 EUR
key when account.open_invoices > 3",
    good: "key when account.overdue >= 500 EUR
busy when account.open_invoices > 3",
};
