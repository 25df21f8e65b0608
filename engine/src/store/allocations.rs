//! Lettrage: parts of payments and credit notes set against invoices.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{CustomerId, InvoiceId, PaymentId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::events::{EventKind, NewEvent};
use super::holds::{self, BlockKind};
use super::{StoreError, accounts, events, promises};

/// What pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// A payment.
    Payment(PaymentId),
    /// A credit note.
    CreditNote(InvoiceId),
}

/// A part of a source for one invoice.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// What pays.
    pub(crate) source: Source,
    /// The invoice.
    pub(crate) invoice: InvoiceId,
    /// How much; positive, at most what is left of the source and open on the invoice.
    pub(crate) amount: Decimal,
    /// The day that counts.
    pub(crate) on: NaiveDate,
}

/// Sets a part of a payment against an invoice of the same customer and currency, on the payment's day; at most `amount`,
/// or as much as is left and open. Gives what was allocated, which is zero when nothing is left or open.
pub async fn allocate_payment(
    connection: &mut PgConnection,
    company: &Company,
    payment: PaymentId,
    invoice: InvoiceId,
    amount: Option<Decimal>,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Decimal, StoreError> {
    let target = Target::load(&mut *connection, company, invoice).await?;
    accounts::wake(&mut *connection, company.id, target.customer, now).await?;
    let row = sqlx::query!(
        "select customer_id, currency, unallocated, received_on from payments
         where company_id = $1 and id = $2 for update",
        company.id.0,
        payment.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("payment", payment))?;
    // Read again: only now is the account's lock held.
    let target = Target::load(&mut *connection, company, invoice).await?;
    target.accepts("payment", payment, row.customer_id, &row.currency)?;
    let amount = fitting(amount, row.unallocated, target.open);
    let part = Part {
        source: Source::Payment(payment),
        invoice,
        amount,
        on: row.received_on,
    };
    write(connection, company, &[part], actor, now).await?;
    Ok(amount)
}

/// Sets a part of a credit note against an invoice of the same customer and currency, on today's day; else as
/// [`allocate_payment`].
pub async fn allocate_credit_note(
    connection: &mut PgConnection,
    company: &Company,
    credit_note: InvoiceId,
    invoice: InvoiceId,
    amount: Option<Decimal>,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Decimal, StoreError> {
    let target = Target::load(&mut *connection, company, invoice).await?;
    accounts::wake(&mut *connection, company.id, target.customer, now).await?;
    let row = sqlx::query!(
        "select customer_id, currency, open_amount from invoices
         where company_id = $1 and id = $2 and kind = 'credit_note' for update",
        company.id.0,
        credit_note.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("credit note", credit_note))?;
    // Read again: only now is the account's lock held.
    let target = Target::load(&mut *connection, company, invoice).await?;
    target.accepts("credit note", credit_note, row.customer_id, &row.currency)?;
    let amount = fitting(amount, row.open_amount, target.open);
    let part = Part {
        source: Source::CreditNote(credit_note),
        invoice,
        amount,
        on: company.today(now),
    };
    write(connection, company, &[part], actor, now).await?;
    Ok(amount)
}

/// As much as is asked for, left and open; never negative.
pub(crate) fn fitting(asked: Option<Decimal>, left: Decimal, open: Decimal) -> Decimal {
    let fits = left.min(open);
    asked.map_or(fits, |asked| asked.min(fits)).max(Decimal::ZERO)
}

/// The invoice that is paid.
struct Target {
    number: String,
    customer: CustomerId,
    currency: String,
    open: Decimal,
}

impl Target {
    async fn load(
        connection: &mut PgConnection,
        company: &Company,
        invoice: InvoiceId,
    ) -> Result<Self, StoreError> {
        sqlx::query!(
            "select number, customer_id, currency, open_amount from invoices
             where company_id = $1 and id = $2 and kind = 'invoice'",
            company.id.0,
            invoice.0,
        )
        .fetch_optional(connection)
        .await?
        .map(|row| Self {
            number: row.number,
            customer: CustomerId(row.customer_id),
            currency: row.currency,
            open: row.open_amount,
        })
        .ok_or_else(|| StoreError::not_found("invoice", invoice))
    }

    fn accepts(
        &self,
        what: &'static str,
        source: impl std::fmt::Display,
        customer: i64,
        currency: &str,
    ) -> Result<(), StoreError> {
        if customer != self.customer.0 {
            let why = text!(
                "invoice {} belongs to another customer",
                "la facture {} est d'un autre client",
                self.number
            );
            return Err(StoreError::conflict(what, source, why));
        }
        if currency != self.currency {
            let (number, own) = (&self.number, &self.currency);
            let why = text!(
                "it is in {currency}, invoice {number} is in {own}",
                "il est en {currency}, la facture {number} est en {own}"
            );
            return Err(StoreError::conflict(what, source, why));
        }
        Ok(())
    }
}

/// Writes allocations: takes them from their sources and from the open amounts, notes settled invoices and kept promises.
/// The accounts' locks are held by the caller, who has woken them; parts of zero are left out, a source and an invoice may
/// meet once in a call.
pub(crate) async fn write(
    connection: &mut PgConnection,
    company: &Company,
    parts: &[Part],
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let parts: Vec<&Part> = parts.iter().filter(|part| !part.amount.is_zero()).collect();
    if parts.is_empty() {
        return Ok(());
    }
    insert(&mut *connection, company, &parts, now).await?;
    take_from_sources(&mut *connection, company, &parts).await?;
    let invoices: Vec<i64> = parts.iter().map(|part| part.invoice.0).collect();
    let amounts: Vec<Decimal> = parts.iter().map(|part| part.amount).collect();
    let rows = sqlx::query!(
        "update invoices i
         set open_amount = i.open_amount - n.amount,
             settled_on = case when i.open_amount = n.amount then
                 (select max(a.allocated_on) from allocations a where a.company_id = i.company_id and a.invoice_id = i.id)
             end
         from (select id, sum(amount) as amount from unnest($2::bigint[], $3::numeric[]) as t (id, amount) group by id) n
         where i.company_id = $1 and i.id = n.id
         returning i.id, i.customer_id, i.number, i.settled_on",
        company.id.0,
        &invoices,
        &amounts,
    )
    .fetch_all(&mut *connection)
    .await?;
    let settled: Vec<NewEvent<'_>> = rows
        .into_iter()
        .filter(|row| row.settled_on.is_some())
        .map(|row| NewEvent {
            company: company.id,
            at: now,
            kind: EventKind::InvoiceSettled { number: row.number },
            customer: Some(CustomerId(row.customer_id)),
            invoice: Some(InvoiceId(row.id)),
            action: None,
            actor,
        })
        .collect();
    events::append_many(&mut *connection, &settled).await?;
    credits_have_come(&mut *connection, company, &parts, &settled, actor, now).await?;
    promises::keep(connection, company, &invoices, actor, now).await
}

/// A credit note that is set against an invoice is the one that was awaited for it, and for what is settled nothing is awaited.
async fn credits_have_come(
    connection: &mut PgConnection,
    company: &Company,
    parts: &[&Part],
    settled: &[NewEvent<'_>],
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let credited = parts
        .iter()
        .filter(|part| matches!(part.source, Source::CreditNote(_)));
    let credited = credited.map(|part| part.invoice);
    let credited: Vec<InvoiceId> = credited
        .chain(settled.iter().filter_map(|event| event.invoice))
        .collect();
    if credited.is_empty() {
        return Ok(());
    }
    holds::end_of(
        connection,
        company,
        &credited,
        BlockKind::CreditExpected,
        actor,
        now,
    )
    .await
}

async fn insert(
    connection: &mut PgConnection,
    company: &Company,
    parts: &[&Part],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let invoices: Vec<i64> = parts.iter().map(|part| part.invoice.0).collect();
    let payments: Vec<Option<i64>> = parts
        .iter()
        .map(|part| match part.source {
            Source::Payment(id) => Some(id.0),
            Source::CreditNote(_) => None,
        })
        .collect();
    let credit_notes: Vec<Option<i64>> = parts
        .iter()
        .map(|part| match part.source {
            Source::Payment(_) => None,
            Source::CreditNote(id) => Some(id.0),
        })
        .collect();
    let amounts: Vec<Decimal> = parts.iter().map(|part| part.amount).collect();
    let days: Vec<NaiveDate> = parts.iter().map(|part| part.on).collect();
    // A pair that met before grows: an update first, so that one statement serves payments and credit notes.
    sqlx::query!(
        "with n as (
             select * from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::numeric[], $6::date[])
                  as n (invoice_id, payment_id, credit_note_id, amount, allocated_on)
         ), grown as (
             update allocations a set amount = a.amount + n.amount, allocated_on = n.allocated_on
             from n
             where a.company_id = $1 and a.invoice_id = n.invoice_id
                   and (a.payment_id = n.payment_id or a.credit_note_id = n.credit_note_id)
             returning a.invoice_id, a.payment_id, a.credit_note_id
         )
         insert into allocations (company_id, invoice_id, payment_id, credit_note_id, amount, allocated_on, created_at)
         select $1, n.invoice_id, n.payment_id, n.credit_note_id, n.amount, n.allocated_on, $7 from n
         where not exists (
             select from grown g
             where g.invoice_id = n.invoice_id
                   and (g.payment_id = n.payment_id or g.credit_note_id = n.credit_note_id)
         )",
        company.id.0,
        &invoices,
        &payments as &[Option<i64>],
        &credit_notes as &[Option<i64>],
        &amounts,
        &days,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn take_from_sources(
    connection: &mut PgConnection,
    company: &Company,
    parts: &[&Part],
) -> Result<(), StoreError> {
    let (mut payments, mut from_payments) = (Vec::new(), Vec::new());
    let (mut notes, mut from_notes, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part.source {
            Source::Payment(id) => {
                payments.push(id.0);
                from_payments.push(part.amount);
            }
            Source::CreditNote(id) => {
                notes.push(id.0);
                from_notes.push(part.amount);
                days.push(part.on);
            }
        }
    }
    sqlx::query!(
        "update payments p set unallocated = p.unallocated - n.amount
         from (select id, sum(amount) as amount from unnest($2::bigint[], $3::numeric[]) as t (id, amount) group by id) n
         where p.company_id = $1 and p.id = n.id",
        company.id.0,
        &payments,
        &from_payments,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        r#"update invoices i
         set open_amount = i.open_amount - n.amount, settled_on = case when i.open_amount = n.amount then n.day end
         from (select id, sum(amount) as amount, max(day) as day
               from unnest($2::bigint[], $3::numeric[], $4::date[]) as t (id, amount, day) group by id) n
         where i.company_id = $1 and i.id = n.id"#,
        company.id.0,
        &notes,
        &from_notes,
        &days,
    )
    .execute(connection)
    .await?;
    Ok(())
}
