//! RL0405: setting written twice.

use super::Code;

/// RL0405: setting written twice.
pub const SETTING_TWICE: Code = Code {
    code: "RL0405",
    title: "setting written twice",
    what: "",
    why: "",
    bad: "",
    good: "",
};
