//! Writes what became of mails: fenced, so that a worker that lost its lease changes nothing.

use std::time::Duration;

use chrono::{DateTime, Utc};
use relance_rules::decision::ActionKind;
use relance_rules::ids::{CompanyId, CustomerId};
use relance_rules::words::Language;
use sqlx::PgConnection;

use super::Delivered;
use super::backoff;
use crate::engine::{Engine, EngineError};
use crate::media::outcome::Outcome;
use crate::moments::Moment;
use crate::review;
use crate::sending::InDoubt;
use crate::store::actions::{self, Ending};
use crate::store::companies::{self, Company};
use crate::store::deliveries::{self, Claim, Medium, Record, Recorded, Settlement};
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::tasks::{self, NewTask, TaskKind};
use crate::store::{StoreError, accounts, contacts};

/// Role of the person who settles doubts.
const ROLE: &str = "credit_manager";
/// A pause that would be longer than this is not made: the lease goes on.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// A mail whose conversation has ended; without an outcome when it was not begun.
pub(super) struct Finished {
    pub customer: CustomerId,
    pub claim: Claim,
    pub outcome: Option<Outcome>,
    pub in_doubt: InDoubt,
}

/// Records mails; when the store cannot be reached for a moment, several times.
pub(super) async fn patiently(
    engine: &Engine,
    company: CompanyId,
    finished: &[Finished],
) -> Result<Delivered, EngineError> {
    let mut pause = Duration::from_millis(100);
    loop {
        match all(engine, company, finished).await {
            Err(error) if error.is_temporary() && pause < LONGEST_PAUSE => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "what became of mails could not be recorded yet"
                );
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            done => return done,
        }
    }
}

/// Records mails of a company in one transaction.
async fn all(engine: &Engine, company: CompanyId, finished: &[Finished]) -> Result<Delivered, EngineError> {
    let now = engine.clock.now();
    let mut transaction = engine.pool.begin().await?;
    let company = companies::by_id(&mut transaction, company)
        .await?
        .ok_or_else(|| StoreError::not_found("company", company))?;
    let mails: Vec<&Finished> = finished.iter().collect();
    let delivered = of_company(&mut transaction, &company, &mails, now).await?;
    engine.moments.come(Moment::RecordWritten);
    transaction.commit().await?;
    engine.moments.come(Moment::Recorded);
    Ok(delivered)
}

async fn of_company(
    connection: &mut PgConnection,
    company: &Company,
    mails: &[&Finished],
    now: DateTime<Utc>,
) -> Result<Delivered, StoreError> {
    // Accounts first, always: whoever changes anything of an account holds its lock.
    let (waiting, done): (Vec<&Finished>, Vec<&Finished>) = mails.iter().partition(|mail| {
        matches!(
            mail.outcome,
            None | Some(Outcome::Delayed(_) | Outcome::Trouble(_))
        )
    });
    let customers = |mails: &[&Finished]| {
        mails
            .iter()
            .map(|mail| mail.customer)
            .collect::<Vec<CustomerId>>()
    };
    accounts::lock_many(&mut *connection, company.id, &customers(mails)).await?;
    accounts::wake_many(&mut *connection, company.id, &customers(&done), now).await?;
    let accepted: Vec<Claim> = done
        .iter()
        .filter(|mail| mail.outcome == Some(Outcome::Accepted))
        .map(|mail| mail.claim)
        .collect();
    let mut delivered = Delivered {
        sent: sent(&mut *connection, company, &accepted, now).await?,
        ..Delivered::default()
    };
    for mail in waiting.into_iter().chain(done) {
        match &mail.outcome {
            Some(Outcome::Accepted) => {}
            None => {
                let later = now + backoff::NOT_TRIED;
                let record = Record::Queued {
                    not_before: later,
                    error: "",
                    tried: false,
                };
                deliveries::record(&mut *connection, company.id, &[mail.claim], record, now).await?;
                delivered.retried += 1;
            }
            Some(Outcome::Trouble(why) | Outcome::Down(why)) => {
                trouble(&mut *connection, company, mail.claim, why, now).await?;
                delivered.retried += 1;
            }
            Some(Outcome::Delayed(why)) => match delayed(&mut *connection, company, mail, why, now).await? {
                Delay::Again => delivered.retried += 1,
                Delay::GivenUp => delivered.failed += 1,
            },
            Some(Outcome::Refused(why)) => {
                refused(&mut *connection, company, mail.claim, why, now).await?;
                delivered.failed += 1;
            }
            Some(Outcome::Doubt(why)) => {
                let policy = mail.in_doubt;
                delivered.add(in_doubt(&mut *connection, company, mail.claim, policy, why, now).await?);
            }
        }
    }
    Ok(delivered)
}

async fn sent(
    connection: &mut PgConnection,
    company: &Company,
    accepted: &[Claim],
    now: DateTime<Utc>,
) -> Result<u32, StoreError> {
    if accepted.is_empty() {
        return Ok(0);
    }
    let recorded = deliveries::record(&mut *connection, company.id, accepted, Record::Sent, now).await?;
    if recorded.len() < accepted.len() {
        tracing::warn!(
            lost = accepted.len() - recorded.len(),
            "mails were accepted after their lease had run out"
        );
    }
    let ended: Vec<_> = recorded.iter().map(|mail| (mail.action, String::new())).collect();
    actions::end(&mut *connection, company.id, &ended, Ending::Done, now).await?;
    let events: Vec<NewEvent<'_>> = recorded
        .iter()
        .map(|mail| {
            let kind = EventKind::MessageSent {
                recipient: mail.recipient.clone().unwrap_or_default(),
                subject: mail.subject.clone().unwrap_or_default(),
            };
            event(company, mail, kind, now)
        })
        .collect();
    events::append_many(connection, &events).await?;
    Ok(u32::try_from(recorded.len()).unwrap_or(u32::MAX))
}

/// The server could not be used: the mail waits. It is no try of this recipient.
async fn trouble(
    connection: &mut PgConnection,
    company: &Company,
    claim: Claim,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let record = Record::Queued {
        not_before: now + backoff::TROUBLE,
        error: why,
        tried: false,
    };
    deliveries::record(connection, company.id, &[claim], record, now).await?;
    Ok(())
}

enum Delay {
    Again,
    GivenUp,
}

async fn delayed(
    connection: &mut PgConnection,
    company: &Company,
    mail: &Finished,
    why: &str,
    now: DateTime<Utc>,
) -> Result<Delay, StoreError> {
    let claim = mail.claim;
    let tries = deliveries::attempts(&mut *connection, company.id, claim.delivery).await? + 1;
    if tries >= backoff::TRIES {
        let why = format!("refused for now {tries} times, the last time with: {why}");
        accounts::wake(&mut *connection, company.id, mail.customer, now).await?;
        refused(connection, company, claim, &why, now).await?;
        return Ok(Delay::GivenUp);
    }
    let record = Record::Queued {
        not_before: now + backoff::after(tries),
        error: why,
        tried: true,
    };
    let recorded = deliveries::record(&mut *connection, company.id, &[claim], record, now).await?;
    for mail in recorded {
        let kind = EventKind::MessageDelayed {
            error: why.to_owned(),
            attempts: mail.attempts,
        };
        events::append(&mut *connection, &event(company, &mail, kind, now)).await?;
    }
    Ok(Delay::Again)
}

/// The contact cannot be written to, unless the address was put right in the meantime; the next review chooses another.
async fn refused(
    connection: &mut PgConnection,
    company: &Company,
    claim: Claim,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let record = Record::Failed { error: why };
    let recorded = deliveries::record(&mut *connection, company.id, &[claim], record, now).await?;
    for mail in recorded {
        // What a receiver of posts refuses says nothing of a mail address.
        let is_mail = mail.medium == Medium::Email;
        if let (true, Some(contact), Some(recipient)) = (is_mail, mail.contact, &mail.recipient) {
            let persons = deliveries::persons(&mut *connection, company.id, &[contact]).await?;
            let same = persons
                .get(&contact)
                .is_some_and(|person| person.email.as_ref() == Some(recipient));
            if same {
                contacts::mark_bounced(&mut *connection, company, contact, why, now).await?;
            }
        }
        let ended = [(mail.action, why.to_owned())];
        actions::end(&mut *connection, company.id, &ended, Ending::Failed, now).await?;
        let kind = EventKind::MessageRefused {
            error: why.to_owned(),
        };
        events::append(&mut *connection, &event(company, &mail, kind, now)).await?;
        if !is_mail {
            notice_refused(&mut *connection, company, &mail, why, now).await?;
        }
    }
    Ok(())
}

/// What a hook wanted told is decided once and does not come again: a person looks at what another system refused.
async fn notice_refused(
    connection: &mut PgConnection,
    company: &Company,
    post: &Recorded,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let stored = actions::load(&mut *connection, company.id, &[post.action]).await?;
    let notices = stored.iter().filter_map(|action| match &action.decided.kind {
        ActionKind::Notice { body, .. } => Some(body),
        _ => None,
    });
    for body in notices {
        let title = match Language::of(&company.language) {
            Language::Fr => format!("Un autre système n'a pas accepté ceci ({why}) : {body}"),
            Language::En => format!("Another system did not accept this ({why}): {body}"),
        };
        review::trouble::ask(&mut *connection, company, post.customer, title, now).await?;
    }
    Ok(())
}

/// Nobody knows whether it left: a person is asked, or what the settings say is done. Nothing when the claim was lost. What was sent
/// again and again, and is in doubt each time, is given to a person in the end.
pub(super) async fn in_doubt(
    connection: &mut PgConnection,
    company: &Company,
    claim: Claim,
    policy: InDoubt,
    why: &str,
    now: DateTime<Utc>,
) -> Result<Delivered, StoreError> {
    let record = Record::InDoubt { error: why };
    let recorded = deliveries::record(&mut *connection, company.id, &[claim], record, now).await?;
    let mut delivered = Delivered::default();
    for mail in recorded {
        actions::set_doubt(&mut *connection, company.id, mail.action, true).await?;
        let kind = EventKind::MessageInDoubt {
            error: why.to_owned(),
        };
        events::append(&mut *connection, &event(company, &mail, kind, now)).await?;
        let settlement = policy.settlement();
        let once_more = settlement != Some(Settlement::Resend) || mail.attempts < backoff::TRIES;
        let Some(settlement) = settlement.filter(|_| once_more) else {
            ask(&mut *connection, company, &mail, now).await?;
            delivered.in_doubt += 1;
            continue;
        };
        let again_at = now + backoff::after(mail.attempts);
        let delivery = mail.delivery;
        deliveries::settle_as_set(&mut *connection, company, delivery, settlement, again_at, now).await?;
        match settlement {
            Settlement::Resend => delivered.retried += 1,
            Settlement::Drop | Settlement::WasSent => delivered.cancelled += 1,
        }
    }
    Ok(delivered)
}

async fn ask(
    connection: &mut PgConnection,
    company: &Company,
    mail: &Recorded,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let recipient = mail.recipient.clone().unwrap_or_default();
    let title = match Language::of(&company.language) {
        Language::Fr => format!("Ce message à {recipient} est-il parti ?"),
        Language::En => format!("Did this message to {recipient} leave?"),
    };
    let task = NewTask {
        customer: mail.customer,
        action: Some(mail.action),
        kind: TaskKind::SettleInDoubt,
        title,
        script: None,
        assign_role: ROLE.to_owned(),
        contact: mail.contact,
        due_on: company.today(now),
    };
    tasks::open_many(connection, company, &[task], now)
        .await
        .map(drop)
}

fn event<'a>(company: &Company, mail: &Recorded, kind: EventKind, now: DateTime<Utc>) -> NewEvent<'a> {
    NewEvent {
        company: company.id,
        at: now,
        kind,
        customer: Some(mail.customer),
        invoice: None,
        action: Some(mail.action),
        actor: "engine",
    }
}
