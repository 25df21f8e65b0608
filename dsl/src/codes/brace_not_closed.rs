//! RL0004: brace not closed.

use super::{Code, Words};

/// RL0004: brace not closed.
pub const BRACE_NOT_CLOSED: Code = Code {
    code: "RL0004",
    title: Words::new("brace not closed", "accolade non fermée"),
    what: Words::new("A `{` has no `}`.", "Une `{` n'a pas de `}`."),
    why: Words::new(
        "It is not clear where the block ends.",
        "On ne sait pas où finit le bloc.",
    ),
    bad: "courtesy {
  step hello 5 days before due { email template courtesy_reminder
}",
    good: "courtesy {
  step hello 5 days before due { email template courtesy_reminder }
}",
};
