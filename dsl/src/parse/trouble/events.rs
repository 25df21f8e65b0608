//! Events that do not exist, and those that are written otherwise.

use super::{Piece, span};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::parse::words::plain;
use crate::text;

/// The events as rules write them: English, French, and how words begin with which people mean them.
const EVENTS: [(&str, &str, &[&str]); 6] = [
    (
        "on promise broken",
        "en cas de promesse rompue",
        &["promise", "promess"],
    ),
    (
        "on plan missed",
        "en cas d'échéancier manqué",
        &["plan", "instalment", "installment", "echeanc"],
    ),
    (
        "on bounce",
        "en cas de rejet",
        &["bounc", "undeliver", "rejet", "retour"],
    ),
    (
        "on paid late",
        "en cas de paiement en retard",
        &["late", "retard", "tardi", "overdue"],
    ),
    (
        "on paid",
        "en cas de paiement",
        &["pay", "paid", "paie", "paim", "pai", "reglement"],
    ),
    (
        "on dispute",
        "en cas de litige",
        &["disput", "complain", "claim", "litig", "contest", "reclam"],
    ),
];

/// Whether a text goes wrong before what is done then.
pub(super) fn is_of_the_event(text: &str, at: usize) -> bool {
    text.find('{').is_none_or(|brace| at <= brace)
}

/// What should stand there instead.
pub(super) fn explain(piece: &Piece<'_>) -> Diagnostic {
    let written = piece.text.split(['{', '\n']).next().unwrap_or("").trim_end();
    let at = span(piece.file, piece.start, piece.start + written.len());
    let words: Vec<String> = written.split(|c: char| !c.is_alphanumeric()).map(plain).collect();
    let label = text!("no event", "pas un événement");
    if words.iter().any(|w| w == "level" || w == "niveau") {
        let message = text!(
            "The event of a level has its number.",
            "L'événement d'un niveau porte son numéro."
        );
        let d = Diagnostic::error(&codes::NOT_UNDERSTOOD, at, message, label);
        return d.help(text!(
            "write it as in `on level 2`",
            "écrivez comme dans `au niveau 2`"
        ));
    }
    let message = text!("`{written}` is no event.", "`{written}` n'est pas un événement.");
    let d = Diagnostic::error(&codes::NOT_UNDERSTOOD, at, message, label);
    let means = |begins: &&str| words.iter().any(|w| w.starts_with(begins));
    let meant = EVENTS.iter().find(|(_, _, begin)| begin.iter().any(means));
    if let Some((en, fr, _)) = meant {
        return d.help(text!("did you mean `{en}`?", "vouliez-vous dire `{fr}` ?"));
    }
    let all = |lang: Lang| {
        let names = EVENTS.map(|(en, fr, _)| format!("`{}`", lang.pick(en, fr)));
        names.join(", ")
    };
    let (en, fr) = (all(Lang::English), all(Lang::French));
    d.help(text!(
        "the events are {en} and `on level` with its number",
        "les événements sont {fr} et `au niveau` suivi de son numéro"
    ))
}
