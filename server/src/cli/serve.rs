//! `relance serve`.

use std::time::Duration;

use anyhow::Context as _;
use relance_engine::engine::Engine;
use relance_engine::rulebooks::watch;
use tokio::net::TcpListener;
use tokio::sync::watch as signals;

use super::{Context, Outcome, stop_signal};
use crate::telemetry;
use crate::terminal::outln;
use crate::web;

/// How often the pages look for rules that another process put in force.
const FOLLOW: Duration = Duration::from_secs(1);

/// Serve pages and API, and review and send all the while
///
/// Example:
///   relance serve --rules rules/ --listen 127.0.0.1:8080
///
/// Rule files are watched: a good change is in force within a second, a bad one changes nothing and is shown on the rules page.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Address and port
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) listen: Option<String>,
    /// Review and send nothing: another process does that
    #[arg(long, alias = "no-worker")]
    pages_only: bool,
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let settings = &context.settings;
    let opened = context.open().await?;
    let engine = opened.engine.clone();
    let _watching = match &settings.rules_folder {
        Some(folder) => Some(watch(
            engine.rulebooks.clone(),
            engine.pool.clone(),
            engine.clock.clone(),
            folder.clone(),
        )?),
        None => None,
    };
    let listener = TcpListener::bind(settings.server.listen).await.with_context(|| {
        format!(
            "cannot listen on {}: choose another `server.listen`",
            settings.server.listen
        )
    })?;
    let address = listener.local_addr()?;
    if !context.json(&serde_json::json!({ "listening": address }))? {
        outln!("relance is at http://{address}/  (Ctrl-C stops it)");
    }
    let (stop, stopped) = signals::channel(false);
    let until = |mut stopped: signals::Receiver<bool>| async move {
        // An error means that the sender is gone: stop as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let work = {
        let (engine, count, stop) = (engine.clone(), settings.workers, until(stopped.clone()));
        let pages_only = arguments.pages_only;
        async move {
            if pages_only {
                follow(&engine, stop).await;
            } else {
                relance_engine::run::workers(engine, count, stop).await;
            }
        }
    };
    let workers = tokio::spawn(work);
    let serving = web::serve(engine, settings, listener, until(stopped));
    let signal = async {
        stop_signal().await;
        let _ = stop.send(true);
        std::future::pending::<()>().await;
    };
    tokio::select! {
        result = serving => result?,
        () = signal => {}
    }
    let _ = stop.send(true);
    workers.await.context("a worker stopped abruptly")?;
    opened.close().await;
    Ok(Outcome::Done)
}

/// Takes over the revisions that other processes put in force, as workers do before each pass.
async fn follow(engine: &Engine, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    loop {
        if let Err(error) = engine.rulebooks.refresh(&engine.pool).await {
            tracing::warn!(
                "the rules in force could not be read: {}",
                telemetry::chain(&error)
            );
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(FOLLOW) => {}
        }
    }
}
