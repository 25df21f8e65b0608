//! French words in a file, which is in English for now.

use super::{Piece, Token, span};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::FileId;

/// French words of the language and their English counterparts.
const WORDS: &[(&str, &str)] = &[
    ("édition", "edition"),
    ("utiliser", "use"),
    ("scénario", "scenario"),
    ("scenario", "scenario"),
    ("calendrier", "calendar"),
    ("si", "when"),
    ("sinon", "otherwise"),
    ("et", "and"),
    ("ou", "or"),
    ("non", "not"),
    ("est", "is"),
    ("pour", "for"),
    ("porte", "has tag"),
    ("langue", "language"),
    ("ton", "tone"),
    ("envoyer", "send"),
    ("grouper", "group"),
    ("ignorer", "ignore"),
    ("limiter", "limit"),
    ("entrée", "entry"),
    ("suspendre", "hold"),
    ("prévenance", "courtesy"),
    ("relance", "dunning"),
    ("remerciement", "thanks"),
    ("remerciements", "thanks"),
    ("étape", "step"),
    ("etape", "step"),
    ("niveau", "level"),
    ("jour", "day"),
    ("jours", "days"),
    ("semaine", "week"),
    ("semaines", "weeks"),
    ("mois", "months"),
    ("avant", "before"),
    ("après", "after"),
    ("apres", "after"),
    ("échéance", "due"),
    ("echeance", "due"),
    ("appel", "call"),
    ("appeler", "call"),
    ("modèle", "template"),
    ("modele", "template"),
    ("courriel", "email"),
    ("confié", "assign"),
    ("sous", "within"),
    ("ajouter", "add"),
    ("retirer", "subtract"),
    ("fermé", "closed"),
    ("férié", "holiday"),
    ("pâques", "easter"),
];

/// When a token is a French word of the language.
pub(super) fn explain(piece: &Piece<'_>, token: Token<'_>) -> Option<Diagnostic> {
    let lower = token.text.to_lowercase();
    let (_, english) = WORDS.iter().find(|(fr, en)| *fr == lower && fr != en)?;
    let at = piece.span_of(token);
    let message = format!(
        "`{}` is French; rules are in English in this version.",
        token.text
    );
    Some(
        Diagnostic::error(&codes::FRENCH_WORD, at, message, "a French word")
            .help(format!("write `{english}`"))
            .fix(at, *english),
    )
}

/// When a whole file is in French, which its first line says.
pub(in crate::parse) fn french_file(file: FileId, text: &str) -> Option<Diagnostic> {
    let mut at = 0;
    let line = text.split_inclusive('\n').find(|line| {
        let code = line.trim();
        let is_code = !code.is_empty() && !code.starts_with("//");
        at += if is_code { 0 } else { line.len() };
        is_code
    })?;
    let word = line.split_whitespace().next()?;
    (word == "édition" || word == "e\u{301}dition").then(|| {
        let start = at + (line.len() - line.trim_start().len());
        Diagnostic::error(
            &codes::FRENCH_FILE,
            span(file, start, start + word.len()),
            "This file is written in French; rules are in English in this version.",
            "a French file",
        )
        .help(
            "write `edition 2026` here and the statements below in English; names and titles may stay French",
        )
    })
}
