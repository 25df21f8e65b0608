//! RL0116: unknown hook.

use super::{Code, Words};

/// RL0116: unknown hook.
pub const UNKNOWN_HOOK: Code = Code {
    code: "RL0116",
    title: Words::new("unknown hook", "fonction inconnue"),
    what: Words::new(
        "A hook is called that no `hook` line declares.",
        "Une fonction est appelée, qu'aucune ligne `fonction` ne déclare.",
    ),
    why: Words::new(
        "Without a declaration nobody knows what it is given and what it gives.",
        "Sans déclaration, personne ne sait ce qu'elle reçoit ni ce qu'elle donne.",
    ),
    bad: "add hook trend(account)",
    good: "add 5 when account.open_invoices > 3",
};
