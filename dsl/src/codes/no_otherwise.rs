//! RL0205: customers without a segment.

use super::Code;

/// RL0205: customers without a segment.
pub const NO_OTHERWISE: Code = Code {
    code: "RL0205",
    title: "customers without a segment",
    what: "No segment takes the customers that are left. A warning.",
    why: "They have no scenario and are never reminded; perhaps that is meant.",
    bad: "segments { key when account.overdue >= 500 EUR }",
    good: "segments { key when account.overdue >= 500 EUR small otherwise }",
};
