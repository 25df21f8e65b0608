//! RL0119: not a fact of invoices.

use super::{Code, Words};

/// RL0119: not a fact of invoices.
pub const NOT_OF_INVOICES: Code = Code {
    code: "RL0119",
    title: Words::new("not a fact of invoices", "pas une donnée des factures"),
    what: Words::new(
        "`sum of`, `average of`, `largest of` and `smallest of` are followed by something that is not an amount, a number or a date of an invoice.",
        "`somme de`, `moyenne de`, `maximum de` et `minimum de` sont suivis de quelque chose qui n'est ni un montant, ni un nombre, ni une date d'une facture.",
    ),
    why: Words::new("There is nothing to add up.", "Il n'y a rien à additionner."),
    bad: "many when sum of account.overdue of invoices > 500 EUR",
    good: "many when sum of invoice.amount of invoices > 500 EUR",
};
