//! RL0002: nested too deep.

use super::{Code, Words};

/// RL0002: nested too deep.
pub const NESTED_TOO_DEEP: Code = Code {
    code: "RL0002",
    title: Words::new("nested too deep", "imbrication trop profonde"),
    what: Words::new(
        "Braces or parentheses are nested more than 64 deep, or a calculation has more than 64 terms.",
        "Des accolades ou des parenthèses sont imbriquées sur plus de 64 niveaux, ou un calcul a plus de 64 termes.",
    ),
    why: Words::new(
        "Nobody can read such a rule aloud; most often a brace is not closed.",
        "Personne ne peut lire une telle règle à voix haute ; le plus souvent, une accolade n'est pas fermée.",
    ),
    bad: "",
    good: "",
};
