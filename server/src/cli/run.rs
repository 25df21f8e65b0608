//! `relance run`.

use chrono::{DateTime, Utc};
use relance_engine::engine::Engine;
use relance_engine::rulebooks::{PutInForce, put_in_force, read_folder, watch};
use relance_engine::run;
use relance_engine::store::stops::{self, Scope};
use relance_rules::dsl::diagnostic;

use super::{Context, Outcome, Usage, parse_instant, stop_signal};
use crate::terminal::{err, errln, outln};

/// Review accounts and send messages, without pages
///
/// Examples:
///   relance run                                  work until Ctrl-C
///   relance run --until idle                     do all that is due now, then end: for a nightly job
///   relance run --until idle --at 2026-03-02     as if it were that day
///
/// Running it twice sends nothing twice; several at once share the work.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// When to end; without it, never
    #[arg(long, value_enum)]
    until: Option<Until>,
    /// The moment that counts as now, with `--until idle`
    #[arg(long, value_name = "MOMENT", value_parser = parse_instant, requires = "until")]
    at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Until {
    /// Until nothing is due any more
    Idle,
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let opened = context.open_at(arguments.at).await?;
    let outcome = match arguments.until {
        Some(Until::Idle) => until_idle(context, &opened.engine).await,
        None => forever(context, &opened.engine).await,
    };
    opened.close().await?;
    outcome
}

async fn until_idle(context: &Context, engine: &Engine) -> anyhow::Result<Outcome> {
    if let Some(folder) = &context.settings.rules_folder {
        let files = read_folder(folder)?;
        let put = put_in_force(
            &engine.rulebooks,
            &engine.pool,
            &files,
            "folder",
            engine.clock.now(),
        )
        .await?;
        if let PutInForce::Rejected(diagnostics, sources) = put {
            err!("{}", diagnostic::render(&diagnostics, &sources, false, None));
            errln!(
                "relance: the rules in {} have errors; nothing was run",
                folder.display()
            );
            return Ok(Outcome::Problems);
        }
    }
    if engine.rulebooks.current().is_none() {
        return Err(Usage(
            "no rules are in force: say where they are with --rules FOLDER or `rules.folder`".to_owned(),
        )
        .into());
    }
    let totals = run::until_all_left(engine, stop_signal()).await?;
    let stops = stops::in_force(&mut *engine.pool.acquire().await?).await?;
    for stop in &stops {
        let what = match stop.scope {
            Scope::Everything => "all sending is stopped",
            Scope::Company(_) => "the sending of a company is stopped",
        };
        errln!("relance: {what}, by {}: {}", stop.by, stop.why);
    }
    let waiting = super::stop::waiting(engine, None).await?;
    let value = serde_json::json!({
        "accounts": totals.accounts,
        "actions": totals.actions,
        "sent": totals.sent,
        "retried": totals.retried,
        "failed": totals.failed,
        "cancelled": totals.cancelled,
        "in_doubt": totals.in_doubt,
        "waiting": waiting,
    });
    if !context.json(&value)? {
        outln!(
            "{} accounts reviewed, {} actions decided, {} messages sent, {} put off, {} refused, {} called off, {} in doubt",
            totals.accounts,
            totals.actions,
            totals.sent,
            totals.retried,
            totals.failed,
            totals.cancelled,
            totals.in_doubt
        );
        if waiting > 0 {
            outln!("{waiting} messages wait");
        }
    }
    let asked = stops.iter().any(|stop| stop.question.is_some());
    Ok(if totals.in_doubt > 0 || asked {
        Outcome::Problems
    } else {
        Outcome::Done
    })
}

async fn forever(context: &Context, engine: &Engine) -> anyhow::Result<Outcome> {
    let _watching = match &context.settings.rules_folder {
        Some(folder) => Some(watch(
            engine.rulebooks.clone(),
            engine.pool.clone(),
            engine.clock.clone(),
            folder.clone(),
        )?),
        None => None,
    };
    run::workers(engine.clone(), context.settings.workers, stop_signal()).await;
    Ok(Outcome::Done)
}
