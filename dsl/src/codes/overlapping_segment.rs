//! RL0208: segment that another one takes.

use super::{Code, Words};

/// RL0208: segment that another one takes.
pub const OVERLAPPING_SEGMENT: Code = Code {
    code: "RL0208",
    title: Words::new("segment that another one takes", "segment qu'un autre prend"),
    what: Words::new(
        "Whoever fits this line fits an earlier one already, which then wins.",
        "Qui correspond à cette ligne correspond déjà à une ligne antérieure, qui l'emporte.",
    ),
    why: Words::new(
        "No customer ever gets this segment.",
        "Aucun client n'a jamais ce segment.",
    ),
    bad: "segments { big when account.overdue >= 100 EUR bigger when account.overdue >= 500 EUR rest otherwise }",
    good: "segments { bigger when account.overdue >= 500 EUR big when account.overdue >= 100 EUR rest otherwise }",
};
