//! Opens the store that the settings name: a Postgres of the user's, or the program's own.

use anyhow::Context as _;
use relance_engine::bell::{self, Bell};
use relance_engine::clock::Clock;
use relance_engine::db;
use relance_engine::embedded::{Cluster, EmbeddedSettings};
use relance_engine::engine::Engine;
use relance_engine::media::email::Mailer;
use relance_engine::media::webhook::Webhooks;
use relance_engine::meters::Meters;
use relance_engine::moments::Moments;
use relance_engine::openings::Openings;
use relance_engine::rulebooks::Rulebooks;

use tokio::sync::Mutex;

use crate::settings::{DatabaseSettings, Settings};

/// The program's own Postgres, from its first use until [`OwnPostgres::stop`]: whoever runs a command stops it, however the command ends.
#[derive(Debug, Default)]
pub struct OwnPostgres(Mutex<Option<Cluster>>);

impl OwnPostgres {
    /// The address of a database in it; both are made when they are not there.
    async fn url(&self, settings: &DatabaseSettings) -> anyhow::Result<String> {
        let mut kept = self.0.lock().await;
        let cluster = match kept.take() {
            Some(running) => running,
            None => {
                let data_dir = settings.folder.clone();
                Cluster::start(&EmbeddedSettings { data_dir }).await?
            }
        };
        let cluster = kept.insert(cluster);
        cluster.create_database(&settings.name).await?;
        Ok(cluster.url(&settings.name))
    }

    /// Stops it, when it was used and no other program uses it.
    pub async fn stop(&self) -> anyhow::Result<()> {
        match self.0.lock().await.take() {
            Some(cluster) => cluster
                .stop()
                .await
                .context("the program's own Postgres did not stop"),
            None => Ok(()),
        }
    }
}

/// An engine on an open store.
#[derive(Debug)]
pub struct Opened {
    /// The engine.
    pub engine: Engine,
}

impl Opened {
    /// Tells the workers that something may have been done, and closes the connections.
    pub async fn close(self) {
        // Whoever is not told looks without it.
        let _ = bell::tell(&self.engine.pool).await;
        self.engine.pool.close().await;
    }
}

/// Opens the store, brings its schema up to date and reads the rules in force.
pub async fn open(settings: &Settings, own: &OwnPostgres, clock: Clock) -> anyhow::Result<Opened> {
    let url = match &settings.database.url {
        Some(url) => url.clone(),
        None => own.url(&settings.database).await?,
    };
    let pool = db::connect(&url, settings.database.max_connections).await?;
    db::migrate(&pool).await?;
    let webhooks = Webhooks::new(settings.webhooks.clone()).context("settings `webhooks`")?;
    let rulebooks = Rulebooks::load(&pool, webhooks.ways()).await?;
    let mailer = Mailer::new(settings.smtp.clone()).context("setting `smtp`")?;
    let openings = Openings::load(&pool, settings.server.public_url.as_deref()).await?;
    let worker = format!("relance-{}", std::process::id());
    Ok(Opened {
        engine: Engine {
            pool,
            clock,
            rulebooks,
            mailer,
            webhooks,
            openings,
            moments: Moments::default(),
            sending: settings.sending,
            bell: Bell::default(),
            meters: Meters::default(),
            worker,
        },
    })
}
