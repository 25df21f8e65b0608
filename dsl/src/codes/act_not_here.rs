//! RL0511: act that cannot stand here.

use super::{Code, Words};

/// RL0511: act that cannot stand here.
pub const ACT_NOT_HERE: Code = Code {
    code: "RL0511",
    title: Words::new("act that cannot stand here", "acte qui ne peut pas figurer ici"),
    what: Words::new(
        "Something is done where it makes no sense: a plan is cancelled outside of `plans`, dunning continues inside a step ...",
        "Quelque chose est fait là où cela n'a pas de sens : un échéancier annulé hors d'`échéanciers`, une relance reprise dans une étape ...",
    ),
    why: Words::new(
        "It would do nothing, or the wrong thing.",
        "Cela ne ferait rien, ou autre chose que voulu.",
    ),
    bad: "level 1 reminder 8 days after due { email template reminder; cancel plan }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};
