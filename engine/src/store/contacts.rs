//! People at the customers.

use chrono::{DateTime, Utc};
use relance_rules::ids::{ContactId, CustomerId};
use sqlx::PgConnection;

use super::companies::Company;
use super::{StoreError, Upserted};

/// A person to be stored under the customer and a key of the source system. `C` is how the customer is named: by id here,
/// by number in imports.
#[derive(Debug, Clone, PartialEq)]
pub struct NewContact<C = CustomerId> {
    /// Whose contact.
    pub customer: C,
    /// Key in the source system, unique for the customer.
    pub external_id: String,
    /// Name.
    pub name: String,
    /// `Madame`, `Mr` ...
    pub salutation: Option<String>,
    /// A role of the vocabulary, as `accounts_payable`.
    pub role: Option<String>,
    /// The customer's main contact; takes the place of an earlier one.
    pub main: bool,
    /// Two-letter language code, when noted.
    pub language: Option<String>,
    /// Mail address. Another address than before is usable again.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// A person as stored.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the other fields are those of NewContact")]
pub struct Contact {
    pub id: ContactId,
    pub customer: CustomerId,
    pub name: String,
    pub salutation: Option<String>,
    pub role: Option<String>,
    pub main: bool,
    pub language: Option<String>,
    pub email: Option<String>,
    /// Whether mail may be sent to `email`.
    pub reach: relance_rules::facts::Reach,
    /// Why it is not usable: the server's answer.
    pub email_note: Option<String>,
    pub phone: Option<String>,
}

/// Stores one contact; see [`upsert_many`].
pub async fn upsert(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewContact,
    now: DateTime<Utc>,
) -> Result<(ContactId, Upserted), StoreError> {
    let mut done = upsert_many(connection, company, std::slice::from_ref(new), now).await?;
    done.pop()
        .ok_or_else(|| StoreError::not_found("contact", &new.external_id))
}

/// Stores contacts under customer and key, in a fixed number of statements; results in input order. No key may occur
/// twice for a customer, nor two main contacts of one customer.
pub async fn upsert_many(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewContact],
    now: DateTime<Utc>,
) -> Result<Vec<(ContactId, Upserted)>, StoreError> {
    let _ = (connection, company, new, now);
    Err(StoreError::not_found("contact", "-"))
}

/// The contacts of a customer, the main one first, then by id.
pub async fn of_customer(
    connection: &mut PgConnection,
    company: &Company,
    customer: CustomerId,
) -> Result<Vec<Contact>, StoreError> {
    let _ = (connection, company, customer);
    Ok(Vec::new())
}

/// Notes that the contact's address was refused for good, with the server's answer, and wakes the account.
pub async fn mark_bounced(
    connection: &mut PgConnection,
    company: &Company,
    contact: ContactId,
    note: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let _ = (connection, company, contact, note, now);
    Ok(())
}

/// Gives the contact another address, which is usable (also when it is the same: someone had it repaired), and wakes the account.
pub async fn set_email(
    connection: &mut PgConnection,
    company: &Company,
    contact: ContactId,
    email: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let _ = (connection, company, contact, email, now);
    Ok(())
}
