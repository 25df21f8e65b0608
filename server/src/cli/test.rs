//! `relance test`.

mod junit;
mod report;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use relance_engine::rulebooks::{self, Changes, read_folder};
use relance_rules::dsl::diagnostic::{self, Diagnostic, Severity, json};
use relance_rules::dsl::lang::Lang;
use relance_rules::proof::{self, Accepted, Outcome as Played};
use relance_rules::rulebook::{self, Built, Files, Rulebook};

use super::{Context, Format, Outcome, Usage, stop_signal};
use crate::terminal::{self, err, errln, out, outln};

/// Play the tests of a folder of rules
///
/// Examples:
///   relance test rules/
///   relance test rules/ --filter dispute     only tests whose title or file has this text
///   relance test rules/ --why                what was done on which day, and why
///   relance test rules/ --accept             write each `expect timeline { }` as it came
///   relance test rules/ --watch              again whenever a file changes, until Ctrl-C
///   relance test rules/ --junit report.xml   for CI
///
/// Tests are written in rule files: test "..." { given ... on ... expect ... }. Each is played day by day through the
/// decisions that real accounts get, on an account of its own. Needs no database, and sends nothing. Exit code 1 when a test
/// failed or the rules have mistakes.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder; without it the one of the settings, else this one
    folder: Option<PathBuf>,
    /// Only tests whose title or file has this text
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Show of each test all that was done, with the reasons
    #[arg(long)]
    why: bool,
    /// Write timelines into the source as they came
    #[arg(long)]
    accept: bool,
    /// Play again whenever a file of the folder changes
    #[arg(long)]
    watch: bool,
    /// Write the results as JUnit XML, too
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Language of what is said: fr or en; without it that of each file
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    lang: Option<Lang>,
}

fn language(code: &str) -> Result<Lang, String> {
    Lang::of_code(code).ok_or_else(|| "write fr or en".to_owned())
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let folder = arguments
        .folder
        .as_ref()
        .or(context.settings.rules_folder.as_ref());
    let folder = folder.map_or_else(|| Path::new("."), PathBuf::as_path);
    if arguments.watch {
        return watch(context, arguments, folder).await;
    }
    let files = read_folder(folder)?;
    once(context, arguments, folder, &files)
}

/// Plays now and after each change, until the program is asked to stop.
async fn watch(context: &Context, arguments: &Arguments, folder: &Path) -> anyhow::Result<Outcome> {
    if context.format == Format::Json {
        return Err(Usage("--watch is for people: leave --format json away".to_owned()).into());
    }
    let mut changes = Changes::of(folder)?;
    let mut stop = std::pin::pin!(stop_signal());
    let mut last = None;
    loop {
        match read_folder(folder) {
            Ok(files) if last.as_ref() != Some(&files) => {
                if last.is_some() {
                    outln!();
                }
                once(context, arguments, folder, &files)?;
                last = Some(files);
                // Nobody sees what comes next.
                if terminal::is_left() {
                    return Ok(Outcome::Done);
                }
            }
            Ok(_) => {}
            // A file that is being written is there again in a moment.
            Err(error) => errln!("relance: {}", crate::telemetry::chain(&error)),
        }
        tokio::select! {
            () = &mut stop => return Ok(Outcome::Done),
            more = changes.next() => {
                if !more {
                    return Ok(Outcome::Done);
                }
            }
        }
    }
}

/// Checks the rules and plays the tests.
fn once(context: &Context, arguments: &Arguments, folder: &Path, files: &Files) -> anyhow::Result<Outcome> {
    let built = rulebooks::check(files);
    let Some(mut rulebook) = built.rulebook.clone() else {
        return refused(context, arguments, &built);
    };
    let mut played = play(&rulebook, arguments);
    if arguments.accept {
        let said = (context.format == Format::Human).then(|| report::lang(&rulebook, arguments.lang));
        let files = write(folder, files, proof::accept(&rulebook, &played), said)?;
        // What is told is about the files as they are now.
        if let Some(again) = rulebook::build(&files).rulebook {
            played = play(&again, arguments);
            rulebook = again;
        }
    }
    write_junit(arguments, || junit::xml(&played))?;
    let outcome = tell(context, arguments, &rulebook, &played)?;
    // A folder without rules is most likely the wrong folder.
    let no_rules = !files.0.keys().any(|path| path.ends_with(".relance"));
    Ok(if no_rules { Outcome::Problems } else { outcome })
}

/// Tells why there is nothing to play, in the form that was asked for: who reads it by program gets what he can read.
fn refused(context: &Context, arguments: &Arguments, built: &Built) -> anyhow::Result<Outcome> {
    let errors = built.diagnostics.iter();
    let errors: Vec<Diagnostic> = errors
        .filter(|d| d.severity == Severity::Error)
        .cloned()
        .collect();
    let found = json::report(&errors, &built.sources, arguments.lang);
    write_junit(arguments, || junit::refused(&found.diagnostics))?;
    if !context.json(&as_json(&[], &found))? {
        let color = std::io::stderr().is_terminal();
        err!(
            "{}",
            diagnostic::render(&errors, &built.sources, color, arguments.lang)
        );
    }
    Ok(Outcome::Problems)
}

fn write_junit(arguments: &Arguments, xml: impl FnOnce() -> String) -> anyhow::Result<()> {
    let Some(path) = &arguments.junit else {
        return Ok(());
    };
    std::fs::write(path, xml()).with_context(|| format!("{} cannot be written", path.display()))
}

/// What programs get: results of tests, or else the errors for which none was played.
fn as_json(played: &[Played], found: &json::Report) -> serde_json::Value {
    let failed = played.iter().filter(|p| !p.passed()).count();
    serde_json::json!({
        "passed": played.len() - failed,
        "failed": failed,
        "tests": played,
        "errors": found.errors,
        "diagnostics": found.diagnostics,
    })
}

/// Writes accepted timelines into the folder, and says so in a language if there is one. Gives the files as they are then.
fn write(folder: &Path, files: &Files, accepted: Vec<Accepted>, said: Option<Lang>) -> anyhow::Result<Files> {
    let mut files = files.clone();
    for file in accepted {
        // The standard library is no part of the folder.
        if !files.0.contains_key(&file.path) {
            continue;
        }
        let path = folder.join(&file.path);
        std::fs::write(&path, &file.text).with_context(|| format!("{} cannot be written", path.display()))?;
        if let Some(lang) = said {
            outln!("{}", report::written(&file, lang));
        }
        files.0.insert(file.path, file.text);
    }
    Ok(files)
}

/// Plays the tests that the filter lets through.
fn play(rulebook: &Rulebook, arguments: &Arguments) -> Vec<Played> {
    let wanted = arguments.filter.as_ref().map(|text| text.to_lowercase());
    let sources = &rulebook.checked.sources;
    let tests = rulebook.checked.tests.iter().filter(|test| {
        wanted.as_ref().is_none_or(|text| {
            let file = sources.place(test.span).file;
            test.title.to_lowercase().contains(text) || file.to_lowercase().contains(text)
        })
    });
    tests
        .map(|test| proof::run(rulebook, test, arguments.lang))
        .collect()
}

fn tell(
    context: &Context,
    arguments: &Arguments,
    rulebook: &Rulebook,
    played: &[Played],
) -> anyhow::Result<Outcome> {
    let failed = played.iter().filter(|p| !p.passed()).count();
    let none = json::Report {
        diagnostics: Vec::new(),
        errors: 0,
        warnings: 0,
    };
    if !context.json(&as_json(played, &none))? {
        if arguments.why {
            out!("{}", report::transcripts(played));
        }
        out!("{}", report::text(played, report::lang(rulebook, arguments.lang)));
    }
    // A filter that lets nothing through is most likely misspelt.
    let nothing = played.is_empty() && arguments.filter.is_some();
    Ok(if failed > 0 || nothing {
        Outcome::Problems
    } else {
        Outcome::Done
    })
}
