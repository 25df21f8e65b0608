//! The to-do list.

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::ids::{CompanyId, DeliveryId, TaskId};
use relance_rules::priority::{Priority, Promise, Standing};
use relance_rules::reason::Reason;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::states::{self, TaskKind, TaskState};
use crate::store::StoreError;

/// One piece of work.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskLine {
    /// Identity.
    pub id: TaskId,
    /// What kind.
    pub kind: TaskKind,
    /// What is to be done.
    pub title: String,
    /// Role of the user who is to do it.
    pub assign_role: String,
    /// By when.
    pub due_on: NaiveDate,
    /// How far it has come.
    pub state: TaskState,
    /// What it gave, as stored: `reached`, `promise` ...
    pub outcome: Option<String>,
    /// In words.
    pub note: Option<String>,
    /// When it was done or called off.
    pub closed_at: Option<DateTime<Utc>>,
    /// By whom.
    pub closed_by: Option<String>,
    /// The customer's number.
    pub customer: String,
    /// The customer's name.
    pub customer_name: String,
    /// What the customer has overdue, in the company's currency, where rates are known.
    pub overdue: Money,
    /// Its weight in the order of the list; none once it is closed.
    pub priority: Option<Priority>,
    /// Whom to call, when known.
    pub contact: Option<String>,
    /// Telephone number, when known.
    pub phone: Option<String>,
}

/// One piece of work, in full.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskDetail {
    /// The line of the list.
    pub line: TaskLine,
    /// What to say.
    pub script: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Address of the contact, when known.
    pub email: Option<String>,
    /// The message in doubt that is to be settled.
    pub delivery: Option<DeliveryId>,
    /// Category of the dispute that the rules open when something is disputed.
    pub dispute: Option<String>,
    /// Why it is to be done.
    pub reasons: Vec<Reason>,
    /// The open invoices that it concerns, by number, with what is open.
    pub invoices: Vec<(String, Money)>,
}

/// Which tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskQuery<'a> {
    /// In this state.
    pub state: TaskState,
    /// Only of this kind.
    pub kind: Option<TaskKind>,
    /// Only for this role.
    pub role: Option<&'a str>,
    /// Only of this customer, by number.
    pub customer: Option<&'a str>,
    /// How many to skip.
    pub offset: i64,
    /// How many at most.
    pub limit: i64,
}

/// Reads a page of tasks and how many there are in all: of the open ones first those whose day has come, the weightiest first
/// ([`relance_rules::priority`]), then the others by day; closed ones newest first.
pub async fn list(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    today: NaiveDate,
    query: &TaskQuery<'_>,
) -> Result<(Vec<TaskLine>, i64), StoreError> {
    let wanted = Wanted { query, id: None };
    if query.state != TaskState::Open {
        return lines(
            connection,
            company,
            currency,
            today,
            wanted,
            Some(query.limit),
            query.offset,
        )
        .await;
    }
    // The weight is worked out here, so all that is open is read before it is put in order.
    let (mut open, total) = lines(connection, company, currency, today, wanted, None, 0).await?;
    open.sort_by_key(|line| order(line, today));
    let skip = usize::try_from(query.offset).unwrap_or(0);
    let most = usize::try_from(query.limit).unwrap_or(0);
    Ok((open.into_iter().skip(skip).take(most).collect(), total))
}

/// What is due first, the weightiest of it first; then what is to come, by day.
fn order(line: &TaskLine, today: NaiveDate) -> impl Ord + use<> {
    let to_come = Some(line.due_on).filter(|due| *due > today);
    let weight = line.priority.map(|priority| priority.value);
    (to_come, Reverse(weight), line.due_on, line.id.0)
}

/// Which lines: those of a query, or one.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    query: &'a TaskQuery<'a>,
    id: Option<TaskId>,
}

async fn lines(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    today: NaiveDate,
    Wanted { query, id }: Wanted<'_>,
    limit: Option<i64>,
    offset: i64,
) -> Result<(Vec<TaskLine>, i64), StoreError> {
    let rows = sqlx::query!(
        r#"with rates as (
             select distinct on (currency) currency, rate from exchange_rates
             where company_id = $1 and valid_from <= $3::date order by currency, valid_from desc)
           select t.id, t.kind, t.title, t.assign_role, t.due_on, t.state, t.outcome, t.note, t.closed_at, t.closed_by,
             c.number, c.name, o.overdue as "overdue!", o.oldest as "oldest!", u.risk as "risk?",
             exists (select from promises p where p.company_id = t.company_id and p.customer_id = t.customer_id
                     and p.state = 'open') as "promised!",
             exists (select from promises p where p.company_id = t.company_id and p.customer_id = t.customer_id
                     and p.state = 'broken' and p.closed_on > $3::date - interval '12 months') as "broken!",
             k.name as "contact?", k.phone as "phone?", count(*) over () as "total!"
           from tasks t
           join customers c on c.company_id = t.company_id and c.id = t.customer_id
           left join accounts u on u.company_id = t.company_id and u.customer_id = t.customer_id
           left join contacts k on k.company_id = t.company_id and k.id = t.contact_id
           cross join lateral (
             select coalesce(sum(i.open_amount * case when i.currency = $2 then 1 else r.rate end), 0) as overdue,
                    coalesce($3::date - min(i.due), 0) as oldest
             from invoices i left join rates r on r.currency = i.currency
             where i.company_id = t.company_id and i.customer_id = t.customer_id and i.kind = 'invoice'
               and i.open_amount > 0 and i.due < $3) o
           where t.company_id = $1 and (t.state = $4 or t.id = $10) and ($5::text is null or t.kind = $5)
             and ($6::text is null or t.assign_role = $6) and ($7::text is null or c.number = $7)
             and ($10::bigint is null or t.id = $10)
           order by t.closed_at desc nulls first, t.due_on, t.id
           limit $8 offset $9"#,
        company.0,
        currency.code(),
        today,
        query.state.word(),
        query.kind.map(TaskKind::word),
        query.role,
        query.customer,
        limit,
        offset,
        id.map(|id| id.0),
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |r| r.total);
    let lines = rows
        .into_iter()
        .map(|r| {
            let state: TaskState = states::read(&r.state)?;
            let overdue = Money::new(r.overdue, currency).rounded();
            let standing = Standing {
                overdue,
                oldest_days: i64::from(r.oldest),
                risk: r.risk,
                promise: Promise::of(r.promised, r.broken),
            };
            Ok(TaskLine {
                id: TaskId(r.id),
                kind: states::read(&r.kind)?,
                title: r.title,
                assign_role: r.assign_role,
                due_on: r.due_on,
                state,
                outcome: r.outcome,
                note: r.note,
                closed_at: r.closed_at,
                closed_by: r.closed_by,
                customer: r.number,
                customer_name: r.name,
                overdue,
                priority: (state == TaskState::Open).then(|| Priority::of(&standing)),
                contact: r.contact,
                phone: r.phone,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok((lines, total))
}

/// Reads one task.
pub async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    today: NaiveDate,
    id: TaskId,
) -> Result<Option<TaskDetail>, StoreError> {
    let any = TaskQuery {
        state: TaskState::Open,
        kind: None,
        role: None,
        customer: None,
        offset: 0,
        limit: 1,
    };
    let wanted = Wanted {
        query: &any,
        id: Some(id),
    };
    let (found, _) = lines(&mut *connection, company, currency, today, wanted, Some(1), 0).await?;
    let Some(line) = found.into_iter().next() else {
        return Ok(None);
    };
    let r = sqlx::query!(
        r#"select t.script, t.created_at, t.action_id, t.customer_id, k.email as "email?",
             a.reasons as "reasons?: Json<Vec<Reason>>", d.id as "delivery?", a.detail ->> 'dispute' as dispute
           from tasks t
           left join contacts k on k.company_id = t.company_id and k.id = t.contact_id
           left join actions a on a.company_id = t.company_id and a.id = t.action_id
           left join deliveries d on d.company_id = a.company_id and d.action_id = a.id
           where t.company_id = $1 and t.id = $2"#,
        company.0,
        id.0,
    )
    .fetch_one(&mut *connection)
    .await?;
    let invoices = invoices(connection, company, r.customer_id, r.action_id).await?;
    Ok(Some(TaskDetail {
        line,
        script: r.script,
        created_at: r.created_at,
        email: r.email,
        delivery: r.delivery.map(DeliveryId),
        dispute: r.dispute,
        reasons: r.reasons.map(|Json(v)| v).unwrap_or_default(),
        invoices,
    }))
}

/// The open invoices of the action, or of the whole customer when there is no action.
async fn invoices(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: i64,
    action: Option<i64>,
) -> Result<Vec<(String, Money)>, StoreError> {
    sqlx::query!(
        "select i.number, i.open_amount, i.currency from invoices i
         where i.company_id = $1 and i.customer_id = $2 and i.kind = 'invoice' and i.open_amount > 0
           and ($3::bigint is null or exists (
             select from action_items x where x.company_id = $1 and x.action_id = $3 and x.invoice_id = i.id))
         order by i.due, i.number limit 100",
        company.0,
        customer,
        action,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|r| Ok((r.number, super::money(r.open_amount, &r.currency)?)))
    .collect()
}
