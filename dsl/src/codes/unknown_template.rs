//! RL0601: unknown template.

use super::Code;

/// RL0601: unknown template.
pub const UNKNOWN_TEMPLATE: Code = Code {
    code: "RL0601",
    title: "unknown template",
    what: "A template or a script does not exist.",
    why: "There would be nothing to send or to show.",
    bad: "level 1 reminder 8 days after due { email template remindr }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};
