//! RL0112: number without its percent sign.

use super::Code;

/// RL0112: number without its percent sign.
pub const PERCENT_MISSING: Code = Code {
    code: "RL0112",
    title: "number without its percent sign",
    what: "A percentage is compared with a bare number.",
    why: "0.9 and 90 could both be meant.",
    bad: "good when account.on_time_rate_12m >= 90",
    good: "good when account.on_time_rate_12m >= 90 %",
};
