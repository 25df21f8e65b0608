//! RL0604: unknown medium.

use super::Code;

/// RL0604: unknown medium.
pub const UNKNOWN_MEDIUM: Code = Code {
    code: "RL0604",
    title: "unknown medium",
    what: "A message goes by a medium that does not exist.",
    why: "It would never arrive.",
    bad: "level 1 reminder 8 days after due { whatsap template reminder }",
    good: "level 1 reminder 8 days after due { sms template reminder }",
};
