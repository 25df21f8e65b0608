//! RL0414: scenario without steps.

use super::Code;

/// RL0414: scenario without steps.
pub const SCENARIO_WITHOUT_STEPS: Code = Code {
    code: "RL0414",
    title: "scenario without steps",
    what: "A scenario has neither courtesy steps nor levels. A warning.",
    why: "Its customers are never reminded; perhaps that is meant.",
    bad: "segments { small otherwise }
scenario calm for small { language fr }",
    good: "segments { small otherwise }
scenario calm for small {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
