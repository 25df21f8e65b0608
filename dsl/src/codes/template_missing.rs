//! RL0602: template missing in a language or tone.

use super::Code;

/// RL0602: template missing in a language or tone.
pub const TEMPLATE_MISSING: Code = Code {
    code: "RL0602",
    title: "template missing in a language or tone",
    what: "A template does not exist in a language and tone that the scenario can ask for.",
    why: "On the day it is asked for, nothing could be sent.",
    bad: "level 1 reminder 8 days after due { email template friendly }",
    good: "level 1 reminder 8 days after due { email template friendly tone warm }",
};
