//! RL0205: customers without a segment.

use super::Code;

/// RL0205: customers without a segment.
pub const NO_OTHERWISE: Code = Code {
    code: "RL0205",
    title: "customers without a segment",
    what: "",
    why: "",
    bad: "",
    good: "",
};
