//! `relance check`.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use relance_engine::rulebooks::{self, read_folder};
use relance_rules::dsl::diagnostic::{self, Severity, github, json, sarif};
use relance_rules::dsl::lang::Lang;
use relance_rules::rulebook::{Built, Files};

use super::mend::{self, Written};
use super::{Context, Format, Outcome, Usage};
use crate::terminal::{out, outln};

/// Look for mistakes in a folder of rules and templates
///
/// Examples:
///   relance check rules/
///   relance check rules/ --lang fr           in French, whatever the files are written in
///   relance check rules/ --fix               make the corrections that are sure, then tell the rest
///   relance check rules/ --format json       for editors
///   relance check rules/ --format github     beside the changed lines, in a GitHub workflow
///   relance check rules/ --format sarif      for code scanners
///
/// All mistakes of all files are told at once, each with its place, what is wrong and what to write instead. Needs no
/// database. Exit code 1 when there is an error; warnings alone give 0.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder; without it the one of --rules or `rules.folder`
    folder: Option<PathBuf>,
    /// Language of the messages, fr or en; without it each file gets its own
    #[arg(long, value_parser = language, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    /// Make the corrections that the messages propose, in the files
    #[arg(long)]
    fix: bool,
    /// Whether messages for people are coloured
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: Color,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A language of messages, as it is written on the command line.
pub(super) fn language(text: &str) -> Result<Lang, String> {
    Lang::of_code(text).ok_or_else(|| "write fr or en".to_owned())
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let folder = arguments
        .folder
        .as_ref()
        .or(context.settings.rules_folder.as_ref())
        .ok_or_else(|| Usage("say which folder, as in `relance check rules/`".to_owned()))?;
    let files = read_folder(folder)?;
    let (built, written) = if arguments.fix {
        let mended = rulebooks::mend(&files);
        let written = mend::write(folder, &mended)?;
        (mended.built, written)
    } else {
        (rulebooks::check(&files), Vec::new())
    };
    let output = Output {
        arguments,
        folder,
        files: &files,
        built: &built,
        written: &written,
    };
    output.print(context)?;
    let has_errors = built.diagnostics.iter().any(|d| d.severity == Severity::Error);
    // A folder without rules is most likely the wrong folder.
    Ok(
        if has_errors || !files.0.keys().any(|path| path.ends_with(".relance")) {
            Outcome::Problems
        } else {
            Outcome::Done
        },
    )
}

/// What is to be told.
struct Output<'a> {
    arguments: &'a Arguments,
    folder: &'a Path,
    files: &'a Files,
    built: &'a Built,
    written: &'a [Written],
}

impl Output<'_> {
    fn print(&self, context: &Context) -> anyhow::Result<()> {
        let (found, sources) = (&self.built.diagnostics, &self.built.sources);
        let lang = self.arguments.lang;
        match context.format {
            Format::Human => self.print_for_people(),
            Format::Json => {
                let mut value = serde_json::to_value(json::report(found, sources, lang))?;
                if let Some(value) = value.as_object_mut() {
                    let files: Vec<_> = self.files.0.keys().collect();
                    value.insert("files".to_owned(), serde_json::json!(files));
                    if self.arguments.fix {
                        value.insert("mended".to_owned(), serde_json::to_value(self.written)?);
                    }
                }
                context.json(&value)?;
            }
            Format::Sarif => {
                let version = env!("CARGO_PKG_VERSION");
                let log = sarif::log(found, sources, lang, &from_here(self.folder), version);
                outln!("{}", serde_json::to_string_pretty(&log)?);
            }
            Format::Github => {
                out!(
                    "{}",
                    github::annotations(found, sources, lang, &from_here(self.folder))
                );
            }
        }
        Ok(())
    }

    /// The language of the first rule file: who wrote it reads it.
    fn language_of_rules(&self) -> Lang {
        let first = self.files.0.iter().find(|(path, _)| path.ends_with(".relance"));
        first.map_or_else(Lang::default, |(_, text)| Lang::of_source(text))
    }

    fn print_for_people(&self) {
        let (found, lang) = (&self.built.diagnostics, self.arguments.lang);
        let color = match self.arguments.color {
            Color::Auto => std::io::stdout().is_terminal(),
            Color::Always => true,
            Color::Never => false,
        };
        out!("{}", diagnostic::render(found, &self.built.sources, color, lang));
        let lang = lang.unwrap_or_else(|| self.language_of_rules());
        for written in self.written {
            outln!("{}", mended(written, lang));
        }
        outln!("{}", summary(self.files.0.len(), found.len(), lang));
    }
}

/// A folder as code scanners and workflows want it: seen from the working folder, which is the root of the repository there.
fn from_here(folder: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let seen = folder.strip_prefix(&here).unwrap_or(folder);
    seen.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn mended(written: &Written, lang: Lang) -> String {
    let (file, places) = (&written.file, written.places);
    let many = if places == 1 { "" } else { "s" };
    match lang {
        Lang::English => format!("{file}: {places} place{many} mended."),
        Lang::French => format!("{file} : {places} correction{many}."),
    }
}

fn summary(files: usize, problems: usize, lang: Lang) -> String {
    if files == 0 {
        let none = lang.pick(
            "There is no rule file here: rule files end in .relance.",
            "Il n'y a pas de fichier de règles ici : leur nom finit par .relance.",
        );
        return none.to_owned();
    }
    let many = if files == 1 { "" } else { "s" };
    // What was found is counted under the diagnostics.
    match (lang, problems) {
        (Lang::English, 0) => format!("{files} file{many} checked: no errors."),
        (Lang::English, _) => format!("{files} file{many} checked."),
        (Lang::French, 0) => format!("{files} fichier{many} vérifié{many} : aucune erreur."),
        (Lang::French, _) => format!("{files} fichier{many} vérifié{many}."),
    }
}
