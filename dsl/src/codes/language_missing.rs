//! RL0401: language missing.

use super::Code;

/// RL0401: language missing.
pub const LANGUAGE_MISSING: Code = Code {
    code: "RL0401",
    title: "language missing",
    what: "A scenario does not say in which language it writes.",
    why: "A guess would reach customers.",
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
