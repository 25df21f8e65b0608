//! Effects: what a hook wants done with the step that it stands in. They are values that it gives back; nothing is done by it.

use relance_dsl::checked::Tone;
use relance_dsl::lang::Text;
use relance_dsl::period::{Period, PeriodUnit};
use relance_dsl::text;
use rhai::{Engine, INT, Map};
use serde::{Deserialize, Serialize};

use super::{ACTING, HostFunction};
use crate::hooks::failure::{Given, fault};
use crate::hooks::limits::TEXT;
use crate::vocabulary::VOCABULARY;

/// Longest delay of a step, in days.
const LONGEST_DELAY: u16 = 366;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 2_000;

/// One effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// The step counts as done; nothing of it is sent.
    Skip,
    /// The step comes so much after its day.
    Delay {
        /// How long.
        by: Period,
    },
    /// Nothing of the step is sent; the invoice goes on at another level.
    Jump {
        /// Which.
        level: u8,
    },
    /// The messages of the step are in this tone.
    Tone {
        /// Which.
        tone: Tone,
    },
    /// The messages of the step go to a contact in this role, when one can be reached.
    Contact {
        /// Which.
        role: String,
    },
    /// A task.
    Task {
        /// Its name.
        name: String,
        /// Role of the user.
        assign: String,
        /// To be done within; on the same day when there is none.
        within: Option<Period>,
    },
    /// A note in the customer's history.
    Note {
        /// What it says.
        text: String,
    },
    /// Something is posted to an address of the server's settings.
    Webhook {
        /// Name of the address.
        name: String,
        /// What is posted.
        body: String,
    },
}

pub(super) const TABLE: &[HostFunction] = &[
    HostFunction {
        name: "skip",
        forms: &["skip() -> effect"],
        profiles: ACTING,
        doc: "The step counts as done, and nothing of it is sent. In steps and thanks.",
        doc_fr: "L'étape compte comme faite, et rien n'en est envoyé. Dans les étapes et les remerciements.",
        install: |engine: &mut Engine| {
            engine
                .register_type_with_name::<Effect>("effect")
                .register_fn("skip", || Effect::Skip);
        },
    },
    HostFunction {
        name: "delay",
        forms: &["delay(by: period) -> effect", "delay(days: whole) -> effect"],
        profiles: ACTING,
        doc: "The step comes so much after its own day (at most 366 days), as `delay(days(5))`; the hook is asked again on each day until then. In steps.",
        doc_fr: "L'étape vient tant de temps après son propre jour (366 jours au plus), comme `delay(days(5))` ; la fonction est interrogée à nouveau chaque jour jusque-là. Dans les étapes.",
        install: |engine: &mut Engine| {
            engine
                .register_fn("delay", delay)
                .register_fn("delay", |days: INT| {
                    delay(Period {
                        count: u16::try_from(days).unwrap_or(u16::MAX),
                        unit: PeriodUnit::Days,
                    })
                });
        },
    },
    HostFunction {
        name: "jump",
        forms: &["jump(level: whole) -> effect"],
        profiles: ACTING,
        doc: "Nothing of the level is sent, and the levels between are left out; dunning goes on at that later level, on the next day at the earliest. In levels.",
        doc_fr: "Rien du niveau n'est envoyé, et les niveaux intermédiaires sont laissés de côté ; la relance continue à ce niveau ultérieur, le jour suivant au plus tôt. Dans les niveaux.",
        install: |engine: &mut Engine| {
            engine.register_fn("jump", |level: INT| match u8::try_from(level) {
                Ok(level @ 1..=99) => Ok(Effect::Jump { level }),
                _ => fault(text!(
                    "there is no level {level}",
                    "il n'y a pas de niveau {level}"
                )),
            });
        },
    },
    HostFunction {
        name: "tone",
        forms: &["tone(name: text) -> effect"],
        profiles: ACTING,
        doc: "The messages and calls of the step are `\"warm\"`, `\"courteous\"`, `\"firm\"` or `\"formal\"`.",
        doc_fr: "Les messages et appels de l'étape sont `\"warm\"` (chaleureux), `\"courteous\"` (courtois), `\"firm\"` (ferme) ou `\"formal\"` (formel).",
        install: |engine: &mut Engine| {
            engine.register_fn("tone", |name: &str| -> Given<Effect> {
                let tones = [Tone::Warm, Tone::Courteous, Tone::Firm, Tone::Formal];
                match tones
                    .into_iter()
                    .find(|tone| crate::rulebook::tone_name(*tone) == name)
                {
                    Some(tone) => Ok(Effect::Tone { tone }),
                    None => unknown(&text!("tone", "ton"), name, "warm, courteous, firm, formal"),
                }
            });
        },
    },
    HostFunction {
        name: "contact",
        forms: &["contact(role: text) -> effect"],
        profiles: ACTING,
        doc: "The messages and calls of the step go to a contact in this role when one can be reached, else to whom the scenario says. Roles as in the rules: `\"director\"`.",
        doc_fr: "Les messages et appels de l'étape vont à un contact de ce rôle s'il est joignable, sinon à qui le scénario le dit. Rôles en anglais : `\"director\"` (direction).",
        install: |engine: &mut Engine| {
            engine.register_fn("contact", |role: &str| -> Given<Effect> {
                let role = known(
                    &text!("contact role", "rôle de contact"),
                    role,
                    VOCABULARY.contact_roles,
                )?;
                Ok(Effect::Contact { role })
            });
        },
    },
    HostFunction {
        name: "task",
        forms: &[
            "task(name: text, role: text) -> effect",
            "task(name: text, role: text, within: period) -> effect",
        ],
        profiles: ACTING,
        doc: "A task for a user in this role, as `task(\"call_director\", \"account_manager\", days(1))`. A template of its name is its script.",
        doc_fr: "Une tâche pour un utilisateur de ce rôle, comme `task(\"call_director\", \"account_manager\", days(1))`. Un modèle de ce nom en est le script.",
        install: |engine: &mut Engine| {
            engine
                .register_fn("task", |name: &str, role: &str| task(name, role, None))
                .register_fn("task", |name: &str, role: &str, within: Period| {
                    task(name, role, Some(within))
                });
        },
    },
    HostFunction {
        name: "note",
        forms: &["note(text: text) -> effect"],
        profiles: ACTING,
        doc: "A note in the customer's history, at most 2,000 characters.",
        doc_fr: "Une note dans l'historique du client, 2 000 caractères au plus.",
        install: |engine: &mut Engine| {
            engine.register_fn("note", |text: &str| -> Given<Effect> {
                let length = text.chars().count();
                if text.trim().is_empty() || length > LONGEST_NOTE {
                    return fault(text!(
                        "a note has 1 to {LONGEST_NOTE} characters, not {length}",
                        "une note a de 1 à {LONGEST_NOTE} caractères, et non {length}"
                    ));
                }
                Ok(Effect::Note {
                    text: text.to_owned(),
                })
            });
        },
    },
    HostFunction {
        name: "webhook",
        forms: &[
            "webhook(name: text, body: text) -> effect",
            "webhook(name: text, body: map) -> effect",
        ],
        profiles: ACTING,
        doc: "Posts a body to the address that the server's settings know under this name; a map is written as JSON.",
        doc_fr: "Poste un corps à l'adresse que les réglages du serveur connaissent sous ce nom ; un tableau est écrit en JSON.",
        install: |engine: &mut Engine| {
            engine
                .register_fn("webhook", |name: &str, body: &str| webhook(name, body.to_owned()))
                .register_fn("webhook", |name: &str, body: Map| {
                    super::texts::json(&body.into()).and_then(|body| webhook(name, body))
                });
        },
    },
];

fn delay(by: Period) -> Given<Effect> {
    let days = match by.unit {
        PeriodUnit::Days | PeriodUnit::BusinessDays => by.count,
        PeriodUnit::Weeks => by.count.saturating_mul(7),
        PeriodUnit::Months => by.count.saturating_mul(31),
    };
    if by.count == 0 || days > LONGEST_DELAY + 6 {
        return fault(text!(
            "a step is delayed by 1 to {LONGEST_DELAY} days",
            "une étape se reporte de 1 à {LONGEST_DELAY} jours"
        ));
    }
    Ok(Effect::Delay { by })
}

fn task(name: &str, role: &str, within: Option<Period>) -> Given<Effect> {
    let assign = known(&text!("role", "rôle"), role, VOCABULARY.roles)?;
    Ok(Effect::Task {
        name: identifier(name)?,
        assign,
        within,
    })
}

fn webhook(name: &str, body: String) -> Given<Effect> {
    if body.is_empty() || body.len() > TEXT {
        return fault(text!(
            "the body of a webhook has 1 to {TEXT} bytes",
            "le corps d'un webhook a de 1 à {TEXT} octets"
        ));
    }
    Ok(Effect::Webhook {
        name: identifier(name)?,
        body,
    })
}

/// A name as the rules have them.
fn identifier(name: &str) -> Given<String> {
    const LONGEST: usize = 60;
    let starts = name.chars().next().is_some_and(char::is_alphabetic);
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if starts && plain && name.len() <= LONGEST {
        return Ok(name.to_owned());
    }
    let shown: String = name.chars().take(LONGEST).collect();
    fault(text!(
        "`{shown}` is no name: letters, digits and `_`, as in `call_director`",
        "`{shown}` n'est pas un nom : lettres, chiffres et `_`, comme dans `call_director`"
    ))
}

/// A word of a list of the vocabulary.
fn known(what: &Text, word: &str, list: &[(&str, &str)]) -> Given<String> {
    if list.iter().any(|(name, _)| *name == word) {
        return Ok(word.to_owned());
    }
    let names: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
    unknown(what, word, &names.join(", "))
}

fn unknown<T>(what: &Text, word: &str, list: &str) -> Given<T> {
    let (en, fr) = (&what.en, &what.fr);
    let word: String = word.chars().take(60).collect();
    fault(text!(
        "there is no {en} `{word}`: {list}",
        "il n'y a pas de {fr} `{word}` : {list}"
    ))
}

impl Effect {
    /// The function that makes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Delay { .. } => "delay",
            Self::Jump { .. } => "jump",
            Self::Tone { .. } => "tone",
            Self::Contact { .. } => "contact",
            Self::Task { .. } => "task",
            Self::Note { .. } => "note",
            Self::Webhook { .. } => "webhook",
        }
    }

    /// Whether a step can have more than one of it.
    pub fn may_repeat(&self) -> bool {
        matches!(self, Self::Task { .. } | Self::Note { .. } | Self::Webhook { .. })
    }
}

impl std::fmt::Display for Effect {
    /// As scripts write it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.name();
        match self {
            Self::Skip => f.write_str("skip()"),
            Self::Delay { by } => write!(f, "delay({})", written(*by)),
            Self::Jump { level } => write!(f, "jump({level})"),
            Self::Tone { tone } => write!(f, "tone(\"{}\")", crate::rulebook::tone_name(*tone)),
            Self::Contact { role: text } | Self::Note { text } => write!(f, "{name}({text:?})"),
            Self::Task {
                name,
                assign,
                within: None,
            } => write!(f, "task({name:?}, {assign:?})"),
            Self::Task {
                name,
                assign,
                within: Some(within),
            } => {
                write!(f, "task({name:?}, {assign:?}, {})", written(*within))
            }
            Self::Webhook { name, body } => write!(f, "webhook({name:?}, {body:?})"),
        }
    }
}

fn written(period: Period) -> String {
    let unit = match period.unit {
        PeriodUnit::Days => "days",
        PeriodUnit::BusinessDays => "business_days",
        PeriodUnit::Weeks => "weeks",
        PeriodUnit::Months => "months",
    };
    format!("{unit}({})", period.count)
}
