//! Sums over invoices that are written otherwise than the language writes them.

use super::{Piece, Token};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::parse::words::plain;
use crate::text;

/// Words with which people count.
const COUNTS: &[&str] = &["count", "number", "nombre", "compte"];

/// Words with which people add up.
const SUMS: &[&str] = &[
    "sum", "total", "average", "largest", "smallest", "somme", "moyenne", "maximum", "minimum",
];

/// Words that may stand between such a word and the one that is wrong.
const BETWEEN: &[&str] = &["of", "de", "des", "du", "the", "les", "all"];

/// When a token stands in a sum that is not written so.
pub(super) fn explain(piece: &Piece<'_>, token: Token<'_>) -> Option<Diagnostic> {
    let before: Vec<String> = piece
        .line_before(token)
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.')
        .filter(|word| !word.is_empty())
        .map(plain)
        .collect();
    let is = |word: &str, list: &[&str]| list.contains(&word);
    let condition = is(
        &plain(token.text),
        &["where", "whose", "with", "dont", "ou", "avec"],
    );
    let begun = if condition {
        before.iter().rev().find(|w| is(w, COUNTS) || is(w, SUMS))
    } else {
        before.iter().rev().find(|w| !is(w, BETWEEN))
    }?;
    let counts = is(begun, COUNTS);
    if !counts && !is(begun, SUMS) {
        return None;
    }
    let d = Diagnostic::error(
        &codes::NOT_UNDERSTOOD,
        piece.span_of(token),
        text!(
            "`{}` is not expected here, in what is counted over invoices.",
            "`{}` n'est pas attendu ici, dans ce qui se calcule sur les factures.",
            token.text
        ),
        text!("not expected here", "pas attendu ici"),
    );
    Some(if counts {
        d.help(text!(
            "write `(count of invoices where days overdue > 30) >= 2`: the condition in the parentheses, the comparison behind them",
            "écrivez `(nombre de factures dont jours de retard > 30) >= 2` : la condition entre les parenthèses, la comparaison derrière"
        ))
    } else {
        d.help(text!(
            "write what is added up, and of what: `(sum of balance of invoices where days overdue > 30) >= 500 EUR`",
            "écrivez ce qui est additionné, et de quoi : `(somme de solde de factures dont jours de retard > 30) >= 500 EUR`"
        ))
    })
}
