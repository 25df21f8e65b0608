//! RL0018: time in another style.

use super::{Code, Words};

/// RL0018: time in another style.
pub const TIME_STYLE: Code = Code {
    code: "RL0018",
    title: Words::new("time in another style", "heure dans un autre style"),
    what: Words::new(
        "A time of day is not written with a colon, or there is no such time.",
        "Une heure n'est pas écrite avec un deux-points, ou elle n'existe pas.",
    ),
    why: Words::new(
        "One style is easier to read and to search.",
        "Un seul style se lit et se cherche plus facilement.",
    ),
    bad: "send every day, 9h to 17h30",
    good: "send every day, 09:00 to 17:30",
};
