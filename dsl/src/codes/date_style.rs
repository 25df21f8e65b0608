//! RL0017: date in another style.

use super::{Code, Words};

/// RL0017: date in another style.
pub const DATE_STYLE: Code = Code {
    code: "RL0017",
    title: Words::new("date in another style", "date dans un autre style"),
    what: Words::new(
        "A date is not written year, month, day, or there is no such day.",
        "Une date n'est pas écrite année, mois, jour, ou ce jour n'existe pas.",
    ),
    why: Words::new(
        "1/4/2026 is in January or in April.",
        "Le 1/4/2026 est en avril à Paris, et en janvier à New York.",
    ),
    bad: "new when today >= 1/4/2026",
    good: "new when today >= 2026-04-01",
};
