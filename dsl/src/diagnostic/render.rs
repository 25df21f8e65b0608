//! Diagnostics for a terminal or a log: source excerpts with marks.

use std::fmt::{self, Display};
use std::ops::Range;

use ariadne::{Cache, CharSet, Color, Config, IndexType, Label, Report, ReportKind};

use super::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::span::{FileId, SourceMap, Span};

/// Longest excerpt that is drawn, in bytes: of a longer one only its start is marked.
const LONGEST_MARK: usize = 600;

/// Longest source line that is drawn, in bytes; of longer ones only the place is named.
const LONGEST_LINE: usize = 2000;

/// All diagnostics with their source lines, and a closing line that counts them; empty when there are none.
///
/// Without a language, each speaks that of its file, and the closing line that of the first.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, color: bool, lang: Option<Lang>) -> String {
    let first = diagnostics.first().map(|d| d.lang(sources, lang));
    let Some(summary) = first.and_then(|lang| summary(diagnostics, lang)) else {
        return String::new();
    };
    let mut excerpts = Excerpts::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&one(
            diagnostic,
            sources,
            &mut excerpts,
            color,
            diagnostic.lang(sources, lang),
        ));
        out.push('\n');
    }
    out + &summary + "\n"
}

/// "2 errors, 1 warning"; nothing when there are none.
pub fn summary(diagnostics: &[Diagnostic], lang: Lang) -> Option<String> {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let words = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts = [
        words(count(Severity::Error), lang.pick("error", "erreur")),
        words(count(Severity::Warning), lang.pick("warning", "avertissement")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn one(
    diagnostic: &Diagnostic,
    sources: &SourceMap,
    excerpts: &mut Excerpts<'_>,
    color: bool,
    lang: Lang,
) -> String {
    if sources.line_text(diagnostic.primary.span).len() > LONGEST_LINE {
        return plain(diagnostic, sources, lang);
    }
    let (kind, mark) = match diagnostic.severity {
        Severity::Error => (ReportKind::Error, Color::Red),
        Severity::Warning => (ReportKind::Warning, Color::Yellow),
    };
    let config = Config::default()
        .with_color(color)
        .with_char_set(CharSet::Unicode)
        .with_index_type(IndexType::Byte);
    let at = clip(diagnostic.primary.span, sources);
    let mut report = Report::build(kind, at.clone())
        .with_config(config)
        .with_code(diagnostic.code)
        .with_message(diagnostic.message.get(lang))
        .with_label(
            Label::new(at)
                .with_message(diagnostic.primary.text.get(lang))
                .with_color(mark),
        );
    for label in &diagnostic.secondary {
        let at = clip(label.span, sources);
        report.add_label(
            Label::new(at)
                .with_message(label.text.get(lang))
                .with_color(Color::Blue),
        );
    }
    let help = diagnostic.help.as_ref().map(|help| help.get(lang));
    if let Some(help) = help {
        report.set_help(help);
    }
    let mut bytes = Vec::new();
    match report.finish().write(excerpts, &mut bytes) {
        Ok(()) => {
            let drawn = lines(&String::from_utf8_lossy(&bytes));
            match lang {
                Lang::English => drawn,
                Lang::French => in_french(drawn, help),
            }
        }
        // Its source is not in this map.
        Err(_) => plain(diagnostic, sources, lang),
    }
}

/// Without an excerpt.
fn plain(diagnostic: &Diagnostic, sources: &SourceMap, lang: Lang) -> String {
    let place = sources.place(diagnostic.primary.span);
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| {
        format!(" {}: {}", lang.pick("Help", "Aide "), help.get(lang))
    });
    let colon = lang.pick(":", " :");
    format!(
        "[{}] {place}{colon} {}{help}\n",
        diagnostic.code,
        diagnostic.message.get(lang)
    )
}

/// The drawing knows its own words in English only: changes the first one, which names the severity, and the one before the help,
/// which is the last thing that it writes.
fn in_french(drawn: String, help: Option<&str>) -> String {
    let (first, rest) = drawn.split_once('\n').unwrap_or((&drawn, ""));
    let first = first
        .replacen("Error:", "Erreur :", 1)
        .replacen("Warning:", "Avertissement :", 1);
    let mut drawn = format!("{first}\n{rest}");
    let Some(help) = help else { return drawn };
    let marked = format!(": {}", help.lines().next().unwrap_or("").trim_end());
    let word = drawn
        .rfind(&marked)
        .and_then(|at| drawn.get(..at))
        .and_then(|before| before.rfind("Help"));
    if let Some(at) = word {
        drawn.replace_range(at..at + "Help".len(), "Aide ");
    }
    drawn
}

/// Without the blanks at line ends that the drawing leaves.
fn lines(drawn: &str) -> String {
    drawn
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// A span as the drawing wants it: inside of its file, not too long.
fn clip(span: Span, sources: &SourceMap) -> (FileId, Range<usize>) {
    let text = sources.get(span.file).map_or("", |s| s.text.as_str());
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start as usize);
    let end = boundary((span.end as usize).min(start + LONGEST_MARK)).max(start);
    (span.file, start..end)
}

/// The sources as the drawing wants them, cut into lines when first asked for.
struct Excerpts<'a> {
    sources: &'a SourceMap,
    cut: std::collections::HashMap<FileId, ariadne::Source<&'a str>>,
}

impl<'a> Excerpts<'a> {
    fn new(sources: &'a SourceMap) -> Self {
        Self {
            sources,
            cut: std::collections::HashMap::new(),
        }
    }
}

impl<'a> Cache<FileId> for Excerpts<'a> {
    type Storage = &'a str;

    fn fetch(&mut self, id: &FileId) -> Result<&ariadne::Source<&'a str>, impl fmt::Debug> {
        let text = self.sources.get(*id).map(|s| s.text.as_str());
        match text {
            Some(text) => Ok(&*self.cut.entry(*id).or_insert_with(|| ariadne::Source::from(text))),
            None => Err("no such source"),
        }
    }

    fn display<'b>(&self, id: &'b FileId) -> Option<impl Display + 'b> {
        self.sources.get(*id).map(|s| s.path.clone())
    }
}
