//! RL1101: a script cannot be read.

use super::{Code, Words};

/// RL1101: a script cannot be read.
pub const SCRIPT_NOT_UNDERSTOOD: Code = Code {
    code: "RL1101",
    title: Words::new("a script cannot be read", "un script illisible"),
    what: Words::new(
        "A script of `hooks/` is not Rhai, or says what no hook may say: `eval`, `import`, `print`, `try`, functions without a name.",
        "Un script de `hooks/` n'est pas du Rhai, ou dit ce qu'aucune fonction ne peut dire : `eval`, `import`, `print`, `try`, des fonctions sans nom.",
    ),
    why: Words::new(
        "None of its functions could be called.",
        "Aucune de ses fonctions ne pourrait être appelée.",
    ),
    bad: "fn trend(account) { account.overdue_invoices * }",
    good: "fn trend(account) { account.overdue_invoices * 2 }",
};
