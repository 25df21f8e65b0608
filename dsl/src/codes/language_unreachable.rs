//! RL0404: language never reached.

use super::{Code, Words};

/// RL0404: language never reached.
pub const LANGUAGE_UNREACHABLE: Code = Code {
    code: "RL0404",
    title: Words::new("language never reached", "langue jamais atteinte"),
    what: Words::new(
        "A language stands after a fixed one.",
        "Une langue figure après une langue fixe.",
    ),
    why: Words::new(
        "A fixed language always serves, so what follows is never used.",
        "Une langue fixe convient toujours ; ce qui la suit ne sert jamais.",
    ),
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
