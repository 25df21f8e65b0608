//! RL0705: value that a field cannot have.

use super::{Code, Words};

/// RL0705: value that a field cannot have.
pub const VALUE_OF_A_FIELD: Code = Code {
    code: "RL0705",
    title: Words::new(
        "value that a field cannot have",
        "valeur qu'un champ ne peut pas avoir",
    ),
    what: Words::new(
        "A value stands twice in the list of a field, or is the answer `yes` or `no`.",
        "Une valeur figure deux fois dans la liste d'un champ, ou est la réponse `oui` ou `non`.",
    ),
    why: Words::new(
        "Each value of a list has one name; for answers there is a type of their own.",
        "Chaque valeur d'une liste a un nom ; les réponses ont un type à elles.",
    ),
    bad: "fields { customer.custom.vip one of yes, no }",
    good: "fields { customer.custom.vip yes or no }",
};
