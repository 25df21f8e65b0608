//! RL0001: file too large.

use super::{Code, Words};

/// RL0001: file too large.
pub const FILE_TOO_LARGE: Code = Code {
    code: "RL0001",
    title: Words::new("file too large", "fichier trop grand"),
    what: Words::new(
        "A rule file is larger than 1 MiB, or a script of `hooks/` larger than 64 KiB.",
        "Un fichier de règles dépasse 1 Mio, ou un script de `hooks/` 64 Kio.",
    ),
    why: Words::new(
        "No rule file written by people is that large; something else lies in the folder.",
        "Aucun fichier de règles écrit par des humains n'est aussi grand ; c'est autre chose qui se trouve dans le dossier.",
    ),
    bad: "",
    good: "",
};
