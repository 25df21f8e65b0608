//! RL0512: event twice.

use super::Code;

/// RL0512: event twice.
pub const EVENT_TWICE: Code = Code {
    code: "RL0512",
    title: "event twice",
    what: "A scenario answers twice to one event.",
    why: "It is not clear which answer is meant first.",
    bad: "on bounce { task fix_contact }\non bounce { task call_back }",
    good: "on bounce { task fix_contact; task call_back }",
};
