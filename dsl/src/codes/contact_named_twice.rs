//! RL0411: contact named twice.

use super::Code;

/// RL0411: contact named twice.
pub const CONTACT_NAMED_TWICE: Code = Code {
    code: "RL0411",
    title: "contact named twice",
    what: "One contact stands twice in the chain.",
    why: "The chain is tried from left to right, and who could not be reached the first time cannot be the second time.",
    bad: "contact role buyer else main else role buyer",
    good: "contact role buyer else main",
};
