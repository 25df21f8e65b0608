//! What comes in from outside: the accounting system's documents and payments, what customers dispute, what people block.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::engine::Engine;
use relance_engine::import::{self, Batch};
use relance_engine::store::companies::Company;
use relance_engine::store::disputes::{self, NewDispute};
use relance_engine::store::holds::{self, NewHold};
use relance_engine::store::plans::{self, NewPlan, Parts};
use relance_engine::store::{StoreError, customers, imports, rates};
use relance_engine::views;
use relance_engine::views::states::DisputeState;

use super::PlayError;
use crate::demo::firm::{Branch, Dispute, Plan};

/// Who notes what the demo brings in.
const ACTOR: &str = "demo";

/// Imports what is dated in these days. The master data comes with the first import.
pub async fn import(
    engine: &Engine,
    branch: &Branch,
    company: &Company,
    days: RangeInclusive<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<(), PlayError> {
    let mut batch = Batch::default();
    if *days.start() == NaiveDate::MIN {
        branch
            .customers
            .iter()
            .for_each(|customer| batch.customer(customer.clone()));
        branch
            .contacts
            .iter()
            .for_each(|contact| batch.contact(contact.clone()));
    }
    for document in branch
        .documents
        .iter()
        .filter(|d| days.contains(&d.document.issued))
    {
        batch.invoice(document.document.clone(), document.applies_to.clone());
    }
    for payment in branch.payments.iter().filter(|p| days.contains(&p.received_on)) {
        batch.payment(payment.clone());
    }
    let mut tx = engine.pool.begin().await.map_err(StoreError::from)?;
    for rate in branch.rates.iter().filter(|rate| days.contains(&rate.from)) {
        rates::upsert(&mut tx, company, rate.currency, rate.from, rate.rate, now).await?;
    }
    let quiet = batch == Batch::default();
    let applied = import::apply(&mut tx, company, batch, now).await?;
    if let Some(reject) = applied.rejects.first() {
        return Err(PlayError::Refused(format!(
            "{} line {}: {}",
            reject.file, reject.line, reject.reason
        )));
    }
    if !quiet {
        let counts = serde_json::json!({
            "customers": applied.customers,
            "contacts": applied.contacts,
            "invoices": applied.invoices,
            "payments": applied.payments,
        });
        let source = format!("demo, {}", days.end());
        let run = imports::start(&mut tx, company.id, &source, ACTOR, now).await?;
        let outcome = imports::RunOutcome {
            counts: &counts,
            notices: &serde_json::json!([]),
            rejects: &[],
        };
        imports::finish(&mut tx, company.id, run, outcome, now).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Opens and closes disputes, sets blocks and agrees on payment plans. What was done before, in an hour that was cut off, is not done again.
pub async fn incidents(
    engine: &Engine,
    branch: &Branch,
    company: &Company,
    days: RangeInclusive<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<(), PlayError> {
    let today = *days.end();
    for dispute in &branch.disputes {
        let opens = days.contains(&dispute.opened) && dispute.closed > today;
        let closes = days.contains(&dispute.closed);
        if opens || closes {
            advance(engine, company, dispute, closes, now).await?;
        }
    }
    for hold in branch.holds.iter().filter(|hold| days.contains(&hold.from)) {
        let mut tx = engine.pool.begin().await.map_err(StoreError::from)?;
        let found = customers::ids_by_number(&mut tx, company, std::slice::from_ref(&hold.customer)).await?;
        let Some(customer) = found.into_iter().next().flatten() else {
            continue;
        };
        let set = views::customer::holds(&mut tx, company.id, customer, today).await?;
        if set.iter().all(|known| known.note != hold.note) {
            let new = NewHold {
                customer,
                invoice: None,
                kind: hold.kind,
                from: Some(hold.from),
                to: hold.to,
                note: hold.note.to_owned(),
            };
            holds::set(&mut tx, company, &new, ACTOR, now).await?;
        }
        tx.commit().await.map_err(StoreError::from)?;
    }
    for plan in branch.plans.iter().filter(|plan| days.contains(&plan.made)) {
        agree(engine, company, plan, now).await?;
    }
    Ok(())
}

/// Makes a plan of what is left of it: a demo with a short past begins in the middle.
async fn agree(engine: &Engine, company: &Company, plan: &Plan, now: DateTime<Utc>) -> Result<(), PlayError> {
    let today = company.today(now);
    let parts: Vec<_> = plan
        .parts
        .iter()
        .copied()
        .filter(|(on, _)| *on >= today)
        .collect();
    let mut tx = engine.pool.begin().await.map_err(StoreError::from)?;
    let Some((invoice, _, _)) = views::invoices::find(&mut tx, company.id, &plan.invoice).await? else {
        return Ok(());
    };
    if parts.is_empty() {
        return Ok(());
    }
    let new = NewPlan {
        invoices: vec![invoice],
        parts: Parts::Written(parts),
        note: plan.note.to_owned(),
    };
    match plans::make(&mut tx, company, &new, "nadia", now).await {
        Ok(_) => tx.commit().await.map_err(StoreError::from)?,
        // On a plan already, in an hour that was cut off.
        Err(StoreError::Conflict { .. }) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

async fn advance(
    engine: &Engine,
    company: &Company,
    dispute: &Dispute,
    closes: bool,
    now: DateTime<Utc>,
) -> Result<(), PlayError> {
    let mut tx = engine.pool.begin().await.map_err(StoreError::from)?;
    let Some((invoice, customer, _)) = views::invoices::find(&mut tx, company.id, &dispute.invoice).await?
    else {
        return Ok(());
    };
    let known = views::invoices::disputes(&mut tx, company.id, customer).await?;
    let open = known
        .iter()
        .find(|d| d.invoice == dispute.invoice && d.state == DisputeState::Open);
    let was_there = known.iter().any(|d| d.invoice == dispute.invoice);
    let done = match (open, closes) {
        (Some(open), true) => disputes::close(&mut tx, company, open.id, dispute.accepted, ACTOR, now).await,
        (None, false) if !was_there => {
            let new = NewDispute {
                invoice,
                category: dispute.category.to_owned(),
                note: dispute.note.to_owned(),
            };
            disputes::open(&mut tx, company, &new, ACTOR, now)
                .await
                .map(|_| ())
        }
        _ => Ok(()),
    };
    match done {
        // Paid in the meantime: there is nothing left to dispute.
        Ok(()) | Err(StoreError::Conflict { .. }) => {}
        Err(other) => return Err(other.into()),
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
