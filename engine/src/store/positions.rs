//! Where each open invoice stands and what comes next for it.

use chrono::{DateTime, Utc};
use relance_rules::decision::Outlook;
use relance_rules::ids::{CompanyId, CustomerId};
use sqlx::PgConnection;

use super::StoreError;

/// The position of one invoice.
#[derive(Debug, Clone, Copy)]
pub struct Position<'a> {
    /// Whose.
    pub customer: CustomerId,
    /// The scenario that serves the customer.
    pub scenario: Option<&'a str>,
    /// What the decision says of the invoice.
    pub outlook: &'a Outlook,
}

/// Makes these the positions of these accounts: invoices that are not listed have none. Rows that stay as they are are not
/// written.
pub async fn replace(
    connection: &mut PgConnection,
    company: CompanyId,
    customers: &[CustomerId],
    positions: &[Position<'_>],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let owners: Vec<i64> = customers.iter().map(|c| c.0).collect();
    let invoices: Vec<i64> = positions.iter().map(|p| p.outlook.invoice.0).collect();
    let cycles: Vec<i32> = positions.iter().map(|p| p.outlook.cycle).collect();
    sqlx::query!(
        "delete from positions p
         where p.company_id = $1 and p.customer_id = any($2::bigint[])
               and not exists (select from unnest($3::bigint[], $4::int[]) as n (invoice_id, cycle)
                               where n.invoice_id = p.invoice_id and n.cycle = p.cycle)",
        company.0,
        &owners,
        &invoices,
        &cycles,
    )
    .execute(&mut *connection)
    .await?;
    if positions.is_empty() {
        return Ok(());
    }
    let customers: Vec<i64> = positions.iter().map(|p| p.customer.0).collect();
    let scenarios: Vec<Option<String>> = positions.iter().map(|p| p.scenario.map(str::to_owned)).collect();
    let last_steps: Vec<Option<String>> = positions.iter().map(|p| p.outlook.last_step.clone()).collect();
    let last_levels: Vec<Option<i32>> = positions
        .iter()
        .map(|p| p.outlook.last_level.map(i32::from))
        .collect();
    let next = |p: &Position<'_>| p.outlook.next.clone();
    let next_steps: Vec<Option<String>> = positions.iter().map(|p| next(p).map(|n| n.step)).collect();
    let next_levels: Vec<Option<i32>> = positions
        .iter()
        .map(|p| next(p).and_then(|n| n.level).map(i32::from))
        .collect();
    let next_on: Vec<Option<chrono::NaiveDate>> = positions.iter().map(|p| p.outlook.next_on).collect();
    let mut reasons = Vec::with_capacity(positions.len());
    for position in positions {
        reasons.push(
            serde_json::to_value(&position.outlook.reasons).map_err(|e| sqlx::Error::Encode(Box::new(e)))?,
        );
    }
    sqlx::query!(
        "insert into positions as p (company_id, invoice_id, cycle, customer_id, scenario, last_step, last_level, next_step,
                                     next_level, next_on, reasons, updated_at)
         select $1, n.*, $12
         from unnest($2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::int[], $8::text[], $9::int[],
                     $10::date[], $11::jsonb[]) as n
         on conflict (company_id, invoice_id, cycle) do update
         set customer_id = excluded.customer_id, scenario = excluded.scenario, last_step = excluded.last_step,
             last_level = excluded.last_level, next_step = excluded.next_step, next_level = excluded.next_level,
             next_on = excluded.next_on, reasons = excluded.reasons, updated_at = excluded.updated_at
         where (p.scenario, p.last_step, p.last_level, p.next_step, p.next_level, p.next_on, p.reasons)
               is distinct from (excluded.scenario, excluded.last_step, excluded.last_level, excluded.next_step,
                                 excluded.next_level, excluded.next_on, excluded.reasons)",
        company.0,
        &invoices,
        &cycles,
        &customers,
        &scenarios as &[Option<String>],
        &last_steps as &[Option<String>],
        &last_levels as &[Option<i32>],
        &next_steps as &[Option<String>],
        &next_levels as &[Option<i32>],
        &next_on as &[Option<chrono::NaiveDate>],
        &reasons,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}
