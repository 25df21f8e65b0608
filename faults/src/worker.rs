//! A worker, as `relance run` has it, in a process of its own: made to be killed.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use nix::sys::signal::{Signal, raise};
use relance_engine::bell::Bell;
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::media::email::{Mailer, SmtpSettings};
use relance_engine::media::webhook::Webhooks;
use relance_engine::meters::Meters;
use relance_engine::moments::{Moment, Moments};
use relance_engine::openings::Openings;
use relance_engine::rulebooks::Rulebooks;
use relance_engine::sending::Sending;
use relance_engine::{db, run};

use crate::clock;

/// What a worker is told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The database.
    #[arg(long)]
    pub database: String,
    /// The file of the shared clock.
    #[arg(long)]
    pub clock: PathBuf,
    /// The port of the mail server.
    #[arg(long)]
    pub smtp: u16,
    /// Its name.
    #[arg(long)]
    pub name: String,
    /// Where it dies, as a place in the list of all moments.
    #[arg(long)]
    pub dies_at: Option<usize>,
    /// How often that moment comes before it dies there.
    #[arg(long, default_value_t = 0)]
    pub after: u32,
    /// Milliseconds that it dawdles at every seventh moment, so that others get in between.
    #[arg(long, default_value_t = 0)]
    pub dawdles: u64,
}

/// Works until it is killed.
pub async fn work(arguments: Arguments) -> Result<()> {
    // Whoever wrote something is known by this in the database.
    let url = format!("{}?application_name={}", arguments.database, arguments.name);
    let pool = db::connect(&url, 6).await?;
    let shown = ManualClock::new(clock::read(&arguments.clock)?);
    let moving = shown.clone();
    let file = arguments.clock.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(10));
            if let Ok(now) = clock::read(&file) {
                moving.set(now);
            }
        }
    });
    let engine = Engine {
        rulebooks: Rulebooks::load(&pool, Webhooks::default().ways()).await?,
        pool,
        clock: Clock::Manual(shown),
        mailer: Mailer::new(smtp(arguments.smtp)).context("the mail server's settings")?,
        webhooks: Webhooks::default(),
        openings: Openings::default(),
        sending: Sending::default(),
        bell: Bell::default(),
        meters: Meters::default(),
        moments: moments(&arguments),
        worker: arguments.name.clone(),
    };
    run::workers(engine, 2, std::future::pending()).await;
    Ok(())
}

/// Short waits, and long enough for the slowest answer on a busy machine.
pub fn smtp(port: u16) -> SmtpSettings {
    SmtpSettings {
        timeout: Duration::from_secs(2),
        ..SmtpSettings::local(port)
    }
}

fn moments(arguments: &Arguments) -> Moments {
    let at = arguments
        .dies_at
        .and_then(|place| Moment::ALL.get(place).copied());
    let (before, come) = (AtomicU32::new(arguments.after), AtomicU32::new(0));
    let dawdle = Duration::from_millis(arguments.dawdles);
    Moments::told_to(move |moment| {
        if Some(moment) == at && before.fetch_sub(1, Ordering::SeqCst) == 0 {
            // No destructor, no last word.
            let _ = raise(Signal::SIGKILL);
        }
        if !dawdle.is_zero() && come.fetch_add(1, Ordering::Relaxed).is_multiple_of(7) {
            std::thread::sleep(dawdle);
        }
    })
}
