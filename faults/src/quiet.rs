//! The evening of each day: nothing goes wrong any more, people do what they have to, and the work is brought to its end.

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::rules::ids::{CompanyId, DeliveryId};
use relance_engine::run;
use relance_engine::store::deliveries::{self, Settlement};

use crate::portfolio::Portfolio;
use crate::witness::Witness;

/// Steps of the evening: what was put off comes to its turn.
const STEPS: i32 = 16;

/// What people did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settled {
    /// Messages in doubt that had arrived.
    pub was_sent: u64,
    /// Messages in doubt that had not.
    pub resent: u64,
    /// Addresses that were put right.
    pub mended: u64,
}

impl Settled {
    /// Adds what was done on another day.
    pub fn add(&mut self, other: Self) {
        self.was_sent += other.was_sent;
        self.resent += other.resent;
        self.mended += other.mended;
    }
}

/// Works until nothing is due, half an hour after half an hour; gives the moment at the end.
pub async fn evening(
    engine: &Engine,
    portfolio: &Portfolio,
    witness: &Witness,
    from: DateTime<Utc>,
    round: u64,
) -> Result<(Settled, DateTime<Utc>)> {
    let clock = ManualClock::new(from);
    let engine = Engine {
        clock: Clock::Manual(clock.clone()),
        ..engine.clone()
    };
    let mut settled = Settled::default();
    for step in 0..STEPS {
        clock.set(from + TimeDelta::minutes(30) * step);
        run::until_idle(&engine).await?;
        settled.mended += portfolio.mend_addresses(&engine.pool, round, clock.now()).await?;
        for company in portfolio.ids() {
            settle(&engine, company, witness, clock.now(), &mut settled).await?;
        }
        run::until_idle(&engine).await?;
    }
    Ok((settled, clock.now()))
}

/// As a person does who looks into the mail server's log.
async fn settle(
    engine: &Engine,
    company: CompanyId,
    witness: &Witness,
    now: DateTime<Utc>,
    settled: &mut Settled,
) -> Result<()> {
    let mut transaction = engine.pool.begin().await?;
    let doubts: Vec<(i64, String)> = sqlx::query_as(
        "select id, idempotency_key from deliveries where company_id = $1 and state = 'in_doubt' order by id",
    )
    .bind(company.0)
    .fetch_all(&mut *transaction)
    .await?;
    let of = relance_engine::store::companies::by_id(&mut transaction, company).await?;
    for (id, key) in doubts {
        let Some(of) = &of else { continue };
        let settlement = if witness.has(&key) {
            settled.was_sent += 1;
            Settlement::WasSent
        } else {
            settled.resent += 1;
            Settlement::Resend
        };
        deliveries::settle_doubt(&mut transaction, of, DeliveryId(id), settlement, "campaign", now).await?;
    }
    Ok(transaction.commit().await?)
}
