//! RL0908: template in the wrong folder.

use super::{Code, Words};

/// RL0908: template in the wrong folder.
pub const TEMPLATE_MISPLACED: Code = Code {
    code: "RL0908",
    title: Words::new("template in the wrong folder", "modèle dans le mauvais dossier"),
    what: Words::new(
        "A file looks like a template and does not stand in the folder `templates/` of the rulebook. A warning: the file is not read.",
        "Un fichier ressemble à un modèle et ne se trouve pas dans le dossier `templates/` des règles. Un avertissement : le fichier n'est pas lu.",
    ),
    why: Words::new(
        "Its text is not sent, although somebody wrote it for that.",
        "Son texte ne part pas, alors que quelqu'un l'a écrit pour cela.",
    ),
    bad: "reminder.fr.md",
    good: "templates/reminder.fr.md",
};
