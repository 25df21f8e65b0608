//! RL0602: template missing in a language or tone.

use super::Code;

/// RL0602: template missing in a language or tone.
pub const TEMPLATE_MISSING: Code = Code {
    code: "RL0602",
    title: "template missing in a language or tone",
    what: "",
    why: "",
    bad: "",
    good: "",
};
