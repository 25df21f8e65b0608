//! RL0904: mail without a subject.

use super::Code;

/// RL0904: mail without a subject.
pub const TEMPLATE_SUBJECT_MISSING: Code = Code {
    code: "RL0904",
    title: "mail without a subject",
    what: "A template that is sent by mail has no subject.",
    why: "A mail without a subject is taken for spam.",
    bad: "Please pay {{ total }}.",
    good: "---\nsubject: \"Open invoices\"\n---\nPlease pay {{ total }}.",
};
