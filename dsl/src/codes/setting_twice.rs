//! RL0405: setting written twice.

use super::Code;

/// RL0405: setting written twice.
pub const SETTING_TWICE: Code = Code {
    code: "RL0405",
    title: "setting written twice",
    what: "A setting stands twice in a scenario.",
    why: "It would not be clear which holds.",
    bad: "limit 1 message per 5 days
limit 2 messages per week",
    good: "limit 1 message per 5 days",
};
