//! What was paid and credited on invoices, by day: interest follows it.

use chrono::NaiveDate;
use relance_rules::facts::{SettledBy, Settlement};
use relance_rules::ids::CompanyId;
use sqlx::PgConnection;

use super::{Grouped, group};
use crate::store::{StoreError, values};

/// The settlements of these customers' invoices that are open or were settled since a day, by invoice, oldest first: a payment on the day on which it was received, a credit
/// note on its day of issue. What the bank took back is none.
pub(super) async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    customers: &[i64],
    settled_since: NaiveDate,
) -> Result<Grouped<Settlement>, StoreError> {
    let rows = sqlx::query!(
        r#"select a.invoice_id, a.amount, i.currency, a.payment_id is not null as "paid!",
                  coalesce(p.received_on, n.issued) as "on!"
           from invoices i
           join allocations a on a.company_id = i.company_id and a.invoice_id = i.id
           left join payments p on p.company_id = a.company_id and p.id = a.payment_id
           left join invoices n on n.company_id = a.company_id and n.id = a.credit_note_id
           where i.company_id = $1 and i.customer_id = any($2::bigint[]) and i.kind = 'invoice'
                 and (i.open_amount > 0 or i.settled_on >= $3)
           order by 5, a.id"#,
        company.0,
        customers,
        settled_since,
    )
    .fetch_all(connection)
    .await?;
    let mut found = Grouped::new();
    for row in rows {
        let settlement = Settlement {
            on: row.on,
            amount: values::money(row.amount, &row.currency)?,
            by: if row.paid {
                SettledBy::Payment
            } else {
                SettledBy::CreditNote
            },
        };
        group(&mut found, row.invoice_id, settlement);
    }
    Ok(found)
}
