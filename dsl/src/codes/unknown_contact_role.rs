//! RL0410: unknown contact role.

use super::{Code, Words};

/// RL0410: unknown contact role.
pub const UNKNOWN_CONTACT_ROLE: Code = Code {
    code: "RL0410",
    title: Words::new("unknown contact role", "rôle de contact inconnu"),
    what: Words::new(
        "A contact role does not exist.",
        "Un rôle de contact n'existe pas.",
    ),
    why: Words::new("No contact would be found.", "Aucun contact ne serait trouvé."),
    bad: "contact role acounts_payable else main",
    good: "contact role accounts_payable else main",
};
