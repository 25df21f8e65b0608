//! `relance demo`: a whole firm on the screen with one command.
//!
//! The firm's past is played through the real engine with a clock that is set from hour to hour; then the engine goes on in
//! real time, and the pages are served. Its mails go to a catcher inside the program.

#[cfg(test)]
mod examples;
mod firm;
mod play;
mod rulebook;
mod stage;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Instant;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use relance_engine::clock::Clock;
use relance_engine::engine::Engine;
use relance_engine::rulebooks::watch;
use relance_engine::run::Totals;
use tokio::net::TcpListener;
use tokio::sync::watch as signals;

use crate::database::OwnPostgres;
use crate::settings::Settings;
use crate::terminal::outln;
use crate::web;
use play::Play;
use stage::Stage;

/// Show the program with a made-up firm, its past sixty days and its present
///
/// Atelier Lumière makes lamps in Lyon and sells them in six countries. The demo starts a database of its own, plays the firm's last
/// sixty days through the real engine, and serves the pages. No mail leaves the machine. Ctrl-C stops it; started again, it goes on
/// from where it was.
///
/// Examples:
///   relance demo
///   relance demo --fresh --port 8090
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Start over: forget everything that happened in the demo, and take its rulebook anew
    #[arg(long)]
    pub fresh: bool,
    /// Port of the pages on this machine
    #[arg(long)]
    pub port: Option<u16>,
    /// How many days of the past are played
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=120))]
    pub days: u32,
    /// Play, and end instead of serving the pages
    #[arg(long)]
    pub no_serve: bool,
}

/// Runs the demo until it is told to stop.
pub async fn run(args: Args, settings: &Settings, own: &OwnPostgres) -> anyhow::Result<()> {
    let listener = if args.no_serve {
        None
    } else {
        Some(listen(&args, settings).await?)
    };
    let (stop, stopped) = signals::channel(false);
    tokio::spawn(async move {
        crate::cli::stop_signal().await;
        let _ = stop.send(true);
        // Kept until the end of the program: a receiver takes a sender that is gone for a stop.
        std::future::pending::<()>().await;
    });
    let mut stage = Stage::set(&args, settings, own).await?;
    let done = match perform(&mut stage, &stopped).await {
        Ok(true) => match listener {
            Some(listener) => serve(&mut stage, listener, stopped).await,
            None => Ok(()),
        },
        Ok(false) => {
            outln!("Stopped. The next start goes on from here.");
            Ok(())
        }
        Err(error) => Err(error),
    };
    stage.close().await;
    done
}

async fn listen(args: &Args, settings: &Settings) -> anyhow::Result<TcpListener> {
    let port = args.port.unwrap_or(settings.server.listen.port());
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}: does a demo run already? Else choose another port with --port")
    })
}

/// Plays what has not been played yet; false when it was told to stop before the end.
async fn perform(stage: &mut Stage, stopped: &signals::Receiver<bool>) -> anyhow::Result<bool> {
    let hours = stage.play.hours_until(Clock::System.now());
    let Some(first) = hours.first().map(|hour| hour.day) else {
        return Ok(true);
    };
    let began = Instant::now();
    let bar = ProgressBar::new(u64::try_from(hours.len()).unwrap_or(u64::MAX));
    bar.set_style(
        ProgressStyle::with_template("{msg:<34} {wide_bar} {percent:>3} %  {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let mut totals = Totals::default();
    for hour in hours {
        if *stopped.borrow() {
            bar.abandon();
            return Ok(false);
        }
        bar.set_message(format!("{}  {} mails", hour.day.format("%d %b %Y"), totals.sent));
        let played = stage.play.play(&stage.engine, &stage.clock, hour).await?;
        add(&mut totals, played);
        bar.inc(1);
    }
    bar.finish_and_clear();
    outln!(
        "Played from {} to today in {} s: {} looks at accounts, {} messages and calls decided, {} mails sent, {} refused, {} called off.",
        first,
        began.elapsed().as_secs(),
        totals.accounts,
        totals.actions,
        totals.sent,
        totals.failed,
        totals.cancelled,
    );
    Ok(true)
}

fn add(totals: &mut Totals, played: Totals) {
    totals.accounts += played.accounts;
    totals.actions += played.actions;
    totals.sent += played.sent;
    totals.retried += played.retried;
    totals.failed += played.failed;
    totals.cancelled += played.cancelled;
    totals.in_doubt += played.in_doubt;
}

/// Real time: workers, the watched folder, the pages, and each morning what the day before brought.
async fn serve(
    stage: &mut Stage,
    listener: TcpListener,
    stopped: signals::Receiver<bool>,
) -> anyhow::Result<()> {
    let engine = Engine {
        clock: Clock::System,
        ..stage.engine.clone()
    };
    let _watching = watch(
        engine.rulebooks.clone(),
        engine.pool.clone(),
        engine.clock.clone(),
        stage.folder.clone(),
    )?;
    let workers = tokio::spawn(relance_engine::run::workers(
        engine.clone(),
        stage.settings.workers,
        until(stopped.clone()),
    ));
    stage.say_where(listener.local_addr()?);
    let result = tokio::select! {
        served = web::serve(engine.clone(), &stage.settings, listener, until(stopped.clone())) => served,
        never = mornings(&mut stage.play, &engine) => match never {},
        // Open connections may keep the server from ending: it is given a moment.
        () = async {
            until(stopped.clone()).await;
            tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        } => Ok(()),
    };
    workers.await.context("a worker stopped abruptly")?;
    result
}

/// Brings in the documents of each new day while the demo runs.
async fn mornings(play: &mut Play, engine: &Engine) -> std::convert::Infallible {
    loop {
        for hour in play.hours_until(engine.clock.now()) {
            if let Err(error) = play.live(engine, hour).await {
                tracing::warn!(
                    "the day's documents could not be brought in, tried again in a minute: {error}"
                );
                break;
            }
        }
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    }
}

async fn until(mut stopped: signals::Receiver<bool>) {
    // An error means that the sender is gone: stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}
