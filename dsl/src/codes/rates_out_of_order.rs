//! RL0608: rates out of order.

use super::Code;

/// RL0608: rates out of order.
pub const RATES_OUT_OF_ORDER: Code = Code {
    code: "RL0608",
    title: "rates out of order",
    what: "Rates of interest do not stand in the order of their days, or one day has two.",
    why: "A gap or a wrong year is easily overlooked in a list without order.",
    bad: "charges fr { late_interest from 2025-07-01 12.15 % late_interest from 2025-01-01 13.15 % }",
    good: "charges fr { late_interest from 2025-01-01 13.15 % late_interest from 2025-07-01 12.15 % }",
};
