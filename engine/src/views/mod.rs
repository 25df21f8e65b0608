//! Read models for the pages and the API: what one screen shows, read in a fixed number of queries, always of one company.
//!
//! Nothing here writes, and nothing here decides. Amounts are exact and carry their currency; where amounts of several
//! currencies are put into one figure, they are read in the company's currency by the rate of the day, and what has no rate
//! is told, never guessed.

pub mod ageing;
pub mod customer;
pub mod customers;
pub mod dashboard;
pub mod deliveries;
pub mod imports;
pub mod invoices;
pub mod load;
pub mod message;
pub mod rules;
pub mod statement;
pub mod states;
pub mod tasks;
pub mod timeline;

use relance_rules::dsl::money::{Currency, Money};
use rust_decimal::Decimal;

use crate::store::StoreError;

/// An amount and its currency as they are stored.
fn money(amount: Decimal, currency: &str) -> Result<Money, StoreError> {
    Ok(Money::new(amount, self::currency(currency)?))
}

/// A currency as it is stored.
fn currency(code: &str) -> Result<Currency, StoreError> {
    Currency::new(code).map_err(|e| StoreError::from(sqlx::Error::Decode(Box::new(e))))
}
