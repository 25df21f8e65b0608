//! RL0609: unknown department.

use super::Code;

/// RL0609: unknown department.
pub const NOT_A_DEPARTMENT: Code = Code {
    code: "RL0609",
    title: "unknown department",
    what: "A category of disputes belongs to a department that does not exist.",
    why: "Nobody would be asked to answer.",
    bad: "disputes { quality owner productoin answer within 5 days }",
    good: "disputes { quality owner production answer within 5 days }",
};
