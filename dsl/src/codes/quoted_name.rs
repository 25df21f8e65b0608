//! RL0025: template name in quotes.

use super::{Code, Words};

/// RL0025: template name in quotes.
pub const QUOTED_NAME: Code = Code {
    code: "RL0025",
    title: Words::new("template name in quotes", "nom de modèle entre guillemets"),
    what: Words::new(
        "The name of a template stands in quotes.",
        "Le nom d'un modèle est écrit entre guillemets.",
    ),
    why: Words::new(
        "Quotes are for titles and texts; names stand without.",
        "Les guillemets sont pour les titres et les textes ; les noms s'écrivent sans.",
    ),
    bad: r#"level 1 reminder 8 days after due { email template "reminder" }"#,
    good: "level 1 reminder 8 days after due { email template reminder }",
};
