//! The first page: what is owed, what is to be done, what leaves.

use chrono::{DateTime, Days, NaiveDate, Utc};
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::ids::{CompanyId, DeliveryId};
use sqlx::PgConnection;

use super::ageing::{self, Portfolio};
use crate::store::StoreError;

/// The dashboard of one company.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// What is owed.
    pub portfolio: Portfolio,
    /// Work and messages in figures.
    pub figures: Figures,
    /// What is planned on each of the seven days from today, each day present.
    pub planned: Vec<PlannedDay>,
    /// The customers who owe most that is overdue, at most ten, in the company's currency.
    pub top_overdue: Vec<Debtor>,
    /// The last messages that left, newest first, at most eight.
    pub last_sent: Vec<LastSent>,
}

/// Counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Customers.
    pub customers: i64,
    /// Open tasks.
    pub open_tasks: i64,
    /// Of these, to be done today or before.
    pub due_tasks: i64,
    /// Messages that left today.
    pub sent_today: i64,
    /// Messages that left in the last 30 days.
    pub sent_30_days: i64,
    /// Messages that wait to leave.
    pub queued: i64,
    /// Messages of which nobody knows whether they left.
    pub in_doubt: i64,
    /// Accounts whose last review could not decide.
    pub trouble: i64,
    /// Open disputes.
    pub disputes: i64,
    /// Open promises.
    pub promises: i64,
}

/// Steps that are planned on a day, as of the last reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDay {
    /// The day; the first stands also for what was due before.
    pub day: NaiveDate,
    /// Customers to be approached.
    pub customers: i64,
    /// Invoices concerned.
    pub invoices: i64,
}

/// A customer with what is overdue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debtor {
    /// The customer's number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Overdue, in the company's currency.
    pub overdue: Money,
    /// Due date of the oldest open invoice.
    pub oldest_due: NaiveDate,
}

/// A message that left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSent {
    /// The delivery.
    pub id: DeliveryId,
    /// When.
    pub at: DateTime<Utc>,
    /// The customer's number.
    pub customer: String,
    /// The customer's name.
    pub name: String,
    /// Subject.
    pub subject: String,
    /// Level, for dunning.
    pub level: Option<i32>,
}

/// Reads the dashboard. `day_start` is the moment at which `today` began where the company is.
pub async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    today: NaiveDate,
    day_start: DateTime<Utc>,
) -> Result<Dashboard, StoreError> {
    Ok(Dashboard {
        portfolio: ageing::portfolio(&mut *connection, company, currency, None, today).await?,
        figures: figures(&mut *connection, company, today, day_start).await?,
        planned: planned(&mut *connection, company, today).await?,
        top_overdue: top_overdue(&mut *connection, company, currency, today).await?,
        last_sent: last_sent(connection, company).await?,
    })
}

async fn figures(
    connection: &mut PgConnection,
    company: CompanyId,
    today: NaiveDate,
    day_start: DateTime<Utc>,
) -> Result<Figures, StoreError> {
    Ok(sqlx::query_as!(
        Figures,
        r#"select
          (select count(*) from customers where company_id = $1) as "customers!",
          (select count(*) from tasks where company_id = $1 and state = 'open') as "open_tasks!",
          (select count(*) from tasks where company_id = $1 and state = 'open' and due_on <= $2) as "due_tasks!",
          (select count(*) from deliveries where company_id = $1 and state = 'sent' and sent_at >= $3) as "sent_today!",
          (select count(*) from deliveries where company_id = $1 and state = 'sent'
             and sent_at >= $3::timestamptz - interval '30 days') as "sent_30_days!",
          (select count(*) from deliveries where company_id = $1 and state in ('queued', 'sending')) as "queued!",
          (select count(*) from deliveries where company_id = $1 and state = 'in_doubt') as "in_doubt!",
          (select count(*) from accounts where company_id = $1 and trouble is not null) as "trouble!",
          (select count(*) from disputes where company_id = $1 and state = 'open') as "disputes!",
          (select count(*) from promises where company_id = $1 and state = 'open') as "promises!""#,
        company.0,
        today,
        day_start,
    )
    .fetch_one(connection)
    .await?)
}

async fn planned(
    connection: &mut PgConnection,
    company: CompanyId,
    today: NaiveDate,
) -> Result<Vec<PlannedDay>, StoreError> {
    let rows = sqlx::query!(
        r#"select greatest(p.next_on, $2) as "day!", count(distinct p.customer_id) as "customers!", count(*) as "invoices!"
           from positions p
           join invoices i on i.company_id = p.company_id and i.id = p.invoice_id and i.cycle = p.cycle
           where p.company_id = $1 and p.next_on <= $2::date + 6 and i.open_amount > 0
             and not exists (  -- what has been decided and waits to be sent or called is no longer planned
                 select from action_items item
                 join actions a on a.company_id = item.company_id and a.id = item.action_id
                 where item.company_id = p.company_id and item.invoice_id = p.invoice_id and item.cycle = p.cycle
                   and item.scenario = p.scenario and item.step = p.next_step and item.live and a.closed_at is null)
           group by 1"#,
        company.0,
        today,
    )
    .fetch_all(connection)
    .await?;
    Ok((0..7u64)
        .filter_map(|n| today.checked_add_days(Days::new(n)))
        .map(|day| {
            let row = rows.iter().find(|r| r.day == day);
            PlannedDay {
                day,
                customers: row.map_or(0, |r| r.customers),
                invoices: row.map_or(0, |r| r.invoices),
            }
        })
        .collect())
}

async fn top_overdue(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    today: NaiveDate,
) -> Result<Vec<Debtor>, StoreError> {
    let rows = sqlx::query!(
        r#"with rates as (
             select distinct on (currency) currency, rate from exchange_rates
             where company_id = $1 and valid_from <= $3::date order by currency, valid_from desc)
           select c.number, c.name, o.overdue as "overdue!", o.oldest_due as "oldest_due!"
           from (
             select i.customer_id, min(i.due) as oldest_due,
               sum(i.open_amount * case when i.currency = $2 then 1 else r.rate end) as overdue
             from invoices i left join rates r on r.currency = i.currency
             where i.company_id = $1 and i.kind = 'invoice' and i.open_amount > 0 and i.due < $3
             group by i.customer_id) o
           join customers c on c.company_id = $1 and c.id = o.customer_id
           where o.overdue is not null
           order by o.overdue desc, c.number limit 10"#,
        company.0,
        currency.code(),
        today,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Debtor {
            number: r.number,
            name: r.name,
            overdue: Money::new(r.overdue, currency).rounded(),
            oldest_due: r.oldest_due,
        })
        .collect())
}

async fn last_sent(connection: &mut PgConnection, company: CompanyId) -> Result<Vec<LastSent>, StoreError> {
    let rows = sqlx::query!(
        r#"select d.id, d.sent_at as "at!", c.number, c.name, d.subject as "subject!", a.level
           from deliveries d
           join customers c on c.company_id = d.company_id and c.id = d.customer_id
           join actions a on a.company_id = d.company_id and a.id = d.action_id
           where d.company_id = $1 and d.state = 'sent' order by d.sent_at desc, d.id desc limit 8"#,
        company.0,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| LastSent {
            id: DeliveryId(r.id),
            at: r.at,
            customer: r.number,
            name: r.name,
            subject: r.subject,
            level: r.level,
        })
        .collect())
}
