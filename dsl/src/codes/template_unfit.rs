//! RL0902: template that cannot be filled in.

use super::Code;

/// RL0902: template that cannot be filled in.
pub const TEMPLATE_UNFIT: Code = Code {
    code: "RL0902",
    title: "template that cannot be filled in",
    what: "A template is not written as MiniJinja wants it, or cannot be filled in with invoices as they come.",
    why: "The message could not be written on the day on which it is due.",
    bad: "{% if contact.name %}Dear {{ contact.name }},",
    good: "{% if contact.name %}Dear {{ contact.name }},{% endif %}",
};
