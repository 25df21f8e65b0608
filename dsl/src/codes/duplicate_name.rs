//! RL0201: name used twice.

use super::{Code, Words};

/// RL0201: name used twice.
pub const DUPLICATE_NAME: Code = Code {
    code: "RL0201",
    title: Words::new("name used twice", "nom employé deux fois"),
    what: Words::new(
        "Two segments, bands, scenarios, calendars or steps have the same name.",
        "Deux segments, tranches, scénarios, calendriers ou étapes portent le même nom.",
    ),
    why: Words::new(
        "It would not be clear which is meant.",
        "On ne saurait pas lequel est voulu.",
    ),
    bad: "key when account.overdue >= 500 EUR
key when account.open_invoices > 3",
    good: "key when account.overdue >= 500 EUR
busy when account.open_invoices > 3",
};
