//! Doubt: only what could not be known may be in doubt, and all of that must be.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{FromRow, PgPool};

use super::Outside;
use crate::witness::{Answer, Entry};

/// A worker on a busy machine may see the clock where it was that long ago.
const LAG: TimeDelta = TimeDelta::seconds(2);

/// How many messages were in doubt, by what made it so.
#[derive(Debug, Clone, Default)]
pub struct Doubts {
    /// The conversation was cut between the last dot and the answer.
    pub cut: u64,
    /// The worker was killed between its beginning and its record.
    pub killed: u64,
    /// The database crashed, the disk was full, the clock jumped or the worker was frozen in between.
    pub upheaval: u64,
    /// Keys that were cut off and whose claim is still open.
    later: Vec<String>,
}

/// One claim: when it began, by whom, and how it was left.
#[derive(Debug, FromRow)]
struct Claim {
    delivery_id: i64,
    fence: i64,
    key: String,
    begun_by: Option<String>,
    begun_at: Option<DateTime<Utc>>,
    left_by: String,
    left_as: String,
    left_at: DateTime<Utc>,
}

impl Doubts {
    /// Looks at the claims behind this place of the audit.
    pub(super) async fn ask(
        &mut self,
        pool: &PgPool,
        from: i64,
        entries: &[Entry],
        outside: &Outside<'_>,
        wrong: &mut Vec<String>,
    ) -> Result<()> {
        let claims: Vec<Claim> = sqlx::query_as(
            "select l.delivery_id, l.fence, d.idempotency_key as key, b.worker as begun_by, b.at as begun_at, l.worker as left_by,
                    l.state as left_as, l.at as left_at
             from audit.deliveries l
             join deliveries d on d.company_id = l.company_id and d.id = l.delivery_id
             left join audit.deliveries b on b.company_id = l.company_id and b.delivery_id = l.delivery_id and b.fence = l.fence
                  and b.what = 'begun'
             where l.what = 'left' and l.id > $1
             order by l.id",
        )
        .bind(from)
        .fetch_all(pool)
        .await?;
        let mut in_doubt: HashMap<&str, u64> = HashMap::new();
        for claim in &claims {
            match claim.left_as.as_str() {
                "in_doubt" => {
                    *in_doubt.entry(&claim.key).or_default() += 1;
                    if let Err(why) = self.cause(claim, entries, outside) {
                        wrong.push(why);
                    }
                }
                // Another one may let wait again only what had not begun.
                "queued" if claim.begun_by.as_ref().is_some_and(|by| *by != claim.left_by) => {
                    wrong.push(format!(
                        "message {} had begun to leave (fence {}) and {} lets it wait again",
                        claim.delivery_id, claim.fence, claim.left_by
                    ))
                }
                _ => {}
            }
        }
        let claimed: HashSet<String> =
            sqlx::query_scalar("select idempotency_key from deliveries where state = 'sending'")
                .fetch_all(pool)
                .await?
                .into_iter()
                .collect();
        let of_today = entries
            .iter()
            .filter(|entry| entry.answer == Answer::Cut)
            .map(|entry| entry.key.clone());
        let mut cut: HashMap<String, u64> = HashMap::new();
        for key in std::mem::take(&mut self.later).into_iter().chain(of_today) {
            if claimed.contains(&key) {
                // Claimed while the clock was a day ahead: another day tells.
                self.later.push(key);
            } else {
                *cut.entry(key).or_default() += 1;
            }
        }
        for (key, times) in cut {
            let doubts = in_doubt.get(key.as_str()).copied().unwrap_or_default();
            if doubts < times {
                wrong.push(format!(
                    "{key} was cut off {times} times before its answer, and in doubt {doubts} times"
                ));
            }
        }
        Ok(())
    }

    fn cause(&mut self, claim: &Claim, entries: &[Entry], outside: &Outside<'_>) -> Result<(), String> {
        let (Some(by), Some(begun_at)) = (&claim.begun_by, claim.begun_at) else {
            return Err(format!(
                "message {} is in doubt and had not begun to leave (fence {})",
                claim.delivery_id, claim.fence
            ));
        };
        let cut = entries
            .iter()
            .any(|entry| entry.key == claim.key && entry.answer != Answer::Told);
        let in_between =
            |(from, to): &(DateTime<Utc>, DateTime<Utc>)| begun_at <= *to + LAG && *from <= claim.left_at;
        let killed = outside.ended.get(by).is_some_and(in_between);
        let upheaval = outside.upheavals.iter().any(in_between);
        if cut {
            self.cut += 1;
        } else if killed {
            self.killed += 1;
        } else if upheaval {
            self.upheaval += 1;
        } else {
            return Err(format!(
                "message {} ({}) is in doubt without a cause: {by} was at it and well",
                claim.delivery_id, claim.key
            ));
        }
        Ok(())
    }
}
