//! RL0112: number without its percent sign.

use super::{Code, Words};

/// RL0112: number without its percent sign.
pub const PERCENT_MISSING: Code = Code {
    code: "RL0112",
    title: Words::new("number without its percent sign", "nombre sans son signe %"),
    what: Words::new(
        "A percentage is compared with a bare number.",
        "Un pourcentage est comparé à un simple nombre.",
    ),
    why: Words::new(
        "0.9 and 90 could both be meant.",
        "0,9 et 90 pourraient être voulus l'un comme l'autre.",
    ),
    bad: "good when account.on_time_rate_12m >= 90",
    good: "good when account.on_time_rate_12m >= 90 %",
};
