//! RL1106: unknown property in a script.

use super::{Code, Words};

/// RL1106: unknown property in a script.
pub const SCRIPT_UNKNOWN_PROPERTY: Code = Code {
    code: "RL1106",
    title: Words::new(
        "unknown property in a script",
        "propriété inconnue dans un script",
    ),
    what: Words::new(
        "A script asks for a property that nothing has which it can be given.",
        "Un script demande une propriété que rien de ce qu'il peut recevoir ne possède.",
    ),
    why: Words::new(
        "The hook would fail when it gets there, and nothing would be sent for its case.",
        "L'appel échouerait à cet endroit, et rien ne serait envoyé pour son dossier.",
    ),
    bad: "fn exposure(account) { account.overdu }",
    good: "fn exposure(account) { account.overdue }",
};
