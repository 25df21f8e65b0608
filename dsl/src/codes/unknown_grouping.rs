//! RL0033: unknown grouping.

use super::{Code, Words};

/// RL0033: unknown grouping.
pub const UNKNOWN_GROUPING: Code = Code {
    code: "RL0033",
    title: Words::new("unknown grouping", "regroupement inconnu"),
    what: Words::new(
        "Messages are grouped by something that is not a way of grouping.",
        "Les messages sont groupés par quelque chose qui n'est pas une façon de grouper.",
    ),
    why: Words::new(
        "There is one message for each customer, one for each invoice, or one for all invoices in which a fact of the invoice is the same: its currency, or a field of your own.",
        "Il y a un message par client, un message par facture, ou un message pour toutes les factures dans lesquelles une donnée de la facture est la même : sa devise, ou un champ à vous.",
    ),
    bad: "group by account",
    good: "group by customer",
};
