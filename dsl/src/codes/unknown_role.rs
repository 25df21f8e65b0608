//! RL0603: unknown role.

use super::Code;

/// RL0603: unknown role.
pub const UNKNOWN_ROLE: Code = Code {
    code: "RL0603",
    title: "unknown role",
    what: "A call is assigned to a role that does not exist.",
    why: "Nobody would see the task.",
    bad: "level 1 reminder 8 days after due { call script call_reminder assign colector }",
    good: "level 1 reminder 8 days after due { call script call_reminder assign collector }",
};
