//! RL0017: date in another style.

use super::Code;

/// RL0017: date in another style.
pub const DATE_STYLE: Code = Code {
    code: "RL0017",
    title: "date in another style",
    what: "A date is not written year, month, day, or there is no such day.",
    why: "1/4/2026 is in January or in April.",
    bad: "new when today >= 1/4/2026",
    good: "new when today >= 2026-04-01",
};
