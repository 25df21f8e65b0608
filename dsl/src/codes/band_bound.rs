//! RL0303: band with a wrong bound.

use super::Code;

/// RL0303: band with a wrong bound.
pub const BAND_BOUND: Code = Code {
    code: "RL0303",
    title: "band with a wrong bound",
    what: "",
    why: "",
    bad: "",
    good: "",
};
