//! How the customer paid, and what was sent.

use std::collections::HashMap;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use relance_rules::facts::{History, SentMessage};
use sqlx::PgConnection;

use super::{Asked, Grouped, group};
use crate::store::{StoreError, values};

/// How far back messages are loaded, in days.
const MESSAGE_DAYS: u64 = 100;

fn a_year_ago(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(12)).unwrap_or(today)
}

/// Payment behaviour over the last twelve months, by customer.
pub(super) async fn history(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
) -> Result<HashMap<i64, History>, StoreError> {
    let mut found: HashMap<i64, History> = HashMap::new();
    paid(&mut *connection, asked, &mut found).await?;
    broken_promises(&mut *connection, asked, &mut found).await?;
    invoiced(connection, asked, &mut found).await?;
    Ok(found)
}

async fn paid(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
    found: &mut HashMap<i64, History>,
) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        r#"select i.customer_id, count(*) as "paid!", count(*) filter (where i.settled_on <= i.due) as "on_time!",
                  round(avg(i.settled_on - i.due), 2) as "average!"
           from invoices i
           where i.company_id = $1 and i.customer_id = any($2::bigint[]) and i.kind = 'invoice'
                 and i.settled_on > $3 and i.settled_on <= $4
                 and exists (select from allocations a where a.company_id = i.company_id and a.invoice_id = i.id
                             and a.payment_id is not null)
           group by i.customer_id"#,
        asked.company.0,
        asked.customers,
        a_year_ago(asked.today),
        asked.today,
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        let history = found.entry(row.customer_id).or_default();
        history.paid_12m = count(row.paid);
        history.on_time_12m = count(row.on_time);
        history.average_days_late = Some(row.average.normalize());
    }
    Ok(())
}

async fn broken_promises(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
    found: &mut HashMap<i64, History>,
) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        r#"select customer_id, count(*) as "broken!" from promises
           where company_id = $1 and customer_id = any($2::bigint[]) and state = 'broken' and closed_on > $3
           group by customer_id"#,
        asked.company.0,
        asked.customers,
        a_year_ago(asked.today),
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        found.entry(row.customer_id).or_default().broken_promises_12m = count(row.broken);
    }
    Ok(())
}

async fn invoiced(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
    found: &mut HashMap<i64, History>,
) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        r#"select customer_id, currency,
                  sum(case when kind = 'invoice' then amount else -amount end) as "amount!"
           from invoices
           where company_id = $1 and customer_id = any($2::bigint[]) and issued > $3 and issued <= $4
           group by customer_id, currency order by customer_id, currency"#,
        asked.company.0,
        asked.customers,
        a_year_ago(asked.today),
        asked.today,
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        let amount = values::money(row.amount, &row.currency)?;
        found
            .entry(row.customer_id)
            .or_default()
            .invoiced_12m
            .push(amount);
    }
    Ok(())
}

/// Messages that were sent, by whatever medium, or may have been, newest first. One whose sending was not finished counts from the moment at
/// which it was decided.
pub(super) async fn messages(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
) -> Result<Grouped<SentMessage>, StoreError> {
    let rows = sqlx::query!(
        r#"select m.customer_id as "customer_id!", m.at as "at!: DateTime<Utc>", m.scenario as "scenario!", m.step as "step!"
           from (
               select d.customer_id, coalesce(d.sent_at, a.decided_at) as at, a.scenario, a.step, a.id
               from deliveries d join actions a on a.company_id = d.company_id and a.id = d.action_id
               where d.company_id = $1 and d.customer_id = any($2::bigint[])
                     and d.state in ('sent', 'sending', 'in_doubt') and coalesce(d.sent_at, a.decided_at) >= $3
               union all
               select customer_id, closed_at, scenario, step, id from actions
               where company_id = $1 and customer_id = any($2::bigint[]) and kind = 'by_hand' and state = 'done'
                     and closed_at >= $3
           ) m
           order by m.at desc, m.id desc"#,
        asked.company.0,
        asked.customers,
        asked.now - Days::new(MESSAGE_DAYS),
    )
    .fetch_all(connection)
    .await?;
    let mut found = Grouped::new();
    for row in rows {
        let message = SentMessage {
            at: row.at,
            scenario: row.scenario,
            step: row.step,
        };
        group(&mut found, row.customer_id, message);
    }
    Ok(found)
}

fn count(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
