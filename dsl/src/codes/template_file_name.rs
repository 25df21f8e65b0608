//! RL0905: name of a template file.

use super::Code;

/// RL0905: name of a template file.
pub const TEMPLATE_FILE_NAME: Code = Code {
    code: "RL0905",
    title: "name of a template file",
    what: "The name of a file in `templates/` is none of `<name>.md`, `<name>.<language>.md`, `<name>.<tone>.md` and `<name>.<language>.<tone>.md`.",
    why: "It would not be known to which messages it belongs.",
    bad: "templates/reminder.french.md",
    good: "templates/reminder.fr.md",
};
