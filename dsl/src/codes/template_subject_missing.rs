//! RL0904: mail without a subject.

use super::{Code, Words};

/// RL0904: mail without a subject.
pub const TEMPLATE_SUBJECT_MISSING: Code = Code {
    code: "RL0904",
    title: Words::new("mail without a subject", "email sans objet"),
    what: Words::new(
        "A template that is sent by mail has no subject.",
        "Un modèle envoyé par email n'a pas d'objet.",
    ),
    why: Words::new(
        "A mail without a subject is taken for spam.",
        "Un email sans objet passe pour un message indésirable.",
    ),
    bad: "Please pay {{ total }}.",
    good: "---\nsubject: \"Open invoices\"\n---\nPlease pay {{ total }}.",
};
