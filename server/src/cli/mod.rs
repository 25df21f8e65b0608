//! The command line: one file for each command.

mod check;
mod company;
mod explain;
mod explain_code;
mod fmt;
mod import;
mod mend;
mod migrate;
mod preview;
mod rate;
mod recall;
mod run;
mod serve;
mod stop;
mod test;
mod token;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::store::companies::{self, Company};

use crate::database::{self, Opened, OwnPostgres};
use crate::settings::{self, KEYS, Settings, Sources};
use crate::telemetry;
use crate::terminal::{self, errln, outln};

/// Reminds customers of unpaid invoices, by rules that you write.
#[derive(Debug, Parser)]
#[command(name = "relance", version, after_help = AFTER_HELP, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Begin here:
  relance demo                              a made-up firm, its past and its present
  relance check rules/                      look for mistakes in a folder of rules
  relance test rules/                       play the tests of a folder of rules
  relance company add ACME --name \"Acme SAS\" --sender \"Acme <compta@acme.example>\"
  relance import books/ --company ACME      customers, contacts, invoices, payments from CSV files
  relance user add claire --role admin      someone who may sign in
  relance serve --rules rules/              pages, API, reviews and mails
  relance preview                           what the next runs would do, and why
  relance stop \"prices are wrong\"           nothing leaves any more, until relance resume
  relance explain-code RL0407               what a code of `relance check` means
  relance explain F-2026-0042               why an invoice is (not) reminded, and what comes next

Exit codes:
  0  done
  1  problems were found: mistakes in rules, refused lines, messages in doubt
  2  it was called wrongly: flags, settings, unknown names
  3  something around it failed: database, files, mail server

Settings come from relance.toml, then from the environment (RELANCE_SERVER_LISTEN is `listen` in [server]), then from
flags; the later one wins. Without `database.url` (or DATABASE_URL) the program runs a Postgres of its own.";

/// Flags that every command takes.
#[derive(Debug, Clone, Args)]
struct Global {
    /// Settings file; without it ./relance.toml, when there is one
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "RELANCE_SETTINGS",
        help_heading = "Everywhere"
    )]
    settings: Option<PathBuf>,
    /// Address of a Postgres 15 or later, instead of the program's own
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help_heading = "Everywhere",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// Folder of rule files and templates
    #[arg(long, global = true, value_name = "FOLDER", help_heading = "Everywhere")]
    rules: Option<PathBuf>,
    /// How results are written
    #[arg(long, global = true, value_enum, default_value_t, help_heading = "Everywhere")]
    format: Format,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// For programs: one JSON value on standard output
    Json,
    /// SARIF 2.1.0, for code scanners (`check` only)
    Sarif,
    /// Annotations of a GitHub workflow (`check` only)
    Github,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(crate::demo::Args),
    Serve(serve::Arguments),
    #[command(visible_alias = "worker")]
    Run(run::Arguments),
    Stop(stop::Stopping),
    Resume(stop::Resuming),
    Recall(recall::Arguments),
    Preview(preview::Arguments),
    Import(import::Arguments),
    Check(check::Arguments),
    Test(test::Arguments),
    Explain(explain::Arguments),
    Fmt(fmt::Arguments),
    ExplainCode(explain_code::Arguments),
    Migrate(migrate::Arguments),
    #[command(subcommand)]
    User(user::Action),
    #[command(subcommand)]
    Token(token::Action),
    #[command(subcommand)]
    Company(company::Action),
    Rate(rate::Arguments),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Done,
    /// It did its work and found problems.
    Problems,
}

/// It was called wrongly: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// What a command has at hand.
struct Context {
    settings: Settings,
    format: Format,
    own: OwnPostgres,
}

impl Context {
    /// Opens the store with the system's clock.
    async fn open(&self) -> anyhow::Result<Opened> {
        self.open_at(None).await
    }

    /// Opens the store; with a moment, the clock stands still there.
    async fn open_at(&self, at: Option<DateTime<Utc>>) -> anyhow::Result<Opened> {
        let clock = at.map_or(Clock::System, |at| Clock::Manual(ManualClock::new(at)));
        database::open(&self.settings, &self.own, clock).await
    }

    /// Writes a value as JSON when that was asked for; says whether it did.
    fn json<T: serde::Serialize + ?Sized>(&self, value: &T) -> anyhow::Result<bool> {
        if self.format == Format::Json {
            outln!("{}", serde_json::to_string_pretty(value)?);
        }
        Ok(self.format == Format::Json)
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let command = Cli::command().after_long_help(format!("{AFTER_HELP}\n\n{}", settings_reference()));
    let matches = command.get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let settings = match read_settings(&cli) {
        Ok(settings) => settings,
        Err(error) => {
            errln!("relance: {error}");
            return ExitCode::from(2);
        }
    };
    let goes_on = matches!(
        cli.command,
        Command::Demo(_) | Command::Serve(_) | Command::Run(_)
    );
    telemetry::start(&settings.log, goes_on);
    let outcome = runtime().and_then(|runtime| runtime.block_on(dispatch(cli, settings)));
    if let Err(error) = terminal::finish() {
        errln!("relance: standard output cannot be written: {error}");
        return ExitCode::from(3);
    }
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(error) => {
            errln!("relance: {}", telemetry::chain(error.as_ref()));
            ExitCode::from(if error.is::<Usage>() { 2 } else { 3 })
        }
    }
}

/// All settings with their variables, for `--help`.
fn settings_reference() -> String {
    let mut text = "Settings:".to_owned();
    for key in KEYS {
        text.push_str(&format!(
            "\n  {:<26} {}\n  {:<26} {}",
            key.name,
            key.what,
            "",
            key.variable()
        ));
    }
    for (name, what, variable) in settings::webhook_reference() {
        text.push_str(&format!("\n  {name:<26} {what}\n  {:<26} {variable}", ""));
    }
    text
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime did not start")
}

fn read_settings(cli: &Cli) -> Result<Settings, crate::settings::SettingsError> {
    let mut sources = Sources::default();
    let usual = PathBuf::from("relance.toml");
    match &cli.global.settings {
        Some(path) => sources.file(path)?,
        None if usual.exists() => sources.file(&usual)?,
        None => {}
    }
    sources.environment(std::env::vars())?;
    sources.flag("database.url", "--database-url", cli.global.database_url.clone())?;
    let rules = cli.global.rules.as_ref().map(|path| path.display().to_string());
    sources.flag("rules.folder", "--rules", rules)?;
    if let Command::Serve(arguments) = &cli.command {
        sources.flag("server.listen", "--listen", arguments.listen.clone())?;
    }
    sources.settings()
}

async fn dispatch(cli: Cli, settings: Settings) -> anyhow::Result<Outcome> {
    let context = Context {
        settings,
        format: cli.global.format,
        own: OwnPostgres::default(),
    };
    let of_checks = matches!(context.format, Format::Sarif | Format::Github);
    if of_checks && !matches!(cli.command, Command::Check(_)) {
        return Err(
            Usage("only `relance check` writes sarif and github; write --format json".to_owned()).into(),
        );
    }
    let outcome = carry_out(cli.command, &context).await;
    let stopped = context.own.stop().await;
    let outcome = outcome?;
    stopped.map(|()| outcome)
}

async fn carry_out(command: Command, context: &Context) -> anyhow::Result<Outcome> {
    match command {
        Command::Demo(arguments) => {
            crate::demo::run(arguments, &context.settings, &context.own).await?;
            Ok(Outcome::Done)
        }
        Command::Serve(arguments) => serve::run(context, &arguments).await,
        Command::Run(arguments) => run::run(context, &arguments).await,
        Command::Stop(arguments) => stop::stop(context, &arguments).await,
        Command::Resume(arguments) => stop::resume(context, &arguments).await,
        Command::Recall(arguments) => recall::run(context, &arguments).await,
        Command::Preview(arguments) => preview::run(context, &arguments).await,
        Command::Import(arguments) => import::run(context, &arguments).await,
        Command::Check(arguments) => check::run(context, &arguments),
        Command::Test(arguments) => test::run(context, &arguments).await,
        Command::Explain(arguments) => explain::run(context, &arguments).await,
        Command::Fmt(arguments) => fmt::run(context, &arguments),
        Command::ExplainCode(arguments) => explain_code::run(context, &arguments),
        Command::Migrate(_) => migrate::run(context).await,
        Command::User(action) => user::run(context, &action).await,
        Command::Token(action) => token::run(context, &action).await,
        Command::Company(action) => company::run(context, &action).await,
        Command::Rate(arguments) => rate::run(context, &arguments).await,
    }
}

/// The company of this code; without a code the only one there is.
async fn choose_company(opened: &Opened, code: Option<&str>) -> anyhow::Result<Company> {
    let mut connection = opened.engine.pool.acquire().await?;
    let mut all = companies::list(&mut connection).await?;
    let codes = all.iter().map(|c| c.code.as_str()).collect::<Vec<_>>().join(", ");
    let found = match code {
        Some(code) => all.iter().position(|c| c.code == code),
        None if all.len() == 1 => Some(0),
        None => None,
    };
    match (found, code) {
        (Some(index), _) => Ok(all.swap_remove(index)),
        (None, _) if all.is_empty() => {
            Err(Usage("there is no company yet: add one with `relance company add`".to_owned()).into())
        }
        (None, Some(code)) => Err(Usage(format!("there is no company `{code}`; there are {codes}")).into()),
        (None, None) => Err(Usage(format!("say which company with --company: {codes}")).into()),
    }
}

/// A moment as it is written on the command line: `2026-03-02T09:30:00+01:00`, `2026-03-02 09:30` or `2026-03-02`; the last
/// two are in UTC.
fn parse_instant(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.with_timezone(&Utc));
    }
    if let Ok(at) = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M") {
        return Ok(at.and_utc());
    }
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(day.and_time(chrono::NaiveTime::MIN).and_utc());
    }
    Err("write a moment such as 2026-03-02T09:30:00+01:00, or \"2026-03-02 09:30\" in UTC".to_owned())
}

/// Resolves when the program is asked to stop: Ctrl-C, or SIGTERM.
pub(crate) async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut stream) => {
                stream.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn moments_are_read_with_a_zone_or_in_utc() {
        assert_eq!(
            parse_instant("2026-03-02T09:30:00+01:00").unwrap(),
            parse_instant("2026-03-02 08:30").unwrap()
        );
        assert_eq!(
            parse_instant("2026-03-02").unwrap(),
            parse_instant("2026-03-02 00:00").unwrap()
        );
        assert!(parse_instant("tomorrow").unwrap_err().contains("2026-03-02"));
    }
}
