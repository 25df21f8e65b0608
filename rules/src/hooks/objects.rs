//! What a script is given: company, customer, account, contact, invoice, and the case, which has all of these. Handles on a
//! [`Snapshot`]: their properties are the facts of the one table that the rules read.

use std::sync::Arc;

use chrono::NaiveDate;
use relance_dsl::checked::{FieldOwner, HookArgument};
use relance_dsl::text;
use relance_dsl::vocabulary::{Fact, FactId, Type};
use rhai::{Dynamic, Engine};

use super::failure::{Given, fault};
use super::snapshot::Snapshot;
use crate::vocabulary::VOCABULARY;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day(pub NaiveDate);

/// A handle: the number tells which, so that each is a type of its own to the engine.
#[derive(Debug, Clone)]
pub(super) struct Object<const KIND: u8>(pub Arc<Snapshot>);

pub(super) const COMPANY: u8 = 0;
pub(super) const CUSTOMER: u8 = 1;
pub(super) const ACCOUNT: u8 = 2;
pub(super) const CONTACT: u8 = 3;
pub(super) const INVOICE: u8 = 4;
pub(super) const CASE: u8 = 5;
pub(super) const SCORE: u8 = 6;
const CUSTOMER_FIELDS: u8 = 7;
const INVOICE_FIELDS: u8 = 8;

/// The property that holds the fields of the firm's own.
pub(super) const CUSTOM: &str = "custom";

/// The open invoices of an account: copied as one handle, however many there are.
#[derive(Debug, Clone)]
pub(super) struct Invoices(pub Arc<[Object<INVOICE>]>);

impl IntoIterator for Invoices {
    type Item = Object<INVOICE>;
    type IntoIter = Walk;

    fn into_iter(self) -> Walk {
        Walk {
            invoices: self.0,
            next: 0,
        }
    }
}

/// A walk over invoices.
pub(super) struct Walk {
    invoices: Arc<[Object<INVOICE>]>,
    next: usize,
}

impl Iterator for Walk {
    type Item = Object<INVOICE>;

    fn next(&mut self) -> Option<Self::Item> {
        let invoice = self.invoices.get(self.next)?;
        self.next += 1;
        Some(invoice.clone())
    }
}

/// A handle on all that a hook is given under this word.
pub(super) fn argument(given: HookArgument, snapshot: &Arc<Snapshot>) -> Dynamic {
    let snapshot = snapshot.clone();
    match given {
        HookArgument::Company => Dynamic::from(Object::<COMPANY>(snapshot)),
        HookArgument::Customer => Dynamic::from(Object::<CUSTOMER>(snapshot)),
        HookArgument::Account => Dynamic::from(Object::<ACCOUNT>(snapshot)),
        HookArgument::Contact => Dynamic::from(Object::<CONTACT>(snapshot)),
        HookArgument::Invoice => Dynamic::from(Object::<INVOICE>(snapshot)),
        HookArgument::Case => Dynamic::from(Object::<CASE>(snapshot)),
    }
}

/// A property of an object, for the reference and the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The object, as `account`.
    pub object: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is, as the reference names types.
    pub ty: &'static str,
    /// What it means, in English.
    pub doc: &'static str,
    /// What it means, in French.
    pub doc_fr: &'static str,
}

/// The properties that are no facts of the table: object, name, type, meaning.
const OTHERS: [(&str, &str, &str, &str, &str); 11] = [
    (
        "customer",
        CUSTOM,
        "fields",
        "The fields of your own that the rules declare for customers, as `customer.custom.region`; `()` when nothing is noted.",
        "Vos propres champs, que les règles déclarent pour les clients, comme `customer.custom.region` ; `()` si rien n'est noté.",
    ),
    (
        "invoice",
        CUSTOM,
        "fields",
        "The fields of your own that the rules declare for invoices, as `invoice.custom.contract`; `()` when nothing is noted.",
        "Vos propres champs, que les règles déclarent pour les factures, comme `invoice.custom.contract` ; `()` si rien n'est noté.",
    ),
    ("case", "company", "company", "The creditor.", "Le créancier."),
    ("case", "customer", "customer", "The customer.", "Le client."),
    (
        "case",
        "account",
        "account",
        "The customer's account.",
        "Le compte du client.",
    ),
    (
        "case",
        "contact",
        "contact",
        "The contact who is written to; its properties are `()` when there is none.",
        "Le contact à qui l'on écrit ; ses propriétés valent `()` s'il n'y en a pas.",
    ),
    (
        "case",
        "invoice",
        "invoice",
        "The invoice of the step.",
        "La facture de l'étape.",
    ),
    (
        "case",
        "score",
        "score",
        "The payer score: `band` and `points`.",
        "Le score payeur : `band` et `points`.",
    ),
    (
        "account",
        "invoices",
        "invoices",
        "The open invoices, to be walked over with `for`.",
        "Les factures ouvertes, à parcourir avec `for`.",
    ),
    (
        "account",
        "today",
        "date",
        "The day of the decision.",
        "Le jour de la décision.",
    ),
    (
        "invoice",
        "today",
        "date",
        "The day of the decision.",
        "Le jour de la décision.",
    ),
];

/// All properties, by object in the order of [`OBJECTS`].
pub fn properties() -> Vec<Property> {
    let facts = VOCABULARY.facts.iter().filter_map(|fact| {
        let (object, name) = placed(fact)?;
        Some(Property {
            object,
            name,
            ty: type_name(fact),
            doc: fact.doc,
            doc_fr: fact.doc_fr,
        })
    });
    let others = OTHERS.iter().map(|(object, name, ty, doc, doc_fr)| Property {
        object,
        name,
        ty,
        doc,
        doc_fr,
    });
    let mut all: Vec<Property> = facts.chain(others).collect();
    all.sort_by_key(|p| OBJECTS.iter().position(|o| *o == p.object));
    all
}

/// The objects, in the order of the reference.
pub const OBJECTS: [&str; 7] = [
    "company", "customer", "account", "contact", "invoice", "case", "score",
];

/// The object and name under which a fact is read.
fn placed(fact: &Fact) -> Option<(&'static str, &'static str)> {
    match fact.path {
        "score" => Some(("score", "band")),
        "today" | "segment" => Some(("case", fact.path)),
        path => path.split_once('.'),
    }
}

fn type_name(fact: &Fact) -> &'static str {
    match fact.ty {
        Type::YesNo => "bool",
        Type::Whole => "whole",
        Type::Decimal | Type::Percent => "number",
        Type::Money => "amount",
        Type::Date => "date",
        Type::Texts => "list of text",
        _ => "text",
    }
}

/// Makes all objects known to an engine.
pub(super) fn install(engine: &mut Engine) {
    engine
        .register_type_with_name::<Object<COMPANY>>("company")
        .register_type_with_name::<Object<CUSTOMER>>("customer")
        .register_type_with_name::<Object<ACCOUNT>>("account")
        .register_type_with_name::<Object<CONTACT>>("contact")
        .register_type_with_name::<Object<INVOICE>>("invoice")
        .register_type_with_name::<Object<CASE>>("case")
        .register_type_with_name::<Object<SCORE>>("score")
        .register_type_with_name::<Object<CUSTOMER_FIELDS>>("fields")
        .register_type_with_name::<Object<INVOICE_FIELDS>>("fields")
        .register_type_with_name::<Invoices>("invoices");
    for (fact, id) in VOCABULARY.facts.iter().zip(0_u16..) {
        let Some((object, name)) = placed(fact) else {
            continue;
        };
        let id = FactId(id);
        match object {
            "company" => getter::<COMPANY>(engine, name, id),
            "customer" => getter::<CUSTOMER>(engine, name, id),
            "account" => getter::<ACCOUNT>(engine, name, id),
            "contact" => getter::<CONTACT>(engine, name, id),
            "invoice" => getter::<INVOICE>(engine, name, id),
            "case" => getter::<CASE>(engine, name, id),
            _ => getter::<SCORE>(engine, name, id),
        }
    }
    engine
        .register_get("company", |case: &mut Object<CASE>| {
            Object::<COMPANY>(case.0.clone())
        })
        .register_get("customer", |case: &mut Object<CASE>| {
            Object::<CUSTOMER>(case.0.clone())
        })
        .register_get("account", |case: &mut Object<CASE>| {
            Object::<ACCOUNT>(case.0.clone())
        })
        .register_get("contact", |case: &mut Object<CASE>| {
            Object::<CONTACT>(case.0.clone())
        })
        .register_get("invoice", |case: &mut Object<CASE>| {
            Object::<INVOICE>(case.0.clone())
        })
        .register_get("score", |case: &mut Object<CASE>| Object::<SCORE>(case.0.clone()))
        .register_get("today", |account: &mut Object<ACCOUNT>| account.0.today())
        .register_get("today", |invoice: &mut Object<INVOICE>| invoice.0.today())
        .register_get(CUSTOM, |customer: &mut Object<CUSTOMER>| {
            Object::<CUSTOMER_FIELDS>(customer.0.clone())
        })
        .register_get(CUSTOM, |invoice: &mut Object<INVOICE>| {
            Object::<INVOICE_FIELDS>(invoice.0.clone())
        })
        .register_indexer_get(|fields: &mut Object<CUSTOMER_FIELDS>, name: &str| {
            field(&fields.0, FieldOwner::Customer, name)
        })
        .register_indexer_get(|fields: &mut Object<INVOICE_FIELDS>, name: &str| {
            field(&fields.0, FieldOwner::Invoice, name)
        })
        .register_get("invoices", |account: &mut Object<ACCOUNT>| account.0.invoices())
        .register_iterator::<Invoices>();
}

/// The value of a field of the firm's own. Only those are there that the script names as a property.
fn field(snapshot: &Snapshot, of: FieldOwner, name: &str) -> Given<Dynamic> {
    if let Some(value) = snapshot.field(of, name) {
        return Ok(value);
    }
    let path = of.path_of(&name.chars().take(60).collect::<String>());
    let (en, fr) = (path.en, path.fr);
    fault(text!(
        "the rules declare no field `{en}` that is written so in the script",
        "les règles ne déclarent aucun champ `{fr}` écrit ainsi dans le script"
    ))
}

fn getter<const KIND: u8>(engine: &mut Engine, name: &str, fact: FactId) {
    engine.register_get(name, move |object: &mut Object<KIND>| object.0.get(fact));
}

/// The word of the rules for what a hook is given.
pub(super) fn word(given: HookArgument) -> &'static str {
    match given {
        HookArgument::Company => "company",
        HookArgument::Customer => "customer",
        HookArgument::Account => "account",
        HookArgument::Contact => "contact",
        HookArgument::Invoice => "invoice",
        HookArgument::Case => "case",
    }
}
