//! RL0004: brace not closed.

use super::Code;

/// RL0004: brace not closed.
pub const BRACE_NOT_CLOSED: Code = Code {
    code: "RL0004",
    title: "brace not closed",
    what: "A `{` has no `}`.",
    why: "It is not clear where the block ends.",
    bad: "courtesy {
  step hello 5 days before due { email template courtesy_reminder
}",
    good: "courtesy {
  step hello 5 days before due { email template courtesy_reminder }
}",
};
