//! The review: looks at accounts that are due, decides, and writes what follows in one transaction.
//!
//! [`pass`] claims a batch and holds the revision in force; `account` decides; `write` stores all that was decided at once. An
//! account that cannot be decided is set apart with its trouble and a task for a person; it never stops the others.

mod at_once;
mod decide;
mod expired;
pub mod preview;
pub(crate) mod trouble;
mod work;
mod write;

use chrono::{DateTime, Utc};
use relance_rules::ids::{CompanyId, CustomerId};
use relance_rules::promises::Grace;
use sqlx::PgConnection;
use tokio::time::Instant;

use crate::engine::{Engine, EngineError};
use crate::moments::Moment;
use crate::rulebooks::InForce;
use crate::store::{StoreError, accounts, companies, plans, promises, revisions};

/// What a pass did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// Accounts that were looked at.
    pub accounts: u32,
    /// Messages and tasks that were decided.
    pub actions: u32,
    /// Whether more accounts may be due now.
    pub more: bool,
}

impl Reviewed {
    /// Adds what another pass did.
    pub fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.actions += other.actions;
        self.more |= other.more;
    }
}

/// Reviews at most `batch` due accounts of each company: no company waits for the end of another one's work.
///
/// Without a rulebook in force, or when this version of the program cannot read it, it does nothing.
pub async fn pass(engine: &Engine, batch: u32) -> Result<Reviewed, EngineError> {
    let mut due = Vec::new();
    {
        let (mut connection, now) = (engine.pool.acquire().await?, engine.clock.now());
        for company in companies::ids(&mut connection).await? {
            if accounts::is_due(&mut connection, company, now).await? {
                due.push(company);
            }
        }
    }
    let (mut all, mut failure) = (Reviewed::default(), None);
    for company in due {
        let began = Instant::now();
        match engine
            .meters
            .passed("review", of_company(engine, company, batch).await)
        {
            Ok(done) => {
                engine.meters.reviewed(done, began.elapsed());
                all.add(done);
            }
            // What holds up one company holds up no other.
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    failure.map_or(Ok(all), Err)
}

/// Reviews at most `batch` accounts of a company that are due, all under the revision in force, in one transaction.
async fn of_company(engine: &Engine, company: CompanyId, batch: u32) -> Result<Reviewed, EngineError> {
    let now = engine.clock.now();
    let mut transaction = engine.pool.begin().await?;
    let Some(in_force) = current(engine, &mut transaction).await? else {
        return Ok(Reviewed::default());
    };
    let claimed = accounts::claim_due(&mut transaction, company, now, batch).await?;
    let mut reviewed = Reviewed {
        more: claimed.len() >= batch as usize,
        ..Reviewed::default()
    };
    if claimed.is_empty() {
        return Ok(reviewed);
    }
    engine.moments.come(Moment::ReviewClaimed);
    match review(&mut transaction, engine, &in_force, company, &claimed, now).await {
        Ok(actions) => {
            engine.moments.come(Moment::ReviewWritten);
            transaction.commit().await?;
            engine.moments.come(Moment::Reviewed);
            reviewed.accounts = u32::try_from(claimed.len()).unwrap_or(u32::MAX);
            reviewed.actions = actions;
        }
        Err(error) if error.is_temporary() => return Err(error.into()),
        Err(error) => {
            transaction.rollback().await?;
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a review failed: its accounts are taken one by one"
            );
            one_by_one(engine, company, &claimed, now, &mut reviewed).await?;
        }
    }
    Ok(reviewed)
}

/// The revision in force, held until the end of the transaction; read again when the store has a newer one than this process.
pub(crate) async fn current(
    engine: &Engine,
    connection: &mut PgConnection,
) -> Result<Option<std::sync::Arc<InForce>>, EngineError> {
    // Who waits here for a change to be put in force finds the old row superseded and cannot see the new one yet: asked once
    // more, the store shows it.
    let held = match revisions::hold(&mut *connection).await? {
        Some(held) => Some(held),
        None => revisions::hold(&mut *connection).await?,
    };
    let known = |engine: &Engine| {
        engine
            .rulebooks
            .current()
            .filter(|current| Some(current.revision) == held)
    };
    if let Some(in_force) = known(engine) {
        return Ok(Some(in_force));
    }
    if held.is_some() {
        engine.rulebooks.refresh_on(connection).await?;
    }
    Ok(known(engine))
}

/// Each account in a transaction of its own: the one that fails gets its trouble, the others are reviewed.
async fn one_by_one(
    engine: &Engine,
    company: CompanyId,
    claimed: &[CustomerId],
    now: DateTime<Utc>,
    reviewed: &mut Reviewed,
) -> Result<(), EngineError> {
    for customer in claimed {
        let mut transaction = engine.pool.begin().await?;
        let Some(in_force) = current(engine, &mut transaction).await? else {
            return Ok(());
        };
        if !accounts::claim_one(&mut transaction, company, *customer, now).await? {
            continue;
        }
        let alone = std::slice::from_ref(customer);
        match review(&mut transaction, engine, &in_force, company, alone, now).await {
            Ok(actions) => {
                transaction.commit().await?;
                reviewed.actions += actions;
            }
            Err(error) if error.is_temporary() => return Err(error.into()),
            Err(error) => {
                transaction.rollback().await?;
                let mut transaction = engine.pool.begin().await?;
                trouble::note(&mut transaction, company, *customer, &trouble::words(&error), now).await?;
                transaction.commit().await?;
            }
        }
        reviewed.accounts += 1;
    }
    Ok(())
}

/// Reviews accounts of a company whose locks are held; gives how many actions there are now that were not there before.
async fn review(
    connection: &mut PgConnection,
    engine: &Engine,
    in_force: &InForce,
    company: CompanyId,
    customers: &[CustomerId],
    now: DateTime<Utc>,
) -> Result<u32, StoreError> {
    let company = companies::by_id(&mut *connection, company)
        .await?
        .ok_or_else(|| StoreError::not_found("company", company))?;
    let mut customers = customers.to_vec();
    customers.sort();
    let grace = Grace::of(&in_force.rulebook);
    promises::close_overdue(&mut *connection, &company, &customers, &grace, now).await?;
    plans::watch(&mut *connection, &company, &customers, &grace, now).await?;
    let decided = decide::all(&mut *connection, &company, in_force, &customers, now).await?;
    for account in &decided.accounts {
        if let Ok(decision) = &account.decision {
            engine.meters.decided(decision, account.took);
        }
    }
    write::all(&mut *connection, &company, in_force, engine.sending, decided, now).await
}
