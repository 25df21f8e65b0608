//! RL0604: unknown medium.

use super::{Code, Words};

/// RL0604: unknown medium.
pub const UNKNOWN_MEDIUM: Code = Code {
    code: "RL0604",
    title: Words::new("unknown medium", "média inconnu"),
    what: Words::new(
        "A message goes by a medium that does not exist.",
        "Un message part par un média qui n'existe pas.",
    ),
    why: Words::new("It would never arrive.", "Il n'arriverait jamais."),
    bad: "level 1 reminder 8 days after due { whatsap template reminder }",
    good: "level 1 reminder 8 days after due { sms template reminder }",
};
