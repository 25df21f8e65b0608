//! Writes what was decided for a batch of one company, with a fixed number of statements.

use chrono::{DateTime, TimeDelta, Utc};
use relance_rules::decision::{Action, ActionKind, Decision};
use relance_rules::facts::AccountFacts;
use relance_rules::ids::{ActionId, CustomerId};
use relance_rules::reason::ReasonKind;
use relance_rules::words::Language;
use sqlx::PgConnection;

use super::decide::{Account, Decided};
use super::{at_once, expired, trouble, work};
use crate::rulebooks::InForce;
use crate::sending::Sending;
use crate::store::accounts::{self, Summary};
use crate::store::actions::{self, Ending, NewAction, kind_name};
use crate::store::breaker;
use crate::store::companies::Company;
use crate::store::deliveries::{self, Medium, NewDelivery};
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::positions::{self, Position};
use crate::store::tasks::{self, TaskKind};
use crate::store::{StoreError, actions as stored};

/// An account is not looked at again sooner than this without an event: a decision that asks for it would turn in a circle.
pub(super) const SOONEST: TimeDelta = TimeDelta::minutes(1);

/// What an action became in the store.
pub(super) struct Written<'a> {
    pub id: ActionId,
    pub facts: &'a AccountFacts,
    pub action: &'a Action,
}

/// Writes it all; gives how many actions there are now that were not there before.
pub(super) async fn all(
    connection: &mut PgConnection,
    company: &Company,
    in_force: &InForce,
    sending: Sending,
    decided: Decided,
    now: DateTime<Utc>,
) -> Result<u32, StoreError> {
    call_off(&mut *connection, company, &decided.called_off, now).await?;
    expired::close(&mut *connection, company, &decided.expired, now).await?;
    let mut good: Vec<(&AccountFacts, &Decision)> = Vec::with_capacity(decided.accounts.len());
    for Account { facts, decision, .. } in &decided.accounts {
        match decision {
            Ok(decision) => good.push((facts, decision)),
            Err(why) => trouble::note(&mut *connection, company.id, facts.customer.id, why, now).await?,
        }
    }
    for (facts, decision) in &good {
        trouble::attend(&mut *connection, company, facts, decision, now).await?;
    }
    let written = actions(&mut *connection, company, in_force, &good, now).await?;
    at_once::carry_out(&mut *connection, company, &written, now).await?;
    contact_found(&mut *connection, company, &written, now).await?;
    queue(&mut *connection, company, sending, &written, now).await?;
    work::open(&mut *connection, company, in_force, &written, now).await?;
    positions(&mut *connection, company, &good, now).await?;
    summaries(&mut *connection, company, in_force, &good, now).await?;
    let told = written.iter().filter(|w| is_told(&w.action.kind));
    let events: Vec<NewEvent<'_>> = told.map(|w| decided_event(company, w, now)).collect();
    events::append_many(connection, &events).await?;
    Ok(u32::try_from(written.len()).unwrap_or(u32::MAX))
}

async fn call_off(
    connection: &mut PgConnection,
    company: &Company,
    called_off: &[(ActionId, String)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tasks::call_off(&mut *connection, company, called_off, now).await?;
    stored::end(connection, company.id, called_off, Ending::Cancelled, now).await
}

async fn actions<'a>(
    connection: &mut PgConnection,
    company: &Company,
    in_force: &InForce,
    good: &[(&'a AccountFacts, &'a Decision)],
    now: DateTime<Utc>,
) -> Result<Vec<Written<'a>>, StoreError> {
    let all: Vec<(&'a AccountFacts, &'a Action)> = good
        .iter()
        .flat_map(|(facts, decision)| decision.actions.iter().map(|action| (*facts, action)))
        .collect();
    let new: Vec<NewAction<'_>> = all
        .iter()
        .map(|(facts, action)| NewAction {
            customer: facts.customer.id,
            decided: action,
        })
        .collect();
    let ids = actions::insert_many(connection, company.id, in_force.revision, &new, now).await?;
    Ok(ids
        .into_iter()
        .zip(all)
        .filter_map(|(id, (facts, action))| id.map(|id| Written { id, facts, action }))
        .collect())
}

/// A mail can be sent again: nobody needs to look for an address any more.
async fn contact_found(
    connection: &mut PgConnection,
    company: &Company,
    written: &[Written<'_>],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let customers: Vec<CustomerId> = written
        .iter()
        .filter(|w| w.facts.fixing_contact && matches!(w.action.kind, ActionKind::Email { .. }))
        .map(|w| w.facts.customer.id)
        .collect();
    if customers.is_empty() {
        return Ok(());
    }
    let why = match Language::of(&company.language) {
        Language::Fr => "une adresse est utilisable",
        Language::En => "there is an address that can be used",
    };
    let open = tasks::open_actions(&mut *connection, company, &customers, TaskKind::FixContact).await?;
    let open: Vec<(ActionId, String)> = open.into_iter().map(|id| (id, why.to_owned())).collect();
    call_off(connection, company, &open, now).await
}

async fn queue(
    connection: &mut PgConnection,
    company: &Company,
    sending: Sending,
    written: &[Written<'_>],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let new: Vec<NewDelivery> = written
        .iter()
        .filter_map(|w| {
            let (medium, contact) = match &w.action.kind {
                ActionKind::Email { contact, .. } => (Medium::Email, Some(*contact)),
                ActionKind::Webhook { contact, .. } => (Medium::Webhook, *contact),
                ActionKind::Notice { .. } => (Medium::Webhook, None),
                _ => return None,
            };
            Some(NewDelivery {
                action: w.id,
                customer: w.facts.customer.id,
                medium,
                contact,
                key: key(company, w.id, now),
                not_before: sending.not_before(now, w.action.not_after),
                not_after: w.action.not_after,
            })
        })
        .collect();
    deliveries::insert_many(&mut *connection, company.id, &new, now).await?;
    // Posts that hooks ask for are no messages to customers, and of what was approved a person has been asked.
    let counted: Vec<CustomerId> = written
        .iter()
        .filter(|w| {
            matches!(
                w.action.kind,
                ActionKind::Email { .. } | ActionKind::Webhook { .. }
            )
        })
        .filter(|w| {
            !w.action
                .reasons
                .iter()
                .any(|r| matches!(r.kind, ReasonKind::Approved { .. }))
        })
        .map(|w| w.facts.customer.id)
        .collect();
    match counted.first() {
        Some(first) => breaker::count(connection, company, sending.breaker, counted.len(), *first, now).await,
        None => Ok(()),
    }
}

/// Unique for ever, also when a database is set up anew: the action's number counts from one again, the moment does not.
fn key(company: &Company, action: ActionId, now: DateTime<Utc>) -> String {
    format!(
        "{}.{}.{action}",
        company.code.to_ascii_lowercase(),
        now.format("%Y%m%d%H%M%S%6f")
    )
}

async fn positions(
    connection: &mut PgConnection,
    company: &Company,
    good: &[(&AccountFacts, &Decision)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let customers: Vec<CustomerId> = good.iter().map(|(facts, _)| facts.customer.id).collect();
    let positions: Vec<Position<'_>> = good
        .iter()
        .flat_map(|(facts, decision)| {
            let scenario = decision.scenario.as_ref().map(|scenario| scenario.name.as_str());
            let position = move |outlook| Position {
                customer: facts.customer.id,
                scenario,
                outlook,
            };
            decision.outlook.iter().map(position)
        })
        .collect();
    positions::replace(connection, company.id, &customers, &positions, now).await
}

async fn summaries(
    connection: &mut PgConnection,
    company: &Company,
    in_force: &InForce,
    good: &[(&AccountFacts, &Decision)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut summaries = Vec::with_capacity(good.len());
    for (facts, decision) in good {
        summaries.push(Summary {
            customer: facts.customer.id,
            next_review_at: decision.next_review_at.map(|at| at.max(now + SOONEST)),
            segment: decision.segment.as_ref().map(|segment| segment.name.clone()),
            scenario: decision.scenario.as_ref().map(|scenario| scenario.name.clone()),
            score: decision.score.as_ref().map(|score| score.points),
            band: decision.score.as_ref().map(|score| score.band.name.clone()),
            risk: decision.score.as_ref().map(|score| score.risk),
            reasons: serde_json::to_value(&decision.reasons).map_err(|e| sqlx::Error::Encode(Box::new(e)))?,
        });
    }
    Ok(accounts::write_summaries(connection, company.id, in_force.revision, &summaries, now).await?)
}

/// Whether people are told that something was decided. A note tells itself, and of a hook that wants nothing there is nothing to tell.
fn is_told(kind: &ActionKind) -> bool {
    match kind {
        ActionKind::Note { .. } => false,
        ActionKind::Hook { gave, .. } => !gave.is_empty(),
        _ => true,
    }
}

fn decided_event<'a>(company: &Company, written: &Written<'_>, now: DateTime<Utc>) -> NewEvent<'a> {
    NewEvent {
        company: company.id,
        at: now,
        kind: EventKind::ActionDecided {
            title: written.action.step.title.clone(),
            medium: kind_name(&written.action.kind).to_owned(),
        },
        customer: Some(written.facts.customer.id),
        invoice: None,
        action: Some(written.id),
        actor: "engine",
    }
}
