//! What actions claim beside the invoices: interest and fee.

use relance_rules::decision::{Action, ActionItem};
use relance_rules::ids::{ActionId, CompanyId};
use sqlx::PgConnection;

use crate::store::StoreError;

/// The claims of items, as they are stored.
pub(super) fn encoded<'a>(
    items: impl Iterator<Item = &'a ActionItem>,
) -> Result<Vec<Option<serde_json::Value>>, StoreError> {
    let encode = |item: &ActionItem| item.claim.as_ref().map(serde_json::to_value).transpose();
    let claims: Result<Vec<_>, _> = items.map(encode).collect();
    Ok(claims.map_err(|error| sqlx::Error::Encode(Box::new(error)))?)
}

/// Notes what the messages of these actions really claim: they were written anew before they left.
pub async fn restate(
    connection: &mut PgConnection,
    company: CompanyId,
    written: &[(ActionId, &Action)],
) -> Result<(), StoreError> {
    let items: Vec<(ActionId, &ActionItem)> = written
        .iter()
        .flat_map(|(id, action)| action.items.iter().map(|item| (*id, item)))
        .collect();
    if items.iter().all(|(_, item)| item.claim.is_none()) {
        return Ok(());
    }
    let actions: Vec<i64> = items.iter().map(|(id, _)| id.0).collect();
    let invoices: Vec<i64> = items.iter().map(|(_, item)| item.invoice.0).collect();
    let claims = encoded(items.iter().map(|(_, item)| *item))?;
    sqlx::query!(
        "update action_items t set claim = n.claim
         from unnest($2::bigint[], $3::bigint[], $4::jsonb[]) as n (action_id, invoice_id, claim)
         where t.company_id = $1 and t.action_id = n.action_id and t.invoice_id = n.invoice_id
               and t.claim is distinct from n.claim",
        company.0,
        &actions,
        &invoices,
        &claims as &[Option<serde_json::Value>],
    )
    .execute(connection)
    .await?;
    Ok(())
}
