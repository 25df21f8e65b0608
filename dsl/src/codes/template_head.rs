//! RL0901: head of a template.

use super::Code;

/// RL0901: head of a template.
pub const TEMPLATE_HEAD: Code = Code {
    code: "RL0901",
    title: "head of a template",
    what: "The lines between the two `---` at the start of a template cannot be read.",
    why: "Only the subject can stand there, once, and it ends with a second `---`.",
    bad: "---\nsujet: \"Invoice {{ invoices[0].number }}\"\n---\nPlease pay.",
    good: "---\nsubject: \"Invoice {{ invoices[0].number }}\"\n---\nPlease pay.",
};
