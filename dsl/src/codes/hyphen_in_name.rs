//! RL0026: hyphen in a name.

use super::Code;

/// RL0026: hyphen in a name.
pub const HYPHEN_IN_NAME: Code = Code {
    code: "RL0026",
    title: "hyphen in a name",
    what: "A name has a hyphen.",
    why: "A hyphen could be a minus sign.",
    bad: "key-accounts when account.overdue >= 500 EUR",
    good: "key_accounts when account.overdue >= 500 EUR",
};
