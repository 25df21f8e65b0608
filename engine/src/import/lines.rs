//! What one line says, for each kind of thing.

use std::collections::HashMap;

use chrono::NaiveDate;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::facts::CustomerKind;
use relance_rules::vocabulary::VOCABULARY;

use super::batch::{InvoiceLine, PaymentLine};
use super::read::Seen;
use super::row::{Bad, Row};
use crate::store::companies::Company;
use crate::store::contacts::{NewContact, looks_like_address};
use crate::store::custom::Noted;
use crate::store::customers::NewCustomer;
use crate::store::invoices::{InvoiceKind, NewInvoice};
use crate::store::payments::{NewPayment, Pays};

pub(super) fn customer(row: &Row<'_>, company: &Company, custom: Noted) -> Result<Seen<NewCustomer>, Bad> {
    let credit_limit = row.optional_amount("credit_limit")?;
    if credit_limit.is_some_and(|limit| limit.is_sign_negative() && !limit.is_zero()) {
        return Err(row.bad("credit_limit", "a credit limit cannot be negative"));
    }
    let time_zone = row.parse("time_zone", |text| {
        text.parse()
            .map_err(|_| "not a time zone; a name such as Europe/Paris is expected".to_owned())
    })?;
    let tags = row.optional("tags")?.unwrap_or_default();
    Ok(Seen::Line(NewCustomer {
        number: row.text("number")?,
        name: row.text("name")?,
        kind: row.parse("kind", kind)?.unwrap_or(CustomerKind::Business),
        country: row
            .parse("country", country)?
            .unwrap_or_else(|| company.country.clone()),
        language: row.language("language")?,
        time_zone,
        tags: tags
            .split([',', ';', '|'])
            .map(|tag| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty())
            .collect(),
        credit_limit,
        segment: row.optional("segment")?,
        custom,
    }))
}

fn kind(text: &str) -> Result<CustomerKind, String> {
    match text {
        "business" => Ok(CustomerKind::Business),
        "public" => Ok(CustomerKind::Public),
        "consumer" => Ok(CustomerKind::Consumer),
        _ => Err("not a kind of customer; business, public or consumer is expected".to_owned()),
    }
}

fn country(text: &str) -> Result<String, String> {
    let code = text.to_uppercase();
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(code);
    }
    Err("not a country; two letters such as FR are expected (names go into `values`)".to_owned())
}

fn contact_role(text: &str) -> Result<String, String> {
    let roles: Vec<&str> = VOCABULARY.contact_roles.iter().map(|(role, _)| *role).collect();
    match roles.contains(&text) {
        true => Ok(text.to_owned()),
        false => Err(format!("not a role; one of {} is expected", roles.join(", "))),
    }
}

/// `main_is_mapped`: else a customer's first contact is the main one.
pub(super) fn contact(
    row: &Row<'_>,
    main_is_mapped: bool,
    firsts: &mut HashMap<String, String>,
) -> Result<Seen<NewContact<String>>, Bad> {
    let customer = row.text("customer")?;
    let name = row.text("name")?;
    let email = row.optional("email")?;
    if email.as_deref().is_some_and(|email| !looks_like_address(email)) {
        return Err(row.bad("email", "not a mail address; name@domain is expected"));
    }
    let role = row.parse("role", contact_role)?;
    let key = row
        .optional("key")?
        .or_else(|| email.clone())
        .unwrap_or_else(|| name.clone());
    let main = match main_is_mapped {
        true => row.yes("main")?,
        false => *firsts.entry(customer.clone()).or_insert_with(|| key.clone()) == key,
    };
    let contact = NewContact {
        external_id: key,
        salutation: row.optional("salutation")?,
        role,
        language: row.language("language")?,
        phone: row.optional("phone")?,
        main,
        email,
        name,
        customer,
    };
    Ok(Seen::Line(contact))
}

pub(super) fn invoice(
    row: &Row<'_>,
    company: &Company,
    latest: Option<NaiveDate>,
    custom: Noted,
) -> Result<Seen<InvoiceLine>, Bad> {
    let issued = row.date("issued")?;
    if latest.is_some_and(|latest| issued > latest) {
        return Ok(Seen::Later);
    }
    let signed = row.amount("amount")?;
    if signed.is_zero() {
        return Err(row.bad("amount", "nothing to pay: the amount is zero"));
    }
    let stated = row.parse("kind", |text| match text {
        "invoice" => Ok(InvoiceKind::Invoice),
        "credit_note" => Ok(InvoiceKind::CreditNote),
        _ => Err("not a kind of document; invoice or credit_note is expected".to_owned()),
    })?;
    let kind = match stated {
        Some(InvoiceKind::Invoice) if signed.is_sign_negative() => {
            return Err(row.bad(
                "amount",
                "an invoice cannot be negative; its kind should be credit_note",
            ));
        }
        Some(kind) => kind,
        None if signed.is_sign_negative() => InvoiceKind::CreditNote,
        None => InvoiceKind::Invoice,
    };
    let due = match (kind, row.optional_date("due")?) {
        (_, Some(due)) => due,
        (InvoiceKind::CreditNote, None) => issued,
        (InvoiceKind::Invoice, None) => return Err(row.bad("due", "`due` is empty")),
    };
    let amount = Money::new(signed.abs(), currency(row, company)?);
    let invoice = NewInvoice {
        customer: row.text("customer")?,
        kind,
        number: row.text("number")?,
        issued,
        due,
        amount,
        purchase_order: row.optional("purchase_order")?,
        known_since: row.optional_date("known_since")?,
        custom,
    };
    let applies_to = row
        .optional("applies_to")?
        .filter(|_| kind == InvoiceKind::CreditNote);
    Ok(Seen::Line(InvoiceLine { invoice, applies_to }))
}

pub(super) fn payment(
    row: &Row<'_>,
    company: &Company,
    latest: Option<NaiveDate>,
    unpaid_when_empty: bool,
) -> Result<Seen<PaymentLine>, Bad> {
    let reference = row.text("reference")?;
    let received_on = row.optional_date("received_on")?;
    if row.yes("taken_back")? || (unpaid_when_empty && received_on.is_none()) {
        return Ok(Seen::Line(PaymentLine::TakenBack { reference }));
    }
    let received_on = received_on.ok_or_else(|| row.bad("received_on", "`received_on` is empty"))?;
    if latest.is_some_and(|latest| received_on > latest) {
        return Ok(Seen::Later);
    }
    let amount = row.amount("amount")?;
    if amount.is_sign_negative() || amount.is_zero() {
        return Err(row.bad(
            "amount",
            "a payment is more than zero; one that was returned is marked by the field `taken_back`",
        ));
    }
    let invoice = row.optional("invoice")?;
    let customer = row.optional("customer")?;
    if invoice.is_none() && customer.is_none() {
        return Err(row.bad(
            "customer",
            "neither a customer nor an invoice: whose payment is it?",
        ));
    }
    let payment = NewPayment {
        customer,
        reference,
        received_on,
        amount: Money::new(amount, currency(row, company)?),
        note: row.optional("note")?,
        pays: invoice
            .map(|invoice| Pays {
                invoice,
                amount: None,
            })
            .into_iter()
            .collect(),
    };
    Ok(Seen::Line(PaymentLine::Received(payment)))
}

/// The company's own when it is not mapped or empty.
fn currency(row: &Row<'_>, company: &Company) -> Result<Currency, Bad> {
    let read = row.parse("currency", |text| {
        Currency::new(text)
            .map_err(|_| "not a currency; three capital letters such as EUR are expected".to_owned())
    })?;
    Ok(read.unwrap_or(company.currency))
}
