//! Invoices and credit notes.

mod lookup;
mod write;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::money::Money;
use relance_rules::dsl::text;
use relance_rules::ids::{CustomerId, InvoiceId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::custom::{self, Noted};
use super::events::{EventKind, NewEvent};
use super::{StoreError, Upserted, accounts, events, values};

pub(crate) use lookup::{OpenInvoice, is_open, open_by_number, wake_open};

/// Invoice or credit note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InvoiceKind {
    /// The customer owes.
    Invoice,
    /// The creditor owes.
    CreditNote,
}

impl InvoiceKind {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
        }
    }
}

/// An invoice or credit note to be stored under its kind and number. `C` is how the customer is named: by id here, by number
/// in imports.
#[derive(Debug, Clone, PartialEq)]
pub struct NewInvoice<C = CustomerId> {
    /// Who owes it.
    pub customer: C,
    /// Invoice or credit note.
    pub kind: InvoiceKind,
    /// Number, as printed on it.
    pub number: String,
    /// Day of issue.
    pub issued: NaiveDate,
    /// Due date; for a credit note its day of issue.
    pub due: NaiveDate,
    /// Amount with tax, positive for both kinds.
    pub amount: Money,
    /// The customer's purchase order.
    pub purchase_order: Option<String>,
    /// First day on which the creditor knew of it; none: today. Only read when it is new.
    pub known_since: Option<NaiveDate>,
    /// Fields of the firm's own: `None` takes what is stored away, a field that is not named stays as it is.
    pub custom: Noted,
}

impl<C> NewInvoice<C> {
    /// The same, of this customer.
    pub fn of(self, customer: CustomerId) -> NewInvoice {
        NewInvoice {
            customer,
            kind: self.kind,
            number: self.number,
            issued: self.issued,
            due: self.due,
            amount: self.amount,
            purchase_order: self.purchase_order,
            known_since: self.known_since,
            custom: self.custom,
        }
    }
}

/// Stores one invoice or credit note; see [`upsert_many`].
pub async fn upsert(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewInvoice,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(InvoiceId, Upserted), StoreError> {
    let mut done = upsert_many(connection, company, std::slice::from_ref(new), actor, now).await?;
    done.pop()
        .unwrap_or_else(|| Err(StoreError::not_found("invoice", &new.number)))
}

/// Stores invoices and credit notes under kind and number, in a fixed number of statements; results in input order. No
/// kind and number may occur twice. What is allocated stays allocated: a changed amount moves the open amount, and may settle
/// or reopen. Accounts with something new or changed are woken.
///
/// Refused one by one with [`StoreError::Conflict`]: another customer, another currency once something is allocated, an
/// amount below what is allocated.
pub async fn upsert_many(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewInvoice],
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Result<(InvoiceId, Upserted), StoreError>>, StoreError> {
    let customers: Vec<CustomerId> = new.iter().map(|i| i.customer).collect();
    accounts::lock_many(&mut *connection, company.id, &customers).await?;
    let stored = stored(&mut *connection, company, new).await?;
    let plan: Vec<_> = new
        .iter()
        .map(|invoice| plan(invoice, stored.get(&key(invoice)), company.today(now)))
        .collect();
    let touched: Vec<CustomerId> = new
        .iter()
        .zip(&plan)
        .filter(|(_, plan)| matches!(plan, Ok(Plan::Insert | Plan::Update(_))))
        .map(|(invoice, _)| invoice.customer)
        .collect();
    accounts::wake_many(&mut *connection, company.id, &touched, now).await?;
    let inserts: Vec<&NewInvoice> = new
        .iter()
        .zip(&plan)
        .filter(|(_, plan)| matches!(plan, Ok(Plan::Insert)))
        .map(|(invoice, _)| invoice)
        .collect();
    let inserted = write::insert(&mut *connection, company, &inserts, now).await?;
    let updates: Vec<(&NewInvoice, &Update)> = new
        .iter()
        .zip(&plan)
        .filter_map(|(invoice, plan)| match plan {
            Ok(Plan::Update(update)) => Some((invoice, update)),
            _ => None,
        })
        .collect();
    write::update(&mut *connection, company, &updates).await?;
    let events = events(company, &inserts, &inserted, &updates, actor, now);
    events::append_many(connection, &events).await?;
    Ok(new
        .iter()
        .zip(plan)
        .map(|(invoice, plan)| match plan? {
            Plan::Insert => match inserted.get(&key(invoice)) {
                Some(id) => Ok((*id, Upserted::New)),
                None => Err(StoreError::not_found("invoice", &invoice.number)),
            },
            Plan::Update(update) => Ok((update.id, Upserted::Changed)),
            Plan::Nothing(id) => Ok((id, Upserted::Unchanged)),
        })
        .collect())
}

type Key = (&'static str, String);

fn key<C>(invoice: &NewInvoice<C>) -> Key {
    (invoice.kind.name(), invoice.number.clone())
}

/// A document as stored.
struct Stored {
    id: InvoiceId,
    customer: CustomerId,
    issued: NaiveDate,
    due: NaiveDate,
    amount: Money,
    allocated: Decimal,
    purchase_order: Option<String>,
    custom: BTreeMap<String, String>,
    settled_on: Option<NaiveDate>,
    cycle: i32,
}

/// What is to be done with one document.
enum Plan {
    Insert,
    Update(Update),
    Nothing(InvoiceId),
}

/// The values that follow from a change.
struct Update {
    id: InvoiceId,
    open: Decimal,
    settled_on: Option<NaiveDate>,
    cycle: i32,
    /// It was settled and is open again, or the other way round.
    turned: bool,
}

fn plan(new: &NewInvoice, stored: Option<&Stored>, today: NaiveDate) -> Result<Plan, StoreError> {
    let Some(stored) = stored else {
        return Ok(Plan::Insert);
    };
    let what = match new.kind {
        InvoiceKind::Invoice => "invoice",
        InvoiceKind::CreditNote => "credit note",
    };
    let refuse = |why: Text| Err(StoreError::conflict(what, &new.number, why));
    if stored.customer != new.customer {
        return refuse(text!(
            "it is stored for another customer; a number belongs to one customer only",
            "elle est enregistrée pour un autre client ; un numéro est à un seul client"
        ));
    }
    if stored.amount.currency != new.amount.currency && !stored.allocated.is_zero() {
        return refuse(text!(
            "it is stored in another currency and partly paid; take the payment back first",
            "elle est enregistrée dans une autre devise et payée en partie ; reprenez d'abord le paiement"
        ));
    }
    if new.amount.amount < stored.allocated {
        return refuse(text!(
            "the amount is less than what is paid or credited already; take that back first",
            "le montant est inférieur à ce qui est déjà payé ou crédité ; reprenez cela d'abord"
        ));
    }
    let same = stored.issued == new.issued
        && stored.due == new.due
        && stored.amount == new.amount
        && stored.purchase_order == new.purchase_order
        && !custom::changes(&new.custom, &stored.custom);
    if same {
        return Ok(Plan::Nothing(stored.id));
    }
    let open = new.amount.amount - stored.allocated;
    let reopened = stored.settled_on.is_some() && !open.is_zero();
    let settled_on = open.is_zero().then(|| stored.settled_on.unwrap_or(today));
    Ok(Plan::Update(Update {
        id: stored.id,
        open,
        settled_on,
        cycle: stored.cycle + i32::from(reopened),
        turned: stored.settled_on.is_some() != settled_on.is_some(),
    }))
}

async fn stored(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewInvoice],
) -> Result<HashMap<Key, Stored>, StoreError> {
    let kinds: Vec<String> = new.iter().map(|i| i.kind.name().to_owned()).collect();
    let numbers: Vec<String> = new.iter().map(|i| i.number.clone()).collect();
    let rows = sqlx::query!(
        "select i.id, i.customer_id, i.kind, i.number, i.issued, i.due, i.amount, i.open_amount, i.currency,
                i.purchase_order, i.custom, i.settled_on, i.cycle
         from unnest($2::text[], $3::text[]) as n (kind, number)
         join invoices i on i.company_id = $1 and i.kind = n.kind and i.number = n.number",
        company.id.0,
        &kinds,
        &numbers,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let kind = if row.kind == InvoiceKind::Invoice.name() {
                InvoiceKind::Invoice
            } else {
                InvoiceKind::CreditNote
            };
            let stored = Stored {
                id: InvoiceId(row.id),
                customer: CustomerId(row.customer_id),
                issued: row.issued,
                due: row.due,
                amount: values::money(row.amount, &row.currency)?,
                allocated: row.amount - row.open_amount,
                purchase_order: row.purchase_order,
                custom: custom::read(row.custom)?,
                settled_on: row.settled_on,
                cycle: row.cycle,
            };
            Ok(((kind.name(), row.number), stored))
        })
        .collect()
}

fn events<'a>(
    company: &Company,
    inserts: &[&NewInvoice],
    inserted: &HashMap<Key, InvoiceId>,
    updates: &[(&NewInvoice, &Update)],
    actor: &'a str,
    now: DateTime<Utc>,
) -> Vec<NewEvent<'a>> {
    let event = |invoice: &NewInvoice, id: Option<InvoiceId>, kind: EventKind| NewEvent {
        company: company.id,
        at: now,
        kind,
        customer: Some(invoice.customer),
        invoice: id,
        action: None,
        actor,
    };
    let booked = inserts.iter().map(|invoice| {
        let sign = if invoice.kind == InvoiceKind::CreditNote {
            "-"
        } else {
            ""
        };
        let kind = EventKind::InvoiceBooked {
            number: invoice.number.clone(),
            amount: format!("{sign}{}", invoice.amount),
            due: invoice.due.to_string(),
        };
        event(invoice, inserted.get(&key(invoice)).copied(), kind)
    });
    let turned = updates.iter().filter(|(_, update)| update.turned);
    let turned = turned.map(|(invoice, update)| {
        let number = invoice.number.clone();
        let kind = match update.settled_on {
            Some(_) => EventKind::InvoiceSettled { number },
            None => EventKind::InvoiceReopened {
                number,
                why: "its amount was raised".to_owned(),
            },
        };
        event(invoice, Some(update.id), kind)
    });
    booked.chain(turned).collect()
}
