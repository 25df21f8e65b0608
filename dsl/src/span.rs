//! Places in source text.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// Index of a file in a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A place as people read it: file, line and column, both counted from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the rulebook folder, with `/`.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One source file of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the rulebook folder, with `/`; standard library files start with `std/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The language it seems to be written in, and in which its mistakes are told.
    pub lang: Lang,
}

/// All the source files that spans point into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    files: Vec<Source>,
}

impl SourceMap {
    /// Adds a rule file, whose language its text tells, and returns its identity.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let lang = Lang::of_source(&text);
        self.add_in(lang, path, text)
    }

    /// Adds a file whose text does not tell in which language to speak of it, and returns its identity.
    pub fn add_in(&mut self, lang: Lang, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(Source {
            path: path.into(),
            text: text.into(),
            lang,
        });
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    /// The language of the first file, which is one of the rulebook's own: that of its author. English when there is none.
    pub fn author_lang(&self) -> Lang {
        self.files.first().map_or_else(Lang::default, |s| s.lang)
    }

    /// The file behind an identity; `None` when the identity is of another map.
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// All files, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(i, s)| (FileId(u32::try_from(i).unwrap_or(u32::MAX)), s))
    }

    /// The language of the file that a span is in; English when the identity is of another map.
    pub fn lang(&self, span: Span) -> Lang {
        self.get(span.file).map_or_else(Lang::default, |s| s.lang)
    }

    /// The text that a span covers; empty when the span is outside its file.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|s| s.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }

    /// The whole line in which a span starts, without its line break.
    pub fn line_text(&self, span: Span) -> &str {
        let Some(source) = self.get(span.file) else {
            return "";
        };
        let at = (span.start as usize).min(source.text.len());
        let Some((before, after)) = source.text.split_at_checked(at) else {
            return "";
        };
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        let end = at + after.find('\n').unwrap_or(after.len());
        source.text.get(start..end).unwrap_or("").trim_end_matches('\r')
    }

    /// File, line and column of the end of a span: the place one past its last character.
    pub fn end_place(&self, span: Span) -> Place {
        self.place(Span {
            start: span.end.max(span.start),
            ..span
        })
    }

    /// File, line and column of the start of a span.
    pub fn place(&self, span: Span) -> Place {
        let Some(source) = self.get(span.file) else {
            return Place {
                file: String::new(),
                line: 1,
                column: 1,
            };
        };
        let at = (span.start as usize).min(source.text.len());
        let before = source.text.get(..at).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place {
            file: source.path.clone(),
            line: count(before.matches('\n').count() + 1),
            column: count(before.get(line_start..).unwrap_or("").chars().count() + 1),
        }
    }
}
