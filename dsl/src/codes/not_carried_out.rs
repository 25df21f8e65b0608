//! RL0906: not carried out yet.

use super::Code;

/// RL0906: not carried out yet.
pub const NOT_CARRIED_OUT: Code = Code {
    code: "RL0906",
    title: "not carried out yet",
    what: "A form of the language is understood, and the engine of this version cannot carry it out.",
    why: "A step that silently does nothing would be worse than an error before deployment.",
    bad: "",
    good: "",
};
