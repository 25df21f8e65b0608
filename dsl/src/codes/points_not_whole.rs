//! RL0306: points that are no whole number.

use super::Code;

/// RL0306: points that are no whole number.
pub const POINTS_NOT_WHOLE: Code = Code {
    code: "RL0306",
    title: "points that are no whole number",
    what: "Points or bounds of the score are not whole numbers, or too large.",
    why: "Scores are whole numbers.",
    bad: "add 2.5 when account.open_invoices > 3",
    good: "add 3 when account.open_invoices > 3",
};
