//! RL0608: rates out of order.

use super::{Code, Words};

/// RL0608: rates out of order.
pub const RATES_OUT_OF_ORDER: Code = Code {
    code: "RL0608",
    title: Words::new("rates out of order", "taux en désordre"),
    what: Words::new(
        "Rates of interest do not stand in the order of their days, or one day has two.",
        "Des taux d'intérêt ne figurent pas dans l'ordre de leurs jours, ou un jour en a deux.",
    ),
    why: Words::new(
        "A gap or a wrong year is easily overlooked in a list without order.",
        "Un trou ou une année fausse échappe facilement dans une liste sans ordre.",
    ),
    bad: "charges fr { late_interest from 2025-07-01 12.15 % late_interest from 2025-01-01 13.15 % }",
    good: "charges fr { late_interest from 2025-01-01 13.15 % late_interest from 2025-07-01 12.15 % }",
};
