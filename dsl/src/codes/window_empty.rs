//! RL0408: sending window that never opens.

use super::{Code, Words};

/// RL0408: sending window that never opens.
pub const WINDOW_EMPTY: Code = Code {
    code: "RL0408",
    title: Words::new(
        "sending window that never opens",
        "plage d'envoi qui ne s'ouvre jamais",
    ),
    what: Words::new(
        "A sending window closes before it opens.",
        "Une plage d'envoi se ferme avant de s'ouvrir.",
    ),
    why: Words::new("Nothing would ever be sent.", "Rien ne serait jamais envoyé."),
    bad: "send every day, 17:30 to 09:00",
    good: "send every day, 09:00 to 17:30",
};
