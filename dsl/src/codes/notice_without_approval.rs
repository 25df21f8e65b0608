//! RL0509: registered letter without approval.

use super::Code;

/// RL0509: registered letter without approval.
pub const NOTICE_WITHOUT_APPROVAL: Code = Code {
    code: "RL0509",
    title: "registered letter without approval",
    what: "A registered letter leaves without anybody having agreed.",
    why: "A formal notice has legal consequences, and should be looked at by a person.",
    bad: "level 1 notice 8 days after due { registered letter template final_reminder }",
    good: "level 1 notice 8 days after due { registered letter template final_reminder; approve by credit_manager }",
};
