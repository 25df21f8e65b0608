//! From a decided action and the facts of the moment to what a template is filled with.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use relance_rules::decision::Action;
use relance_rules::dsl::checked::Tone;
use relance_rules::facts::AccountFacts;
use relance_rules::ids::InvoiceId;

use super::{ContactWords, CustomerWords, InvoiceWords, Letter};
use crate::store::companies::Company;
use crate::store::deliveries::Person;

/// Which template speaks, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice<'a> {
    pub template: &'a str,
    pub language: &'a str,
    pub tone: Tone,
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
    let mut invoices: Vec<InvoiceWords> = action
        .items
        .iter()
        .filter_map(|item| {
            let invoice = facts.invoices.iter().find(|invoice| invoice.id == item.invoice)?;
            Some(InvoiceWords {
                number: invoice.number.clone(),
                issued: invoice.issued,
                due: invoice.due,
                amount: invoice.amount,
                balance: invoice.balance,
                level: item.level,
                purchase_order: purchase_orders.get(&item.invoice).cloned(),
            })
        })
        .collect();
    invoices.sort_by(|a, b| (a.due, &a.number).cmp(&(b.due, &b.number)));
    Letter {
        template: voice.template,
        language: voice.language,
        tone: voice.tone,
        company,
        customer: CustomerWords {
            number: &facts.customer.number,
            name: &facts.customer.name,
            country: &facts.customer.country,
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
        // Charges are not computed yet: templates are ready for them.
        charges: Vec::new(),
        today: company.today(now),
    }
}
