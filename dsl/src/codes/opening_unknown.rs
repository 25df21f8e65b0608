//! RL0518: an opening that nobody can know.

use super::{Code, Words};

/// RL0518: an opening that nobody can know.
pub const OPENING_UNKNOWN: Code = Code {
    code: "RL0518",
    title: Words::new(
        "opening that nobody can know",
        "ouverture que nul ne peut connaître",
    ),
    what: Words::new(
        "`not opened` is asked of a letter or a text message that a person sends.",
        "`non ouvert` est demandé d'un courrier ou d'un SMS qu'une personne envoie.",
    ),
    why: Words::new(
        "Only a mail, or a message posted by a medium of your own, can tell that it was opened. What is not known is never taken for unopened.",
        "Seul un email, ou un message transmis par un canal à vous, peut dire qu'il a été ouvert. Ce qui n'est pas connu n'est jamais pris pour non ouvert.",
    ),
    bad: "level 1 reminder 8 days after due { letter template reminder else call when not opened in 3 days }",
    good: "level 1 reminder 8 days after due { letter template reminder else call when bounced }",
};
