//! A title that stands behind the former name instead of before it.

use super::{Piece, Token};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::text;

/// `key was accounts "Key accounts"`
pub(super) fn explain(piece: &Piece<'_>, quote: Token<'_>) -> Option<Diagnostic> {
    if quote.text != "\"" {
        return None;
    }
    let title = piece.text.get(quote.at..)?.lines().next()?;
    let title = title.get(..title.get(1..)?.find('"')? + 2)?;
    let before = piece.line_before(quote);
    let words: Vec<&str> = before.split_whitespace().collect();
    let was = words
        .iter()
        .rposition(|word| matches!(*word, "was" | "anciennement"))?;
    // Only former names stand between.
    let name = words.get(was.checked_sub(1)?)?;
    let (word, former) = (words.get(was)?, words.get(was + 1..)?.join(" "));
    let is_names = |c: char| c.is_alphanumeric() || "_, ".contains(c);
    if former.is_empty() || !former.chars().all(is_names) {
        return None;
    }
    let message = text!(
        "A title stands before the former name.",
        "Un titre se place avant l'ancien nom."
    );
    let label = text!("too late for a title", "trop tard pour un titre");
    let d = Diagnostic::error(&codes::NOT_UNDERSTOOD, piece.span_of(quote), message, label);
    Some(d.help(text!(
        "write `{name} {title} {word} {former}`",
        "écrivez `{name} {title} {word} {former}`"
    )))
}
