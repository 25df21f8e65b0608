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

use crate::settings::Settings;

/// An engine on an open store, and the private cluster under it, when there is one.
#[derive(Debug)]
pub struct Opened {
    /// The engine.
    pub engine: Engine,
    /// The program's own Postgres; stopped by [`Opened::close`].
    pub cluster: Option<Cluster>,
}

impl Opened {
    /// Tells the workers that something may have been done, closes the connections, then stops the program's own Postgres.
    pub async fn close(self) -> anyhow::Result<()> {
        // Whoever is not told looks without it.
        let _ = bell::tell(&self.engine.pool).await;
        self.engine.pool.close().await;
        if let Some(cluster) = self.cluster {
            cluster
                .stop()
                .await
                .context("the program's own Postgres did not stop")?;
        }
        Ok(())
    }
}

/// Opens the store, brings its schema up to date and reads the rules in force.
pub async fn open(settings: &Settings, clock: Clock) -> anyhow::Result<Opened> {
    let (url, cluster) = match &settings.database.url {
        Some(url) => (url.clone(), None),
        None => {
            let cluster = Cluster::start(&EmbeddedSettings {
                data_dir: settings.database.folder.clone(),
            })
            .await?;
            cluster.create_database(&settings.database.name).await?;
            (cluster.url(&settings.database.name), Some(cluster))
        }
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
        cluster,
    })
}
