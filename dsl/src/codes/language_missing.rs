//! RL0401: language missing.

use super::{Code, Words};

/// RL0401: language missing.
pub const LANGUAGE_MISSING: Code = Code {
    code: "RL0401",
    title: Words::new("language missing", "langue manquante"),
    what: Words::new(
        "A scenario does not say in which language it writes.",
        "Un scénario ne dit pas dans quelle langue il écrit.",
    ),
    why: Words::new(
        "A guess would reach customers.",
        "Une langue devinée arriverait chez les clients.",
    ),
    bad: "segments { small otherwise }
scenario calm for small {
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
    good: "segments { small otherwise }
scenario calm for small {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
