//! RL0414: scenario without steps.

use super::{Code, Words};

/// RL0414: scenario without steps.
pub const SCENARIO_WITHOUT_STEPS: Code = Code {
    code: "RL0414",
    title: Words::new("scenario without steps", "scénario sans étapes"),
    what: Words::new(
        "A scenario has neither courtesy steps nor levels. A warning.",
        "Un scénario n'a ni étape de prévenance ni niveau. Un avertissement.",
    ),
    why: Words::new(
        "Its customers are never reminded; perhaps that is meant.",
        "Ses clients ne sont jamais relancés ; c'est peut-être voulu.",
    ),
    bad: "segments { small otherwise }
scenario calm for small { language fr }",
    good: "segments { small otherwise }
scenario calm for small {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
