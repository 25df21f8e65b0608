//! RL0906: not carried out yet.

use super::{Code, Words};

/// RL0906: not carried out yet.
pub const NOT_CARRIED_OUT: Code = Code {
    code: "RL0906",
    title: Words::new("not carried out yet", "pas encore exécuté"),
    what: Words::new(
        "A form of the language is understood, and the engine of this version cannot carry it out.",
        "Une forme de la langue est comprise, et le moteur de cette version ne sait pas l'exécuter.",
    ),
    why: Words::new(
        "A step that silently does nothing would be worse than an error before deployment.",
        "Une étape qui ne ferait rien en silence serait pire qu'une erreur avant la mise en vigueur.",
    ),
    bad: "",
    good: "",
};
