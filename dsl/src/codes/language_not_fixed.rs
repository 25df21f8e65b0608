//! RL0402: last language not fixed.

use super::{Code, Words};

/// RL0402: last language not fixed.
pub const LANGUAGE_NOT_FIXED: Code = Code {
    code: "RL0402",
    title: Words::new("last language not fixed", "dernière langue pas fixe"),
    what: Words::new(
        "The chain of languages ends with one that may be unknown.",
        "La chaîne des langues finit par une langue qui peut être inconnue.",
    ),
    why: Words::new(
        "A message must be in some language.",
        "Un message doit être écrit dans une langue.",
    ),
    bad: "segments { small otherwise }
scenario calm for small {
  language customer.language
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
    good: "segments { small otherwise }
scenario calm for small {
  language customer.language else fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
