//! Messages whose worker did not come back. What it had not begun to hand over waits again. Of what it had begun nobody knows whether it
//! left: a person is asked, unless its receiver carries out only once what comes twice, or the settings say what becomes of it.

use relance_rules::ids::CompanyId;

use crate::engine::{Engine, EngineError};
use crate::moments::Moment;
use crate::store::deliveries::{self, Record};
use crate::store::{StoreError, accounts, companies};

use super::{Delivered, record};

/// At most so many are taken in one pass.
const BATCH: u32 = 100;
const WHY: &str = "the program was interrupted while it was sending this message";

/// Looks after messages of a company whose lease has run out, and says what became of those that were in doubt.
pub(super) async fn pass(engine: &Engine, company: CompanyId) -> Result<Delivered, EngineError> {
    let now = engine.clock.now();
    let expired = {
        let mut connection = engine.pool.acquire().await?;
        deliveries::release_not_begun(&mut connection, company, now).await?;
        deliveries::expired(&mut connection, company, now, BATCH).await?
    };
    let mut delivered = Delivered::default();
    for lost in expired {
        let mut transaction = engine.pool.begin().await?;
        let company = companies::by_id(&mut transaction, company)
            .await?
            .ok_or_else(|| StoreError::not_found("company", company))?;
        accounts::wake(&mut transaction, company.id, lost.customer, now).await?;
        let again = lost
            .webhook
            .as_ref()
            .is_some_and(|name| engine.webhooks.is_idempotent(name));
        if again {
            let record = Record::Queued {
                not_before: now,
                error: WHY,
                tried: true,
            };
            deliveries::record(&mut transaction, company.id, &[lost.claim], record, now).await?;
        } else {
            let policy = lost
                .webhook
                .as_ref()
                .map_or(engine.mailer.settings().in_doubt, |name| {
                    engine.webhooks.in_doubt(name)
                });
            delivered.add(record::in_doubt(&mut transaction, &company, lost.claim, policy, WHY, now).await?);
        }
        engine.moments.come(Moment::ExpiryWritten);
        transaction.commit().await?;
    }
    Ok(delivered)
}
