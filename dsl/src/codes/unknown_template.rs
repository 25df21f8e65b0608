//! RL0601: unknown template.

use super::{Code, Words};

/// RL0601: unknown template.
pub const UNKNOWN_TEMPLATE: Code = Code {
    code: "RL0601",
    title: Words::new("unknown template", "modèle inconnu"),
    what: Words::new(
        "A template or a script does not exist.",
        "Un modèle ou un script n'existe pas.",
    ),
    why: Words::new(
        "There would be nothing to send or to show.",
        "Il n'y aurait rien à envoyer ni à montrer.",
    ),
    bad: "level 1 reminder 8 days after due { email template remindr }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};
