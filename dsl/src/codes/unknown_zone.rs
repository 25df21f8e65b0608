//! RL0409: unknown time zone.

use super::Code;

/// RL0409: unknown time zone.
pub const UNKNOWN_ZONE: Code = Code {
    code: "RL0409",
    title: "unknown time zone",
    what: "",
    why: "",
    bad: "",
    good: "",
};
