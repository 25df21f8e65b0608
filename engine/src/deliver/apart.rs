//! A message that cannot be claimed or written is set apart, with a task for a person; it never stops the others.

use chrono::{DateTime, Utc};
use relance_rules::ids::{CompanyId, CustomerId, DeliveryId};
use relance_rules::words::Language;
use sqlx::PgConnection;

use super::backoff;
use super::claim::{self, Claimed, Terms};
use crate::engine::{Engine, EngineError};
use crate::review::{self, trouble};
use crate::store::companies::{self, Company};
use crate::store::deliveries::{self, Due};
use crate::store::{StoreError, accounts};

/// Claims each message in a transaction of its own; the one that fails is put off.
pub(super) async fn one_by_one(
    engine: &Engine,
    company: CompanyId,
    due: &[Due],
    at: Terms<'_>,
) -> Result<Claimed, EngineError> {
    let mut all = Claimed::default();
    for due in due {
        match alone(engine, company, due, at).await {
            Ok(claimed) => all.add(claimed),
            // What was claimed before is on its way and has to be sent: the error will show again in the next pass.
            Err(error) if !all.outgoing.is_empty() => {
                tracing::error!(worker = %engine.worker, %error, "claims were broken off");
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

async fn alone(
    engine: &Engine,
    company: CompanyId,
    due: &Due,
    at: Terms<'_>,
) -> Result<Claimed, EngineError> {
    let mut transaction = engine.pool.begin().await?;
    let Some(in_force) = review::current(engine, &mut transaction).await? else {
        return Ok(Claimed::default());
    };
    accounts::lock_many(&mut transaction, company, &[due.customer]).await?;
    match claim::claim(
        &mut transaction,
        &in_force,
        company,
        std::slice::from_ref(due),
        at,
    )
    .await
    {
        Ok(claimed) => {
            transaction.commit().await?;
            Ok(claimed)
        }
        Err(error) if error.is_temporary() => Err(error.into()),
        Err(error) => {
            transaction.rollback().await?;
            let mut transaction = engine.pool.begin().await?;
            let company = companies::by_id(&mut transaction, company)
                .await?
                .ok_or_else(|| StoreError::not_found("company", company))?;
            let why = trouble::words(&error);
            put_off(
                &mut transaction,
                &company,
                due.delivery,
                due.customer,
                &why,
                at.now,
            )
            .await?;
            transaction.commit().await?;
            Ok(Claimed {
                put_off: 1,
                ..Claimed::default()
            })
        }
    }
}

/// Lets a message that cannot be written wait, and asks a person to look.
pub(super) async fn put_off(
    connection: &mut PgConnection,
    company: &Company,
    delivery: DeliveryId,
    customer: CustomerId,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tracing::error!(company = %company.code, %delivery, why, "a message cannot be written");
    let later = now + backoff::TROUBLE;
    deliveries::put_off(&mut *connection, company.id, delivery, later, why).await?;
    let title = match Language::of(&company.language) {
        Language::Fr => format!("Un message ne peut pas être écrit : {why}"),
        Language::En => format!("A message cannot be written: {why}"),
    };
    trouble::ask(connection, company, customer, title, now).await
}
