//! RL0509: registered letter without approval.

use super::{Code, Words};

/// RL0509: registered letter without approval.
pub const NOTICE_WITHOUT_APPROVAL: Code = Code {
    code: "RL0509",
    title: Words::new("registered letter without approval", "recommandé sans validation"),
    what: Words::new(
        "A registered letter leaves without anybody having agreed.",
        "Un recommandé part sans que personne ait donné son accord.",
    ),
    why: Words::new(
        "A formal notice has legal consequences, and should be looked at by a person.",
        "Une mise en demeure a des conséquences juridiques ; une personne devrait l'avoir regardée.",
    ),
    bad: "level 1 notice 8 days after due { registered letter template final_reminder }",
    good: "level 1 notice 8 days after due { registered letter template final_reminder; approve by credit_manager }",
};
