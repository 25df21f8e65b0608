//! Messages whose worker did not come back: nobody knows whether they left. A receiver that carries out what comes twice once only is
//! posted to again.

use crate::engine::{Engine, EngineError};
use crate::store::deliveries::{self, Record};
use crate::store::{StoreError, accounts, companies};

use super::record;

/// At most so many are taken in one pass.
const BATCH: u32 = 100;
const WHY: &str = "the program was interrupted while it was sending this message";

/// Gives messages whose lease has run out to a person; how many those were.
pub(super) async fn pass(engine: &Engine) -> Result<u32, EngineError> {
    let now = engine.clock.now();
    let expired = {
        let mut connection = engine.pool.acquire().await?;
        deliveries::expired(&mut connection, now, BATCH).await?
    };
    let mut count = 0;
    for lost in expired {
        let mut transaction = engine.pool.begin().await?;
        let company = companies::by_id(&mut transaction, lost.company)
            .await?
            .ok_or_else(|| StoreError::not_found("company", lost.company))?;
        accounts::wake(&mut transaction, company.id, lost.customer, now).await?;
        let again = lost
            .webhook
            .is_some_and(|name| engine.webhooks.is_idempotent(&name));
        if again {
            let record = Record::Queued {
                not_before: now,
                error: WHY,
                tried: true,
            };
            deliveries::record(&mut transaction, company.id, &[lost.claim], record, now).await?;
        } else {
            count += record::in_doubt(&mut transaction, &company, lost.claim, WHY, now).await?;
        }
        transaction.commit().await?;
    }
    Ok(count)
}
