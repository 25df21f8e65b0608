//! The invoices of a customer, with their place in the scenario, and what stands against dunning them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use relance_rules::dsl::money::Money;
use relance_rules::ids::{CompanyId, CustomerId, DisputeId, InvoiceId, PromiseId};
use relance_rules::reason::Reason;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::states::{self, DisputeState, PromiseState};
use crate::store::{StoreError, custom};

/// An invoice or a credit note.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceLine {
    /// Identity.
    pub id: InvoiceId,
    /// A credit note?
    pub credit_note: bool,
    /// Number.
    pub number: String,
    /// Day of issue.
    pub issued: NaiveDate,
    /// Due date.
    pub due: NaiveDate,
    /// Amount, with tax.
    pub amount: Money,
    /// What is open of it.
    pub open: Money,
    /// The day on which it was settled.
    pub settled_on: Option<NaiveDate>,
    /// The customer's order.
    pub purchase_order: Option<String>,
    /// Fields of the firm's own, as they are stored, by name.
    pub custom: BTreeMap<String, String>,
    /// Where it stands, once it was reviewed.
    pub position: Option<Position>,
    /// An open dispute.
    pub disputed: bool,
    /// An open promise, with its day.
    pub promised: Option<NaiveDate>,
}

/// Where an invoice stands in its scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// The last step carried out, by name.
    pub last_step: Option<String>,
    /// The last level carried out.
    pub last_level: Option<i32>,
    /// The step that comes next, by name.
    pub next_step: Option<String>,
    /// Its level.
    pub next_level: Option<i32>,
    /// The earliest day for it.
    pub next_on: Option<NaiveDate>,
    /// Why then, or why nothing.
    pub reasons: Vec<Reason>,
}

/// A dispute.
#[derive(Debug, Clone, PartialEq)]
pub struct DisputeLine {
    /// Identity.
    pub id: DisputeId,
    /// The invoice, by number.
    pub invoice: String,
    /// Category.
    pub category: String,
    /// In words.
    pub note: String,
    /// How it stands.
    pub state: DisputeState,
    /// Since.
    pub opened_on: NaiveDate,
    /// Until.
    pub closed_on: Option<NaiveDate>,
    /// By whom.
    pub opened_by: String,
}

/// A promise to pay.
#[derive(Debug, Clone, PartialEq)]
pub struct PromiseLine {
    /// Identity.
    pub id: PromiseId,
    /// The invoice, by number.
    pub invoice: String,
    /// How much.
    pub amount: Money,
    /// By when.
    pub pay_by: NaiveDate,
    /// Since.
    pub made_on: NaiveDate,
    /// How it stands.
    pub state: PromiseState,
    /// Until.
    pub closed_on: Option<NaiveDate>,
    /// By whom.
    pub taken_by: String,
}

/// All open invoices and credit notes of a customer, the oldest due first, then the settled ones, newest first; at most
/// `open_limit` and `settled_limit` of them.
pub async fn of_customer(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
    open_limit: i64,
    settled_limit: i64,
) -> Result<Vec<InvoiceLine>, StoreError> {
    let rows = sqlx::query!(
        r#"with listed as (
             (select * from invoices where company_id = $1 and customer_id = $2 and open_amount > 0
              order by due, number limit $3)
             union all
             (select * from invoices where company_id = $1 and customer_id = $2 and settled_on is not null
              order by settled_on desc, number desc limit $4))
           select i.id as "id!", i.kind = 'credit_note' as "credit_note!", i.number as "number!", i.issued as "issued!",
             i.due as "due!", i.amount as "amount!", i.open_amount as "open!", i.currency as "currency!", i.settled_on,
             i.purchase_order, i.custom as "custom!", p.last_step as "last_step?", p.last_level as "last_level?", p.next_step as "next_step?",
             p.next_level as "next_level?", p.next_on as "next_on?", p.reasons as "reasons?: Json<Vec<Reason>>",
             exists (select from disputes d where d.company_id = i.company_id and d.invoice_id = i.id and d.state = 'open')
               as "disputed!",
             (select r.pay_by from promises r
              where r.company_id = i.company_id and r.invoice_id = i.id and r.state = 'open') as "promised?"
           from listed i
           left join positions p on p.company_id = i.company_id and p.invoice_id = i.id and p.cycle = i.cycle
           order by i.settled_on is not null, i.settled_on desc, i.due, i.number"#,
        company.0,
        customer.0,
        open_limit,
        settled_limit,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(InvoiceLine {
                id: InvoiceId(r.id),
                credit_note: r.credit_note,
                number: r.number,
                issued: r.issued,
                due: r.due,
                amount: super::money(r.amount, &r.currency)?,
                open: super::money(r.open, &r.currency)?,
                settled_on: r.settled_on,
                purchase_order: r.purchase_order,
                custom: custom::read(r.custom)?,
                position: r.reasons.map(|Json(reasons)| Position {
                    last_step: r.last_step,
                    last_level: r.last_level,
                    next_step: r.next_step,
                    next_level: r.next_level,
                    next_on: r.next_on,
                    reasons,
                }),
                disputed: r.disputed,
                promised: r.promised,
            })
        })
        .collect()
}

/// The customer, by number, and the identity of an invoice, by the invoice's number.
pub async fn find(
    connection: &mut PgConnection,
    company: CompanyId,
    number: &str,
) -> Result<Option<(InvoiceId, CustomerId, String)>, StoreError> {
    let row = sqlx::query!(
        "select i.id, c.id as customer_id, c.number from invoices i
         join customers c on c.company_id = i.company_id and c.id = i.customer_id
         where i.company_id = $1 and i.kind = 'invoice' and i.number = $2",
        company.0,
        number,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|r| (InvoiceId(r.id), CustomerId(r.customer_id), r.number)))
}

/// The disputes of a customer, open ones first, then the newest; at most 50.
pub async fn disputes(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
) -> Result<Vec<DisputeLine>, StoreError> {
    sqlx::query!(
        "select d.id, i.number as invoice, d.category, d.note, d.state, d.opened_on, d.closed_on, d.opened_by
         from disputes d join invoices i on i.company_id = d.company_id and i.id = d.invoice_id
         where d.company_id = $1 and d.customer_id = $2
         order by d.closed_on is not null, d.opened_on desc, d.id desc limit 50",
        company.0,
        customer.0,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|r| {
        Ok(DisputeLine {
            id: DisputeId(r.id),
            invoice: r.invoice,
            category: r.category,
            note: r.note,
            state: states::read(&r.state)?,
            opened_on: r.opened_on,
            closed_on: r.closed_on,
            opened_by: r.opened_by,
        })
    })
    .collect()
}

/// The promises of a customer, open ones first, then the newest; at most 50.
pub async fn promises(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
) -> Result<Vec<PromiseLine>, StoreError> {
    sqlx::query!(
        "select p.id, i.number as invoice, i.currency, p.amount, p.pay_by, p.made_on, p.state, p.closed_on, p.taken_by
         from promises p join invoices i on i.company_id = p.company_id and i.id = p.invoice_id
         where p.company_id = $1 and p.customer_id = $2
         order by p.closed_on is not null, p.pay_by desc, p.id desc limit 50",
        company.0,
        customer.0,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|r| {
        Ok(PromiseLine {
            id: PromiseId(r.id),
            invoice: r.invoice,
            amount: super::money(r.amount, &r.currency)?,
            pay_by: r.pay_by,
            made_on: r.made_on,
            state: states::read(&r.state)?,
            closed_on: r.closed_on,
            taken_by: r.taken_by,
        })
    })
    .collect()
}
