//! RL0506: step that does nothing.

use super::{Code, Words};

/// RL0506: step that does nothing.
pub const STEP_WITHOUT_ACTS: Code = Code {
    code: "RL0506",
    title: Words::new("step that does nothing", "étape qui ne fait rien"),
    what: Words::new(
        "A step has nothing between its braces.",
        "Une étape n'a rien entre ses accolades.",
    ),
    why: Words::new(
        "It would count as done without anything having happened.",
        "Elle compterait comme faite sans que rien ne se soit passé.",
    ),
    bad: "level 1 reminder 8 days after due { }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};
