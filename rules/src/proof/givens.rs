//! What a test gives, as the facts of an account; what it does not give has a plain value.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use relance_dsl::checked::{Const, Given, Property, Test, TestLine};
use relance_dsl::lang::Lang;
use relance_dsl::money::{Currency, Money};
use relance_dsl::span::Span;
use relance_dsl::text;
use rust_decimal::Decimal;

use super::Refused;
use super::figures::Figures;
use crate::days::plus_days;
use crate::facts::{AccountFacts, Company, Contact, Customer, CustomerKind, History, Invoice, Rate, Reach};
use crate::ids::{ContactId, CustomerId, InvoiceId};

/// Days between issue and due date of an invoice that does not say.
const TERM: i64 = 30;

/// Where a test starts.
pub(super) struct Start {
    /// Without invoices: each is there from its `known` day on.
    pub facts: AccountFacts,
    pub figures: Figures,
    pub invoices: Vec<Invoice>,
    /// Invoices by the name that the test gives them.
    pub names: BTreeMap<String, InvoiceId>,
}

/// Reads all `given` lines, in any order.
pub(super) fn start(test: &Test, lang: Lang) -> (Start, Vec<Refused>) {
    let mut start = Start {
        facts: plain(lang),
        figures: Figures::default(),
        invoices: Vec::new(),
        names: BTreeMap::new(),
    };
    let mut refused = Vec::new();
    let mut country = None;
    let givens = || {
        test.lines.iter().filter_map(|line| match line {
            TestLine::Given(given) => Some(given),
            _ => None,
        })
    };
    for given in givens() {
        match given {
            Given::Company(properties) => company(&mut start.facts.company, properties),
            Given::Rate { currency, rate, from } => start.facts.rates.push(Rate {
                from: *currency,
                on: from.unwrap_or(NaiveDate::MIN),
                rate: *rate,
            }),
            Given::Customer(properties) => {
                country = country.or_else(|| text(properties, "country"));
                customer(&mut start, properties, &mut refused);
            }
            Given::Account(properties) => {
                let noted = properties.iter().map(|p| start.figures.note(p));
                refused.extend(noted.filter_map(Result::err));
            }
            Given::Contact(role, properties) => contact(&mut start.facts.contacts, role.as_ref(), properties),
            Given::Invoice(name, properties) => {
                invoice(&mut start, name, properties, &mut refused);
            }
        }
    }
    start.facts.customer.country = country.unwrap_or_else(|| start.facts.company.country.clone());
    refused.extend(start.figures.settle().err());
    start.facts.unallocated = start.figures.unallocated.into_iter().collect();
    (start, refused)
}

/// A business in Paris that owes nothing, with one contact.
fn plain(lang: Lang) -> AccountFacts {
    AccountFacts {
        company: Company {
            code: "TEST".to_owned(),
            name: lang.pick("Company", "Société").to_owned(),
            country: "FR".to_owned(),
            currency: Currency::EUR,
            time_zone: chrono_tz::Europe::Paris,
        },
        customer: Customer {
            id: CustomerId(1),
            number: "C1".to_owned(),
            name: lang.pick("Customer", "Client").to_owned(),
            kind: CustomerKind::Business,
            country: String::new(),
            language: None,
            time_zone: None,
            tags: Vec::new(),
            credit_limit: None,
            segment: None,
            custom: BTreeMap::new(),
        },
        contacts: vec![person(1, None, lang.pick("Main contact", "Contact principal"))],
        invoices: Vec::new(),
        unallocated: Vec::new(),
        history: History::default(),
        holds: Vec::new(),
        messages: Vec::new(),
        rates: Vec::new(),
        fixing_contact: false,
    }
}

/// Somebody with an email address and a telephone; the main contact when there is no role.
fn person(id: i64, role: Option<&String>, name: &str) -> Contact {
    Contact {
        id: ContactId(id),
        name: name.to_owned(),
        role: role.cloned(),
        main: role.is_none(),
        language: None,
        email: Reach::Usable,
        has_phone: true,
    }
}

fn company(company: &mut Company, properties: &[Property]) {
    for property in properties {
        match (property.name, property.values.first()) {
            ("code", Some(Const::Text(text))) => company.code.clone_from(text),
            ("name", Some(Const::Text(text))) => company.name.clone_from(text),
            ("country", Some(Const::Text(text))) => company.country.clone_from(text),
            ("currency", Some(Const::Currency(currency))) => company.currency = *currency,
            ("time_zone", Some(Const::Text(zone))) => {
                company.time_zone = zone.parse().unwrap_or(company.time_zone)
            }
            _ => {}
        }
    }
}

fn customer(start: &mut Start, properties: &[Property], refused: &mut Vec<Refused>) {
    let customer = &mut start.facts.customer;
    for property in properties {
        match (property.name, property.values.first()) {
            ("number", Some(Const::Text(text))) => customer.number.clone_from(text),
            ("name", Some(Const::Text(text))) => customer.name.clone_from(text),
            ("kind", Some(Const::Text(text))) => {
                customer.kind = match text.as_str() {
                    "public" => CustomerKind::Public,
                    "consumer" => CustomerKind::Consumer,
                    _ => CustomerKind::Business,
                };
            }
            ("country", _) => {}
            ("time_zone", Some(Const::Text(zone))) => customer.time_zone = zone.parse().ok(),
            ("language", Some(Const::Text(text))) => customer.language = Some(text.clone()),
            ("tags", _) => {
                let texts = property.values.iter().filter_map(|value| match value {
                    Const::Text(text) => Some(text.clone()),
                    _ => None,
                });
                customer.tags = texts.collect();
            }
            ("credit_limit", Some(Const::Money(money))) => customer.credit_limit = Some(*money),
            (Property::CUSTOM, _) => customer.custom.extend(noted(property)),
            // All others are figures of the account.
            _ => refused.extend(start.figures.note(property).err()),
        }
    }
}

/// Says more of the main contact, or adds a person with a role.
fn contact(contacts: &mut Vec<Contact>, role: Option<&String>, properties: &[Property]) {
    let found = contacts.iter().position(|c| c.role.as_ref() == role);
    let index = found.unwrap_or_else(|| {
        let id = i64::try_from(contacts.len()).unwrap_or(0) + 1;
        let name = role.map_or("", String::as_str).replace('_', " ");
        contacts.push(person(id, role, &name));
        contacts.len() - 1
    });
    let Some(contact) = contacts.get_mut(index) else {
        return;
    };
    if let Some(name) = text(properties, "name") {
        contact.name = name;
    }
    if let Some(language) = text(properties, "language") {
        contact.language = Some(language);
    }
    if let Some(email) = text(properties, "email") {
        contact.email = if email.is_empty() {
            Reach::Absent
        } else {
            Reach::Usable
        };
    }
}

fn invoice(start: &mut Start, name: &str, properties: &[Property], refused: &mut Vec<Refused>) {
    // Without an amount or a due date there is no rulebook: the check says so.
    let (Some(amount), Some(due)) = (money(properties, "amount"), day(properties, "due")) else {
        return;
    };
    let issued = day(properties, "issued").unwrap_or_else(|| plus_days(due, -TERM));
    let balance = money(properties, "balance").unwrap_or(amount);
    if balance.currency != amount.currency
        || balance.amount > amount.amount
        || balance.amount < Decimal::ZERO
        || amount.amount <= Decimal::ZERO
    {
        refused.push(Refused {
            span: place(properties),
            why: text!(
                "The amount of invoice `{name}` must be more than 0, and its balance between 0 and the amount, in the same currency.",
                "Le montant de la facture `{name}` doit être positif, et son solde compris entre 0 et le montant, dans la même devise."
            ),
        });
        return;
    }
    let id = InvoiceId(i64::try_from(start.invoices.len()).unwrap_or(0) + 1);
    start.names.insert(name.to_owned(), id);
    start.invoices.push(Invoice {
        id,
        number: text(properties, "number").unwrap_or_else(|| name.to_owned()),
        issued,
        due,
        amount,
        balance,
        known_since: day(properties, "known").unwrap_or(issued),
        paid_on: None,
        cycle: 1,
        holds: Vec::new(),
        progress: Vec::new(),
        settlements: Vec::new(),
        plan: None,
        custom: properties.iter().filter_map(noted).collect(),
    });
}

/// The name of a field of the firm's own and the text that an import would bring for it.
fn noted(property: &Property) -> Option<(String, String)> {
    let field = property.field.as_ref()?;
    let text = match property.values.first()? {
        Const::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Const::Number(number) => number.to_string(),
        Const::Money(money) => money.to_string(),
        Const::Date(day) => day.to_string(),
        Const::Text(text) => text.clone(),
        Const::Currency(currency) => currency.to_string(),
    };
    Some((field.name.name.clone(), text))
}

fn value<'a>(properties: &'a [Property], name: &str) -> Option<&'a Const> {
    let property = properties.iter().rev().find(|p| p.name == name)?;
    property.values.first()
}

fn text(properties: &[Property], name: &str) -> Option<String> {
    match value(properties, name)? {
        Const::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn money(properties: &[Property], name: &str) -> Option<Money> {
    match value(properties, name)? {
        Const::Money(money) => Some(*money),
        _ => None,
    }
}

fn day(properties: &[Property], name: &str) -> Option<NaiveDate> {
    match value(properties, name)? {
        Const::Date(day) => Some(*day),
        _ => None,
    }
}

fn place(properties: &[Property]) -> Span {
    let amount = properties.iter().find(|p| p.name == "amount");
    amount.map_or(
        Span {
            file: relance_dsl::span::FileId(0),
            start: 0,
            end: 0,
        },
        |p| p.span,
    )
}
