//! RL0410: unknown contact role.

use super::Code;

/// RL0410: unknown contact role.
pub const UNKNOWN_CONTACT_ROLE: Code = Code {
    code: "RL0410",
    title: "unknown contact role",
    what: "A contact role does not exist.",
    why: "No contact would be found.",
    bad: "contact role acounts_payable else main",
    good: "contact role accounts_payable else main",
};
