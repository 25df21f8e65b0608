//! Short ways to a company, customers and invoices; tests change the fields that matter to them.

use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::rules::dsl::money::{Currency, Money};
use relance_engine::rules::facts::CustomerKind;
use relance_engine::rules::ids::{CustomerId, InvoiceId};
use relance_engine::store::companies::{self, Company, NewCompany};
use relance_engine::store::contacts::NewContact;
use relance_engine::store::customers::{self, NewCustomer};
use relance_engine::store::invoices::{self, InvoiceKind, NewInvoice};
use sqlx::PgConnection;

/// Euros, from cents: `eur(123_45)` is 123.45 EUR.
pub fn eur(cents: i64) -> Money {
    Money::new(rust_decimal::Decimal::new(cents, 2), Currency::EUR)
}

/// A French company in Paris, with this code.
pub fn new_company(code: &str) -> NewCompany {
    NewCompany {
        code: code.to_owned(),
        name: format!("Atelier {code}"),
        country: "FR".to_owned(),
        currency: Currency::EUR,
        language: "fr".to_owned(),
        time_zone: chrono_tz::Europe::Paris,
        sender: format!("Atelier {code} <compta@{}.example>", code.to_lowercase()),
        reply_to: None,
        bank: None,
    }
}

/// A French business with this number.
pub fn new_customer(number: &str) -> NewCustomer {
    NewCustomer {
        number: number.to_owned(),
        name: format!("Customer {number}"),
        kind: CustomerKind::Business,
        country: "FR".to_owned(),
        language: None,
        time_zone: None,
        tags: Vec::new(),
        credit_limit: None,
        segment: None,
        custom: Default::default(),
    }
}

/// The main contact of a customer, with a mail address.
pub fn new_contact<C>(customer: C, email: &str) -> NewContact<C> {
    NewContact {
        customer,
        external_id: email.to_owned(),
        name: email.split('@').next().unwrap_or(email).to_owned(),
        salutation: None,
        role: None,
        main: true,
        language: None,
        email: Some(email.to_owned()),
        phone: None,
    }
}

/// An invoice of so many cents (EUR), issued 30 days before it is due.
pub fn new_invoice<C>(customer: C, number: &str, due: NaiveDate, cents: i64) -> NewInvoice<C> {
    NewInvoice {
        customer,
        kind: InvoiceKind::Invoice,
        number: number.to_owned(),
        issued: due - chrono::Days::new(30),
        due,
        amount: eur(cents),
        purchase_order: None,
        known_since: None,
        custom: Default::default(),
    }
}

/// Stores a company.
pub async fn company(connection: &mut PgConnection, code: &str, now: DateTime<Utc>) -> Company {
    companies::upsert(connection, &new_company(code), now)
        .await
        .expect("store a company");
    companies::by_code(connection, code)
        .await
        .expect("read a company")
        .expect("the company just stored")
}

/// Stores a customer.
pub async fn customer(
    connection: &mut PgConnection,
    company: &Company,
    number: &str,
    now: DateTime<Utc>,
) -> CustomerId {
    customers::upsert(connection, company, &new_customer(number), now)
        .await
        .expect("store a customer")
        .0
}

/// Stores an invoice of so many cents (EUR), issued 30 days before it is due.
pub async fn invoice(
    connection: &mut PgConnection,
    company: &Company,
    customer: CustomerId,
    number: &str,
    due: NaiveDate,
    cents: i64,
    now: DateTime<Utc>,
) -> InvoiceId {
    let new = new_invoice(customer, number, due, cents);
    invoices::upsert(connection, company, &new, "test", now)
        .await
        .expect("store an invoice")
        .0
}
