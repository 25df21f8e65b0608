//! What happened, append-only.

use chrono::{DateTime, Utc};
use relance_rules::ids::{ActionId, CompanyId, CustomerId, InvoiceId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::StoreError;
use super::companies::Company;

/// Something that happened, to be remembered for ever.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent<'a> {
    /// The company.
    pub company: CompanyId,
    /// When.
    pub at: DateTime<Utc>,
    /// What, with its particulars.
    pub kind: EventKind,
    /// Whose account, when it concerns one.
    pub customer: Option<CustomerId>,
    /// Which invoice, when it concerns one.
    pub invoice: Option<InvoiceId>,
    /// Which action, when it concerns one.
    pub action: Option<ActionId>,
    /// Who: a login, `import` or `engine`.
    pub actor: &'a str,
}

/// The kinds of events. Stored as the tag `kind` and a JSON object of the rest. Amounts and days are texts
/// (`1234.50 EUR`, `2026-02-04`): events are for reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum EventKind {
    /// An invoice or credit note became known.
    InvoiceBooked {
        /// Its number.
        number: String,
        /// Amount and currency.
        amount: String,
        /// Due date.
        due: String,
    },
    /// A payment came in.
    PaymentReceived {
        /// Its reference.
        reference: String,
        /// Amount and currency.
        amount: String,
    },
    /// A payment was taken back: a returned direct debit, a bounced cheque.
    PaymentTakenBack {
        /// Its reference.
        reference: String,
        /// Amount and currency.
        amount: String,
        /// Why.
        why: String,
    },
    /// An invoice was settled.
    InvoiceSettled {
        /// Its number.
        number: String,
    },
    /// An invoice was reopened: its payment was taken back.
    InvoiceReopened {
        /// Its number.
        number: String,
        /// Why.
        why: String,
    },
    /// A dispute was opened.
    DisputeOpened {
        /// Its category.
        category: String,
        /// In words.
        note: String,
    },
    /// A dispute was closed.
    DisputeClosed {
        /// For the customer?
        accepted: bool,
    },
    /// A promise was taken.
    PromiseTaken {
        /// Amount and currency.
        amount: String,
        /// To be paid by.
        pay_by: String,
    },
    /// A promise was kept.
    PromiseKept {},
    /// A promise was broken.
    PromiseBroken {
        /// It was for this day.
        pay_by: String,
    },
    /// A promise was withdrawn.
    PromiseWithdrawn {},
    /// A payment plan was made.
    PlanMade {
        /// How many instalments it has.
        instalments: usize,
        /// What they are together, with the currency.
        amount: String,
        /// The day of the first.
        first: String,
        /// The day of the last.
        last: String,
        /// The invoices, by number.
        invoices: Vec<String>,
        /// In words.
        note: String,
    },
    /// An instalment of a payment plan was not paid in time.
    PlanMissed {
        /// Which, from 1.
        instalment: i32,
        /// Amount and currency.
        amount: String,
        /// Its day.
        due: String,
    },
    /// The debtor has paid what was missed of a payment plan.
    PlanCaughtUp {},
    /// All of a payment plan was paid.
    PlanKept {},
    /// A payment plan was cancelled.
    PlanCancelled {
        /// Why.
        why: String,
    },
    /// A hold was set.
    HoldSet {
        /// Its kind.
        hold: String,
        /// In words.
        note: String,
        /// Its last day, when there is one.
        until: Option<String>,
    },
    /// A hold was ended.
    HoldEnded {},
    /// A message or a task was decided.
    ActionDecided {
        /// Title of the step.
        title: String,
        /// email, call ...
        medium: String,
    },
    /// A message left.
    MessageSent {
        /// To whom.
        recipient: String,
        /// Subject.
        subject: String,
    },
    /// A message was opened, for the first time.
    MessageOpened {},
    /// A message was called off.
    MessageCalledOff {
        /// Why, in words.
        why: String,
    },
    /// A person recalled a message that waited.
    MessageRecalled {
        /// Why, in words; may be empty.
        why: String,
        /// First day on which its invoices are reminded again.
        until: String,
    },
    /// A person let a message that waited leave at once.
    MessageReleased {},
    /// A message was refused for now and will be tried again.
    MessageDelayed {
        /// The answer.
        error: String,
        /// How many tries there were.
        attempts: i32,
    },
    /// A message was refused for good.
    MessageRefused {
        /// The answer.
        error: String,
    },
    /// A message may or may not have left.
    MessageInDoubt {
        /// What is known.
        error: String,
    },
    /// A person said what became of a message in doubt, or the settings did.
    DoubtSettled {
        /// `was_sent`, `resend` or `drop`.
        outcome: String,
        /// By the settings: nobody was asked.
        #[serde(default)]
        unasked: bool,
    },
    /// A task was finished.
    TaskDone {
        /// Its title.
        title: String,
        /// The outcome.
        outcome: String,
        /// In words.
        note: String,
    },
    /// A task was called off.
    TaskCalledOff {
        /// Its title.
        title: String,
        /// Why.
        why: String,
    },
    /// Nobody agreed to a step in time.
    ApprovalExpired {
        /// Title of the step.
        title: String,
        /// The role that was asked.
        role: String,
        /// The last day on which it could be given.
        until: String,
    },
    /// People stopped the sending.
    SendingStopped {
        /// Of all companies, not of this one alone.
        everything: bool,
        /// Why, in words.
        why: String,
    },
    /// The sending goes on.
    SendingResumed {
        /// It was stopped for all companies.
        everything: bool,
    },
    /// A note by a person.
    Note {
        /// The text.
        text: String,
    },
}

/// Appends an event.
pub async fn append(connection: &mut PgConnection, event: &NewEvent<'_>) -> Result<(), sqlx::Error> {
    append_many(connection, std::slice::from_ref(event)).await
}

/// Appends what happened to an account, or to one invoice of it, and concerns no action.
pub(crate) async fn append_of(
    connection: &mut PgConnection,
    company: &Company,
    customer: CustomerId,
    invoice: Option<InvoiceId>,
    kind: EventKind,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let event = NewEvent {
        company: company.id,
        at: now,
        kind,
        customer: Some(customer),
        invoice,
        action: None,
        actor,
    };
    Ok(append(connection, &event).await?)
}

/// Appends events, in the order given: in one statement for those of one company that follow each other.
pub async fn append_many(connection: &mut PgConnection, events: &[NewEvent<'_>]) -> Result<(), sqlx::Error> {
    for of_one in events.chunk_by(|a, b| a.company == b.company) {
        append_to(&mut *connection, of_one[0].company, of_one).await?;
    }
    Ok(())
}

async fn append_to(
    connection: &mut PgConnection,
    company: CompanyId,
    events: &[NewEvent<'_>],
) -> Result<(), sqlx::Error> {
    let mut kinds = Vec::with_capacity(events.len());
    let mut data = Vec::with_capacity(events.len());
    for event in events {
        let mut tagged = serde_json::to_value(&event.kind).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
        kinds.push(tagged["kind"].as_str().unwrap_or_default().to_owned());
        data.push(match tagged["data"].take() {
            serde_json::Value::Null => serde_json::json!({}),
            data => data,
        });
    }
    let moments: Vec<DateTime<Utc>> = events.iter().map(|e| e.at).collect();
    let customers: Vec<Option<i64>> = events.iter().map(|e| e.customer.map(|c| c.0)).collect();
    let invoices: Vec<Option<i64>> = events.iter().map(|e| e.invoice.map(|i| i.0)).collect();
    let actions: Vec<Option<i64>> = events.iter().map(|e| e.action.map(|a| a.0)).collect();
    let actors: Vec<String> = events.iter().map(|e| e.actor.to_owned()).collect();
    sqlx::query!(
        "insert into events (company_id, at, kind, customer_id, invoice_id, action_id, actor, data)
         select $1, moment, kind, customer_id, invoice_id, action_id, actor, data
         from unnest($2::timestamptz[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[],
                     $8::jsonb[])
              with ordinality as e (moment, kind, customer_id, invoice_id, action_id, actor, data, n)
         order by n",
        company.0,
        &moments,
        &kinds,
        &customers as &[Option<i64>],
        &invoices as &[Option<i64>],
        &actions as &[Option<i64>],
        &actors,
        &data,
    )
    .execute(connection)
    .await?;
    Ok(())
}
