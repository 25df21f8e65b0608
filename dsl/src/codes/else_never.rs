//! RL0517: an `else` that is never needed.

use super::{Code, Words};

/// RL0517: an `else` that is never needed.
pub const ELSE_NEVER: Code = Code {
    code: "RL0517",
    title: Words::new("an `else` that is never needed", "`sinon` qui ne sert jamais"),
    what: Words::new(
        "What stands before `else` cannot fail in this way: a message is not left without an answer, a call does not come back, a task reaches everybody.",
        "Ce qui précède `sinon` ne peut pas échouer ainsi : un message ne reste pas sans réponse, un appel n'est pas rejeté, une tâche atteint toujours quelqu'un.",
    ),
    why: Words::new(
        "What stands after it would never be done, and nobody would notice.",
        "Ce qui suit ne serait jamais fait, et personne ne le remarquerait.",
    ),
    bad: "level 1 reminder 8 days after due { email template reminder else call when no answer }",
    good: "level 1 reminder 8 days after due { email template reminder else call when not opened in 3 days }",
};
