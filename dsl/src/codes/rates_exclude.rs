//! RL0610: rates that exclude each other.

use super::{Code, Words};

/// RL0610: rates that exclude each other.
pub const RATES_EXCLUDE: Code = Code {
    code: "RL0610",
    title: Words::new("rates that exclude each other", "taux qui s'excluent"),
    what: Words::new(
        "A table of charges has a rate of interest for every day and something else about rates, or asks for the rate of the first day and has none.",
        "Une table de frais a un taux d'intérêt pour tous les jours et autre chose sur les taux, ou demande le taux du premier jour et n'en a aucun.",
    ),
    why: Words::new(
        "What a debtor owes must follow from one rate for each day.",
        "Ce que doit un débiteur doit découler d'un seul taux par jour.",
    ),
    bad: "charges fr { late_interest 15 % late_interest from 2025-07-01 12.15 % }",
    good: "charges fr { late_interest 15 % }",
};
