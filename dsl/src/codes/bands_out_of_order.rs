//! RL0302: bands out of order.

use super::Code;

/// RL0302: bands out of order.
pub const BANDS_OUT_OF_ORDER: Code = Code {
    code: "RL0302",
    title: "bands out of order",
    what: "A band does not begin below the one before it.",
    why: "The first band that fits is taken, so this one would never be.",
    bad: "score payer from 0 to 100 start 60 { bands { fair from 40, good from 70, poor } }",
    good: "score payer from 0 to 100 start 60 { bands { good from 70, fair from 40, poor } }",
};
