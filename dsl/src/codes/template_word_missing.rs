//! RL0024: the word template is missing.

use super::Code;

/// RL0024: the word template is missing.
pub const TEMPLATE_WORD_MISSING: Code = Code {
    code: "RL0024",
    title: "the word template is missing",
    what: "",
    why: "",
    bad: "",
    good: "",
};
