//! RL0903: unknown name in a template.

use super::{Code, Words};

/// RL0903: unknown name in a template.
pub const TEMPLATE_UNKNOWN_NAME: Code = Code {
    code: "RL0903",
    title: Words::new("unknown name in a template", "nom inconnu dans un modèle"),
    what: Words::new(
        "A template reads a name, filter, test or function that messages do not have, be it in a branch that is rarely taken.",
        "Un modèle lit un nom, un filtre, un test ou une fonction que les messages n'ont pas, fût-ce dans une branche rarement prise.",
    ),
    why: Words::new(
        "The message could not be written for the customer for whom that branch is taken.",
        "Le message ne pourrait pas être écrit pour le client dont c'est le cas.",
    ),
    bad: "You owe {{ totl }}.",
    good: "You owe {{ total }}.",
};
