//! Stored texts and numbers into the types of the domain.

use chrono_tz::Tz;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::facts::{CustomerKind, Reach};
use rust_decimal::Decimal;

use super::StoreError;

/// A currency.
pub(crate) fn currency(code: &str) -> Result<Currency, StoreError> {
    Currency::new(code).map_err(|e| StoreError::unreadable("a currency", e.0))
}

/// An amount without the zeros that the column's scale adds.
pub(crate) fn money(amount: Decimal, code: &str) -> Result<Money, StoreError> {
    Ok(Money::new(amount.normalize(), currency(code)?))
}

/// A time zone.
pub(crate) fn time_zone(name: &str) -> Result<Tz, StoreError> {
    name.parse()
        .map_err(|_| StoreError::unreadable("a time zone", name))
}

/// A kind of customer, as stored.
pub(crate) fn customer_kind_name(kind: CustomerKind) -> &'static str {
    match kind {
        CustomerKind::Business => "business",
        CustomerKind::Public => "public",
        CustomerKind::Consumer => "consumer",
    }
}

/// A kind of customer.
pub(crate) fn customer_kind(name: &str) -> Result<CustomerKind, StoreError> {
    match name {
        "business" => Ok(CustomerKind::Business),
        "public" => Ok(CustomerKind::Public),
        "consumer" => Ok(CustomerKind::Consumer),
        other => Err(StoreError::unreadable("a kind of customer", other)),
    }
}

/// Whether mail may be sent to an address in this state.
pub(crate) fn reach(email: Option<&str>, state: &str) -> Result<Reach, StoreError> {
    match (email, state) {
        (None, _) => Ok(Reach::Absent),
        (Some(_), "usable") => Ok(Reach::Usable),
        (Some(_), "bounced") => Ok(Reach::Bounced),
        (Some(_), "opted_out") => Ok(Reach::OptedOut),
        (_, other) => Err(StoreError::unreadable("the state of a mail address", other)),
    }
}
