//! RL0411: contact never reached.

use super::Code;

/// RL0411: contact never reached.
pub const CONTACT_UNREACHABLE: Code = Code {
    code: "RL0411",
    title: "contact never reached",
    what: "A contact stands after `main`.",
    why: "Every customer has a main contact, so what follows is never used.",
    bad: "contact main else role buyer",
    good: "contact role buyer else main",
};
