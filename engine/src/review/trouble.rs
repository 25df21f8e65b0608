//! An account that cannot be decided: set apart, with a task for a person, and tried again the next day.

use chrono::{DateTime, TimeDelta, Utc};
use relance_rules::decision::Decision;
use relance_rules::facts::AccountFacts;
use relance_rules::ids::{CompanyId, CustomerId};
use relance_rules::words::{self, Language};
use sqlx::PgConnection;

use crate::store::companies::Company;
use crate::store::tasks::{self, NewTask, TaskKind};
use crate::store::{StoreError, accounts, companies};

/// Role of the person who looks after troubles.
const ROLE: &str = "credit_manager";
/// An account in trouble is tried again after so long, if nothing wakes it before.
const AGAIN: TimeDelta = TimeDelta::hours(24);

/// An error with its causes, in one line.
pub(crate) fn words(error: &StoreError) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Notes the trouble on the account and opens a task.
pub(super) async fn note(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
    trouble: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tracing::error!(%company, %customer, trouble, "an account cannot be decided");
    accounts::set_trouble(&mut *connection, company, customer, trouble, now + AGAIN).await?;
    let Some(company) = companies::by_id(&mut *connection, company).await? else {
        return Ok(());
    };
    let title = match Language::of(&company.language) {
        Language::Fr => format!("Compte impossible à décider : {trouble}"),
        Language::En => format!("This account cannot be decided: {trouble}"),
    };
    ask(connection, &company, customer, title, now).await
}

/// Asks a person to look at what a decision could not do by itself: a task for each, once. What else was decided stands.
pub(super) async fn attend(
    connection: &mut PgConnection,
    company: &Company,
    facts: &AccountFacts,
    decision: &Decision,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let language = Language::of(&company.language);
    for reason in &decision.attention {
        let title = words::reason(reason, facts.company.time_zone, language);
        ask(&mut *connection, company, facts.customer.id, title, now).await?;
    }
    Ok(())
}

/// Asks a person to look at an account; once, as long as the same is asked.
pub(crate) async fn ask(
    connection: &mut PgConnection,
    company: &Company,
    customer: CustomerId,
    title: String,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let task = NewTask {
        customer,
        action: None,
        kind: TaskKind::Attention,
        title,
        script: None,
        assign_role: ROLE.to_owned(),
        contact: None,
        due_on: company.today(now),
    };
    tasks::open_many(connection, company, &[task], now).await
}
