//! Payment plans as they are stored, with what has come in for them.

use std::collections::HashMap;

use chrono::NaiveDate;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::facts::{Instalment, PaymentPlan, SettledBy, Settlement};
use relance_rules::ids::{CompanyId, CustomerId, InvoiceId, PaymentPlanId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::store::{StoreError, values};

/// How far a plan has come. That it is missed follows from what was paid, and from the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanState {
    /// It has not ended.
    Running,
    /// All was paid.
    Kept,
    /// It was cancelled.
    Cancelled,
}

/// A plan, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlan {
    /// Identity.
    pub id: PaymentPlanId,
    /// Whose.
    pub customer: CustomerId,
    /// The invoices, in the order of their due dates.
    pub invoices: Vec<PlanInvoice>,
    /// How far it has come.
    pub state: PlanState,
    /// In words.
    pub note: String,
    /// Who made it.
    pub made_by: String,
    /// The instalment that the events last told to be missed, from 1.
    pub missed: Option<i32>,
    /// Days, amounts, and what has come in.
    pub plan: PaymentPlan,
}

/// An invoice of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanInvoice {
    /// Identity.
    pub id: InvoiceId,
    /// Number.
    pub number: String,
    /// What was open of it when the plan was made.
    pub open_then: Decimal,
    /// What is open of it now.
    pub open: Decimal,
}

impl StoredPlan {
    /// Whether nothing is open of its invoices.
    pub fn settled(&self) -> bool {
        self.invoices.iter().all(|invoice| invoice.open.is_zero())
    }
}

/// All plans of these accounts, the oldest first; three queries for any number of accounts.
///
/// What has come in for a plan is what was allocated to its invoices after it was made, by its value date, and not before the
/// day on which it was made; and what the customer paid since and nobody has allocated. When more is settled than that says (money
/// of before that was allocated later, an invoice that was corrected), the rest counts from the first day on.
pub async fn of_customers(
    connection: &mut PgConnection,
    company: CompanyId,
    customers: &[i64],
) -> Result<Vec<StoredPlan>, StoreError> {
    let rows = sqlx::query!(
        r#"select p.id, p.customer_id, p.currency, p.made_on, p.made_by, p.note, p.state, p.missed, p.ended_on,
                  array_agg(i.due order by i.number) as "dues!", array_agg(i.amount order by i.number) as "amounts!: Vec<Decimal>"
           from payment_plans p
           join payment_plan_instalments i on i.company_id = p.company_id and i.plan_id = p.id
           where p.company_id = $1 and p.customer_id = any($2::bigint[])
           group by p.company_id, p.id order by p.id"#,
        company.0,
        customers,
    )
    .fetch_all(&mut *connection)
    .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut invoices = invoices(&mut *connection, company, customers).await?;
    let mut paid = paid(connection, company, customers).await?;
    rows.into_iter()
        .map(|row| {
            let currency = values::currency(&row.currency)?;
            let parts = row.dues.into_iter().zip(row.amounts);
            let mut plan = PaymentPlan {
                id: row.id,
                made_on: row.made_on,
                instalments: parts
                    .map(|(due, amount)| Instalment {
                        due,
                        amount: Money::new(amount.normalize(), currency),
                    })
                    .collect(),
                paid: paid.remove(&row.id).unwrap_or_default(),
                ended_on: row.ended_on,
            };
            let invoices = invoices.remove(&row.id).unwrap_or_default();
            plan.paid = with_the_rest(plan.paid, &invoices, row.made_on, currency);
            Ok(StoredPlan {
                id: PaymentPlanId(row.id),
                customer: CustomerId(row.customer_id),
                invoices,
                state: state(&row.state)?,
                note: row.note,
                made_by: row.made_by,
                missed: row.missed,
                plan,
            })
        })
        .collect()
}

fn state(name: &str) -> Result<PlanState, StoreError> {
    match name {
        "running" => Ok(PlanState::Running),
        "kept" => Ok(PlanState::Kept),
        "cancelled" => Ok(PlanState::Cancelled),
        other => Err(StoreError::unreadable("the state of a payment plan", other)),
    }
}

async fn invoices(
    connection: &mut PgConnection,
    company: CompanyId,
    customers: &[i64],
) -> Result<HashMap<i64, Vec<PlanInvoice>>, StoreError> {
    let rows = sqlx::query!(
        r#"select l.plan_id, l.invoice_id, i.number, l.open_amount as then, i.open_amount as now
           from payment_plans p
           join payment_plan_invoices l on l.company_id = p.company_id and l.plan_id = p.id
           join invoices i on i.company_id = l.company_id and i.id = l.invoice_id
           where p.company_id = $1 and p.customer_id = any($2::bigint[])
           order by i.due, i.id"#,
        company.0,
        customers,
    )
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<i64, Vec<PlanInvoice>> = HashMap::new();
    for row in rows {
        found.entry(row.plan_id).or_default().push(PlanInvoice {
            id: InvoiceId(row.invoice_id),
            number: row.number,
            open_then: row.then,
            open: row.now,
        });
    }
    Ok(found)
}

async fn paid(
    connection: &mut PgConnection,
    company: CompanyId,
    customers: &[i64],
) -> Result<HashMap<i64, Vec<Settlement>>, StoreError> {
    let rows = sqlx::query!(
        r#"select s.plan_id as "plan_id!", s.day as "day!", s.amount as "amount!", s.currency as "currency!", s.cash as "cash!"
           from (select p.id as plan_id, greatest(a.allocated_on, p.made_on) as day, a.amount, p.currency,
                        a.payment_id is not null as cash
                 from payment_plans p
                 join payment_plan_invoices l on l.company_id = p.company_id and l.plan_id = p.id
                 join allocations a on a.company_id = l.company_id and a.invoice_id = l.invoice_id
                                       and a.created_at >= p.created_at
                 where p.company_id = $1 and p.customer_id = any($2::bigint[])
                 union all
                 select p.id, greatest(m.received_on, p.made_on), m.unallocated, p.currency, true
                 from payment_plans p
                 join payments m on m.company_id = p.company_id and m.customer_id = p.customer_id
                                    and m.currency = p.currency and m.unallocated > 0 and m.created_at >= p.created_at
                 where p.company_id = $1 and p.customer_id = any($2::bigint[]) and p.state = 'running') s
           order by s.day"#,
        company.0,
        customers,
    )
    .fetch_all(connection)
    .await?;
    let mut found: HashMap<i64, Vec<Settlement>> = HashMap::new();
    for row in rows {
        found.entry(row.plan_id).or_default().push(Settlement {
            on: row.day,
            amount: values::money(row.amount, &row.currency)?,
            by: if row.cash {
                SettledBy::Payment
            } else {
                SettledBy::CreditNote
            },
        });
    }
    Ok(found)
}

/// What is settled of the invoices and no row tells, from the first day on.
fn with_the_rest(
    mut paid: Vec<Settlement>,
    invoices: &[PlanInvoice],
    made_on: NaiveDate,
    currency: Currency,
) -> Vec<Settlement> {
    let settled: Decimal = invoices.iter().map(|i| i.open_then - i.open).sum();
    let told: Decimal = paid.iter().map(|s| s.amount.amount).sum();
    let rest = settled - told;
    if rest > Decimal::ZERO {
        let first = Settlement {
            on: made_on,
            amount: Money::new(rest.normalize(), currency),
            by: SettledBy::Payment,
        };
        paid.insert(0, first);
    }
    paid
}
