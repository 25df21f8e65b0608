//! What the demo needs before it can begin: the store, the catcher, the rulebook, the people.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use chrono::{DateTime, Utc};
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::media::catcher::{Catcher, Fault};
use relance_engine::rulebooks::{PutInForce, put_in_force, read_folder};
use relance_engine::rules::dsl::diagnostic;
use relance_engine::store::installation;
use relance_engine::store::users::{self, NewUser, Role};

use super::play::{self, Play};
use super::{Args, rulebook};
use crate::database::{self, Opened, OwnPostgres};
use crate::settings::Settings;
use crate::terminal::outln;
use crate::web::auth::password;

/// The password of everybody in the demo, which listens on this machine only.
const PASSWORD: &str = "atelier-lumiere";

/// Who works at the firm: login, name, role, language of the pages.
const PEOPLE: [(&str, &str, Role, &str); 5] = [
    ("claire", "Claire Vasseur", Role::CreditManager, "fr"),
    ("nadia", "Nadia Benali", Role::Collector, "fr"),
    ("priya", "Priya Lawson", Role::Collector, "en"),
    ("hugo", "Hugo Delorme", Role::Viewer, "fr"),
    ("admin", "Administrator", Role::Admin, "en"),
];

/// Everything that the demo plays with.
pub struct Stage {
    opened: Opened,
    /// The settings, with the catcher as mail server.
    pub settings: Settings,
    /// The engine with the clock that is set by hand.
    pub engine: Engine,
    /// That clock.
    pub clock: ManualClock,
    /// The firm.
    pub play: Play,
    /// The rulebook's folder.
    pub folder: PathBuf,
    // Stops when it is dropped.
    _catcher: Catcher,
}

impl Stage {
    /// Opens everything; what is there from an earlier start stays, unless `fresh` is asked for.
    pub async fn set(args: &Args, settings: &Settings, own: &OwnPostgres) -> anyhow::Result<Self> {
        let mut settings = settings.clone();
        let catcher = Catcher::start(0)
            .await
            .context("the catcher of the demo's mails did not start")?;
        settings.smtp = catcher.settings();
        settings.webhooks.clear();
        settings.database.name.push_str("_demo");
        settings.server.public_url = None;
        // The firm's past is played in no time, and nobody is there to be asked.
        settings.sending.breaker = None;
        let now = Clock::System.now();
        let clock = ManualClock::new(now);
        let mut opened = database::open(&settings, own, Clock::Manual(clock.clone())).await?;
        if args.fresh && erase(&opened).await? {
            opened.close().await;
            opened = database::open(&settings, own, Clock::Manual(clock.clone())).await?;
        }
        let engine = opened.engine.clone();
        let play = Play::open(&engine, now, args.days).await?;
        for address in play.refused() {
            catcher.set_fault(address, Fault::Reject5xx);
        }
        let folder = match &settings.rules_folder {
            Some(folder) => folder.clone(),
            None => {
                let folder = rulebook::usual_folder(settings.database.folder.as_deref())?;
                rulebook::copy_to(&folder, args.fresh)
                    .with_context(|| format!("the rulebook cannot be copied to {}", folder.display()))?;
                folder
            }
        };
        hire(&engine, now).await?;
        let stage = Self {
            opened,
            settings,
            engine,
            clock,
            play,
            folder,
            _catcher: catcher,
        };
        stage.enact(play::opening(stage.play.begin())).await?;
        Ok(stage)
    }

    /// Puts the rulebook in force before the first day, unless one is from an earlier start.
    async fn enact(&self, at: DateTime<Utc>) -> anyhow::Result<()> {
        if self.engine.rulebooks.current().is_some() {
            return Ok(());
        }
        let files = read_folder(&self.folder)?;
        match put_in_force(&self.engine.rulebooks, &self.engine.pool, &files, "demo", at).await? {
            PutInForce::Unchanged | PutInForce::New(_) => Ok(()),
            PutInForce::Rejected(problems, sources) => bail!(
                "the rulebook in {} has mistakes; mend them, or start with --fresh\n{}",
                self.folder.display(),
                diagnostic::render(&problems, &sources, false, None)
            ),
        }
    }

    /// Tells the way in.
    pub fn say_where(&self, address: SocketAddr) {
        outln!("\n  Atelier Lumière is at   http://{address}/");
        outln!("  Password of everybody   {PASSWORD}");
        for (login, name, role, _) in PEOPLE {
            outln!(
                "  {login:<8}                {name}, {}",
                role.word().replace('_', " ")
            );
        }
        outln!("  Its rules are in        {}", self.folder.display());
        if self.settings.database.url.is_none() {
            let name = &self.settings.database.name;
            // Where it was started with a folder of its own, the next command has to look there, too.
            let folder = self.settings.database.folder.as_ref();
            let folder = folder.map_or_else(String::new, |f| {
                format!("RELANCE_DATABASE_FOLDER={} ", f.display())
            });
            outln!(
                "  On the command line     {folder}RELANCE_DATABASE_NAME={name} relance explain <customer or invoice>"
            );
        }
        outln!("\n  Change a rule there and save: it is in force within a second. Ctrl-C stops the demo.\n");
    }

    /// Closes everything; the next start goes on from here.
    pub async fn close(self) {
        self.opened.close().await;
    }
}

/// Takes an earlier demo out of the store, and never anything else.
async fn erase(opened: &Opened) -> anyhow::Result<bool> {
    let mut connection = opened.engine.pool.acquire().await?;
    Ok(installation::erase(&mut connection, play::KEY).await?)
}

async fn hire(engine: &Engine, now: DateTime<Utc>) -> anyhow::Result<()> {
    let mut connection = engine.pool.acquire().await?;
    let known = users::list(&mut connection).await?;
    // Hashing takes its time on purpose; once is enough for one password.
    let hash = password::hash(PASSWORD)?;
    for (login, name, role, language) in PEOPLE {
        if known.iter().any(|user| user.login == login) {
            continue;
        }
        let new = NewUser {
            login,
            name,
            password_hash: &hash,
            role,
            language,
        };
        users::create(&mut connection, &new, now).await?;
    }
    Ok(())
}
