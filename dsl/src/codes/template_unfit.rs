//! RL0902: template that cannot be filled in.

use super::{Code, Words};

/// RL0902: template that cannot be filled in.
pub const TEMPLATE_UNFIT: Code = Code {
    code: "RL0902",
    title: Words::new(
        "template that cannot be filled in",
        "modèle qui ne peut pas être rempli",
    ),
    what: Words::new(
        "A template is not written as MiniJinja wants it, or cannot be filled in with invoices as they come.",
        "Un modèle n'est pas écrit comme MiniJinja le veut, ou ne peut pas être rempli avec des factures telles qu'elles se présentent.",
    ),
    why: Words::new(
        "The message could not be written on the day on which it is due.",
        "Le message ne pourrait pas être écrit le jour où il doit partir.",
    ),
    bad: "{% if contact.name %}Dear {{ contact.name }},",
    good: "{% if contact.name %}Dear {{ contact.name }},{% endif %}",
};
