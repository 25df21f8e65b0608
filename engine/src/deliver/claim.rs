//! The sending transaction: looks again, writes the message, claims it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, TimeDelta, Utc};
use relance_rules::decision::{Action, ActionKind};
use relance_rules::facts::AccountFacts;
use relance_rules::ids::{ActionId, CompanyId, ContactId, CustomerId, DeliveryId};
use relance_rules::promises::Grace;
use relance_rules::words::{self, Language};
use sqlx::PgConnection;

use super::apart;
use super::turns::Turns;
use super::write::{self, Envelope, Prepared, Written};
use crate::engine::{Engine, EngineError};
use crate::moments::Moment;
use crate::review::{self, trouble};
use crate::rulebooks::InForce;
use crate::store::actions::{self, Ending, StoredAction};
use crate::store::companies::{self, Company};
use crate::store::deliveries::{self, Attached, Claim, Due, Leaving, Person, Queued};
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::{StoreError, accounts, contacts, facts, stops};

/// A lease is longer than the longest conversation by so much: time to wait for a free connection, and for clocks that differ.
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// A panic while a message was looked at or written.
const BROKE_OFF: &str = "the message broke off; this is a mistake in relance, please report it";

/// A claimed message, ready to leave.
pub(super) struct Outgoing {
    pub customer: CustomerId,
    pub claim: Claim,
    pub prepared: Prepared,
    pub leased_until: DateTime<Utc>,
}

/// What a claim gave.
#[derive(Default)]
pub(super) struct Claimed {
    pub outgoing: Vec<Outgoing>,
    pub called_off: u32,
    pub failed: u32,
    pub put_off: u32,
    pub more: bool,
}

impl Claimed {
    /// Adds what another claim gave.
    pub(super) fn add(&mut self, other: Self) {
        self.outgoing.extend(other.outgoing);
        self.called_off += other.called_off;
        self.failed += other.failed;
        self.put_off += other.put_off;
        self.more |= other.more;
    }
}

/// What becomes of one queued message.
enum Verdict {
    Send(Box<Written>),
    CallOff {
        why: String,
        anew: Anew,
    },
    /// The address cannot be one.
    Refuse(String),
    /// It cannot be written for a reason that is not the recipient's.
    PutOff(String),
}

/// When the account of a message that was called off is decided anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Anew {
    /// The rules changed: that happens once.
    Now,
    /// A little later: should the review and the last look ever disagree, they do not do so in a circle.
    Soon,
}

/// Claims at most `batch` messages of a company.
pub(super) async fn pass(engine: &Engine, company: CompanyId, batch: u32) -> Result<Claimed, EngineError> {
    let now = engine.clock.now();
    let longest = TimeDelta::from_std(super::longest(engine)).unwrap_or(TimeDelta::zero());
    let leased_until = now + longest + MARGIN;
    let mut transaction = engine.pool.begin().await?;
    let Some(in_force) = review::current(engine, &mut transaction).await? else {
        return Ok(Claimed::default());
    };
    let at = Terms {
        now,
        leased_until,
        engine,
    };
    let due = deliveries::due(&mut transaction, company, now, batch).await?;
    let more = due.len() >= batch as usize;
    let mut claimed = match claim(&mut transaction, &in_force, company, &due, at).await {
        Ok(claimed) => {
            if !due.is_empty() {
                engine.moments.come(Moment::ClaimWritten);
            }
            transaction.commit().await?;
            if !claimed.outgoing.is_empty() {
                engine.moments.come(Moment::Claimed);
            }
            claimed
        }
        Err(error) if error.is_temporary() => return Err(error.into()),
        Err(error) => {
            transaction.rollback().await?;
            let why = trouble::words(&error);
            tracing::warn!(worker = %engine.worker, why, "a claim failed: its messages are taken one by one");
            apart::one_by_one(engine, company, &due, at).await?
        }
    };
    claimed.more |= more;
    Ok(claimed)
}

/// Claims messages whose accounts are locked.
pub(super) async fn claim(
    connection: &mut PgConnection,
    in_force: &InForce,
    company: CompanyId,
    due: &[Due],
    at: Terms<'_>,
) -> Result<Claimed, StoreError> {
    let mut claimed = Claimed::default();
    if due.is_empty() {
        return Ok(claimed);
    }
    let company = companies::by_id(&mut *connection, company)
        .await?
        .ok_or_else(|| StoreError::not_found("company", company))?;
    let ids: Vec<DeliveryId> = due.iter().map(|due| due.delivery).collect();
    of_company(&mut *connection, &company, in_force, &ids, at, &mut claimed).await?;
    Ok(claimed)
}

/// When a claim is made, how long it serves, and who makes it.
#[derive(Clone, Copy)]
pub(super) struct Terms<'e> {
    pub now: DateTime<Utc>,
    pub leased_until: DateTime<Utc>,
    pub engine: &'e Engine,
}

async fn of_company(
    connection: &mut PgConnection,
    company: &Company,
    in_force: &InForce,
    ids: &[DeliveryId],
    at: Terms<'_>,
    claimed: &mut Claimed,
) -> Result<(), StoreError> {
    let mut queued = deliveries::queued(&mut *connection, company.id, ids).await?;
    let stopped = stops::hold(&mut *connection, company.id).await?.is_some();
    if stopped {
        // Nothing leaves; what came too late is called off all the same.
        queued.retain(|queued| queued.is_too_late(at.now));
    }
    let turns = Turns::take(&mut *connection, company.id, at.engine, &mut queued, at.now).await?;
    let loaded = Loaded::of(&mut *connection, company, in_force, &queued, at.now).await?;
    let mut send: Vec<(&Queued, Box<Written>)> = Vec::new();
    let mut off: Vec<(&Queued, String, Anew)> = Vec::new();
    for queued in &queued {
        let verdict = catch_unwind(AssertUnwindSafe(|| loaded.verdict(company, in_force, queued, at)));
        match verdict.unwrap_or_else(|_| Verdict::PutOff(BROKE_OFF.to_owned())) {
            Verdict::Send(_) if stopped => {}
            Verdict::Send(written) => send.push((queued, written)),
            Verdict::CallOff { why, anew } => off.push((queued, why, anew)),
            Verdict::Refuse(why) => {
                refuse(&mut *connection, company, queued, &why, at.now).await?;
                claimed.failed += 1;
            }
            Verdict::PutOff(why) => {
                apart::put_off(
                    &mut *connection,
                    company,
                    queued.delivery,
                    queued.customer,
                    &why,
                    at.now,
                )
                .await?;
                claimed.put_off += 1;
            }
        }
    }
    claimed.called_off += u32::try_from(off.len()).unwrap_or(u32::MAX);
    call_off(&mut *connection, company, &off, at.now).await?;
    begin(&mut *connection, company, send, at, claimed).await?;
    let of_ours = claimed.outgoing.iter().map(|outgoing| outgoing.claim.delivery);
    turns.spend(connection, company.id, of_ours, at.now).await
}

/// What is known of the queued messages' accounts at this moment.
struct Loaded {
    facts: HashMap<CustomerId, AccountFacts>,
    actions: HashMap<ActionId, StoredAction>,
    persons: HashMap<ContactId, Person>,
}

impl Loaded {
    async fn of(
        connection: &mut PgConnection,
        company: &Company,
        in_force: &InForce,
        queued: &[Queued],
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let mut customers: Vec<CustomerId> = queued.iter().map(|q| q.customer).collect();
        customers.sort();
        customers.dedup();
        let facts = facts::load(
            &mut *connection,
            company,
            &customers,
            &Grace::of(&in_force.rulebook),
            now,
        )
        .await?;
        let ids: Vec<ActionId> = queued.iter().map(|q| q.action).collect();
        let actions = actions::load(&mut *connection, company.id, &ids).await?;
        let contacts: Vec<ContactId> = queued.iter().filter_map(|q| q.contact).collect();
        Ok(Self {
            facts: facts
                .into_iter()
                .map(|facts| (facts.customer.id, facts))
                .collect(),
            actions: actions.into_iter().map(|action| (action.id, action)).collect(),
            persons: deliveries::persons(connection, company.id, &contacts).await?,
        })
    }

    fn verdict(&self, company: &Company, in_force: &InForce, queued: &Queued, at: Terms<'_>) -> Verdict {
        let now = at.now;
        let language = Language::of(&company.language);
        let off = |fr: &str, en: &str, anew| Verdict::CallOff {
            why: match language {
                Language::Fr => fr.to_owned(),
                Language::En => en.to_owned(),
            },
            anew,
        };
        let (Some(facts), Some(action)) =
            (self.facts.get(&queued.customer), self.actions.get(&queued.action))
        else {
            return off("le compte n'existe plus", "the account is gone", Anew::Soon);
        };
        if let ActionKind::Notice { webhook, body } = &action.decided.kind {
            // What was decided is told, whatever became of the rules and of the invoices since.
            return Verdict::Send(Box::new(write::notice(
                &action.decided,
                webhook,
                body,
                &queued.key,
            )));
        }
        let (ActionKind::Email { .. } | ActionKind::Webhook { .. }) = &action.decided.kind else {
            return off("ce n'est pas un message", "it is no message", Anew::Soon);
        };
        if action.revision != in_force.revision {
            return off("les règles ont changé", "the rules have changed", Anew::Now);
        }
        if queued.is_too_late(now) {
            return off(
                "la plage d'envoi est close",
                "the sending window has closed",
                Anew::Soon,
            );
        }
        if let Err(call_off) = relance_rules::recheck(&in_force.rulebook, facts, &action.decided, now) {
            let why: Vec<String> = call_off
                .reasons
                .iter()
                .map(|reason| words::reason(reason, facts.company.time_zone, language))
                .collect();
            return Verdict::CallOff {
                why: why.join(" "),
                anew: Anew::Soon,
            };
        }
        let person = queued.contact.and_then(|contact| self.persons.get(&contact));
        if queued.contact.is_some() && person.is_none() {
            return off("le contact n'existe plus", "the contact is gone", Anew::Soon);
        }
        let envelope = Envelope {
            person,
            key: &queued.key,
            opening: at.engine.openings.address(company.id, queued.delivery),
        };
        match write::message(company, in_force, facts, action, &envelope, now) {
            Ok(written) => Verdict::Send(Box::new(written)),
            Err(write::Failure::Recipient(why)) => Verdict::Refuse(why),
            Err(write::Failure::Ours(why)) => Verdict::PutOff(why),
        }
    }
}

async fn begin(
    connection: &mut PgConnection,
    company: &Company,
    send: Vec<(&Queued, Box<Written>)>,
    at: Terms<'_>,
    claimed: &mut Claimed,
) -> Result<(), StoreError> {
    let leaving: Vec<Leaving<'_>> = send
        .iter()
        .map(|(queued, written)| Leaving {
            delivery: queued.delivery,
            recipient: &written.recipient,
            subject: &written.rendered.subject,
            text: &written.rendered.text,
            html: &written.rendered.html,
            watched: written.watched,
        })
        .collect();
    if leaving.is_empty() {
        return Ok(());
    }
    let claims = deliveries::begin_sending(&mut *connection, company.id, &leaving, at.leased_until).await?;
    let attached: Vec<(DeliveryId, &[Attached])> = send
        .iter()
        .filter(|(queued, _)| claims.iter().any(|claim| claim.delivery == queued.delivery))
        .map(|(queued, written)| (queued.delivery, written.attached.as_slice()))
        .collect();
    deliveries::attach(&mut *connection, company.id, &attached).await?;
    let stated: Vec<(ActionId, &Action)> = send.iter().map(|(q, w)| (q.action, &w.stated)).collect();
    actions::restate(connection, company.id, &stated).await?;
    let claims: HashMap<DeliveryId, Claim> =
        claims.into_iter().map(|claim| (claim.delivery, claim)).collect();
    for (queued, written) in send {
        if let Some(claim) = claims.get(&queued.delivery) {
            claimed.outgoing.push(Outgoing {
                customer: queued.customer,
                claim: *claim,
                prepared: written.prepared,
                leased_until: at.leased_until,
            });
        }
    }
    Ok(())
}

async fn call_off(
    connection: &mut PgConnection,
    company: &Company,
    off: &[(&Queued, String, Anew)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if off.is_empty() {
        return Ok(());
    }
    let deliveries: Vec<(DeliveryId, String)> =
        off.iter().map(|(q, why, _)| (q.delivery, why.clone())).collect();
    let actions: Vec<(ActionId, String)> = off.iter().map(|(q, why, _)| (q.action, why.clone())).collect();
    deliveries::withdraw(&mut *connection, company.id, &deliveries, false).await?;
    actions::end(&mut *connection, company.id, &actions, Ending::Cancelled, now).await?;
    for (anew, at) in [(Anew::Now, now), (Anew::Soon, now + TimeDelta::minutes(1))] {
        let customers: Vec<CustomerId> = off
            .iter()
            .filter(|(_, _, a)| *a == anew)
            .map(|(q, ..)| q.customer)
            .collect();
        accounts::wake_many(&mut *connection, company.id, &customers, at).await?;
    }
    let events: Vec<NewEvent<'_>> = off
        .iter()
        .map(|(queued, why, _)| {
            event(
                company,
                queued,
                EventKind::MessageCalledOff { why: why.clone() },
                now,
            )
        })
        .collect();
    Ok(events::append_many(connection, &events).await?)
}

/// The address of the contact is none: as if the server had refused it.
async fn refuse(
    connection: &mut PgConnection,
    company: &Company,
    queued: &Queued,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if let Some(contact) = queued.contact {
        contacts::mark_bounced(&mut *connection, company, contact, why, now).await?;
    }
    accounts::wake(&mut *connection, company.id, queued.customer, now).await?;
    deliveries::withdraw(
        &mut *connection,
        company.id,
        &[(queued.delivery, why.to_owned())],
        true,
    )
    .await?;
    actions::end(
        &mut *connection,
        company.id,
        &[(queued.action, why.to_owned())],
        Ending::Failed,
        now,
    )
    .await?;
    let refused = event(
        company,
        queued,
        EventKind::MessageRefused {
            error: why.to_owned(),
        },
        now,
    );
    Ok(events::append(connection, &refused).await?)
}

fn event<'a>(company: &Company, queued: &Queued, kind: EventKind, now: DateTime<Utc>) -> NewEvent<'a> {
    NewEvent {
        company: company.id,
        at: now,
        kind,
        customer: Some(queued.customer),
        invoice: None,
        action: Some(queued.action),
        actor: "engine",
    }
}
