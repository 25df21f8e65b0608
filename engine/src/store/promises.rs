//! Promises to pay.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::text;
use relance_rules::ids::{CustomerId, InvoiceId, PromiseId};
use relance_rules::promises::Grace;
use relance_rules::words::{self, Language};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::events::{EventKind, NewEvent};
use super::invoices::{self, OpenInvoice};
use super::{StoreError, accounts, events};

/// A promise to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromise {
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much, in the invoice's currency; none: all that is open.
    pub amount: Option<Decimal>,
    /// The last day on which it is kept.
    pub pay_by: NaiveDate,
}

/// Takes a promise today. Refused with [`StoreError::Conflict`]: the invoice has an open one or is settled, the day has
/// passed, the amount is not positive or is more than is open.
pub async fn take(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewPromise,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<PromiseId, StoreError> {
    let today = company.today(now);
    let invoice = invoices::wake_open(&mut *connection, company, new.invoice, now).await?;
    let amount = new.amount.unwrap_or(invoice.open.amount);
    refuse_impossible(&invoice, new, amount, today)?;
    let taken = sqlx::query_scalar!(
        "insert into promises (company_id, invoice_id, customer_id, amount, pay_by, made_on, taken_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (company_id, invoice_id) where state = 'open' do nothing
         returning id",
        company.id.0,
        new.invoice.0,
        invoice.customer.0,
        amount,
        new.pay_by,
        today,
        actor,
        now,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(id) = taken else {
        return Err(StoreError::conflict(
            "invoice",
            &invoice.number,
            text!(
                "there is an open promise on it; withdraw that one first",
                "une promesse est déjà en cours ; retirez-la d'abord"
            ),
        ));
    };
    let kind = EventKind::PromiseTaken {
        amount: relance_rules::dsl::money::Money::new(amount, invoice.open.currency).to_string(),
        pay_by: new.pay_by.to_string(),
    };
    events::append_of(
        connection,
        company,
        invoice.customer,
        Some(new.invoice),
        kind,
        actor,
        now,
    )
    .await?;
    Ok(PromiseId(id))
}

fn refuse_impossible(
    invoice: &OpenInvoice,
    new: &NewPromise,
    amount: Decimal,
    today: NaiveDate,
) -> Result<(), StoreError> {
    let refuse = |why: Text| Err(StoreError::conflict("invoice", &invoice.number, why));
    if new.pay_by < today {
        return refuse(Text::new(
            format!(
                "a promise for {} is in the past",
                words::date(new.pay_by, Language::En)
            ),
            format!(
                "une promesse pour le {} est déjà passée",
                words::date(new.pay_by, Language::Fr)
            ),
        ));
    }
    if amount <= Decimal::ZERO {
        return refuse(text!(
            "a promise must be for more than nothing",
            "une promesse porte sur un montant positif"
        ));
    }
    if amount > invoice.open.amount {
        return refuse(Text::new(
            format!("only {} is open", words::money(invoice.open, Language::En)),
            format!(
                "il ne reste que {} à payer",
                words::money(invoice.open, Language::Fr)
            ),
        ));
    }
    Ok(())
}

/// Withdraws a promise today: it was noted by mistake, or replaced. Refused: it is closed already.
pub async fn withdraw(
    connection: &mut PgConnection,
    company: &Company,
    promise: PromiseId,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = sqlx::query!(
        "select customer_id, invoice_id from promises where company_id = $1 and id = $2",
        company.id.0,
        promise.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("promise", promise))?;
    let customer = CustomerId(row.customer_id);
    accounts::wake(&mut *connection, company.id, customer, now).await?;
    let withdrawn = sqlx::query!(
        "update promises set state = 'withdrawn', closed_on = $3
         where company_id = $1 and id = $2 and state = 'open'",
        company.id.0,
        promise.0,
        company.today(now),
    )
    .execute(&mut *connection)
    .await?;
    if withdrawn.rows_affected() == 0 {
        return Err(StoreError::conflict(
            "promise",
            promise,
            text!("it is closed already", "elle est déjà close"),
        ));
    }
    let kind = EventKind::PromiseWithdrawn {};
    events::append_of(
        connection,
        company,
        customer,
        Some(InvoiceId(row.invoice_id)),
        kind,
        actor,
        now,
    )
    .await
}

/// Closes the open promises of these accounts whose day has passed: as kept when they were fulfilled within the grace, as broken
/// when that has passed, too; they are broken on the day after. Called by the review, which holds the accounts' locks: wakes
/// nobody. Gives how many were broken.
pub async fn close_overdue(
    connection: &mut PgConnection,
    company: &Company,
    customers: &[CustomerId],
    grace: &Grace,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let customers: Vec<i64> = customers.iter().map(|c| c.0).collect();
    let today = company.today(now);
    let overdue = sqlx::query!(
        "select id, pay_by from promises
         where company_id = $1 and customer_id = any($2::bigint[]) and state = 'open' and pay_by < $3",
        company.id.0,
        &customers,
        today,
    )
    .fetch_all(&mut *connection)
    .await?;
    if overdue.is_empty() {
        return Ok(0);
    }
    let ids: Vec<i64> = overdue.iter().map(|row| row.id).collect();
    let last_days: Vec<NaiveDate> = overdue.iter().map(|row| grace.last_day(row.pay_by)).collect();
    let rows = sqlx::query!(
        r#"update promises p
           set state = case when n.kept then 'kept' else 'broken' end,
               closed_on = case when n.kept then $4 else n.last_day + 1 end
           from (select o.id, d.last_day,
                        coalesce(i.settled_on <= d.last_day, false)
                        or o.amount <= (select coalesce(sum(a.amount), 0) from allocations a
                                        where a.company_id = o.company_id and a.invoice_id = o.invoice_id
                                              and a.created_at >= o.created_at and a.allocated_on <= d.last_day) as kept
                 from unnest($2::bigint[], $3::date[]) as d (id, last_day)
                 join promises o on o.company_id = $1 and o.id = d.id
                 join invoices i on i.company_id = o.company_id and i.id = o.invoice_id) n
           where p.company_id = $1 and p.id = n.id and p.state = 'open' and (n.kept or n.last_day < $4)
           returning p.customer_id, p.invoice_id, p.pay_by, n.kept as "kept!""#,
        company.id.0,
        &ids,
        &last_days,
        today,
    )
    .fetch_all(&mut *connection)
    .await?;
    let broken = rows.iter().filter(|row| !row.kept).count() as u64;
    let closed: Vec<NewEvent<'_>> = rows
        .into_iter()
        .map(|row| NewEvent {
            company: company.id,
            at: now,
            kind: if row.kept {
                EventKind::PromiseKept {}
            } else {
                EventKind::PromiseBroken {
                    pay_by: row.pay_by.to_string(),
                }
            },
            customer: Some(CustomerId(row.customer_id)),
            invoice: Some(InvoiceId(row.invoice_id)),
            action: None,
            actor: "engine",
        })
        .collect();
    events::append_many(connection, &closed).await?;
    Ok(broken)
}

/// Notes as kept the promises on these invoices that are fulfilled: the invoice was settled, or the promised amount
/// allocated since the promise was taken, by value dates up to the promised day. Also one that was noted as broken, when the
/// payment of the last day, grace included, is booked a day later. What is paid within the grace of an open promise is seen by
/// [`close_overdue`].
pub(crate) async fn keep(
    connection: &mut PgConnection,
    company: &Company,
    invoices: &[i64],
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        "update promises p set state = 'kept', closed_on = case p.state when 'open' then $3 else p.closed_on end
         from invoices i
         where p.company_id = $1 and p.invoice_id = any($2::bigint[]) and p.state in ('open', 'broken')
               and i.company_id = p.company_id and i.id = p.invoice_id
               and (i.settled_on <= case p.state when 'broken' then p.closed_on - 1 else p.pay_by end
                    or p.amount <= (select coalesce(sum(a.amount), 0) from allocations a
                                    where a.company_id = p.company_id and a.invoice_id = p.invoice_id
                                          and a.created_at >= p.created_at and a.allocated_on <= case p.state when 'broken' then p.closed_on - 1 else p.pay_by end))
         returning p.customer_id, p.invoice_id",
        company.id.0,
        invoices,
        company.today(now),
    )
    .fetch_all(&mut *connection)
    .await?;
    let kept: Vec<NewEvent<'_>> = rows
        .into_iter()
        .map(|row| NewEvent {
            company: company.id,
            at: now,
            kind: EventKind::PromiseKept {},
            customer: Some(CustomerId(row.customer_id)),
            invoice: Some(InvoiceId(row.invoice_id)),
            action: None,
            actor,
        })
        .collect();
    Ok(events::append_many(connection, &kept).await?)
}
