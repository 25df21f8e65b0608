//! RL0305: points per unit of no number.

use super::{Code, Words};

/// RL0305: points per unit of no number.
pub const PER_NEEDS_NUMBER: Code = Code {
    code: "RL0305",
    title: Words::new(
        "points per unit of no number",
        "points par unité de ce qui n'est pas un nombre",
    ),
    what: Words::new(
        "`per` stands with a fact that does not count.",
        "`par` figure avec une donnée qui ne compte pas.",
    ),
    why: Words::new(
        "Points are given for each whole unit.",
        "Les points sont donnés pour chaque unité entière.",
    ),
    bad: "subtract 1 per day of account.overdue above 5",
    good: "subtract 1 per day of account.average_days_late above 5",
};
