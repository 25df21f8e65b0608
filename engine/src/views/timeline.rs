//! What happened on an account: events, newest first, with the decision behind each message and task.

use chrono::{DateTime, Utc};
use relance_rules::ids::{ActionId, CompanyId, CustomerId, DeliveryId};
use relance_rules::reason::Reason;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::states::{self, ActionState, ActionWhat};
use crate::store::StoreError;
use crate::store::events::EventKind;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// Its place in the log.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: EventKind,
    /// Who: a login, `import` or `engine`.
    pub actor: String,
    /// The invoice concerned, by number.
    pub invoice: Option<String>,
    /// The decision concerned.
    pub decision: Option<DecisionLine>,
}

/// A decision, as it was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionLine {
    /// The action.
    pub id: ActionId,
    /// Scenario, by name.
    pub scenario: String,
    /// Step, by name.
    pub step: String,
    /// The step's title.
    pub title: String,
    /// Level, for dunning.
    pub level: Option<i32>,
    /// What was decided.
    pub what: ActionWhat,
    /// How far it has come.
    pub state: ActionState,
    /// Under which revision of the rules.
    pub revision: i64,
    /// Why.
    pub reasons: Vec<Reason>,
    /// In words: why called off or failed, what the call gave.
    pub outcome: Option<String>,
    /// The invoices, by number.
    pub invoices: Vec<String>,
    /// The message, when it is one.
    pub delivery: Option<DeliveryId>,
}

/// Reads what happened on an account: at most `limit` entries that are older than the entry `before`.
pub async fn of_customer(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<TimelineEntry>, StoreError> {
    let rows = sqlx::query!(
        r#"select e.id, e.at, jsonb_build_object('kind', e.kind, 'data', e.data) as "event!: Json<EventKind>", e.actor,
             i.number as "invoice?", a.id as "action?", a.scenario as "scenario?", a.step as "step?", a.title as "title?",
             a.level as "level?", a.kind as "what?", a.state as "state?", a.revision_id as "revision?",
             a.reasons as "reasons?: Json<Vec<Reason>>", a.outcome as "outcome?", d.id as "delivery?",
             array(select n.number from action_items x
                   join invoices n on n.company_id = x.company_id and n.id = x.invoice_id
                   where x.company_id = a.company_id and x.action_id = a.id order by n.due, n.number) as "invoices!"
           from events e
           left join invoices i on i.company_id = e.company_id and i.id = e.invoice_id
           left join actions a on a.company_id = e.company_id and a.id = e.action_id
           left join deliveries d on d.company_id = a.company_id and d.action_id = a.id
           where e.company_id = $1 and e.customer_id = $2
             and ($3::bigint is null or (e.at, e.id) < (select b.at, b.id from events b where b.company_id = $1 and b.id = $3))
           order by e.at desc, e.id desc limit $4"#,
        company.0,
        customer.0,
        before,
        limit,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|r| {
            let decision = match (r.action, r.scenario, r.step, r.title, r.what, r.state, r.revision) {
                (
                    Some(id),
                    Some(scenario),
                    Some(step),
                    Some(title),
                    Some(what),
                    Some(state),
                    Some(revision),
                ) => Some(DecisionLine {
                    id: ActionId(id),
                    scenario,
                    step,
                    title,
                    level: r.level,
                    what: states::read(&what)?,
                    state: states::read(&state)?,
                    revision,
                    reasons: r.reasons.map(|Json(v)| v).unwrap_or_default(),
                    outcome: r.outcome,
                    invoices: r.invoices,
                    delivery: r.delivery.map(DeliveryId),
                }),
                _ => None,
            };
            Ok(TimelineEntry {
                id: r.id,
                at: r.at,
                kind: r.event.0,
                actor: r.actor,
                invoice: r.invoice,
                decision,
            })
        })
        .collect()
}
