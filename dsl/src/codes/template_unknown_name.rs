//! RL0903: unknown name in a template.

use super::Code;

/// RL0903: unknown name in a template.
pub const TEMPLATE_UNKNOWN_NAME: Code = Code {
    code: "RL0903",
    title: "unknown name in a template",
    what: "A template reads a name, filter, test or function that messages do not have, be it in a branch that is rarely taken.",
    why: "The message could not be written for the customer for whom that branch is taken.",
    bad: "You owe {{ totl }}.",
    good: "You owe {{ total }}.",
};
