//! RL0907: template that nothing uses.

use super::Code;

/// RL0907: template that nothing uses.
pub const UNUSED_TEMPLATE: Code = Code {
    code: "RL0907",
    title: "template that nothing uses",
    what: "No step, call or reaction names this template. A warning: nothing is sent by mistake.",
    why: "Most often its name is misspelt here or there, and another text is sent than the one that was written.",
    bad: "templates/remindr.fr.md",
    good: "templates/reminder.fr.md",
};
