//! Bounds that keep every text harmless: size and depth.

use super::node::span;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::FileId;
use crate::text;

/// Largest rule file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;

/// Deepest nesting of braces and parentheses.
pub const MAX_DEPTH: usize = 64;

/// Most terms in one calculation: longer ones would make trees too deep to walk.
pub(super) const MAX_TERMS: usize = 64;

/// Why a file is not read at all, if so.
pub(super) fn refusal(file: FileId, text: &str) -> Option<Diagnostic> {
    if text.len() > MAX_FILE_BYTES {
        let message = text!(
            "This file has {} KiB; a rule file has at most {} KiB.",
            "Ce fichier fait {} Kio ; un fichier de règles fait au plus {} Kio.",
            text.len() / 1024,
            MAX_FILE_BYTES / 1024
        );
        let label = text!("too large", "trop grand");
        let d = Diagnostic::error(&codes::FILE_TOO_LARGE, span(file, 0, 0), message, label);
        return Some(d.help(text!(
            "is it a rule file? If so, split it: all files of the folder are read as one",
            "est-ce un fichier de règles ? Si oui, divisez-le : tous les fichiers du dossier sont lus comme un seul"
        )));
    }
    too_deep(text).map(|at| {
        let message = text!(
            "Braces and parentheses are nested more than {MAX_DEPTH} deep.",
            "Les accolades et les parenthèses sont imbriquées sur plus de {MAX_DEPTH} niveaux."
        );
        Diagnostic::error(
            &codes::NESTED_TOO_DEEP,
            span(file, at, at + 1),
            message,
            text!("too deep from here on", "trop profond à partir d'ici"),
        )
        .help(text!(
            "a brace or a parenthesis above is probably not closed",
            "une accolade ou une parenthèse n'est sans doute pas fermée plus haut"
        ))
    })
}

/// Where the nesting first gets too deep; texts and comments do not count.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, mark) in Marks::new(text) {
        match mark {
            '{' | '(' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at);
                }
            }
            _ => depth = depth.saturating_sub(1),
        }
    }
    None
}

/// The braces and parentheses of a text, with their places, outside texts and comments.
pub(super) struct Marks<'i> {
    text: &'i str,
    at: usize,
}

impl<'i> Marks<'i> {
    pub(super) fn new(text: &'i str) -> Self {
        Self { text, at: 0 }
    }
}

impl Iterator for Marks<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let find = |from: usize, stop: fn(u8) -> bool| {
            let rest = bytes.get(from..).unwrap_or_default();
            rest.iter()
                .position(|b| stop(*b))
                .map_or(bytes.len(), |n| from + n)
        };
        while let Some(&byte) = bytes.get(self.at) {
            let here = self.at;
            self.at += 1;
            match byte {
                b'{' | b'}' | b'(' | b')' => return Some((here, char::from(byte))),
                b'/' if bytes.get(self.at) == Some(&b'/') => {
                    self.at = find(self.at, |b| b == b'\n');
                }
                b'"' => {
                    let end = find(self.at, |b| b == b'"' || b == b'\n');
                    // An unclosed text takes in only its first mark, as in the grammar.
                    if bytes.get(end) == Some(&b'"') {
                        self.at = end + 1;
                    }
                }
                _ => {}
            }
        }
        None
    }
}
