//! RL0413: no such level.

use super::{Code, Words};

/// RL0413: no such level.
pub const NO_SUCH_LEVEL: Code = Code {
    code: "RL0413",
    title: Words::new("no such level", "niveau qui n'existe pas"),
    what: Words::new(
        "`entry` names a level that the scenario does not have.",
        "`entrée` nomme un niveau que le scénario n'a pas.",
    ),
    why: Words::new(
        "Late invoices would have nowhere to start.",
        "Les factures en retard n'auraient pas où commencer.",
    ),
    bad: "entry at level 9",
    good: "entry at level 1",
};
