//! RL0402: last language not fixed.

use super::Code;

/// RL0402: last language not fixed.
pub const LANGUAGE_NOT_FIXED: Code = Code {
    code: "RL0402",
    title: "last language not fixed",
    what: "The chain of languages ends with one that may be unknown.",
    why: "A message must be in some language.",
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
