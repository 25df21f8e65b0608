//! RL0108: calculation with unfit values.

use super::Code;

/// RL0108: calculation with unfit values.
pub const NOT_CALCULABLE: Code = Code {
    code: "RL0108",
    title: "calculation with unfit values",
    what: "A calculation joins values that do not fit.",
    why: "An amount times an amount means nothing.",
    bad: "key when account.overdue * account.revenue_12m > 5 EUR",
    good: "key when account.overdue * 2 > 5 EUR",
};
