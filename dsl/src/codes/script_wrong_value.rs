//! RL1112: a value that a function refuses.

use super::{Code, Words};

/// RL1112: a value that a function refuses.
pub const SCRIPT_WRONG_VALUE: Code = Code {
    code: "RL1112",
    title: Words::new("value that a function refuses", "valeur qu'une fonction refuse"),
    what: Words::new(
        "A script gives a function a value, written as it is, that the function refuses: a role, a tone or a currency that there is not, a day that no calendar has.",
        "Un script donne à une fonction une valeur, écrite telle quelle, que la fonction refuse : un rôle, un ton ou une devise qui n'existe pas, un jour qu'aucun calendrier n'a.",
    ),
    why: Words::new(
        "The hook would fail when it gets there, perhaps months from now, and nothing would be sent for its case.",
        "L'appel échouerait à cet endroit, peut-être dans des mois, et rien ne serait envoyé pour son dossier.",
    ),
    bad: "fn director(case) { [task(\"call\", \"boss\")] }",
    good: "fn director(case) { [task(\"call\", \"credit_manager\")] }",
};
