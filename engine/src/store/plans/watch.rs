//! What time and money do to running plans: kept, missed, caught up with.

use chrono::{DateTime, Utc};
use relance_rules::ids::CustomerId;
use relance_rules::plans::missed;
use relance_rules::promises::Grace;
use sqlx::PgConnection;

use super::end;
use super::known::{PlanState, StoredPlan, of_customers};
use crate::store::companies::Company;
use crate::store::events::EventKind;
use crate::store::{StoreError, events};

/// Ends the running plans of these accounts whose invoices are settled, or whose instalments are all paid, as kept; and tells
/// once in the log which instalment is missed, and that the debtor has caught up. Called by the review, which holds the accounts'
/// locks: wakes nobody.
pub async fn watch(
    connection: &mut PgConnection,
    company: &Company,
    customers: &[CustomerId],
    grace: &Grace,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let ids: Vec<i64> = customers.iter().map(|c| c.0).collect();
    let plans = of_customers(&mut *connection, company.id, &ids).await?;
    for plan in plans.iter().filter(|p| p.state == PlanState::Running) {
        if plan.settled() || paid(plan) {
            end(&mut *connection, company, &[plan.id.0], "kept", "engine", now).await?;
            let kept = EventKind::PlanKept {};
            events::append_of(
                &mut *connection,
                company,
                plan.customer,
                None,
                kept,
                "engine",
                now,
            )
            .await?;
            continue;
        }
        let missed = missed(&plan.plan, grace, company.today(now));
        let number = missed
            .and_then(|m| i32::try_from(m.instalment).ok())
            .map(|n| n + 1);
        if number == plan.missed {
            continue;
        }
        note(&mut *connection, company, plan, number).await?;
        let instalment = missed.and_then(|m| plan.plan.instalments.get(m.instalment));
        let told = match instalment {
            Some(instalment) => EventKind::PlanMissed {
                instalment: number.unwrap_or_default(),
                amount: instalment.amount.to_string(),
                due: instalment.due.to_string(),
            },
            None => EventKind::PlanCaughtUp {},
        };
        events::append_of(
            &mut *connection,
            company,
            plan.customer,
            None,
            told,
            "engine",
            now,
        )
        .await?;
    }
    Ok(())
}

/// Whether as much has come in as the instalments are together.
fn paid(plan: &StoredPlan) -> bool {
    let due: rust_decimal::Decimal = plan.plan.instalments.iter().map(|i| i.amount.amount).sum();
    let paid: rust_decimal::Decimal = plan.plan.paid.iter().map(|s| s.amount.amount).sum();
    paid >= due
}

async fn note(
    connection: &mut PgConnection,
    company: &Company,
    plan: &StoredPlan,
    missed: Option<i32>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update payment_plans set missed = $3 where company_id = $1 and id = $2",
        company.id.0,
        plan.id.0,
        missed,
    )
    .execute(connection)
    .await?;
    Ok(())
}
