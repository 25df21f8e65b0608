//! Payments: received, and taken back.

mod known;
mod plan;
mod take_back;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::money::Money;
use relance_rules::ids::{CustomerId, PaymentId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::{StoreError, Upserted, accounts};
use known::Known;

pub(crate) use take_back::standing;
pub use take_back::{take_back, take_back_reference};

/// A payment to be stored under its reference. `C` is how the customer is named: by id here, by number in imports.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPayment<C = CustomerId> {
    /// Who paid.
    pub customer: C,
    /// Key in the source system, unique in the company.
    pub reference: String,
    /// Value date.
    pub received_on: NaiveDate,
    /// Amount.
    pub amount: Money,
    /// In words.
    pub note: Option<String>,
    /// Which invoices it pays, in this order; without an amount: as much as fits.
    pub pays: Vec<Pays>,
}

impl<C> NewPayment<C> {
    /// The same, of this customer.
    pub fn of(self, customer: CustomerId) -> NewPayment {
        self.map_customer(|_| customer)
    }

    /// The same, with the customer named in another way.
    pub fn map_customer<D>(self, name: impl FnOnce(C) -> D) -> NewPayment<D> {
        NewPayment {
            customer: name(self.customer),
            reference: self.reference,
            received_on: self.received_on,
            amount: self.amount,
            note: self.note,
            pays: self.pays,
        }
    }
}

/// A part of a payment for one invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pays {
    /// The invoice's number.
    pub invoice: String,
    /// At most so much, in the payment's currency; none: as much as is open and left.
    pub amount: Option<Decimal>,
}

/// Stores one payment; see [`receive_many`].
pub async fn receive(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewPayment,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(PaymentId, Upserted), StoreError> {
    let mut done = receive_many(connection, company, std::slice::from_ref(new), actor, now).await?;
    done.pop()
        .unwrap_or_else(|| Err(StoreError::not_found("payment", &new.reference)))
}

/// Stores payments under their references and allocates them, in this order, to the invoices that they name; the rest stays
/// unallocated. A fixed number of statements; results in input order. Accounts are woken, settled invoices and kept promises noted.
///
/// The same payment again changes nothing, except that invoices named now and not before are paid from what is left, and
/// that a corrected day or note is taken over. Refused one by one with [`StoreError::Conflict`]: an unknown invoice, one
/// of another customer or currency; another amount, currency or customer than stored. A payment that was taken back is revived
/// only by the actor who took it back.
pub async fn receive_many(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewPayment],
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Result<(PaymentId, Upserted), StoreError>>, StoreError> {
    let customers: Vec<CustomerId> = new.iter().map(|p| p.customer).collect();
    accounts::lock_many(&mut *connection, company.id, &customers).await?;
    let known = Known::load(&mut *connection, company, new).await?;
    let plan = plan::plan(new, known, actor);
    let touched: Vec<CustomerId> = plan.touched().map(|index| new[index].customer).collect();
    accounts::wake_many(&mut *connection, company.id, &touched, now).await?;
    write::run(connection, company, new, plan, actor, now).await
}
