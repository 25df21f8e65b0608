//! RL0016: currency in another style.

use super::{Code, Words};

/// RL0016: currency in another style.
pub const CURRENCY_STYLE: Code = Code {
    code: "RL0016",
    title: Words::new("currency in another style", "devise dans un autre style"),
    what: Words::new(
        "A currency is written as a sign or in small letters.",
        "Une devise est écrite par un signe, ou en minuscules.",
    ),
    why: Words::new(
        "A sign such as $ stands for several currencies; a code for one.",
        "Un signe comme $ désigne plusieurs devises ; un code n'en désigne qu'une.",
    ),
    bad: "key when account.overdue >= 500 €",
    good: "key when account.overdue >= 500 EUR",
};
