//! RL0907: template that nothing uses.

use super::{Code, Words};

/// RL0907: template that nothing uses.
pub const UNUSED_TEMPLATE: Code = Code {
    code: "RL0907",
    title: Words::new("template that nothing uses", "modèle que rien n'emploie"),
    what: Words::new(
        "No step, call or reaction names this template. A warning: nothing is sent by mistake.",
        "Aucune étape, aucun appel, aucune réaction ne nomme ce modèle. Un avertissement : rien ne part par erreur.",
    ),
    why: Words::new(
        "Most often its name is misspelt here or there, and another text is sent than the one that was written.",
        "Le plus souvent son nom est mal écrit ici ou là, et un autre texte part que celui qui a été écrit.",
    ),
    bad: "templates/remindr.fr.md",
    good: "templates/reminder.fr.md",
};
