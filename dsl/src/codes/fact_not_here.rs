//! RL0102: fact not known here.

use super::Code;

/// RL0102: fact not known here.
pub const FACT_NOT_HERE: Code = Code {
    code: "RL0102",
    title: "fact not known here",
    what: "",
    why: "",
    bad: "",
    good: "",
};
