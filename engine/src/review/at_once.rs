//! What is done as soon as it is decided: dunning goes on elsewhere, a payment plan is called off, a credit note is awaited, a note is
//! written. Nobody is asked, and nothing is sent; it is part of the same transaction as the decision.

use chrono::{DateTime, Utc};
use relance_rules::decision::ActionKind;
use relance_rules::disputes;
use relance_rules::ids::{ActionId, InvoiceId};
use relance_rules::words::Language;
use sqlx::PgConnection;

use super::write::Written;
use crate::store::StoreError;
use crate::store::actions::{self, Ending};
use crate::store::companies::Company;
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::holds::{self, BlockKind};
use crate::store::plans;

/// Who did it, in events and on holds.
const ENGINE: &str = "engine";

/// Does it, and closes the actions.
pub(super) async fn carry_out(
    connection: &mut PgConnection,
    company: &Company,
    written: &[Written<'_>],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let at_once = written.iter().filter(|w| w.action.kind.is_done_at_once());
    let mut closed: Vec<(ActionId, String)> = Vec::new();
    for done in at_once {
        let mut outcome = String::new();
        let invoices: Vec<InvoiceId> = done.action.items.iter().map(|item| item.invoice).collect();
        let title = &done.action.step.title;
        match &done.action.kind {
            ActionKind::CancelPlan => {
                plans::cancel_of(&mut *connection, company, &invoices, title, now).await?;
                // And what people noted as a plan without its instalments.
                holds::end_of(
                    &mut *connection,
                    company,
                    &invoices,
                    BlockKind::OnPlan,
                    ENGINE,
                    now,
                )
                .await?;
            }
            ActionKind::ExpectCredit => {
                let (customer, kind) = (done.facts.customer.id, BlockKind::CreditExpected);
                let to_come = |id: &InvoiceId| {
                    let invoice = done.facts.invoices.iter().find(|invoice| invoice.id == *id);
                    invoice.is_some_and(disputes::awaits_credit)
                };
                if !invoices.iter().any(&to_come) {
                    let come = match Language::of(&company.language) {
                        Language::Fr => "un avoir est déjà venu",
                        Language::En => "a credit note has come already",
                    };
                    come.clone_into(&mut outcome);
                }
                for invoice in invoices.into_iter().filter(&to_come) {
                    let hold = holds::NewHold {
                        customer,
                        invoice: Some(invoice),
                        kind,
                        from: None,
                        to: None,
                        note: title.clone(),
                    };
                    holds::set(&mut *connection, company, &hold, ENGINE, now).await?;
                }
            }
            ActionKind::Note { text } => {
                let note = NewEvent {
                    company: company.id,
                    at: now,
                    kind: EventKind::Note { text: text.clone() },
                    customer: Some(done.facts.customer.id),
                    invoice: invoices.first().copied().filter(|_| invoices.len() == 1),
                    action: Some(done.id),
                    actor: ENGINE,
                };
                events::append(&mut *connection, &note).await?;
            }
            _ => {}
        }
        closed.push((done.id, outcome));
    }
    actions::end(connection, company.id, &closed, Ending::Done, now).await
}
