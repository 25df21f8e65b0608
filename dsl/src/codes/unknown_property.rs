//! RL1002: unknown property in a test.

use super::Code;

/// RL1002: unknown property in a test.
pub const UNKNOWN_PROPERTY: Code = Code {
    code: "RL1002",
    title: "unknown property in a test",
    what: "A test gives something that a company, customer, account, contact or invoice does not have, or a value of another kind.",
    why: "The test would run without what it is about.",
    bad: "test \"x\" { given customer { kid public } expect nothing }",
    good: "test \"x\" { given customer { kind public } expect nothing }",
};
