//! Invoices and credit notes.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::money::Money;
use relance_rules::ids::{CustomerId, InvoiceId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::events::{EventKind, NewEvent};
use super::{StoreError, Upserted, accounts, events, values};

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
    let inserted = insert(&mut *connection, company, &inserts, now).await?;
    let updates: Vec<(&NewInvoice, &Update)> = new
        .iter()
        .zip(&plan)
        .filter_map(|(invoice, plan)| match plan {
            Ok(Plan::Update(update)) => Some((invoice, update)),
            _ => None,
        })
        .collect();
    write_updates(&mut *connection, company, &updates).await?;
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
    let refuse = |why: &str| Err(StoreError::conflict(what, &new.number, why));
    if stored.customer != new.customer {
        return refuse("it is stored for another customer; a number belongs to one customer only");
    }
    if stored.amount.currency != new.amount.currency && !stored.allocated.is_zero() {
        return refuse("it is stored in another currency and partly paid; take the payment back first");
    }
    if new.amount.amount < stored.allocated {
        return refuse("the amount is less than what is paid or credited already; take that back first");
    }
    let same = stored.issued == new.issued
        && stored.due == new.due
        && stored.amount == new.amount
        && stored.purchase_order == new.purchase_order;
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
                i.purchase_order, i.settled_on, i.cycle
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
                settled_on: row.settled_on,
                cycle: row.cycle,
            };
            Ok(((kind.name(), row.number), stored))
        })
        .collect()
}

async fn insert(
    connection: &mut PgConnection,
    company: &Company,
    new: &[&NewInvoice],
    now: DateTime<Utc>,
) -> Result<HashMap<Key, InvoiceId>, StoreError> {
    let today = company.today(now);
    let customers: Vec<i64> = new.iter().map(|i| i.customer.0).collect();
    let kinds: Vec<String> = new.iter().map(|i| i.kind.name().to_owned()).collect();
    let numbers: Vec<String> = new.iter().map(|i| i.number.clone()).collect();
    let issued: Vec<NaiveDate> = new.iter().map(|i| i.issued).collect();
    let due: Vec<NaiveDate> = new.iter().map(|i| i.due).collect();
    let amounts: Vec<Decimal> = new.iter().map(|i| i.amount.amount).collect();
    let currencies: Vec<String> = new.iter().map(|i| i.amount.currency.code().to_owned()).collect();
    let orders: Vec<Option<String>> = new.iter().map(|i| i.purchase_order.clone()).collect();
    let known: Vec<NaiveDate> = new
        .iter()
        .map(|i| i.known_since.unwrap_or(today).min(today))
        .collect();
    let rows = sqlx::query!(
        "insert into invoices (company_id, customer_id, kind, number, issued, due, amount, open_amount, currency,
                               purchase_order, known_since, created_at)
         select $1, customer_id, kind, number, issued, due, amount, amount, currency, purchase_order, known_since, $11
         from unnest($2::bigint[], $3::text[], $4::text[], $5::date[], $6::date[], $7::numeric[], $8::text[], $9::text[],
                     $10::date[])
              as n (customer_id, kind, number, issued, due, amount, currency, purchase_order, known_since)
         returning id, kind, number",
        company.id.0,
        &customers,
        &kinds,
        &numbers,
        &issued,
        &due,
        &amounts,
        &currencies,
        &orders as &[Option<String>],
        &known,
        now,
    )
    .fetch_all(connection)
    .await?;
    let ids: HashMap<(String, String), i64> = rows
        .into_iter()
        .map(|row| ((row.kind, row.number), row.id))
        .collect();
    Ok(new
        .iter()
        .filter_map(|invoice| {
            let id = ids.get(&(invoice.kind.name().to_owned(), invoice.number.clone()))?;
            Some((key(invoice), InvoiceId(*id)))
        })
        .collect())
}

async fn write_updates(
    connection: &mut PgConnection,
    company: &Company,
    updates: &[(&NewInvoice, &Update)],
) -> Result<(), StoreError> {
    let ids: Vec<i64> = updates.iter().map(|(_, u)| u.id.0).collect();
    let issued: Vec<NaiveDate> = updates.iter().map(|(i, _)| i.issued).collect();
    let due: Vec<NaiveDate> = updates.iter().map(|(i, _)| i.due).collect();
    let amounts: Vec<Decimal> = updates.iter().map(|(i, _)| i.amount.amount).collect();
    let open: Vec<Decimal> = updates.iter().map(|(_, u)| u.open).collect();
    let currencies: Vec<String> = updates
        .iter()
        .map(|(i, _)| i.amount.currency.code().to_owned())
        .collect();
    let orders: Vec<Option<String>> = updates.iter().map(|(i, _)| i.purchase_order.clone()).collect();
    let settled: Vec<Option<NaiveDate>> = updates.iter().map(|(_, u)| u.settled_on).collect();
    let cycles: Vec<i32> = updates.iter().map(|(_, u)| u.cycle).collect();
    sqlx::query!(
        "update invoices i
         set issued = n.issued, due = n.due, amount = n.amount, open_amount = n.open, currency = n.currency,
             purchase_order = n.purchase_order, settled_on = n.settled_on, cycle = n.cycle
         from unnest($2::bigint[], $3::date[], $4::date[], $5::numeric[], $6::numeric[], $7::text[], $8::text[], $9::date[],
                     $10::int[])
              as n (id, issued, due, amount, open, currency, purchase_order, settled_on, cycle)
         where i.company_id = $1 and i.id = n.id",
        company.id.0,
        &ids,
        &issued,
        &due,
        &amounts,
        &open,
        &currencies,
        &orders as &[Option<String>],
        &settled as &[Option<NaiveDate>],
        &cycles,
    )
    .execute(connection)
    .await?;
    Ok(())
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

/// An open invoice, for what people note on it.
pub(crate) struct OpenInvoice {
    /// Its number.
    pub(crate) number: String,
    /// Who owes it.
    pub(crate) customer: CustomerId,
    /// What is open; more than zero.
    pub(crate) open: Money,
}

/// Wakes the account of an invoice, which takes its lock, and gives the invoice. Refused with [`StoreError::Conflict`]: it is settled.
pub(crate) async fn wake_open(
    connection: &mut PgConnection,
    company: &Company,
    invoice: InvoiceId,
    now: DateTime<Utc>,
) -> Result<OpenInvoice, StoreError> {
    let customer = sqlx::query_scalar!(
        "select customer_id from invoices where company_id = $1 and id = $2 and kind = 'invoice'",
        company.id.0,
        invoice.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("invoice", invoice))?;
    let customer = CustomerId(customer);
    accounts::wake(&mut *connection, company.id, customer, now).await?;
    let row = sqlx::query!(
        "select number, open_amount, currency from invoices where company_id = $1 and id = $2",
        company.id.0,
        invoice.0,
    )
    .fetch_one(connection)
    .await?;
    if row.open_amount.is_zero() {
        let why = "it is settled: there is nothing to pay";
        return Err(StoreError::conflict("invoice", row.number, why));
    }
    Ok(OpenInvoice {
        number: row.number,
        customer,
        open: values::money(row.open_amount, &row.currency)?,
    })
}
