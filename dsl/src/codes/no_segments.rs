//! RL0203: no segments.

use super::{Code, Words};

/// RL0203: no segments.
pub const NO_SEGMENTS: Code = Code {
    code: "RL0203",
    title: Words::new("no segments", "pas de segments"),
    what: Words::new(
        "There are scenarios, but no segments.",
        "Il y a des scénarios, mais pas de segments.",
    ),
    why: Words::new(
        "No customer would be in a scenario.",
        "Aucun client ne serait dans un scénario.",
    ),
    bad: "scenario calm for small {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
    good: "segments { small otherwise }
scenario calm for small {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
