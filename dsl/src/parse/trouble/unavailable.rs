//! Forms of the language that are designed but not there yet.

use super::{Piece, Token};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::parse::trouble::statements::Place;

/// First word, what it is called, what to write instead.
const FORMS: &[(&str, &str, &str)] = &[
    (
        "sms",
        "Text messages",
        "write `email template ...`, or `call` for a task",
    ),
    (
        "letter",
        "Letters",
        "write `call script ... assign collector` so that somebody sends the letter",
    ),
    (
        "registered",
        "Registered letters",
        "write `call script ... assign collector` so that somebody sends the letter",
    ),
    (
        "charge",
        "Charging interest and fees",
        "leave it out; fees can be named in the template's text",
    ),
    (
        "approve",
        "Approval before sending",
        "write `call script ... assign credit_manager` at this level: the task is the check",
    ),
    (
        "task",
        "Tasks without a call",
        "write `call script ... assign ...`: it makes a task for a person",
    ),
    (
        "attach",
        "Attachments",
        "leave it out; the invoices are listed in the message",
    ),
    ("hook", "Hooks", "write the condition with facts"),
    (
        "disputes",
        "Dispute categories",
        "leave the block out; `hold while disputed` stops the clock",
    ),
    (
        "promises",
        "Rules for promises",
        "leave the block out; `hold while promised` stops the clock",
    ),
    (
        "plans",
        "Rules for payment plans",
        "leave the block out; `hold while on plan` stops the clock",
    ),
    ("medium", "Media of your own", "use `email` or `call`"),
    ("test", "Tests in the language", "leave it out for now"),
    (
        "then",
        "What follows the last level",
        "make it one more level, with a `call` as its act",
    ),
    (
        "on",
        "Reactions to events",
        "leave it out; outcomes are noted on the task's page",
    ),
];

/// Words that are such a form wherever they stand.
const ANYWHERE: &[&str] = &[
    "sms",
    "letter",
    "registered",
    "charge",
    "approve",
    "attach",
    "hook",
];

/// When a token begins such a form.
pub(super) fn explain(piece: &Piece<'_>, token: Token<'_>) -> Option<Diagnostic> {
    let form = |word: &str| FORMS.iter().find(|(w, _, _)| *w == word);
    let (_, what, instead) = if token.at == 0 {
        if let Some(medium) = else_medium(piece, token) {
            return Some(medium);
        }
        let allowed = match token.text {
            "then" => matches!(piece.place, Place::Steps | Place::Scenario),
            "on" => matches!(piece.place, Place::Scenario | Place::Acts | Place::Steps),
            "test" | "disputes" | "promises" | "plans" | "medium" => piece.place == Place::Top,
            "task" => piece.place == Place::Acts,
            _ => true,
        };
        form(token.text).filter(|_| allowed)?
    } else {
        // `add hook trend(account)`
        let at_hand = ANYWHERE.contains(&token.text);
        form(token.text).filter(|_| at_hand)?
    };
    let message = format!("{what} (`{}`) are not available in this version.", token.text);
    let message = if what.starts_with("Charging") || what.starts_with("What") || what.starts_with("Approval")
    {
        message.replace(") are", ") is")
    } else {
        message
    };
    Some(
        Diagnostic::error(
            &codes::NOT_AVAILABLE,
            piece.span_of(token),
            message,
            "not available",
        )
        .help(*instead),
    )
}

/// `email template x else sms template y when bounced`
fn else_medium(piece: &Piece<'_>, token: Token<'_>) -> Option<Diagnostic> {
    (token.text == "else" && piece.place == Place::Acts).then(|| {
        Diagnostic::error(
            &codes::NOT_AVAILABLE,
            piece.span_of(token),
            "A second medium after `else` is not available in this version.",
            "not available",
        )
        .help(
            "leave it out: when an address is refused, the next contact is tried, then a person gets a task",
        )
    })
}
