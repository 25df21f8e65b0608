//! RL0302: bands out of order.

use super::{Code, Words};

/// RL0302: bands out of order.
pub const BANDS_OUT_OF_ORDER: Code = Code {
    code: "RL0302",
    title: Words::new("bands out of order", "tranches en désordre"),
    what: Words::new(
        "A band does not begin below the one before it.",
        "Une tranche ne commence pas plus bas que la précédente.",
    ),
    why: Words::new(
        "The first band that fits is taken, so this one would never be.",
        "La première tranche qui convient est prise ; celle-ci ne le serait jamais.",
    ),
    bad: "score payer from 0 to 100 start 60 { bands { fair from 40, good from 70, poor } }",
    good: "score payer from 0 to 100 start 60 { bands { good from 70, fair from 40, poor } }",
};
