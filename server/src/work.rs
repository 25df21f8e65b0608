//! What people do, for the pages and the API alike: each in one transaction of the store.

use chrono::NaiveDate;
use relance_engine::engine::Engine;
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::deliveries::{self, Settlement};
use relance_engine::store::disputes::{self, NewDispute};
use relance_engine::store::events::{self, EventKind, NewEvent};
use relance_engine::store::holds::{self, NewHold};
use relance_engine::store::plans::{self, NewPlan, StoredPlan};
use relance_engine::store::promises::{self, NewPromise};
use relance_engine::store::tasks::{self, TaskOutcome};
use relance_engine::views::invoices::InvoiceLine;
use relance_engine::views::states::TaskKind;
use relance_engine::views::tasks as task_views;
use relance_engine::views::{customer, invoices};
use relance_rules::dsl::text;
use relance_rules::ids::{
    CustomerId, DeliveryId, DisputeId, HoldId, InvoiceId, PaymentPlanId, PromiseId, TaskId,
};
use rust_decimal::Decimal;

/// Most open invoices of a customer that are taken at once.
const MOST_INVOICES: i64 = 500;

/// Somebody who does something in a company's books.
#[derive(Debug, Clone, Copy)]
pub struct Doer<'a> {
    /// The engine.
    pub engine: &'a Engine,
    /// The company.
    pub company: &'a Company,
    /// Login or token, for the events.
    pub actor: &'a str,
}

impl Doer<'_> {
    /// The customer of this number.
    pub async fn customer(&self, number: &str) -> Result<CustomerId, StoreError> {
        let mut connection = self.engine.pool.acquire().await?;
        customer::head(&mut connection, self.company.id, number)
            .await?
            .map(|head| head.id)
            .ok_or_else(|| StoreError::not_found("customer", number))
    }

    /// The invoice of this number, with its customer's number.
    pub async fn invoice(&self, number: &str) -> Result<(InvoiceId, CustomerId, String), StoreError> {
        let mut connection = self.engine.pool.acquire().await?;
        invoices::find(&mut connection, self.company.id, number)
            .await?
            .ok_or_else(|| StoreError::not_found("invoice", number))
    }

    /// The open invoices of a customer.
    pub async fn invoices(&self, customer: CustomerId) -> Result<Vec<InvoiceLine>, StoreError> {
        let mut connection = self.engine.pool.acquire().await?;
        invoices::of_customer(&mut connection, self.company.id, customer, MOST_INVOICES, 0).await
    }

    /// Takes a promise; without an amount for all that is open.
    pub async fn promise(
        &self,
        invoice: InvoiceId,
        amount: Option<Decimal>,
        pay_by: NaiveDate,
    ) -> Result<PromiseId, StoreError> {
        let new = NewPromise {
            invoice,
            amount,
            pay_by,
        };
        let mut tx = self.engine.pool.begin().await?;
        let id = promises::take(&mut tx, self.company, &new, self.actor, self.engine.clock.now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Takes a promise back.
    pub async fn withdraw(&self, promise: PromiseId) -> Result<(), StoreError> {
        let mut tx = self.engine.pool.begin().await?;
        promises::withdraw(
            &mut tx,
            self.company,
            promise,
            self.actor,
            self.engine.clock.now(),
        )
        .await?;
        Ok(tx.commit().await?)
    }

    /// Opens a dispute.
    pub async fn dispute(
        &self,
        invoice: InvoiceId,
        category: &str,
        note: &str,
    ) -> Result<DisputeId, StoreError> {
        let new = NewDispute {
            invoice,
            category: category.to_owned(),
            note: note.to_owned(),
        };
        let mut tx = self.engine.pool.begin().await?;
        let id = disputes::open(&mut tx, self.company, &new, self.actor, self.engine.clock.now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Closes a dispute; accepted: the customer is right.
    pub async fn close_dispute(&self, dispute: DisputeId, accepted: bool) -> Result<(), StoreError> {
        let now = self.engine.clock.now();
        let mut tx = self.engine.pool.begin().await?;
        disputes::close(&mut tx, self.company, dispute, accepted, self.actor, now).await?;
        Ok(tx.commit().await?)
    }

    /// Sets a hold.
    pub async fn hold(&self, new: &NewHold) -> Result<HoldId, StoreError> {
        let mut tx = self.engine.pool.begin().await?;
        let id = holds::set(&mut tx, self.company, new, self.actor, self.engine.clock.now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Ends a hold.
    pub async fn end_hold(&self, hold: HoldId) -> Result<(), StoreError> {
        let mut tx = self.engine.pool.begin().await?;
        holds::end(&mut tx, self.company, hold, self.actor, self.engine.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Makes a payment plan.
    pub async fn plan(&self, new: &NewPlan) -> Result<PaymentPlanId, StoreError> {
        let mut tx = self.engine.pool.begin().await?;
        let id = plans::make(&mut tx, self.company, new, self.actor, self.engine.clock.now()).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Cancels a payment plan.
    pub async fn cancel_plan(&self, plan: PaymentPlanId, why: &str) -> Result<(), StoreError> {
        let now = self.engine.clock.now();
        let mut tx = self.engine.pool.begin().await?;
        plans::cancel(&mut tx, self.company, plan, why, self.actor, now).await?;
        Ok(tx.commit().await?)
    }

    /// The payment plans of a customer, the oldest first.
    pub async fn plans(&self, customer: CustomerId) -> Result<Vec<StoredPlan>, StoreError> {
        let mut connection = self.engine.pool.acquire().await?;
        plans::of_customers(&mut connection, self.company.id, &[customer.0]).await
    }

    /// Notes something on an account.
    pub async fn note(&self, customer: CustomerId, text: &str) -> Result<(), StoreError> {
        let mut tx = self.engine.pool.begin().await?;
        let event = NewEvent {
            company: self.company.id,
            at: self.engine.clock.now(),
            kind: EventKind::Note {
                text: text.to_owned(),
            },
            customer: Some(customer),
            invoice: None,
            action: None,
            actor: self.actor,
        };
        events::append(&mut tx, &event).await?;
        Ok(tx.commit().await?)
    }

    /// Closes a task. The outcome "promise" needs a day of payment: a promise is taken for each of its open invoices that has
    /// none. The outcome "dispute" opens one for each that has none,
    /// of the category that the rules name. A message in doubt is settled by its own outcomes.
    pub async fn close_task(
        &self,
        task: TaskId,
        outcome: TaskOutcome,
        note: &str,
        pay_by: Option<NaiveDate>,
    ) -> Result<(), StoreError> {
        let now = self.engine.clock.now();
        let today = self.company.today(now);
        let mut connection = self.engine.pool.acquire().await?;
        let detail = task_views::load(
            &mut connection,
            self.company.id,
            self.company.currency,
            today,
            task,
        )
        .await?
        .ok_or_else(|| StoreError::not_found("task", task))?;
        drop(connection);
        if let (TaskKind::SettleInDoubt, Some(delivery)) = (detail.line.kind, detail.delivery) {
            return match settlement(outcome) {
                Some(settlement) => self.settle(delivery, settlement).await,
                None => Err(StoreError::conflict(
                    "task",
                    task,
                    text!(
                        "say what became of the message: it was sent, send it again, or drop it",
                        "dites ce qu'est devenu le message : il est parti, l'envoyer à nouveau, ou ne pas l'envoyer"
                    ),
                )),
            };
        }
        if outcome == TaskOutcome::Promise && pay_by.is_none() && !detail.invoices.is_empty() {
            return Err(StoreError::conflict(
                "task",
                task,
                text!(
                    "say by which day the customer promised to pay",
                    "dites pour quel jour le client a promis de payer"
                ),
            ));
        }
        let mut promised = Vec::new();
        let mut disputed = Vec::new();
        for (number, _) in &detail.invoices {
            let (invoice, ..) = self.invoice(number).await?;
            match (outcome, pay_by) {
                (TaskOutcome::Promise, Some(pay_by)) => promised.push((invoice, pay_by)),
                (TaskOutcome::Dispute, _) => disputed.push(invoice),
                _ => {}
            }
        }
        let mut tx = self.engine.pool.begin().await?;
        for (invoice, pay_by) in promised {
            let new = NewPromise {
                invoice,
                amount: None,
                pay_by,
            };
            match promises::take(&mut tx, self.company, &new, self.actor, now).await {
                Ok(_) => {}
                // Promised already, or paid meanwhile: the task can be closed all the same. A day that has passed is told.
                Err(StoreError::Conflict { .. }) if pay_by >= today => {}
                Err(error) => return Err(error),
            }
        }
        for invoice in disputed {
            let new = NewDispute {
                invoice,
                category: detail.dispute.clone().unwrap_or_else(|| "other".to_owned()),
                note: note.to_owned(),
            };
            match disputes::open(&mut tx, self.company, &new, self.actor, now).await {
                // Disputed already, or paid meanwhile.
                Ok(_) | Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        tasks::close(&mut tx, self.company, task, outcome, note, self.actor, now).await?;
        Ok(tx.commit().await?)
    }

    /// Says what became of a message in doubt.
    pub async fn settle(&self, delivery: DeliveryId, settlement: Settlement) -> Result<(), StoreError> {
        let now = self.engine.clock.now();
        let mut tx = self.engine.pool.begin().await?;
        deliveries::settle_doubt(&mut tx, self.company, delivery, settlement, self.actor, now).await?;
        Ok(tx.commit().await?)
    }
}

fn settlement(outcome: TaskOutcome) -> Option<Settlement> {
    match outcome {
        TaskOutcome::WasSent => Some(Settlement::WasSent),
        TaskOutcome::Resend => Some(Settlement::Resend),
        TaskOutcome::Drop => Some(Settlement::Drop),
        _ => None,
    }
}
