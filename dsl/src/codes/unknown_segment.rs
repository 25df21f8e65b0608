//! RL0206: unknown segment.

use super::Code;

/// RL0206: unknown segment.
pub const UNKNOWN_SEGMENT: Code = Code {
    code: "RL0206",
    title: "unknown segment",
    what: "A scenario is for a segment that does not exist.",
    why: "It would have no customer.",
    bad: "segments { small otherwise }
scenario calm for smal {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
    good: "segments { small otherwise }
scenario calm for small {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
