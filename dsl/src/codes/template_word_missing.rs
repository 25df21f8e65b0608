//! RL0024: the word template is missing.

use super::Code;

/// RL0024: the word template is missing.
pub const TEMPLATE_WORD_MISSING: Code = Code {
    code: "RL0024",
    title: "the word template is missing",
    what: "`email` is followed by the template's name without the word `template`.",
    why: "The word keeps the line readable, and room for other forms.",
    bad: "level 1 reminder 8 days after due { email reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};
