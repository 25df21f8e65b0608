//! RL0116: unknown hook.

use super::Code;

/// RL0116: unknown hook.
pub const UNKNOWN_HOOK: Code = Code {
    code: "RL0116",
    title: "unknown hook",
    what: "A hook is called that no `hook` line declares.",
    why: "Without a declaration nobody knows what it is given and what it gives.",
    bad: "add hook trend(account)",
    good: "add 5 when account.open_invoices > 3",
};
