//! RL0603: unknown role.

use super::{Code, Words};

/// RL0603: unknown role.
pub const UNKNOWN_ROLE: Code = Code {
    code: "RL0603",
    title: Words::new("unknown role", "rôle inconnu"),
    what: Words::new(
        "A call is assigned to a role that does not exist.",
        "Un appel est confié à un rôle qui n'existe pas.",
    ),
    why: Words::new("Nobody would see the task.", "Personne ne verrait la tâche."),
    bad: "level 1 reminder 8 days after due { call script call_reminder assign colector }",
    good: "level 1 reminder 8 days after due { call script call_reminder assign collector }",
};
