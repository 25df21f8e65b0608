//! RL0016: currency in another style.

use super::Code;

/// RL0016: currency in another style.
pub const CURRENCY_STYLE: Code = Code {
    code: "RL0016",
    title: "currency in another style",
    what: "",
    why: "",
    bad: "",
    good: "",
};
