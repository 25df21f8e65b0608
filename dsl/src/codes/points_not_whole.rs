//! RL0306: points that are no whole number.

use super::{Code, Words};

/// RL0306: points that are no whole number.
pub const POINTS_NOT_WHOLE: Code = Code {
    code: "RL0306",
    title: Words::new(
        "points that are no whole number",
        "points qui ne sont pas un nombre entier",
    ),
    what: Words::new(
        "Points or bounds of the score are not whole numbers, or too large.",
        "Des points ou des bornes du score ne sont pas des nombres entiers, ou sont trop grands.",
    ),
    why: Words::new(
        "Scores are whole numbers.",
        "Les scores sont des nombres entiers.",
    ),
    bad: "add 2.5 when account.open_invoices > 3",
    good: "add 3 when account.open_invoices > 3",
};
