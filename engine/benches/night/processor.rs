//! Processor time of this process and of the database server together, as the system counts it.

use std::fs;
use std::time::Duration;

use sqlx::PgPool;

/// Hundredths of a second, on every Linux of today.
const TICKS: u64 = 100;

/// A database server, by the process that starts its others.
pub struct Processor {
    server: u32,
}

impl Processor {
    /// The server behind a pool; it runs on this machine.
    pub async fn of_server(pool: &PgPool) -> Self {
        let one: i32 = sqlx::query_scalar("select pg_backend_pid()")
            .fetch_one(pool)
            .await
            .unwrap();
        Self {
            server: Stat::of(&one.to_string()).unwrap().parent,
        }
    }

    /// What both have used so far, those of the server's processes that have ended included.
    pub fn used(&self) -> Duration {
        let server = Stat::of(&self.server.to_string()).unwrap();
        let living = fs::read_dir("/proc").unwrap().filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            name.parse::<u32>().ok()?;
            Stat::of(&name).filter(|stat| stat.parent == self.server)
        });
        let ticks = Stat::of("self").unwrap().own
            + server.own
            + server.of_ended
            + living.map(|stat| stat.own).sum::<u64>();
        Duration::from_millis(ticks * 1000 / TICKS)
    }
}

/// What the system tells of a process.
struct Stat {
    parent: u32,
    own: u64,
    of_ended: u64,
}

impl Stat {
    fn of(process: &str) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // The name, in brackets, may have spaces.
        let (_, rest) = text.rsplit_once(')')?;
        let field: Vec<&str> = rest.split_whitespace().collect();
        let number = |place: usize| field.get(place)?.parse::<u64>().ok();
        Some(Self {
            parent: u32::try_from(number(1)?).ok()?,
            own: number(11)? + number(12)?,
            of_ended: number(13)? + number(14)?,
        })
    }
}
