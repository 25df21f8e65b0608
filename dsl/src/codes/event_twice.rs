//! RL0512: event twice.

use super::{Code, Words};

/// RL0512: event twice.
pub const EVENT_TWICE: Code = Code {
    code: "RL0512",
    title: Words::new("event twice", "événement deux fois"),
    what: Words::new(
        "A scenario answers twice to one event.",
        "Un scénario répond deux fois au même événement.",
    ),
    why: Words::new(
        "It is not clear which answer is meant first.",
        "On ne sait pas quelle réponse vient d'abord.",
    ),
    bad: "on bounce { task fix_contact }\non bounce { task call_back }",
    good: "on bounce { task fix_contact; task call_back }",
};
