//! RL0404: language never reached.

use super::Code;

/// RL0404: language never reached.
pub const LANGUAGE_UNREACHABLE: Code = Code {
    code: "RL0404",
    title: "language never reached",
    what: "A language stands after a fixed one.",
    why: "A fixed language always serves, so what follows is never used.",
    bad: "segments { small otherwise }
scenario calm for small {
  language fr else customer.language else en
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
    good: "segments { small otherwise }
scenario calm for small {
  language customer.language else fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
