//! RL0106: unknown value.

use super::Code;

/// RL0106: unknown value.
pub const UNKNOWN_VALUE: Code = Code {
    code: "RL0106",
    title: "unknown value",
    what: "A fact is compared with a value that it can never have.",
    why: "The condition would never hold.",
    bad: "state when customer.kind is pubic",
    good: "state when customer.kind is public",
};
