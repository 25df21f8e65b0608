//! RL0203: no segments.

use super::Code;

/// RL0203: no segments.
pub const NO_SEGMENTS: Code = Code {
    code: "RL0203",
    title: "no segments",
    what: "There are scenarios, but no segments.",
    why: "No customer would be in a scenario.",
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
