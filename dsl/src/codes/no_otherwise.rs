//! RL0205: customers without a segment.

use super::{Code, Words};

/// RL0205: customers without a segment.
pub const NO_OTHERWISE: Code = Code {
    code: "RL0205",
    title: Words::new("customers without a segment", "clients sans segment"),
    what: Words::new(
        "No segment takes the customers that are left. A warning.",
        "Aucun segment ne prend les clients qui restent. Un avertissement.",
    ),
    why: Words::new(
        "They have no scenario and are never reminded; perhaps that is meant.",
        "Ils n'ont pas de scénario et ne sont jamais relancés ; c'est peut-être voulu.",
    ),
    bad: "segments { key when account.overdue >= 500 EUR }",
    good: "segments { key when account.overdue >= 500 EUR small otherwise }",
};
