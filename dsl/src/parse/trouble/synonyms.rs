//! First words that people write where the language has another.

use super::statements::Place;
use crate::lang::{Lang, Text};
use crate::parse::grammar::Rule;
use crate::parse::words::{keyword, plain};

/// By place: the word that the language has, and those that are written for it, without accents.
const SCENARIO: &[(Rule, &[&str])] = &[
    (
        Rule::kw_hold,
        &[
            "pause", "suspend", "stop", "freeze", "geler", "bloquer", "arreter",
        ],
    ),
    (
        Rule::kw_ignore,
        &["skip", "exclude", "except", "exclure", "omettre"],
    ),
    (
        Rule::kw_dunning,
        &[
            "reminders",
            "levels",
            "collection",
            "relances",
            "rappels",
            "niveaux",
        ],
    ),
    (Rule::kw_courtesy, &["prelude", "steps", "courtoisie", "etapes"]),
    (Rule::kw_limit, &["max", "maximum", "throttle", "plafonner"]),
    (Rule::kw_language, &["lang", "locale"]),
    (Rule::kw_send, &["schedule", "hours", "horaires", "envoi"]),
    (Rule::kw_contact, &["recipient", "to", "destinataire"]),
    (Rule::kw_thanks, &["thank", "merci", "remercier"]),
];
const STEPS: &[(Rule, &[&str])] = &[
    (
        Rule::kw_then,
        &[
            "finally",
            "afterwards",
            "lastly",
            "next",
            "ensuite",
            "enfin",
            "finalement",
        ],
    ),
    (Rule::kw_level, &["stage", "palier", "degre"]),
];
const ACTS: &[(Rule, &[&str])] = &[
    (
        Rule::kw_call,
        &["phone", "telephone", "ring", "telephoner", "appelle"],
    ),
    (Rule::kw_email, &["mail", "mel", "e", "courrier_electronique"]),
    (Rule::kw_letter, &["post", "postal", "lettre"]),
    (Rule::kw_sms, &["texto", "textmessage"]),
    (Rule::kw_task, &["todo", "assign", "tache_pour", "confier"]),
    (
        Rule::kw_charge,
        &["fee", "fees", "bill", "interest", "frais", "penalites"],
    ),
    (
        Rule::kw_approve,
        &[
            "approval",
            "approved",
            "validate",
            "validation",
            "valide",
            "approuver",
        ],
    ),
    (
        Rule::kw_continue,
        &["goto", "resume", "jump", "continuer", "aller"],
    ),
    (
        Rule::kw_hand_over,
        &["escalate", "transfer", "remettre", "transferer"],
    ),
];
const TEST: &[(Rule, &[&str])] = &[
    (
        Rule::kw_given,
        &["assume", "suppose", "with", "supposons", "avec"],
    ),
    (
        Rule::kw_expect,
        &["should", "assert", "verify", "then", "verifier", "alors"],
    ),
];

/// What the language has for a first word, as a language writes it.
pub(super) fn of(place: Place, word: &str) -> Option<Text> {
    let table = match place {
        Place::Scenario => SCENARIO,
        Place::Steps => STEPS,
        Place::Acts => ACTS,
        Place::Test => TEST,
        _ => return None,
    };
    let word = plain(word);
    let (rule, _) = table.iter().find(|(_, words)| words.contains(&word.as_str()))?;
    let keyword = keyword(*rule)?;
    Some(Text::new(
        keyword.written(Lang::English)?,
        keyword.written(Lang::French)?,
    ))
}

/// Words with which a condition begins that stands where an event should.
pub(super) fn is_when(word: &str) -> bool {
    matches!(
        plain(word).as_str(),
        "when" | "if" | "upon" | "quand" | "si" | "lorsque"
    )
}
