//! Open and lately paid invoices, with what has been done for each in its cycle.

use chrono::{DateTime, Days, Utc};
use relance_rules::dsl::checked::CallOutcome;
use relance_rules::facts::{HoldSpan, Invoice, Opening, PaymentPlan, Progress, ProgressState, Resumed, Work};
use relance_rules::ids::InvoiceId;
use sqlx::PgConnection;

use super::{Asked, Grouped, group, settlements};
use crate::store::plans::StoredPlan;
use crate::store::{StoreError, custom, values};

/// How long a paid invoice stays among the facts, in days: for thanks.
const PAID_DAYS: u64 = 60;

/// The invoices by customer, each list by due date, then id. Credit notes are not among them.
pub(super) async fn load(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
    mut holds: Grouped<HoldSpan>,
    plans: &[StoredPlan],
) -> Result<Grouped<Invoice>, StoreError> {
    let mut progress = progress(&mut *connection, asked).await?;
    let settled_since = asked.today - Days::new(PAID_DAYS);
    let mut settlements =
        settlements::load(&mut *connection, asked.company, asked.customers, settled_since).await?;
    let rows = sqlx::query!(
        r#"select i.id, i.customer_id, i.number, i.issued, i.due, i.amount, i.open_amount, i.currency, i.known_since,
                  i.settled_on, i.cycle, i.custom,
                  exists (select from allocations a where a.company_id = i.company_id and a.invoice_id = i.id
                          and a.payment_id is not null) as "paid!"
           from invoices i
           where i.company_id = $1 and i.customer_id = any($2::bigint[]) and i.kind = 'invoice'
                 and (i.open_amount > 0 or i.settled_on >= $3)
           order by i.due, i.id"#,
        asked.company.0,
        asked.customers,
        settled_since,
    )
    .fetch_all(connection)
    .await?;
    let mut found = Grouped::new();
    for row in rows {
        let invoice = Invoice {
            id: InvoiceId(row.id),
            number: row.number,
            issued: row.issued,
            due: row.due,
            amount: values::money(row.amount, &row.currency)?,
            balance: values::money(row.open_amount, &row.currency)?,
            known_since: row.known_since,
            paid_on: row.settled_on.filter(|_| row.paid),
            cycle: row.cycle,
            holds: holds.remove(&row.id).unwrap_or_default(),
            progress: progress.remove(&row.id).unwrap_or_default(),
            settlements: settlements.remove(&row.id).unwrap_or_default(),
            plan: plan_of(plans, row.id),
            custom: custom::read(row.custom)?,
        };
        group(&mut found, row.customer_id, invoice);
    }
    Ok(found)
}

/// The plan that an invoice is on, or was on last.
fn plan_of(plans: &[StoredPlan], invoice: i64) -> Option<PaymentPlan> {
    let of_it = |plan: &&StoredPlan| plan.invoices.iter().any(|i| i.id.0 == invoice);
    plans.iter().rev().find(of_it).map(|stored| stored.plan.clone())
}

/// The decided steps of each invoice in its present cycle, oldest first; one entry for each act of a step.
async fn progress(connection: &mut PgConnection, asked: &Asked<'_>) -> Result<Grouped<Progress>, StoreError> {
    let rows = sqlx::query!(
        r#"select t.invoice_id, t.scenario, t.step, t.level, t.act, t.link, a.kind, a.state,
                  case when a.kind = 'call' and a.state = 'done' then a.outcome end as outcome,
                  case a.kind when 'continue' then a.detail when 'hook' then nullif(a.detail -> 'resumed', 'null') end as detail,
                  case when a.kind = 'approval' then (a.detail ->> 'until')::date end as until,
                  coalesce(a.closed_at, a.decided_at) as "at!: DateTime<Utc>", d.watched as "watched?", d.opened_at
           from actions a
           join action_items t on t.company_id = a.company_id and t.action_id = a.id
           join invoices i on i.company_id = t.company_id and i.id = t.invoice_id and i.cycle = t.cycle
           left join deliveries d on d.company_id = a.company_id and d.action_id = a.id and d.state = 'sent'
           where a.company_id = $1 and a.customer_id = any($2::bigint[]) and t.moves
           order by a.decided_at, a.id"#,
        asked.company.0,
        asked.customers,
    )
    .fetch_all(connection)
    .await?;
    let mut found = Grouped::new();
    for row in rows {
        let step = Progress {
            scenario: row.scenario,
            step: row.step,
            level: row.level.map(level).transpose()?,
            act: place(row.act)?,
            link: place(row.link)?,
            work: work(&row.kind)?,
            outcome: row.outcome.as_deref().map(outcome).transpose()?,
            resumed: row.detail.map(resumed).transpose()?,
            until: row.until,
            opening: opening(row.watched, row.opened_at),
            state: state(&row.state)?,
            at: row.at,
        };
        group(&mut found, row.invoice_id, step);
    }
    Ok(found)
}

fn level(number: i32) -> Result<u8, StoreError> {
    u8::try_from(number).map_err(|_| StoreError::unreadable("a level", number.to_string()))
}

fn place(number: i32) -> Result<u16, StoreError> {
    u16::try_from(number).map_err(|_| StoreError::unreadable("the place of an act", number.to_string()))
}

fn opening(watched: Option<bool>, opened_at: Option<DateTime<Utc>>) -> Opening {
    match (watched, opened_at) {
        (Some(true), Some(at)) => Opening::Opened(at),
        (Some(true), None) => Opening::NotYet,
        _ => Opening::Unknown,
    }
}

fn work(kind: &str) -> Result<Work, StoreError> {
    match kind {
        "email" | "webhook" => Ok(Work::Message),
        "by_hand" => Ok(Work::MessageByHand),
        "call" => Ok(Work::Call),
        "task" => Ok(Work::Task),
        "approval" => Ok(Work::Approval),
        "hand_over" => Ok(Work::HandOver),
        "continue" => Ok(Work::Continue),
        "cancel_plan" => Ok(Work::CancelPlan),
        "expect_credit" => Ok(Work::ExpectCredit),
        "hook" => Ok(Work::Hook),
        "note" => Ok(Work::Note),
        "notice" => Ok(Work::Notice),
        other => Err(StoreError::unreadable("the kind of an action", other)),
    }
}

fn outcome(name: &str) -> Result<CallOutcome, StoreError> {
    match name {
        "reached" => Ok(CallOutcome::Reached),
        "no_answer" => Ok(CallOutcome::NoAnswer),
        "promise" => Ok(CallOutcome::Promise),
        "dispute" => Ok(CallOutcome::Dispute),
        "paid" => Ok(CallOutcome::Paid),
        "other" => Ok(CallOutcome::Other),
        other => Err(StoreError::unreadable("the outcome of a call", other)),
    }
}

fn resumed(detail: serde_json::Value) -> Result<Resumed, StoreError> {
    let text = detail.to_string();
    serde_json::from_value(detail).map_err(|_| StoreError::unreadable("where dunning goes on", text))
}

fn state(name: &str) -> Result<ProgressState, StoreError> {
    match name {
        "pending" => Ok(ProgressState::Pending),
        "done" => Ok(ProgressState::Done),
        "in_doubt" => Ok(ProgressState::InDoubt),
        "failed" => Ok(ProgressState::Failed),
        "cancelled" => Ok(ProgressState::Cancelled),
        "expired" => Ok(ProgressState::Expired),
        other => Err(StoreError::unreadable("the state of an action", other)),
    }
}
