//! RL0403: unknown language.

use super::Code;

/// RL0403: unknown language.
pub const UNKNOWN_LANGUAGE: Code = Code {
    code: "RL0403",
    title: "unknown language",
    what: "Something in the chain of languages is neither a language code nor a fact that gives a language.",
    why: "No message could be written.",
    bad: "segments { small otherwise }
scenario calm for small {
  language FR
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
    good: "segments { small otherwise }
scenario calm for small {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
