//! RL1111: a script in the wrong folder.

use super::{Code, Words};

/// RL1111: a script in the wrong folder.
pub const SCRIPT_MISPLACED: Code = Code {
    code: "RL1111",
    title: Words::new(
        "a script in the wrong folder",
        "un script dans le mauvais dossier",
    ),
    what: Words::new(
        "A file `.rhai` does not stand in the folder `hooks/` of the rulebook. A warning: the file is not read.",
        "Un fichier `.rhai` ne se trouve pas dans le dossier `hooks/` des règles. Un avertissement : le fichier n'est pas lu.",
    ),
    why: Words::new(
        "Its functions are not called, although somebody wrote them for that.",
        "Ses fonctions ne sont pas appelées, alors que quelqu'un les a écrites pour cela.",
    ),
    bad: "trend.rhai",
    good: "hooks/trend.rhai",
};
