//! Braces and quotes that are not closed, or closed twice.

use super::{Piece, span};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::parse::limits::Marks;
use crate::text;

/// When the piece has a brace or a quote without its partner.
pub(super) fn explain(piece: &Piece<'_>) -> Option<Diagnostic> {
    open_quote(piece)
        .or_else(|| open_brace(piece))
        .or_else(|| stray(piece))
}

fn open_quote(piece: &Piece<'_>) -> Option<Diagnostic> {
    let mut at = 0;
    for line in piece.text.split_inclusive('\n') {
        let code = before_comment(line);
        if code.matches('"').count() % 2 == 1 {
            let quote = at + code.rfind('"').unwrap_or(0);
            let start = piece.start + quote;
            let d = Diagnostic::error(
                &codes::QUOTE_NOT_CLOSED,
                span(piece.file, start, start + 1),
                text!(
                    "This text is not closed in its line.",
                    "Ce texte n'est pas fermé sur sa ligne."
                ),
                text!("it begins here", "il commence ici"),
            );
            return Some(d.help(text!(
                "write a second `\"` at its end",
                "écrivez un second `\"` à la fin"
            )));
        }
        at += line.len();
    }
    None
}

/// The part of a line before `//`, quotes respected.
fn before_comment(line: &str) -> &str {
    let mut quoted = false;
    for (i, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '/' if !quoted && line.get(i..).is_some_and(|r| r.starts_with("//")) => {
                return line.get(..i).unwrap_or(line);
            }
            _ => {}
        }
    }
    line
}

fn open_brace(piece: &Piece<'_>) -> Option<Diagnostic> {
    let mut open: Vec<usize> = Vec::new();
    let mut suspect = None;
    for (at, mark) in Marks::new(piece.text) {
        match mark {
            '{' => open.push(at),
            '}' => {
                if let Some(opener) = open.pop()
                    && suspect.is_none()
                    && begins_line(piece, at)
                    && indent(piece, at) < indent(piece, opener)
                {
                    // It closes an outer block, by the look of it: so the inner one is not closed.
                    suspect = Some(opener);
                }
            }
            _ => {}
        }
    }
    let outermost = *open.first()?;
    let start = piece.start + suspect.unwrap_or(outermost);
    let d = Diagnostic::error(
        &codes::BRACE_NOT_CLOSED,
        span(piece.file, start, start + 1),
        text!("This `{{` is never closed.", "Cette `{{` n'est jamais fermée."),
        text!("opened here", "ouverte ici"),
    );
    Some(d.help(text!(
        "write a `}}` where the block ends",
        "écrivez une `}}` là où le bloc finit"
    )))
}

fn stray(piece: &Piece<'_>) -> Option<Diagnostic> {
    piece.text.starts_with('}').then(|| {
        Diagnostic::error(
            &codes::BRACE_TOO_MANY,
            span(piece.file, piece.start, piece.start + 1),
            text!("This `}}` closes nothing.", "Cette `}}` ne ferme rien."),
            text!("one too many", "une de trop"),
        )
        .help(text!(
            "take it away, or look for a `}}` too many above it",
            "retirez-la, ou cherchez une `}}` de trop plus haut"
        ))
        .fix(span(piece.file, piece.start, piece.start + 1), "")
    })
}

fn line_before<'i>(piece: &Piece<'i>, at: usize) -> &'i str {
    let before = piece.whole.get(..piece.start + at).unwrap_or("");
    before.rsplit('\n').next().unwrap_or("")
}

fn begins_line(piece: &Piece<'_>, at: usize) -> bool {
    line_before(piece, at).trim().is_empty()
}

fn indent(piece: &Piece<'_>, at: usize) -> usize {
    let line = line_before(piece, at);
    line.len() - line.trim_start().len()
}
