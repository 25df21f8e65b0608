//! RL0802: unknown edition.

use super::Code;

/// RL0802: unknown edition.
pub const UNKNOWN_EDITION: Code = Code {
    code: "RL0802",
    title: "unknown edition",
    what: "A file is written for an edition that this version does not know.",
    why: "Words may have another meaning there.",
    bad: "edition 2025",
    good: "edition 2026",
};
