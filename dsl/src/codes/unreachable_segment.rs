//! RL0204: segment that nobody reaches.

use super::Code;

/// RL0204: segment that nobody reaches.
pub const UNREACHABLE_SEGMENT: Code = Code {
    code: "RL0204",
    title: "segment that nobody reaches",
    what: "A segment stands after `otherwise`.",
    why: "The first line that holds wins, and `otherwise` always holds.",
    bad: "segments {
  small otherwise
  key when account.overdue >= 500 EUR
}",
    good: "segments {
  key when account.overdue >= 500 EUR
  small otherwise
}",
};
