//! The oracle: what the witness kept and what the audit wrote down, compared with what must be. Asked each evening, when everything is
//! quiet; each violation is told in words.

mod doubt;
mod queries;

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::rules::ids::CompanyId;
use sqlx::{AssertSqlSafe, PgPool};

use crate::rules;
use crate::witness::{Entry, Fate, Witness};

pub use doubt::Doubts;

/// What must be zero. The names are the lines of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Promise {
    /// One message for one key, and for one step of one invoice.
    Duplicates,
    /// No claim after the commit of a payment, dispute, promise or hold, of new rules, or of a stop.
    SentAfter,
    /// Everything that is due is sent.
    DueAndUnsent,
    /// What belongs together is stored together.
    HalfWritten,
    /// What is recorded as sent has arrived, and the other way round.
    Untrue,
    /// What is in doubt could not be known; what could not be known is in doubt.
    Guessed,
}

impl Promise {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Duplicates,
        Self::SentAfter,
        Self::DueAndUnsent,
        Self::HalfWritten,
        Self::Untrue,
        Self::Guessed,
    ];

    /// As the report calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Duplicates => "duplicates",
            Self::SentAfter => {
                "sent after a committed payment, dispute, promise, hold, change of rules or stop"
            }
            Self::DueAndUnsent => "due and unsent",
            Self::HalfWritten => "half-written",
            Self::Untrue => "recorded otherwise than it was",
            Self::Guessed => "guessed",
        }
    }
}

/// Where the last question ended: earlier days are done with.
#[derive(Debug, Default)]
pub struct Oracle {
    entries: usize,
    claims: i64,
    /// Messages that arrived and whose claim is still open.
    later: Vec<String>,
    /// Violations, in words.
    pub violations: Vec<(Promise, String)>,
    /// What was in doubt, and why.
    pub doubts: Doubts,
    /// Messages that the witness kept.
    pub taken: u64,
}

/// What happened outside of the store.
pub struct Outside<'a> {
    /// Between which moments workers ended.
    pub ended: &'a HashMap<String, (DateTime<Utc>, DateTime<Utc>)>,
    /// Between which moments something befell all of them.
    pub upheavals: &'a [(DateTime<Utc>, DateTime<Utc>)],
}

impl Oracle {
    /// Looks at the day; `now` is its evening, in each company's own date.
    pub async fn ask(
        &mut self,
        pool: &PgPool,
        witness: &Witness,
        outside: &Outside<'_>,
        companies: &[(CompanyId, NaiveDate)],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let entries = witness.entries(self.entries);
        self.duplicates(&entries);
        self.duplicates_of_steps(pool, witness).await?;
        self.claims_that_came_too_late(pool).await?;
        self.what_is_due(pool, companies, now).await?;
        self.halves(pool).await?;
        self.truth(pool, witness, &entries).await?;
        let mut wrong = Vec::new();
        self.doubts
            .ask(pool, self.claims, &entries, outside, &mut wrong)
            .await?;
        self.violations
            .extend(wrong.into_iter().map(|why| (Promise::Guessed, why)));
        self.entries += entries.len();
        self.claims = sqlx::query_scalar("select coalesce(max(id), 0) from audit.deliveries")
            .fetch_one(pool)
            .await?;
        Ok(())
    }

    fn wrong(&mut self, promise: Promise, why: String) {
        self.violations.push((promise, why));
    }

    fn duplicates(&mut self, entries: &[Entry]) {
        let mut taken: HashMap<&str, u32> = HashMap::new();
        for entry in entries.iter().filter(|entry| entry.fate == Fate::Taken) {
            *taken.entry(&entry.key).or_default() += 1;
            self.taken += 1;
        }
        for (key, times) in taken {
            if times > 1 {
                self.wrong(Promise::Duplicates, format!("{key} arrived {times} times"));
            }
        }
    }

    /// Two keys for one step of one invoice would be two messages, too.
    async fn duplicates_of_steps(&mut self, pool: &PgPool, witness: &Witness) -> Result<()> {
        let twice: Vec<(String, String, Vec<String>)> = sqlx::query_as(queries::STEPS_WITH_SEVERAL_KEYS)
            .fetch_all(pool)
            .await?;
        for (invoice, step, keys) in twice {
            let arrived = keys.iter().filter(|key| witness.has(key)).count();
            if arrived > 1 {
                self.wrong(
                    Promise::Duplicates,
                    format!("step {step} of {invoice} arrived {arrived} times"),
                );
            }
        }
        Ok(())
    }

    async fn claims_that_came_too_late(&mut self, pool: &PgPool) -> Result<()> {
        for (what, query) in queries::TOO_LATE {
            let found: Vec<(i64, i64)> = sqlx::query_as(query).bind(self.claims).fetch_all(pool).await?;
            for (delivery, fence) in found {
                self.wrong(
                    Promise::SentAfter,
                    format!("message {delivery} was claimed (fence {fence}) {what}"),
                );
            }
        }
        Ok(())
    }

    async fn what_is_due(
        &mut self,
        pool: &PgPool,
        companies: &[(CompanyId, NaiveDate)],
        now: DateTime<Utc>,
    ) -> Result<()> {
        for (company, today) in companies {
            let unsent: Vec<(String, i32, NaiveDate)> = sqlx::query_as(queries::DUE)
                .bind(company.0)
                .bind(*today)
                .bind(i32::try_from(rules::SPACING)?)
                .bind(rules::LEVELS)
                .bind(now)
                .fetch_all(pool)
                .await?;
            for (invoice, level, since) in unsent {
                self.wrong(
                    Promise::DueAndUnsent,
                    format!(
                        "level {} of {invoice} is due since {since}; it is {today}",
                        level + 1
                    ),
                );
            }
            let waiting: Vec<(i64, String)> = sqlx::query_as(queries::NOT_DONE)
                .bind(company.0)
                .bind(now)
                .fetch_all(pool)
                .await?;
            for (delivery, state) in waiting {
                self.wrong(
                    Promise::DueAndUnsent,
                    format!("message {delivery} is still {state}"),
                );
            }
        }
        Ok(())
    }

    async fn halves(&mut self, pool: &PgPool) -> Result<()> {
        for (what, query) in queries::HALVES {
            let count: i64 =
                sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from ({query}) found")))
                    .fetch_one(pool)
                    .await?;
            if count > 0 {
                self.wrong(Promise::HalfWritten, format!("{count} {what}"));
            }
        }
        Ok(())
    }

    async fn truth(&mut self, pool: &PgPool, witness: &Witness, entries: &[Entry]) -> Result<()> {
        let sent: Vec<String> = sqlx::query_scalar(
            "select d.idempotency_key from deliveries d
             where d.state = 'sent' and exists (select from audit.deliveries a
                   where a.id > $1 and a.company_id = d.company_id and a.delivery_id = d.id)",
        )
        .bind(self.claims)
        .fetch_all(pool)
        .await?;
        for key in &sent {
            if !witness.has(key) {
                self.wrong(
                    Promise::Untrue,
                    format!("{key} is recorded as sent and never arrived"),
                );
            }
        }
        let claimed: HashSet<String> =
            sqlx::query_scalar("select idempotency_key from deliveries where state = 'sending'")
                .fetch_all(pool)
                .await?
                .into_iter()
                .collect();
        let sent: HashSet<String> = sent.into_iter().collect();
        let taken = entries.iter().filter(|entry| entry.fate == Fate::Taken);
        for key in std::mem::take(&mut self.later)
            .into_iter()
            .chain(taken.map(|entry| entry.key.clone()))
        {
            if claimed.contains(&key) {
                // Claimed while the clock was a day ahead: another day tells.
                self.later.push(key);
            } else if !sent.contains(&key) {
                self.wrong(
                    Promise::Untrue,
                    format!("{key} arrived and is not recorded as sent"),
                );
            }
        }
        Ok(())
    }
}
