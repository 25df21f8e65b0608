//! RL0204: segment that nobody reaches.

use super::{Code, Words};

/// RL0204: segment that nobody reaches.
pub const UNREACHABLE_SEGMENT: Code = Code {
    code: "RL0204",
    title: Words::new("segment that nobody reaches", "segment que personne n'atteint"),
    what: Words::new(
        "A segment stands after `otherwise`.",
        "Un segment figure après `sinon`.",
    ),
    why: Words::new(
        "The first line that holds wins, and `otherwise` always holds.",
        "La première ligne vraie l'emporte, et `sinon` est toujours vrai.",
    ),
    bad: "segments {
  small otherwise
  key when account.overdue >= 500 EUR
}",
    good: "segments {
  key when account.overdue >= 500 EUR
  small otherwise
}",
};
