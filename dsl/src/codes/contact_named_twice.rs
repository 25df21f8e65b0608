//! RL0411: contact named twice.

use super::{Code, Words};

/// RL0411: contact named twice.
pub const CONTACT_NAMED_TWICE: Code = Code {
    code: "RL0411",
    title: Words::new("contact named twice", "contact nommé deux fois"),
    what: Words::new(
        "One contact stands twice in the chain.",
        "Un contact figure deux fois dans la chaîne.",
    ),
    why: Words::new(
        "The chain is tried from left to right, and who could not be reached the first time cannot be the second time.",
        "La chaîne est essayée de gauche à droite, et qui n'a pas pu être joint la première fois ne peut pas l'être la seconde.",
    ),
    bad: "contact role buyer else main else role buyer",
    good: "contact role buyer else main",
};
