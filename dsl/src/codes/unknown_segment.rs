//! RL0206: unknown segment.

use super::{Code, Words};

/// RL0206: unknown segment.
pub const UNKNOWN_SEGMENT: Code = Code {
    code: "RL0206",
    title: Words::new("unknown segment", "segment inconnu"),
    what: Words::new(
        "A scenario is for a segment that does not exist.",
        "Un scénario est pour un segment qui n'existe pas.",
    ),
    why: Words::new("It would have no customer.", "Il n'aurait aucun client."),
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
