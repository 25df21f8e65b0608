//! From a decided action and the facts of the moment to what a template is filled with. What it claims beside the invoices is stated
//! as of the day of the action's claims.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use relance_rules::decision::{Action, ActionItem};
use relance_rules::dsl::checked::{Field, FieldOwner, Tone};
use relance_rules::facts::{AccountFacts, Invoice};
use relance_rules::ids::InvoiceId;

use super::language::MessageLanguage;
use super::{ContactWords, CustomerWords, InvoiceWords, Letter, charges, custom};
use crate::store::companies::Company;
use crate::store::deliveries::Person;

/// Which template speaks, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice<'a> {
    pub template: &'a str,
    pub language: &'a str,
    pub tone: Tone,
    /// Fields of the firm's own that it can name.
    pub fields: &'a [Arc<Field>],
}

/// The letter of an action: its invoices with the balances of this moment, by due date, each with its own level.
pub(crate) fn letter<'a>(
    company: &'a Company,
    facts: &'a AccountFacts,
    action: &'a Action,
    voice: Voice<'a>,
    person: Option<&Person>,
    purchase_orders: &HashMap<InvoiceId, String>,
    now: DateTime<Utc>,
) -> Letter<'a> {
    let words = |of, values| custom::words(voice.fields, of, values, company.currency);
    let mut items: Vec<(&ActionItem, &Invoice)> = action
        .items
        .iter()
        .filter_map(|item| {
            let invoice = facts.invoices.iter().find(|invoice| invoice.id == item.invoice)?;
            Some((item, invoice))
        })
        .collect();
    items.sort_by(|(_, a), (_, b)| (a.due, &a.number).cmp(&(b.due, &b.number)));
    let invoices: Vec<InvoiceWords> = items
        .iter()
        .map(|(item, invoice)| InvoiceWords {
            number: invoice.number.clone(),
            issued: invoice.issued,
            due: invoice.due,
            amount: invoice.amount,
            balance: invoice.balance,
            level: item.level,
            purchase_order: purchase_orders.get(&item.invoice).cloned(),
            custom: words(FieldOwner::Invoice, &invoice.custom),
        })
        .collect();
    let spoken = MessageLanguage::of(voice.language);
    let charges = items
        .iter()
        .filter_map(|(item, invoice)| Some((&invoice.number, item.claim.as_ref()?)))
        .flat_map(|(number, claim)| charges::words(spoken, number, claim))
        .collect();
    Letter {
        template: voice.template,
        language: voice.language,
        tone: voice.tone,
        company,
        customer: CustomerWords {
            number: &facts.customer.number,
            name: &facts.customer.name,
            country: &facts.customer.country,
            custom: words(FieldOwner::Customer, &facts.customer.custom),
        },
        contact: person.map(|person| ContactWords {
            name: person.name.clone(),
            salutation: person.salutation.clone(),
            email: person.email.clone(),
            phone: person.phone.clone(),
        }),
        step: &action.step.title,
        level: action.step.level,
        invoices,
        charges,
        today: company.today(now),
    }
}
