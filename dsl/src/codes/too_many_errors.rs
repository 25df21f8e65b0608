//! RL0028: too many errors.

use super::{Code, Words};

/// RL0028: too many errors.
pub const TOO_MANY_ERRORS: Code = Code {
    code: "RL0028",
    title: Words::new("too many errors", "trop d'erreurs"),
    what: Words::new(
        "A file has more errors than are shown.",
        "Un fichier a plus d'erreurs qu'on n'en montre.",
    ),
    why: Words::new(
        "The first ones often cause the others.",
        "Les premières causent souvent les autres.",
    ),
    bad: "",
    good: "",
};
