//! RL0403: unknown language.

use super::{Code, Words};

/// RL0403: unknown language.
pub const UNKNOWN_LANGUAGE: Code = Code {
    code: "RL0403",
    title: Words::new("unknown language", "langue inconnue"),
    what: Words::new(
        "Something in the chain of languages is neither a language code nor a fact that gives a language.",
        "Un élément de la chaîne des langues n'est ni un code de langue ni une donnée qui donne une langue.",
    ),
    why: Words::new(
        "No message could be written.",
        "Aucun message ne pourrait être écrit.",
    ),
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
