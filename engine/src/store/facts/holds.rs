//! What stands, or stood, against dunning: disputes, promises, payment plans and blocks.
//!
//! What is known stands: a dispute, promise or block that was noted "today" by a host whose clock was ahead stands from our today on,
//! and not only from tomorrow.

use relance_rules::dsl::money::Money;
use relance_rules::facts::{HoldEnding, HoldKind, HoldSpan};
use sqlx::PgConnection;

use super::{Asked, Grouped, group};
use crate::store::plans::StoredPlan;
use crate::store::{StoreError, values};

/// Spans by what they stand against.
pub(super) struct Blocks {
    /// Of whole accounts, by customer.
    pub(super) accounts: Grouped<HoldSpan>,
    /// Of single invoices, by invoice.
    pub(super) invoices: Grouped<HoldSpan>,
}

/// All of them, each list by first day.
pub(super) async fn load(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
    plans: &[StoredPlan],
) -> Result<Blocks, StoreError> {
    let mut blocks = Blocks {
        accounts: Grouped::new(),
        invoices: Grouped::new(),
    };
    disputes(&mut *connection, asked, &mut blocks).await?;
    promises(&mut *connection, asked, &mut blocks).await?;
    set_by_people(connection, asked, &mut blocks).await?;
    for plan in plans {
        let spans = relance_rules::plans::spans(&plan.plan, asked.grace, asked.today);
        for invoice in &plan.invoices {
            blocks
                .invoices
                .entry(invoice.id.0)
                .or_default()
                .extend(spans.iter().cloned());
        }
    }
    for spans in blocks.accounts.values_mut().chain(blocks.invoices.values_mut()) {
        spans.sort_by_key(|span| span.from);
    }
    Ok(blocks)
}

async fn disputes(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
    blocks: &mut Blocks,
) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        "select id, invoice_id, category, state, opened_on, closed_on from disputes
         where company_id = $1 and customer_id = any($2::bigint[]) order by id",
        asked.company.0,
        asked.customers,
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        let span = HoldSpan {
            kind: HoldKind::Disputed,
            from: row.opened_on.min(asked.today),
            to: row.closed_on,
            note: row.category,
            id: row.id,
            ending: ending(&row.state)?,
        };
        group(&mut blocks.invoices, row.invoice_id, span);
    }
    Ok(())
}

async fn promises(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
    blocks: &mut Blocks,
) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        r#"select p.id, p.invoice_id, p.amount, i.currency, p.state, p.made_on, p.pay_by, p.closed_on
           from promises p join invoices i on i.company_id = p.company_id and i.id = p.invoice_id
           where p.company_id = $1 and p.customer_id = any($2::bigint[]) order by p.id"#,
        asked.company.0,
        asked.customers,
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        let promised: Money = values::money(row.amount, &row.currency)?;
        let span = HoldSpan {
            kind: HoldKind::Promised,
            from: row.made_on.min(asked.today),
            to: row.closed_on.or(asked.grace.last_day(row.pay_by).succ_opt()),
            note: promised.to_string(),
            id: row.id,
            ending: ending(&row.state)?,
        };
        group(&mut blocks.invoices, row.invoice_id, span);
    }
    Ok(())
}

async fn set_by_people(
    connection: &mut PgConnection,
    asked: &Asked<'_>,
    blocks: &mut Blocks,
) -> Result<(), StoreError> {
    let rows = sqlx::query!(
        r#"select h.id, h.customer_id, h.invoice_id, h.kind, h.from_on, h.to_on, h.note,
                  h.from_on <= (h.created_at at time zone c.time_zone)::date as "at_once!"
           from holds h join companies c on c.id = h.company_id
           where h.company_id = $1 and h.customer_id = any($2::bigint[]) order by h.id"#,
        asked.company.0,
        asked.customers,
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        let span = HoldSpan {
            kind: kind(&row.kind)?,
            from: if row.at_once {
                row.from_on.min(asked.today)
            } else {
                row.from_on
            },
            to: row.to_on,
            note: row.note,
            id: row.id,
            ending: None,
        };
        match row.invoice_id {
            Some(invoice) => group(&mut blocks.invoices, invoice, span),
            None => group(&mut blocks.accounts, row.customer_id, span),
        }
    }
    Ok(())
}

/// How a dispute or promise ended, from its state.
fn ending(state: &str) -> Result<Option<HoldEnding>, StoreError> {
    match state {
        "open" => Ok(None),
        "accepted" => Ok(Some(HoldEnding::Accepted)),
        "rejected" => Ok(Some(HoldEnding::Rejected)),
        "kept" => Ok(Some(HoldEnding::Kept)),
        "broken" => Ok(Some(HoldEnding::Broken)),
        "withdrawn" => Ok(Some(HoldEnding::Withdrawn)),
        other => Err(StoreError::unreadable("the state of a dispute or promise", other)),
    }
}

fn kind(name: &str) -> Result<HoldKind, StoreError> {
    match name {
        "manual" => Ok(HoldKind::Manual),
        "insolvency" => Ok(HoldKind::Insolvency),
        "on_plan" => Ok(HoldKind::OnPlan),
        "credit_expected" => Ok(HoldKind::CreditExpected),
        other => Err(StoreError::unreadable("a kind of hold", other)),
    }
}
