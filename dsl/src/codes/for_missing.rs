//! RL0023: scenario for nobody.

use super::Code;

/// RL0023: scenario for nobody.
pub const FOR_MISSING: Code = Code {
    code: "RL0023",
    title: "scenario for nobody",
    what: "A scenario does not name the segments that it serves.",
    why: "Without them it would have no customer.",
    bad: "segments { small otherwise }
scenario calm {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
    good: "segments { small otherwise }
scenario calm for small {
  language fr
  dunning { level 1 reminder 8 days after due { email template reminder } }
}",
};
