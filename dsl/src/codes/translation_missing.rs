//! RL0910: translation that is missing.

use super::Code;

/// RL0910: translation that is missing.
pub const TRANSLATION_MISSING: Code = Code {
    code: "RL0910",
    title: "translation that is missing",
    what: "A scenario writes in the language of its customers, and some of the rulebook's own templates that it uses exist in a language in which another one does not. A warning: its last language serves instead.",
    why: "A customer gets one message in his language and the next one in another.",
    bad: "templates/reminder.de.md without templates/final.de.md",
    good: "templates/reminder.de.md and templates/final.de.md",
};
