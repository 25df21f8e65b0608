//! Work for people.

mod many;

pub use many::{Closing, close_many, open_of};

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{ActionId, ContactId, CustomerId, DeliveryId, TaskId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::actions::{self, Ending};
use super::companies::Company;
use super::deliveries::{self, Settlement};
use super::events::{self, EventKind, NewEvent};
use super::{StoreError, accounts};

/// What kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Call the customer.
    Call,
    /// Find an address to which mail can be sent.
    FixContact,
    /// Say whether a message left.
    SettleInDoubt,
    /// Look why the account could not be decided.
    Attention,
    /// Send a message by a medium that leads out of this program by hand only.
    ByHand,
    /// What the rules ask for.
    Task,
    /// Say whether a step may be carried out.
    Approval,
    /// Say what becomes of a step that nobody approved in time.
    ExpiredApproval,
    /// Hand invoices over to the legal department.
    HandOver,
}

impl TaskKind {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::FixContact => "fix_contact",
            Self::SettleInDoubt => "settle_in_doubt",
            Self::Attention => "attention",
            Self::ByHand => "by_hand",
            Self::Task => "task",
            Self::Approval => "approval",
            Self::ExpiredApproval => "expired_approval",
            Self::HandOver => "hand_over",
        }
    }

    /// The kind of this name.
    pub fn of(name: &str) -> Result<Self, StoreError> {
        match name {
            "call" => Ok(Self::Call),
            "fix_contact" => Ok(Self::FixContact),
            "settle_in_doubt" => Ok(Self::SettleInDoubt),
            "attention" => Ok(Self::Attention),
            "by_hand" => Ok(Self::ByHand),
            "task" => Ok(Self::Task),
            "approval" => Ok(Self::Approval),
            "expired_approval" => Ok(Self::ExpiredApproval),
            "hand_over" => Ok(Self::HandOver),
            other => Err(StoreError::unreadable("a kind of task", other)),
        }
    }

    /// The outcomes that close a task of this kind.
    pub fn outcomes(self) -> &'static [TaskOutcome] {
        use TaskOutcome::{
            Approved, AskAgain, Dispute, Done, Drop, Fixed, NoAnswer, Other, Paid, Promise, Reached, Refused,
            Resend, Sent, WasSent,
        };
        match self {
            Self::Call => &[Reached, NoAnswer, Promise, Dispute, Paid, Other],
            Self::FixContact => &[Fixed, Other],
            Self::SettleInDoubt => &[WasSent, Resend, Drop],
            Self::Attention => &[Fixed, Other],
            Self::ByHand => &[Sent, Other],
            Self::Task | Self::HandOver => &[Done, Other],
            Self::Approval => &[Approved, Refused],
            Self::ExpiredApproval => &[Approved, AskAgain, Refused],
        }
    }
}

/// What came of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskOutcome {
    /// Someone was spoken to.
    Reached,
    /// Nobody answered. The call counts as made.
    NoAnswer,
    /// A promise was made (the caller records it as one).
    Promise,
    /// Something is disputed (the caller records it as a dispute).
    Dispute,
    /// The customer says that it is paid.
    Paid,
    /// What was wrong is put right: an address was found, for example.
    Fixed,
    /// A message in doubt reached the customer.
    WasSent,
    /// A message in doubt did not, and is to be sent again.
    Resend,
    /// A message in doubt did not, and is not to be sent.
    Drop,
    /// The message was sent.
    Sent,
    /// It was done.
    Done,
    /// The step may be carried out.
    Approved,
    /// The step may not be carried out.
    Refused,
    /// An approval that expired is to be asked for once more.
    AskAgain,
    /// Something else; see the note. A message was not sent, a case not handed over.
    Other,
}

impl TaskOutcome {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no_answer",
            Self::Promise => "promise",
            Self::Dispute => "dispute",
            Self::Paid => "paid",
            Self::Fixed => "fixed",
            Self::WasSent => "was_sent",
            Self::Resend => "resend",
            Self::Drop => "drop",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::AskAgain => "ask_again",
            Self::Other => "other",
        }
    }

    /// Whether it takes a credit manager to say so: what became of a message in doubt, and whether a step may be carried out.
    pub fn is_a_managers(self) -> bool {
        self.settlement().is_some() || matches!(self, Self::Approved | Self::Refused | Self::AskAgain)
    }

    /// How the action of a task of this kind ends with it. What failed may come again.
    fn ending(self, kind: TaskKind) -> Ending {
        match (kind, self) {
            (_, Self::AskAgain) => Ending::Cancelled,
            (_, Self::Refused) | (TaskKind::ByHand | TaskKind::HandOver, Self::Other) => Ending::Failed,
            _ => Ending::Done,
        }
    }

    fn settlement(self) -> Option<Settlement> {
        match self {
            Self::WasSent => Some(Settlement::WasSent),
            Self::Resend => Some(Settlement::Resend),
            Self::Drop => Some(Settlement::Drop),
            _ => None,
        }
    }
}

/// A task to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// Whose account.
    pub customer: CustomerId,
    /// The action that it carries out or is about.
    pub action: Option<ActionId>,
    /// What kind.
    pub kind: TaskKind,
    /// Title for people.
    pub title: String,
    /// What to say.
    pub script: Option<String>,
    /// Role of the user.
    pub assign_role: String,
    /// Whom to call.
    pub contact: Option<ContactId>,
    /// To be done by this day.
    pub due_on: NaiveDate,
}

/// Opens tasks in one statement; a second open one to find a contact, or to settle the same message, is left out, and so is a
/// second call for attention with the same title, as long as one is open and for a day after somebody closed it: what stays as it is
/// is asked for again on another day, and not at each look.
pub async fn open_many(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewTask],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    let customers: Vec<i64> = new.iter().map(|n| n.customer.0).collect();
    let actions: Vec<Option<i64>> = new.iter().map(|n| n.action.map(|a| a.0)).collect();
    let kinds: Vec<String> = new.iter().map(|n| n.kind.name().to_owned()).collect();
    let titles: Vec<String> = new.iter().map(|n| n.title.clone()).collect();
    let scripts: Vec<Option<String>> = new.iter().map(|n| n.script.clone()).collect();
    let roles: Vec<String> = new.iter().map(|n| n.assign_role.clone()).collect();
    let contacts: Vec<Option<i64>> = new.iter().map(|n| n.contact.map(|c| c.0)).collect();
    let due: Vec<NaiveDate> = new.iter().map(|n| n.due_on).collect();
    sqlx::query!(
        "insert into tasks (company_id, customer_id, action_id, kind, title, script, assign_role, contact_id, due_on, created_at)
         select $1, n.*, $10
         from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::date[])
              as n (customer_id, action_id, kind, title, script, assign_role, contact_id, due_on)
         where n.kind <> 'attention'
               or not exists (select from tasks t where t.company_id = $1 and t.customer_id = n.customer_id
                              and t.kind = 'attention' and t.title = n.title
                              and (t.state = 'open' or t.closed_at > $10::timestamptz - interval '1 day'))
         on conflict do nothing",
        company.id.0,
        &customers,
        &actions as &[Option<i64>],
        &kinds,
        &titles,
        &scripts as &[Option<String>],
        &roles,
        &contacts as &[Option<i64>],
        &due,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Calls off the open tasks of these actions, with an event for each that says why.
pub async fn call_off(
    connection: &mut PgConnection,
    company: &Company,
    actions: &[(ActionId, String)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if actions.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = actions.iter().map(|(id, _)| id.0).collect();
    let notes: Vec<String> = actions.iter().map(|(_, why)| why.clone()).collect();
    let rows = sqlx::query!(
        r#"update tasks t set state = 'cancelled', closed_at = $4, closed_by = 'engine', note = n.note
           from unnest($2::bigint[], $3::text[]) as n (id, note)
           where t.company_id = $1 and t.action_id = n.id and t.state = 'open'
           returning t.customer_id, t.action_id, t.title, n.note as "note!""#,
        company.id.0,
        &ids,
        &notes,
        now,
    )
    .fetch_all(&mut *connection)
    .await?;
    let events: Vec<NewEvent<'_>> = rows
        .into_iter()
        .map(|row| NewEvent {
            company: company.id,
            at: now,
            kind: EventKind::TaskCalledOff {
                title: row.title,
                why: row.note,
            },
            customer: Some(CustomerId(row.customer_id)),
            invoice: None,
            action: row.action_id.map(ActionId),
            actor: "engine",
        })
        .collect();
    Ok(events::append_many(connection, &events).await?)
}

/// Closes the open tasks of these actions, whose time has run out.
pub async fn run_out(
    connection: &mut PgConnection,
    company: &Company,
    actions: &[ActionId],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let ids: Vec<i64> = actions.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update tasks set state = 'cancelled', closed_at = $3, closed_by = 'engine'
         where company_id = $1 and action_id = any($2::bigint[]) and state = 'open'",
        company.id.0,
        &ids,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The actions of the open tasks of a kind for these customers.
pub async fn open_actions(
    connection: &mut PgConnection,
    company: &Company,
    customers: &[CustomerId],
    kind: TaskKind,
) -> Result<Vec<ActionId>, StoreError> {
    let customers: Vec<i64> = customers.iter().map(|c| c.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select action_id as "action!" from tasks
           where company_id = $1 and customer_id = any($2::bigint[]) and kind = $3 and state = 'open'
                 and action_id is not null"#,
        company.id.0,
        &customers,
        kind.name(),
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(ActionId).collect())
}

/// Closes a task with its outcome, which ends its action, and the account is looked at again. A call is carried out whoever
/// answered; a message that was not sent, a case that was not handed over, and what was refused, have failed.
///
/// Refused with [`StoreError::Conflict`]: the task is closed already, or the outcome does not belong to its kind
/// ([`TaskKind::outcomes`]).
pub async fn close(
    connection: &mut PgConnection,
    company: &Company,
    task: TaskId,
    outcome: TaskOutcome,
    note: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let customer = sqlx::query_scalar!(
        "select customer_id from tasks where company_id = $1 and id = $2",
        company.id.0,
        task.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("task", task))?;
    let customer = CustomerId(customer);
    accounts::wake(&mut *connection, company.id, customer, now).await?;
    let row = sqlx::query!(
        r#"select t.kind, t.title, t.state, t.action_id, d.id as "delivery?"
           from tasks t left join deliveries d on d.company_id = t.company_id and d.action_id = t.action_id
           where t.company_id = $1 and t.id = $2"#,
        company.id.0,
        task.0,
    )
    .fetch_one(&mut *connection)
    .await?;
    let kind = TaskKind::of(&row.kind)?;
    if row.state != "open" {
        return Err(StoreError::conflict(
            "task",
            task,
            text!("it is closed already", "elle est déjà close"),
        ));
    }
    if !kind.outcomes().contains(&outcome) {
        let known: Vec<&str> = kind.outcomes().iter().map(|outcome| outcome.name()).collect();
        let (given, known) = (outcome.name(), known.join(", "));
        let why = text!(
            "`{given}` is no outcome of such a task: choose one of {known}",
            "`{given}` n'est pas une issue d'une telle tâche : choisissez parmi {known}"
        );
        return Err(StoreError::conflict("task", task, why));
    }
    mark_done(&mut *connection, company, task, outcome, note, actor, now).await?;
    match (outcome.settlement(), row.delivery) {
        (Some(settlement), Some(delivery)) => {
            let delivery = DeliveryId(delivery);
            deliveries::settle_doubt(&mut *connection, company, delivery, settlement, actor, now).await?;
        }
        _ => {
            if let Some(action) = row.action_id.map(ActionId) {
                let ended = [(action, outcome.name().to_owned())];
                let ending = outcome.ending(kind);
                actions::end(&mut *connection, company.id, &ended, ending, now).await?;
                if outcome == TaskOutcome::NoAnswer {
                    actions::unanswered(&mut *connection, company.id, action).await?;
                }
            }
        }
    }
    let event = NewEvent {
        company: company.id,
        at: now,
        kind: EventKind::TaskDone {
            title: row.title,
            outcome: outcome.name().to_owned(),
            note: note.to_owned(),
        },
        customer: Some(customer),
        invoice: None,
        action: row.action_id.map(ActionId),
        actor,
    };
    Ok(events::append(connection, &event).await?)
}

async fn mark_done(
    connection: &mut PgConnection,
    company: &Company,
    task: TaskId,
    outcome: TaskOutcome,
    note: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update tasks set state = 'done', outcome = $3, note = nullif($4, ''), closed_at = $5, closed_by = $6
         where company_id = $1 and id = $2 and state = 'open'",
        company.id.0,
        task.0,
        outcome.name(),
        note,
        now,
        actor,
    )
    .execute(connection)
    .await?;
    Ok(())
}
