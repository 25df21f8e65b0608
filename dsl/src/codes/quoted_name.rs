//! RL0025: template name in quotes.

use super::Code;

/// RL0025: template name in quotes.
pub const QUOTED_NAME: Code = Code {
    code: "RL0025",
    title: "template name in quotes",
    what: "",
    why: "",
    bad: "",
    good: "",
};
