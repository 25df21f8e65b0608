//! RL0413: no such level.

use super::Code;

/// RL0413: no such level.
pub const NO_SUCH_LEVEL: Code = Code {
    code: "RL0413",
    title: "no such level",
    what: "`entry` names a level that the scenario does not have.",
    why: "Late invoices would have nowhere to start.",
    bad: "entry at level 9",
    good: "entry at level 1",
};
