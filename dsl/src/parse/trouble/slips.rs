//! Words and marks that people often write where the language wants another.

use super::{Piece, Token, span};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::parse::grammar::Rule;

/// Comparisons in words: first words, the sign.
const IN_WORDS: &[(&str, &str)] = &[
    ("more than", ">"),
    ("greater than", ">"),
    ("over", ">"),
    ("above", ">"),
    ("exceeds", ">"),
    ("less than", "<"),
    ("fewer than", "<"),
    ("under", "<"),
    ("below", "<"),
    ("at least", ">="),
    ("at most", "<="),
    ("equals", "is"),
    ("equal to", "is"),
    ("in", "is one of"),
    ("isn", "is not"),
    ("contains", "has tag"),
];

/// When a token is a known slip.
pub(super) fn explain(piece: &Piece<'_>, token: Token<'_>, expected: &[Rule]) -> Option<Diagnostic> {
    let rest = piece.text.get(token.at..)?;
    let condition = expected.is_empty()
        || expected
            .iter()
            .any(|r| matches!(r, Rule::compare_sign | Rule::kw_is | Rule::sum | Rule::path));
    if condition && let Some(found) = in_words(piece, token, rest) {
        return Some(found);
    }
    match token.text {
        "if" | "unless" if expected.is_empty() || expected.contains(&Rule::kw_when) => {
            let right = if token.text == "if" { "when" } else { "when not" };
            Some(replace(
                piece,
                token,
                &codes::FOREIGN_SIGN,
                right,
                "A condition begins with `when`.",
            ))
        }
        "after" | "before" => unknown_unit(piece, token),
        "-" if touches_word(piece, token) => {
            let d = Diagnostic::error(
                &codes::HYPHEN_IN_NAME,
                piece.span_of(token),
                "A name has no hyphen.",
                "a hyphen",
            );
            Some(d.help("write `_` instead").fix(piece.span_of(token), "_"))
        }
        ":" | "=" => {
            let message = format!("`{}` is not needed here.", token.text);
            let d = Diagnostic::error(
                &codes::FOREIGN_SIGN,
                piece.span_of(token),
                message,
                "not a sign of rules",
            );
            Some(d.help("take it away").fix(piece.span_of(token), ""))
        }
        "!" => Some(replace(
            piece,
            token,
            &codes::FOREIGN_SIGN,
            "not",
            "`!` is not a word of rules.",
        )),
        "&" => Some(replace(
            piece,
            token,
            &codes::FOREIGN_SIGN,
            "and",
            "`&` is not a word of rules.",
        )),
        "between" => {
            let d = Diagnostic::error(
                &codes::COMPARISON_IN_WORDS,
                piece.span_of(token),
                "`between` is not a comparison.",
                "between what?",
            );
            Some(
                d.help(
                    "write both bounds, as in `account.overdue >= 100 EUR and account.overdue <= 500 EUR`",
                ),
            )
        }
        "#" => {
            let d = Diagnostic::error(
                &codes::FOREIGN_SIGN,
                piece.span_of(token),
                "A comment begins with `//`.",
                "not a comment",
            );
            Some(d.help("write `//`").fix(piece.span_of(token), "//"))
        }
        _ => None,
    }
}

fn in_words(piece: &Piece<'_>, token: Token<'_>, rest: &str) -> Option<Diagnostic> {
    let (words, sign) = IN_WORDS.iter().find(|(words, _)| {
        rest.strip_prefix(words)
            .is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric()))
    })?;
    let start = piece.start + token.at;
    let at = span(piece.file, start, start + words.len());
    let message = format!("`{words}` is not how a comparison is written.");
    let d = Diagnostic::error(&codes::COMPARISON_IN_WORDS, at, message, "a comparison in words");
    Some(d.help(format!("write `{sign}`")).fix(at, *sign))
}

/// `10 dyas after`, `5 jours after`: a number and a word that is no unit.
fn unknown_unit(piece: &Piece<'_>, anchor: Token<'_>) -> Option<Diagnostic> {
    let before = piece.text.get(..anchor.at)?.trim_end();
    let at = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map(|(at, _)| at)?;
    let (number, word) = before.split_at_checked(at)?;
    if !number.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let start = piece.start + at;
    let at = span(piece.file, start, start + word.len());
    let message = format!("`{word}` is not a unit of time.");
    let right = match word {
        "d" | "j" | "jour" | "jours" => Some("days"),
        "w" | "semaine" | "semaines" => Some("weeks"),
        "m" | "mois" => Some("months"),
        _ => likely(word, ["day", "days", "week", "weeks", "month", "months"]),
    };
    let d = Diagnostic::error(&codes::UNKNOWN_UNIT, at, message, "not a unit");
    Some(
        d.help("the units are `days`, `business days`, `weeks` and `months`")
            .suggest(at, right),
    )
}

fn replace(
    piece: &Piece<'_>,
    token: Token<'_>,
    code: &codes::Code,
    right: &str,
    message: &str,
) -> Diagnostic {
    let at = piece.span_of(token);
    Diagnostic::error(code, at, message, "not a word of rules")
        .help(format!("write `{right}`"))
        .fix(at, right)
}

fn touches_word(piece: &Piece<'_>, token: Token<'_>) -> bool {
    let before = piece
        .whole
        .get(..piece.start + token.at)
        .and_then(|s| s.chars().next_back());
    let after = piece.text.get(token.at + 1..).and_then(|s| s.chars().next());
    [before, after]
        .iter()
        .all(|c| c.is_some_and(|c| c.is_alphanumeric() || c == '_'))
}
