//! RL0510: never reached.

use super::Code;

/// RL0510: never reached.
pub const NEVER_REACHED: Code = Code {
    code: "RL0510",
    title: "never reached",
    what: "A condition can never hold where it stands, because of the segments that the scenario serves or of what stands beside it.",
    why: "A step that is never reached is a mistake; a level that is never reached stops all that follow.",
    bad: "level 1 reminder 8 days after due when account.overdue > 100 EUR and account.overdue < 50 EUR { email template reminder }",
    good: "level 1 reminder 8 days after due when account.overdue > 50 EUR and account.overdue < 100 EUR { email template reminder }",
};
