//! RL0503: wrong side of the due date.

use super::Code;

/// RL0503: wrong side of the due date.
pub const WRONG_SIDE_OF_DUE: Code = Code {
    code: "RL0503",
    title: "wrong side of the due date",
    what: "A courtesy step comes after the due date, or a level before it.",
    why: "Before the due date nothing is owed yet; the two speak differently.",
    bad: "courtesy { step hello 5 days after due { email template courtesy_reminder } }",
    good: "courtesy { step hello 5 days before due { email template courtesy_reminder } }",
};
