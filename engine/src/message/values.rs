//! What templates can read.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use lettre::message::Mailbox;
use minijinja::value::{Object, ObjectRepr, Value};
use minijinja::{State, context};
use relance_rules::dsl::money::Money;
use relance_rules::rulebook::tone_name;

use super::custom;
use super::language::MessageLanguage;
use super::table::add;
use super::{ChargeWords, InvoiceWords, Letter};

/// An amount that shows itself in the message's language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    pub money: Money,
    pub language: MessageLanguage,
}

impl Object for Amount {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "currency" => Some(Value::from(self.money.currency.code())),
            _ => None,
        }
    }
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.language.money(self.money))
    }
}

/// A day that shows itself in the message's language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub date: NaiveDate,
    pub language: MessageLanguage,
}

impl Object for Day {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.language.write_date(f, self.date)
    }
}

/// The language of the message that is being written.
pub(super) fn language(state: &State<'_, '_>) -> MessageLanguage {
    let code = state.lookup("language");
    MessageLanguage::of(code.as_ref().and_then(Value::as_str).unwrap_or("en"))
}

/// All names that a template can read.
pub(super) fn names(letter: &Letter<'_>) -> Value {
    let language = MessageLanguage::of(letter.language);
    let amount = |money: Money| Value::from_object(Amount { money, language });
    let company = letter.company;
    let sender = company.sender.parse::<Mailbox>().ok();
    let answers = company
        .reply_to
        .as_deref()
        .and_then(|reply_to| reply_to.parse::<Mailbox>().ok())
        .or_else(|| sender.clone());
    let sender_name = sender
        .and_then(|mailbox| mailbox.name)
        .unwrap_or_else(|| company.name.clone());
    let mut totals = Vec::new();
    for invoice in &letter.invoices {
        add(&mut totals, invoice.balance);
    }
    let mut totals_due = totals.clone();
    for charge in &letter.charges {
        add(&mut totals_due, charge.amount);
    }
    let spoken = |sums: &[Money]| {
        let sums: Vec<_> = sums.iter().map(|sum| language.money(*sum)).collect();
        sums.join(" + ")
    };
    let total = spoken(&totals);
    let total_due = spoken(&totals_due);
    let contact = letter.contact.clone().unwrap_or_default();
    context! {
        company => context! {
            code => company.code.clone(),
            name => company.name.clone(),
            country => company.country.clone(),
            currency => company.currency.code(),
            bank => company.bank.clone(),
            email => answers.map(|mailbox| mailbox.email.to_string()),
        },
        sender_name => sender_name,
        customer => context! {
            number => letter.customer.number,
            name => letter.customer.name,
            country => letter.customer.country,
            custom => custom::named(&letter.customer.custom, language),
        },
        contact => context! {
            name => Some(contact.name).filter(|name| !name.is_empty()),
            salutation => contact.salutation,
            email => contact.email,
            phone => contact.phone,
        },
        invoices => letter.invoices.iter().map(|invoice| row(invoice, letter.today, language)).collect::<Vec<_>>(),
        totals => totals.into_iter().map(amount).collect::<Vec<_>>(),
        total => total,
        charges => letter.charges.iter().map(|charge| charge_row(charge, language)).collect::<Vec<_>>(),
        total_due => total_due,
        step => context! { title => letter.step, level => letter.level },
        level => letter.level,
        tone => tone_name(letter.tone),
        language => letter.language,
        today => Value::from_object(Day { date: letter.today, language }),
    }
}

fn row(invoice: &InvoiceWords, today: NaiveDate, language: MessageLanguage) -> Value {
    let amount = |money: Money| Value::from_object(Amount { money, language });
    let day = |date: NaiveDate| Value::from_object(Day { date, language });
    context! {
        number => invoice.number.clone(),
        issued => day(invoice.issued),
        due => day(invoice.due),
        amount => amount(invoice.amount),
        balance => amount(invoice.balance),
        level => invoice.level,
        days_overdue => (today - invoice.due).num_days().max(0),
        purchase_order => invoice.purchase_order.clone(),
        custom => custom::named(&invoice.custom, language),
    }
}

fn charge_row(charge: &ChargeWords, language: MessageLanguage) -> Value {
    context! {
        name => charge.name.clone(),
        amount => Value::from_object(Amount { money: charge.amount, language }),
        detail => charge.detail.clone(),
    }
}
