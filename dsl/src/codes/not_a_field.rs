//! RL0704: not a field of one's own.

use super::{Code, Words};

/// RL0704: not a field of one's own.
pub const NOT_A_FIELD: Code = Code {
    code: "RL0704",
    title: Words::new("not a field of one's own", "pas un champ à soi"),
    what: Words::new(
        "A field is declared for something that has no fields of your own, or its name is not written as one word.",
        "Un champ est déclaré pour une chose qui n'a pas de champs à vous, ou son nom n'est pas écrit en un mot.",
    ),
    why: Words::new(
        "Customers and invoices have fields, which the import fills; nothing would ever fill this one.",
        "Les clients et les factures ont des champs, que l'import remplit ; rien ne remplirait jamais celui-ci.",
    ),
    bad: "fields { customer.region text }",
    good: "fields { customer.custom.region text }",
};
