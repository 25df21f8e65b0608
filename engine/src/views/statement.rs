//! The statement of an account as of now, whoever asks for it.

use chrono::{DateTime, Utc};
use relance_rules::ids::CustomerId;
use relance_rules::promises::Grace;
use sqlx::PgConnection;

use crate::message::{self, Statement};
use crate::store::companies::Company;
use crate::store::{StoreError, facts};

/// The statement of a customer, in the language of this two-letter code; none when there is no such account.
pub async fn of(
    connection: &mut PgConnection,
    company: &Company,
    customer: CustomerId,
    language: &str,
    grace: &Grace,
    now: DateTime<Utc>,
) -> Result<Option<Statement>, StoreError> {
    let facts = facts::load(connection, company, &[customer], grace, now).await?;
    let today = company.today(now);
    Ok(facts
        .first()
        .map(|facts| message::statement(company, facts, language, today)))
}
