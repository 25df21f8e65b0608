//! RL0010: equals sign for is.

use super::Code;

/// RL0010: equals sign for is.
pub const EQUALS_SIGN: Code = Code {
    code: "RL0010",
    title: "equals sign for is",
    what: "`=` stands for `is`. A warning: it is read as meant.",
    why: "Two spellings of one thing make rules harder to search and to read aloud.",
    bad: "fr when customer.country = FR",
    good: "fr when customer.country is FR",
};
