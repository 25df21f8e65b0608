//! RL0016: currency in another style.

use super::Code;

/// RL0016: currency in another style.
pub const CURRENCY_STYLE: Code = Code {
    code: "RL0016",
    title: "currency in another style",
    what: "A currency is written as a sign or in small letters.",
    why: "A sign such as $ stands for several currencies; a code for one.",
    bad: "key when account.overdue >= 500 €",
    good: "key when account.overdue >= 500 EUR",
};
