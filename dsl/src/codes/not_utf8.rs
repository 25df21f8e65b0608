//! RL0909: not UTF-8.

use super::{Code, Words};

/// RL0909: not UTF-8.
pub const NOT_UTF8: Code = Code {
    code: "RL0909",
    title: Words::new("not UTF-8", "pas en UTF-8"),
    what: Words::new(
        "A file holds a character that is not UTF-8: it was saved in another encoding, as Windows-1252.",
        "Un fichier contient un caractère qui n'est pas en UTF-8 : il a été enregistré dans un autre codage, comme Windows-1252.",
    ),
    why: Words::new(
        "What the character was cannot be known, and it would stand wrong in messages.",
        "On ne peut pas savoir quel était ce caractère, et il serait faux dans les messages.",
    ),
    bad: "",
    good: "",
};
