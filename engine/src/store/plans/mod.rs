//! Payment plans: what a debtor agreed to pay in parts, for one invoice or several of one account.

mod known;
mod watch;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::money::Money;
use relance_rules::dsl::text;
use relance_rules::facts::Instalment;
use relance_rules::ids::{CustomerId, InvoiceId, PaymentPlanId};
use relance_rules::plans::{Impossible, equal_parts, possible};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::events::EventKind;
use super::invoices::wake_open;
use super::{StoreError, accounts, events};

pub use known::{PlanInvoice, PlanState, StoredPlan, of_customers};
pub use watch::watch;

/// In which parts something is to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parts {
    /// How much by which day, in the invoices' currency and in the order of the days.
    Written(Vec<(NaiveDate, Decimal)>),
    /// So many equal parts of what is open, one each month from a day on ([`relance_rules::plans::equal_parts`]).
    Equal {
        /// How many.
        count: usize,
        /// The day of the first.
        first: NaiveDate,
    },
}

/// A payment plan to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// Invoices of one account in one currency, each once; at least one.
    pub invoices: Vec<InvoiceId>,
    /// In which parts it is to be paid.
    pub parts: Parts,
    /// In words. Must say why when the instalments are together not what is open.
    pub note: String,
}

/// Makes a plan today and wakes the account. Refused with [`StoreError::Conflict`]: an invoice is settled, another account's,
/// in another currency or on a running plan; a day has passed or stands out of order; an amount is not positive; the sum is not
/// what is open, and no note says why.
pub async fn make(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewPlan,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<PaymentPlanId, StoreError> {
    let today = company.today(now);
    let of = Of::load(&mut *connection, company, &new.invoices, now).await?;
    let instalments = instalments(new, of.open);
    match possible(&instalments, of.open, today) {
        Err(Impossible::Sum { .. }) if !new.note.trim().is_empty() => {}
        Err(why @ Impossible::Sum { .. }) => {
            let told = why.told();
            let why = Text::new(
                format!("{} Say why in a note, if that is agreed.", told.en),
                format!("{} Dites pourquoi dans une note, si c'est convenu.", told.fr),
            );
            return Err(StoreError::conflict(
                "payment plan for",
                of.numbers.join(", "),
                why,
            ));
        }
        Err(why) => {
            return Err(StoreError::conflict(
                "payment plan for",
                of.numbers.join(", "),
                why.told(),
            ));
        }
        Ok(()) => {}
    }
    let id = sqlx::query_scalar!(
        "insert into payment_plans (company_id, customer_id, currency, made_on, made_by, note, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        company.id.0,
        of.customer.0,
        of.open.currency.code(),
        today,
        actor,
        new.note.trim(),
        now,
    )
    .fetch_one(&mut *connection)
    .await?;
    write_parts(&mut *connection, company, id, &of, &instalments).await?;
    let made = EventKind::PlanMade {
        instalments: instalments.len(),
        amount: sum(&instalments, of.open).to_string(),
        first: instalments.first().map(|i| i.due.to_string()).unwrap_or_default(),
        last: instalments.last().map(|i| i.due.to_string()).unwrap_or_default(),
        invoices: of.numbers,
        note: new.note.trim().to_owned(),
    };
    events::append_of(connection, company, of.customer, None, made, actor, now).await?;
    Ok(PaymentPlanId(id))
}

/// Cancels a plan today and wakes the account. Refused with [`StoreError::Conflict`]: it has ended already.
pub async fn cancel(
    connection: &mut PgConnection,
    company: &Company,
    plan: PaymentPlanId,
    why: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let customer = sqlx::query_scalar!(
        "select customer_id from payment_plans where company_id = $1 and id = $2",
        company.id.0,
        plan.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("payment plan", plan))?;
    accounts::wake(&mut *connection, company.id, CustomerId(customer), now).await?;
    let ended = end(connection, company, &[plan.0], "cancelled", actor, now).await?;
    if ended.is_empty() {
        return Err(StoreError::conflict(
            "payment plan",
            plan,
            text!("it has ended already", "il est déjà terminé"),
        ));
    }
    let kind = EventKind::PlanCancelled { why: why.to_owned() };
    events::append_of(connection, company, CustomerId(customer), None, kind, actor, now).await
}

/// Cancels the running plans of these invoices today, as the rules say. The accounts' locks are held by the caller: wakes nobody.
/// Gives the plans; none when none runs any more.
pub async fn cancel_of(
    connection: &mut PgConnection,
    company: &Company,
    invoices: &[InvoiceId],
    why: &str,
    now: DateTime<Utc>,
) -> Result<Vec<PaymentPlanId>, StoreError> {
    let ids: Vec<i64> = invoices.iter().map(|i| i.0).collect();
    let plans = sqlx::query_scalar!(
        "select distinct plan_id from payment_plan_invoices
         where company_id = $1 and invoice_id = any($2::bigint[]) and running order by plan_id",
        company.id.0,
        &ids,
    )
    .fetch_all(&mut *connection)
    .await?;
    let ended = end(&mut *connection, company, &plans, "cancelled", "engine", now).await?;
    for (_, customer) in &ended {
        let kind = EventKind::PlanCancelled { why: why.to_owned() };
        events::append_of(&mut *connection, company, *customer, None, kind, "engine", now).await?;
    }
    Ok(ended.into_iter().map(|(plan, _)| plan).collect())
}

/// The invoices that a plan is for.
struct Of {
    customer: CustomerId,
    invoices: Vec<(InvoiceId, Decimal)>,
    numbers: Vec<String>,
    open: Money,
}

impl Of {
    async fn load(
        connection: &mut PgConnection,
        company: &Company,
        invoices: &[InvoiceId],
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let mut of: Option<Self> = None;
        for id in invoices {
            let invoice = wake_open(&mut *connection, company, *id, now).await?;
            let refuse = |why: Text| Err(StoreError::conflict("invoice", &invoice.number, why));
            let of = of.get_or_insert_with(|| Self {
                customer: invoice.customer,
                invoices: Vec::new(),
                numbers: Vec::new(),
                open: Money::zero(invoice.open.currency),
            });
            if of.customer != invoice.customer {
                return refuse(text!(
                    "it is another customer's: a payment plan is for invoices of one customer",
                    "elle est d'un autre client : un échéancier porte sur les factures d'un seul client"
                ));
            }
            if of.open.currency != invoice.open.currency {
                return refuse(text!(
                    "it is in another currency: make a payment plan for each currency",
                    "elle est dans une autre devise : convenez d'un échéancier par devise"
                ));
            }
            if of.invoices.iter().any(|(known, _)| known == id) {
                return refuse(text!(
                    "it stands twice in the payment plan",
                    "elle figure deux fois dans l'échéancier"
                ));
            }
            of.open.amount += invoice.open.amount;
            of.invoices.push((*id, invoice.open.amount));
            of.numbers.push(invoice.number);
        }
        of.ok_or_else(|| {
            let why = text!(
                "a payment plan is for one invoice at least",
                "un échéancier porte sur une facture au moins"
            );
            StoreError::conflict("company", &company.code, why)
        })
    }
}

fn instalments(new: &NewPlan, open: Money) -> Vec<Instalment> {
    let written = |(due, amount): &(NaiveDate, Decimal)| Instalment {
        due: *due,
        amount: Money::new(*amount, open.currency),
    };
    match &new.parts {
        Parts::Written(parts) => parts.iter().map(written).collect(),
        Parts::Equal { count, first } => equal_parts(open, *count, *first),
    }
}

fn sum(instalments: &[Instalment], open: Money) -> Money {
    let amounts = instalments.iter().map(|i| i.amount.amount);
    Money::new(amounts.sum(), open.currency)
}

/// Writes the instalments and the invoices of a new plan. Refused: an invoice is on a running plan.
async fn write_parts(
    connection: &mut PgConnection,
    company: &Company,
    plan: i64,
    of: &Of,
    instalments: &[Instalment],
) -> Result<(), StoreError> {
    let dues: Vec<NaiveDate> = instalments.iter().map(|i| i.due).collect();
    let amounts: Vec<Decimal> = instalments.iter().map(|i| i.amount.amount).collect();
    sqlx::query!(
        "insert into payment_plan_instalments (company_id, plan_id, number, due, amount)
         select $1, $2, n, due, amount
         from unnest($3::date[], $4::numeric[]) with ordinality as i (due, amount, n)",
        company.id.0,
        plan,
        &dues,
        &amounts,
    )
    .execute(&mut *connection)
    .await?;
    let ids: Vec<i64> = of.invoices.iter().map(|(id, _)| id.0).collect();
    let open: Vec<Decimal> = of.invoices.iter().map(|(_, open)| *open).collect();
    let written = sqlx::query_scalar!(
        "insert into payment_plan_invoices (company_id, plan_id, invoice_id, open_amount)
         select $1, $2, id, open from unnest($3::bigint[], $4::numeric[]) as i (id, open)
         on conflict (company_id, invoice_id) where running do nothing
         returning invoice_id",
        company.id.0,
        plan,
        &ids,
        &open,
    )
    .fetch_all(connection)
    .await?;
    let mut invoices = of.invoices.iter().zip(&of.numbers);
    match invoices.find(|((id, _), _)| !written.contains(&id.0)) {
        None => Ok(()),
        Some((_, number)) => {
            let why = text!(
                "there is a running payment plan for it; cancel that one first",
                "un échéancier est déjà en cours ; annulez-le d'abord"
            );
            Err(StoreError::conflict("invoice", number, why))
        }
    }
}

/// Ends those of some plans that run. Gives them, with their accounts.
async fn end(
    connection: &mut PgConnection,
    company: &Company,
    plans: &[i64],
    state: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Vec<(PaymentPlanId, CustomerId)>, StoreError> {
    let ended = sqlx::query!(
        "update payment_plans set state = $3, ended_on = greatest(made_on, $4), ended_by = $5
         where company_id = $1 and id = any($2::bigint[]) and state = 'running'
         returning id, customer_id",
        company.id.0,
        plans,
        state,
        company.today(now),
        actor,
    )
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<i64> = ended.iter().map(|row| row.id).collect();
    sqlx::query!(
        "update payment_plan_invoices set running = false
         where company_id = $1 and plan_id = any($2::bigint[]) and running",
        company.id.0,
        &ids,
    )
    .execute(connection)
    .await?;
    let ended = ended.into_iter();
    Ok(ended
        .map(|row| (PaymentPlanId(row.id), CustomerId(row.customer_id)))
        .collect())
}
