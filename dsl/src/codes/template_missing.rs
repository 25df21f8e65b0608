//! RL0602: template missing in a language or tone.

use super::{Code, Words};

/// RL0602: template missing in a language or tone.
pub const TEMPLATE_MISSING: Code = Code {
    code: "RL0602",
    title: Words::new(
        "template missing in a language or tone",
        "modèle manquant dans une langue ou un ton",
    ),
    what: Words::new(
        "A template does not exist in a language and tone that the scenario can ask for.",
        "Un modèle n'existe pas dans une langue et un ton que le scénario peut demander.",
    ),
    why: Words::new(
        "On the day it is asked for, nothing could be sent.",
        "Le jour où il serait demandé, rien ne pourrait partir.",
    ),
    bad: "level 1 reminder 8 days after due { email template friendly }",
    good: "level 1 reminder 8 days after due { email template friendly tone warm }",
};
