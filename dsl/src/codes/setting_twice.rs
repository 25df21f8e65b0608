//! RL0405: setting written twice.

use super::{Code, Words};

/// RL0405: setting written twice.
pub const SETTING_TWICE: Code = Code {
    code: "RL0405",
    title: Words::new("setting written twice", "réglage écrit deux fois"),
    what: Words::new(
        "A setting stands twice in a scenario.",
        "Un réglage figure deux fois dans un scénario.",
    ),
    why: Words::new(
        "It would not be clear which holds.",
        "On ne saurait pas lequel vaut.",
    ),
    bad: "limit 1 message per 5 days
limit 2 messages per week",
    good: "limit 1 message per 5 days",
};
