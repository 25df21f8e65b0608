//! A message as the customer saw it, with the decision behind it.

use chrono::{DateTime, Utc};
use relance_rules::dsl::money::Money;
use relance_rules::ids::{CompanyId, DeliveryId};
use relance_rules::reason::Reason;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::states::{self, DeliveryState};
use crate::store::StoreError;

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The delivery.
    pub id: DeliveryId,
    /// How far it has come.
    pub state: DeliveryState,
    /// The customer's number.
    pub customer: String,
    /// The customer's name.
    pub customer_name: String,
    /// To whom; none before the first try.
    pub recipient: Option<String>,
    /// Subject; none before the first try.
    pub subject: Option<String>,
    /// The plain text part.
    pub text: Option<String>,
    /// The HTML part.
    pub html: Option<String>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
    /// Whether it left with a way to tell that it was opened.
    pub watched: bool,
    /// When it was opened first, as far as anybody told.
    pub opened_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub attempts: i32,
    /// Not before this moment.
    pub not_before: DateTime<Utc>,
    /// The limit in which it waits for its turn: a mail domain, or a way.
    pub waits_for: Option<String>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// Title of the step.
    pub title: String,
    /// Scenario, by name.
    pub scenario: String,
    /// Level, for dunning.
    pub level: Option<i32>,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// Under which revision of the rules.
    pub revision: i64,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What went with it, in the order of its places, which count from 1.
    pub attached: Vec<AttachedLine>,
    /// The invoices in it.
    pub items: Vec<MessageItem>,
}

/// A document that went with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedLine {
    /// Its place, from 1.
    pub place: i32,
    /// Name of its file.
    pub name: String,
    /// How many bytes it has.
    pub bytes: i32,
}

/// An invoice of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageItem {
    /// Its number.
    pub invoice: String,
    /// Its own step, by name.
    pub step: String,
    /// Its own level.
    pub level: Option<i32>,
    /// Its balance at the decision.
    pub balance: Money,
}

/// Reads a message.
pub async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    id: DeliveryId,
) -> Result<Option<Message>, StoreError> {
    let Some(r) = sqlx::query!(
        r#"select d.id, d.state, d.action_id, c.number, c.name, d.recipient, d.subject, d.body_text, d.body_html, d.sent_at,
             d.watched, d.opened_at,
             d.attempts, d.not_before, d.waits_for, d.last_error, a.title, a.scenario, a.level, a.decided_at, a.revision_id,
             a.reasons as "reasons: Json<Vec<Reason>>"
           from deliveries d
           join actions a on a.company_id = d.company_id and a.id = d.action_id
           join customers c on c.company_id = d.company_id and c.id = d.customer_id
           where d.company_id = $1 and d.id = $2"#,
        company.0,
        id.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    else {
        return Ok(None);
    };
    Ok(Some(Message {
        id,
        state: states::read::<DeliveryState>(&r.state)?,
        customer: r.number,
        customer_name: r.name,
        recipient: r.recipient,
        subject: r.subject,
        text: r.body_text,
        html: r.body_html,
        sent_at: r.sent_at,
        watched: r.watched,
        opened_at: r.opened_at,
        attempts: r.attempts,
        not_before: r.not_before,
        waits_for: r.waits_for,
        last_error: r.last_error,
        title: r.title,
        scenario: r.scenario,
        level: r.level,
        decided_at: r.decided_at,
        revision: r.revision_id,
        reasons: r.reasons.0,
        attached: attached(&mut *connection, company, id).await?,
        items: items(connection, company, r.action_id).await?,
    }))
}

async fn attached(
    connection: &mut PgConnection,
    company: CompanyId,
    id: DeliveryId,
) -> Result<Vec<AttachedLine>, StoreError> {
    let lines = sqlx::query_as!(
        AttachedLine,
        r#"select place, name, octet_length(pdf) as "bytes!" from delivery_attachments
           where company_id = $1 and delivery_id = $2 order by place"#,
        company.0,
        id.0,
    )
    .fetch_all(connection)
    .await?;
    Ok(lines)
}

async fn items(
    connection: &mut PgConnection,
    company: CompanyId,
    action: i64,
) -> Result<Vec<MessageItem>, StoreError> {
    sqlx::query!(
        "select i.number, x.step, x.level, x.balance, x.currency from action_items x
         join invoices i on i.company_id = x.company_id and i.id = x.invoice_id
         where x.company_id = $1 and x.action_id = $2 order by i.due, i.number",
        company.0,
        action,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|r| {
        Ok(MessageItem {
            invoice: r.number,
            step: r.step,
            level: r.level,
            balance: super::money(r.balance, &r.currency)?,
        })
    })
    .collect()
}
