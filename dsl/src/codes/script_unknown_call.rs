//! RL1105: unknown function in a script.

use super::{Code, Words};

/// RL1105: unknown function in a script.
pub const SCRIPT_UNKNOWN_CALL: Code = Code {
    code: "RL1105",
    title: Words::new("unknown function in a script", "fonction inconnue dans un script"),
    what: Words::new(
        "A script calls a function that neither it nor relance has, or one with another number of values.",
        "Un script appelle une fonction que ni lui ni relance n'ont, ou avec un autre nombre de valeurs.",
    ),
    why: Words::new(
        "The hook would fail when it gets there, and nothing would be sent for its case.",
        "L'appel échouerait à cet endroit, et rien ne serait envoyé pour son dossier.",
    ),
    bad: "fn exposure(account) { montey(500, \"EUR\") }",
    good: "fn exposure(account) { money(500, \"EUR\") }",
};
