//! `relance run`.

use std::net::SocketAddr;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use relance_engine::engine::Engine;
use relance_engine::rulebooks::{PutInForce, put_in_force, read_folder, watch};
use relance_engine::run;
use relance_engine::store::stops::{self, Scope};
use relance_rules::dsl::diagnostic;
use tokio::net::TcpListener;
use tokio::sync::watch as signals;

use super::{Context, Outcome, Usage, parse_instant, stop_signal};
use crate::terminal::{err, errln, outln};
use crate::watching;

/// Review accounts and send messages, without pages
///
/// Examples:
///   relance run                                  work until Ctrl-C
///   relance run --listen 10.0.0.7:9090           the same, and tell Prometheus how it goes
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
    /// Answer `/health`, `/ready` and `/metrics` here
    #[arg(long, value_name = "ADDRESS:PORT", conflicts_with = "until")]
    listen: Option<SocketAddr>,
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
        None => forever(context, &opened.engine, arguments.listen).await,
    };
    opened.close().await;
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

async fn forever(context: &Context, engine: &Engine, listen: Option<SocketAddr>) -> anyhow::Result<Outcome> {
    let _watching = match &context.settings.rules_folder {
        Some(folder) => Some(watch(
            engine.rulebooks.clone(),
            engine.pool.clone(),
            engine.clock.clone(),
            folder.clone(),
        )?),
        None => None,
    };
    let (stop, stopped) = signals::channel(false);
    let until = |mut stopped: signals::Receiver<bool>| async move {
        // An error means that the sender is gone: stop as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let asked = match listen {
        Some(address) => {
            let listener = TcpListener::bind(address)
                .await
                .with_context(|| format!("cannot listen on {address}: choose another `--listen`"))?;
            let address = listener.local_addr()?;
            if !context.json(&serde_json::json!({ "listening": address }))? {
                outln!("http://{address}/ready tells whether this worker can work");
            }
            Some(tokio::spawn(watching::serve(
                engine.clone(),
                listener,
                until(stopped.clone()),
            )))
        }
        None => None,
    };
    let signal = async {
        stop_signal().await;
        let _ = stop.send(true);
    };
    tokio::join!(
        run::workers(engine.clone(), context.settings.workers, until(stopped)),
        signal
    );
    if let Some(asked) = asked {
        asked.await.context("the answers to /ready stopped abruptly")??;
    }
    Ok(Outcome::Done)
}
