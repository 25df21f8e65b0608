//! RL0905: name of a template file.

use super::{Code, Words};

/// RL0905: name of a template file.
pub const TEMPLATE_FILE_NAME: Code = Code {
    code: "RL0905",
    title: Words::new("name of a template file", "nom d'un fichier de modèle"),
    what: Words::new(
        "The name of a file in `templates/` is none of `<name>.md`, `<name>.<language>.md`, `<name>.<tone>.md` and `<name>.<language>.<tone>.md`.",
        "Le nom d'un fichier de `templates/` n'est ni `<nom>.md`, ni `<nom>.<langue>.md`, ni `<nom>.<ton>.md`, ni `<nom>.<langue>.<ton>.md`.",
    ),
    why: Words::new(
        "It would not be known to which messages it belongs.",
        "On ne saurait pas à quels messages il appartient.",
    ),
    bad: "templates/reminder.french.md",
    good: "templates/reminder.fr.md",
};
