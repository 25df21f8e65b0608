//! The to-do list.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::ids::{CompanyId, DeliveryId, TaskId};
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

/// Reads a page of tasks and how many there are in all: open ones by day and then by what is overdue, closed ones newest
/// first.
pub async fn list(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    today: NaiveDate,
    query: &TaskQuery<'_>,
) -> Result<(Vec<TaskLine>, i64), StoreError> {
    let rows = sqlx::query!(
        r#"with rates as (
             select distinct on (currency) currency, rate from exchange_rates
             where company_id = $1 and valid_from <= $3::date order by currency, valid_from desc)
           select t.id, t.kind, t.title, t.assign_role, t.due_on, t.state, t.outcome, t.note, t.closed_at, t.closed_by,
             c.number, c.name, o.overdue as "overdue!", k.name as "contact?", k.phone as "phone?", count(*) over () as "total!"
           from tasks t
           join customers c on c.company_id = t.company_id and c.id = t.customer_id
           left join contacts k on k.company_id = t.company_id and k.id = t.contact_id
           cross join lateral (
             select coalesce(sum(i.open_amount * case when i.currency = $2 then 1 else r.rate end), 0) as overdue
             from invoices i left join rates r on r.currency = i.currency
             where i.company_id = t.company_id and i.customer_id = t.customer_id and i.kind = 'invoice'
               and i.open_amount > 0 and i.due < $3) o
           where t.company_id = $1 and t.state = $4 and ($5::text is null or t.kind = $5)
             and ($6::text is null or t.assign_role = $6) and ($7::text is null or c.number = $7)
           order by t.closed_at desc nulls first, t.due_on, o.overdue desc, t.id
           limit $8 offset $9"#,
        company.0,
        currency.code(),
        today,
        query.state.word(),
        query.kind.map(TaskKind::word),
        query.role,
        query.customer,
        query.limit,
        query.offset,
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |r| r.total);
    let lines = rows
        .into_iter()
        .map(|r| {
            Ok(TaskLine {
                id: TaskId(r.id),
                kind: states::read(&r.kind)?,
                title: r.title,
                assign_role: r.assign_role,
                due_on: r.due_on,
                state: states::read(&r.state)?,
                outcome: r.outcome,
                note: r.note,
                closed_at: r.closed_at,
                closed_by: r.closed_by,
                customer: r.number,
                customer_name: r.name,
                overdue: Money::new(r.overdue, currency).rounded(),
                contact: r.contact,
                phone: r.phone,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok((lines, total))
}

/// Reads one task; the amounts of its line are not read (`overdue` is that of its invoices in the company's currency only).
pub async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    currency: Currency,
    today: NaiveDate,
    id: TaskId,
) -> Result<Option<TaskDetail>, StoreError> {
    let Some(r) = sqlx::query!(
        r#"select t.id, t.kind, t.title, t.assign_role, t.due_on, t.state, t.outcome, t.note, t.closed_at, t.closed_by,
             t.script, t.created_at, t.action_id, t.customer_id, c.number, c.name, k.name as "contact?", k.phone as "phone?",
             k.email as "email?", a.reasons as "reasons?: Json<Vec<Reason>>", d.id as "delivery?",
             a.detail ->> 'dispute' as dispute,
             (select coalesce(sum(i.open_amount), 0) from invoices i
              where i.company_id = t.company_id and i.customer_id = t.customer_id and i.kind = 'invoice'
                and i.open_amount > 0 and i.due < $4 and i.currency = $3) as "overdue!"
           from tasks t
           join customers c on c.company_id = t.company_id and c.id = t.customer_id
           left join contacts k on k.company_id = t.company_id and k.id = t.contact_id
           left join actions a on a.company_id = t.company_id and a.id = t.action_id
           left join deliveries d on d.company_id = a.company_id and d.action_id = a.id
           where t.company_id = $1 and t.id = $2"#,
        company.0,
        id.0,
        currency.code(),
        today,
    )
    .fetch_optional(&mut *connection)
    .await?
    else {
        return Ok(None);
    };
    let invoices = invoices(connection, company, r.customer_id, r.action_id).await?;
    Ok(Some(TaskDetail {
        line: TaskLine {
            id,
            kind: states::read(&r.kind)?,
            title: r.title,
            assign_role: r.assign_role,
            due_on: r.due_on,
            state: states::read(&r.state)?,
            outcome: r.outcome,
            note: r.note,
            closed_at: r.closed_at,
            closed_by: r.closed_by,
            customer: r.number,
            customer_name: r.name,
            overdue: Money::new(r.overdue, currency).rounded(),
            contact: r.contact,
            phone: r.phone,
        },
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
