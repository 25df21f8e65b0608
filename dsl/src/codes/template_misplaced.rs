//! RL0908: template in the wrong folder.

use super::Code;

/// RL0908: template in the wrong folder.
pub const TEMPLATE_MISPLACED: Code = Code {
    code: "RL0908",
    title: "template in the wrong folder",
    what: "A file looks like a template and does not stand in the folder `templates/` of the rulebook. A warning: the file is not read.",
    why: "Its text is not sent, although somebody wrote it for that.",
    bad: "reminder.fr.md",
    good: "templates/reminder.fr.md",
};
