//! Blocks set by people, on one invoice or a whole account.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{CustomerId, HoldId, InvoiceId};
use sqlx::PgConnection;

use super::companies::Company;
use super::events::EventKind;
use super::{StoreError, accounts, events};

/// The kinds of blocks that people set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// For any reason; the note says which.
    Manual,
    /// The debtor is in insolvency proceedings.
    Insolvency,
    /// The debtor pays by a plan.
    OnPlan,
    /// A credit note is awaited: the customer was right in a dispute.
    CreditExpected,
}

impl BlockKind {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Insolvency => "insolvency",
            Self::OnPlan => "on_plan",
            Self::CreditExpected => "credit_expected",
        }
    }
}

/// A block to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHold {
    /// The account.
    pub customer: CustomerId,
    /// One invoice; none: the whole account.
    pub invoice: Option<InvoiceId>,
    /// What stands against dunning.
    pub kind: BlockKind,
    /// First day; none: today.
    pub from: Option<NaiveDate>,
    /// First day on which it no longer holds; none: until someone ends it.
    pub to: Option<NaiveDate>,
    /// In words.
    pub note: String,
}

/// Sets a block and wakes the account. Refused with [`StoreError::Conflict`]: it would end before it begins, or the invoice
/// is not this customer's.
pub async fn set(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewHold,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<HoldId, StoreError> {
    let from = new.from.unwrap_or(company.today(now));
    if new.to.is_some_and(|to| to < from) {
        let why = text!(
            "a block from {from} cannot end before that day",
            "une suspension à partir du {from} ne peut pas finir avant ce jour"
        );
        return Err(StoreError::conflict("customer", new.customer, why));
    }
    accounts::lock_many(&mut *connection, company.id, &[new.customer]).await?;
    let id = sqlx::query_scalar!(
        "insert into holds (company_id, customer_id, invoice_id, kind, from_on, to_on, note, set_by, created_at)
         select $1, c.id, $3, $4, $5, $6, $7, $8, $9 from customers c
         where c.company_id = $1 and c.id = $2
               and ($3::bigint is null
                    or exists (select from invoices i where i.company_id = $1 and i.id = $3 and i.customer_id = $2))
         returning id",
        company.id.0,
        new.customer.0,
        new.invoice.map(|i| i.0),
        new.kind.name(),
        from,
        new.to,
        new.note,
        actor,
        now,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| {
        let why = text!(
            "there is no such customer, or the invoice is not this customer's",
            "il n'y a pas de tel client, ou la facture n'est pas de ce client"
        );
        StoreError::conflict("customer", new.customer, why)
    })?;
    accounts::wake(&mut *connection, company.id, new.customer, now).await?;
    let kind = EventKind::HoldSet {
        hold: new.kind.name().to_owned(),
        note: new.note.clone(),
        until: new.to.and_then(|to| to.pred_opt()).map(|last| last.to_string()),
    };
    events::append_of(connection, company, new.customer, new.invoice, kind, actor, now).await?;
    Ok(HoldId(id))
}

/// Ends a block today and wakes the account. One that has ended before stays as it is.
pub async fn end(
    connection: &mut PgConnection,
    company: &Company,
    hold: HoldId,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = sqlx::query!(
        "select customer_id, invoice_id from holds where company_id = $1 and id = $2",
        company.id.0,
        hold.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("hold", hold))?;
    let customer = CustomerId(row.customer_id);
    accounts::wake(&mut *connection, company.id, customer, now).await?;
    let ended = sqlx::query!(
        "update holds set to_on = greatest(from_on, $3)
         where company_id = $1 and id = $2 and (to_on is null or to_on > greatest(from_on, $3))",
        company.id.0,
        hold.0,
        company.today(now),
    )
    .execute(&mut *connection)
    .await?;
    if ended.rows_affected() == 0 {
        return Ok(());
    }
    let invoice = row.invoice_id.map(InvoiceId);
    events::append_of(
        connection,
        company,
        customer,
        invoice,
        EventKind::HoldEnded {},
        actor,
        now,
    )
    .await
}

/// Ends the blocks of a kind on these invoices today, whose accounts' locks are held by the caller: wakes nobody.
pub(crate) async fn end_of(
    connection: &mut PgConnection,
    company: &Company,
    invoices: &[InvoiceId],
    kind: BlockKind,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let invoices: Vec<i64> = invoices.iter().map(|i| i.0).collect();
    let ended = sqlx::query!(
        r#"update holds set to_on = greatest(from_on, $4)
           where company_id = $1 and invoice_id = any($2::bigint[]) and kind = $3
                 and (to_on is null or to_on > greatest(from_on, $4))
           returning customer_id, invoice_id as "invoice_id!""#,
        company.id.0,
        &invoices,
        kind.name(),
        company.today(now),
    )
    .fetch_all(&mut *connection)
    .await?;
    for row in ended {
        let (customer, invoice) = (CustomerId(row.customer_id), Some(InvoiceId(row.invoice_id)));
        let kind = EventKind::HoldEnded {};
        events::append_of(&mut *connection, company, customer, invoice, kind, actor, now).await?;
    }
    Ok(())
}
