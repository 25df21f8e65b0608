//! RL0507: reserved name.

use super::{Code, Words};

/// RL0507: reserved name.
pub const RESERVED_NAME: Code = Code {
    code: "RL0507",
    title: Words::new("reserved name", "nom réservé"),
    what: Words::new("A step is called `thanks`.", "Une étape s'appelle `thanks`."),
    why: Words::new(
        "That is the name under which thanks for a payment are kept.",
        "C'est le nom sous lequel les remerciements pour un paiement sont conservés.",
    ),
    bad: "level 1 thanks 8 days after due { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};
