//! RL0305: points per unit of no number.

use super::Code;

/// RL0305: points per unit of no number.
pub const PER_NEEDS_NUMBER: Code = Code {
    code: "RL0305",
    title: "points per unit of no number",
    what: "`per` stands with a fact that does not count.",
    why: "Points are given for each whole unit.",
    bad: "subtract 1 per day of account.overdue above 5",
    good: "subtract 1 per day of account.average_days_late above 5",
};
