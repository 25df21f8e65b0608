//! A message as it is posted: JSON that a receiver can act upon without asking anything back.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::rulebook::tone_name;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::store::deliveries::Attached;

use super::{InvoiceWords, Letter, Rendered};

/// The version of the form below: it rises when something in it changes its meaning or goes away.
const FORM: u32 = 1;

/// What a message is, besides its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posted<'a> {
    /// Key of the delivery.
    pub key: &'a str,
    /// Where the receiver tells that the message was opened or read; none when nobody asks.
    pub opening: Option<&'a str>,
    /// What goes with it.
    pub attached: &'a [Attached],
    /// The medium of the rulebook's own.
    pub medium: &'a str,
    /// Name of the scenario.
    pub scenario: &'a str,
    /// Name of the step.
    pub step: &'a str,
}

/// The body of a post. Amounts are texts, with a point before the decimals; days are written as 2026-03-31.
pub(crate) fn posted(letter: &Letter<'_>, rendered: &Rendered, posted: &Posted<'_>) -> Value {
    json!({
        "form": FORM,
        "key": posted.key,
        "medium": posted.medium,
        "opened_url": posted.opening,
        "company": { "code": letter.company.code, "name": letter.company.name },
        "customer": {
            "number": letter.customer.number,
            "name": letter.customer.name,
            "country": letter.customer.country,
        },
        "contact": letter.contact.as_ref().map(|contact| json!({
            "name": contact.name,
            "salutation": contact.salutation,
            "email": contact.email,
            "phone": contact.phone,
        })),
        "scenario": posted.scenario,
        "step": { "name": posted.step, "title": letter.step, "level": letter.level },
        "language": letter.language,
        "tone": tone_name(letter.tone),
        "today": letter.today,
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
        "attachments": posted.attached.iter().map(attachment).collect::<Vec<_>>(),
        "invoices": letter.invoices.iter().map(invoice).collect::<Vec<_>>(),
        "totals": totals(&letter.invoices),
    })
}

fn attachment(file: &Attached) -> Value {
    json!({
        "name": file.name,
        "content_type": "application/pdf",
        "content": STANDARD.encode(&file.pdf),
    })
}

fn invoice(invoice: &InvoiceWords) -> Value {
    json!({
        "number": invoice.number,
        "issued": invoice.issued,
        "due": invoice.due,
        "currency": invoice.balance.currency.code(),
        "amount": amount(invoice.amount),
        "balance": amount(invoice.balance),
        "level": invoice.level,
        "purchase_order": invoice.purchase_order,
    })
}

/// What is open, one sum for each currency.
fn totals(invoices: &[InvoiceWords]) -> Vec<Value> {
    let mut totals: BTreeMap<Currency, Decimal> = BTreeMap::new();
    for invoice in invoices {
        *totals.entry(invoice.balance.currency).or_default() += invoice.balance.amount;
    }
    let total = |(currency, sum): (Currency, Decimal)| {
        let sum = Money::new(sum, currency);
        json!({ "currency": currency.code(), "amount": amount(sum) })
    };
    totals.into_iter().map(total).collect()
}

/// `1234.50`: all decimals that there are, and at least those of the currency.
fn amount(money: Money) -> String {
    let exact = money.amount.normalize();
    let digits = exact.scale().max(money.currency.minor_units());
    format!("{:.*}", usize::try_from(digits).unwrap_or(2), exact)
}
