//! RL1005: expectation that no scenario can meet.

use super::{Code, Words};

/// RL1005: expectation that no scenario can meet.
pub const IMPOSSIBLE_EXPECTATION: Code = Code {
    code: "RL1005",
    title: Words::new(
        "expectation that no scenario can meet",
        "attente qu'aucun scénario ne peut remplir",
    ),
    what: Words::new(
        "A test expects a step, level, template or task that no scenario has.",
        "Un test attend une étape, un niveau, un modèle ou une tâche qu'aucun scénario n'a.",
    ),
    why: Words::new("It can only fail.", "Il ne peut qu'échouer."),
    bad: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect email template nobody }",
    good: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing }",
};
