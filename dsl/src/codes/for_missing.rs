//! RL0023: scenario for nobody.

use super::{Code, Words};

/// RL0023: scenario for nobody.
pub const FOR_MISSING: Code = Code {
    code: "RL0023",
    title: Words::new("scenario for nobody", "scénario pour personne"),
    what: Words::new(
        "A scenario does not name the segments that it serves.",
        "Un scénario ne nomme pas les segments qu'il sert.",
    ),
    why: Words::new(
        "Without them it would have no customer.",
        "Sans eux, il n'aurait aucun client.",
    ),
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
