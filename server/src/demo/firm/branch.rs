//! One company of the firm, put together: customers, their people, documents and payments with their numbers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use relance_engine::rules::dsl::money::{Currency, Money};
use relance_engine::rules::facts::CustomerKind;
use relance_engine::store::companies::NewCompany;
use relance_engine::store::customers::NewCustomer;
use relance_engine::store::invoices::{InvoiceKind, NewInvoice};
use relance_engine::store::payments::{NewPayment, Pays};
use rust_decimal::Decimal;

use super::incidents::{self, Draft};
use super::lists::{self, Country};
use super::people::{self, Size};
use super::plans;
use super::rng::Dice;
use super::trade::{self, Habit};
use super::{Branch, Document, Rate, day};

/// What makes one company differ from another.
struct Plan {
    company: NewCompany,
    seed: u64,
    /// Country, number of customers, usual terms in days.
    markets: &'static [(&'static Country, i64, &'static [i64])],
    /// Prefixes of invoices, credit notes and payments.
    prefixes: [&'static str; 3],
    /// Currency, rate in ten-thousandths at the beginning, change from month to month.
    rates: &'static [(&'static str, i64, i64)],
}

/// A customer while its trade is being drawn.
pub struct Account {
    /// As it will be stored.
    pub customer: NewCustomer,
    /// In which it is invoiced.
    pub currency: Currency,
    /// Its size.
    pub size: Size,
    /// How it pays.
    pub habit: Habit,
    /// Address of its main contact.
    pub address: String,
}

/// The company in Lyon.
pub fn lyon(anchor: NaiveDate) -> Branch {
    let plan = Plan {
        company: NewCompany {
            code: "ALFR".into(),
            name: "Atelier Lumière SAS".into(),
            country: "FR".into(),
            currency: Currency::EUR,
            language: "fr".into(),
            time_zone: chrono_tz::Europe::Paris,
            sender: "Comptabilité Atelier Lumière <comptabilite@atelier-lumiere.example>".into(),
            reply_to: Some("Service clients Atelier Lumière <clients@atelier-lumiere.example>".into()),
            bank: Some("IBAN FR76 3000 0000 0000 0000 0000 000 (exemple)".into()),
        },
        seed: 1_905,
        markets: &[
            (&lists::FRANCE, 150, &[30, 30, 45, 60]),
            (&lists::GERMANY, 20, &[30, 30, 45]),
            (&lists::SPAIN, 20, &[30, 60]),
            (&lists::ITALY, 20, &[30, 60, 60]),
            (&lists::BELGIUM, 18, &[30, 45]),
            (&lists::UNITED_KINGDOM, 6, &[30]),
        ],
        prefixes: ["F", "A", "VIR"],
        rates: &[("GBP", 11_720, 8), ("USD", 9_050, 11), ("CHF", 10_480, 6)],
    };
    build(&plan, anchor)
}

/// The subsidiary in London.
pub fn london(anchor: NaiveDate) -> Branch {
    let plan = Plan {
        company: NewCompany {
            code: "ALUK".into(),
            name: "Atelier Lumière UK Ltd".into(),
            country: "GB".into(),
            currency: currency("GBP"),
            language: "en".into(),
            time_zone: chrono_tz::Europe::London,
            sender: "Atelier Lumière UK Accounts <accounts@atelier-lumiere-uk.example>".into(),
            reply_to: Some("Atelier Lumière UK Credit Control <credit@atelier-lumiere-uk.example>".into()),
            bank: Some("Sort code 00-00-00, account 00000000 (example)".into()),
        },
        seed: 1_931,
        markets: &[
            (&lists::UNITED_KINGDOM, 58, &[30, 30, 14, 45]),
            (&lists::BELGIUM, 4, &[30]),
            (&lists::GERMANY, 4, &[30]),
        ],
        prefixes: ["INV-", "CN-", "BACS"],
        rates: &[("EUR", 8_530, -6), ("USD", 7_760, 9)],
    };
    build(&plan, anchor)
}

fn build(plan: &Plan, anchor: NaiveDate) -> Branch {
    let mut branch = Branch {
        company: plan.company.clone(),
        customers: Vec::new(),
        contacts: Vec::new(),
        documents: Vec::new(),
        payments: Vec::new(),
        disputes: Vec::new(),
        holds: Vec::new(),
        plans: Vec::new(),
        rates: rates(plan, anchor),
        refused: Vec::new(),
    };
    let mut accounts = Vec::new();
    let mut drafts = Vec::new();
    let mut names = BTreeSet::new();
    for (country, count, terms) in plan.markets {
        for _ in 0..*count {
            let index = accounts.len();
            // Each customer has dice of its own: a change to one does not make all the others different.
            let mut dice = Dice::seeded(plan.seed * 10_000 + u64::try_from(index).unwrap_or(0));
            let (account, people) = account(&mut dice, plan, country, index, &mut names);
            let terms = dice.pick(terms).max(14);
            let sales = trade::sales(&mut dice, account.size, account.habit, terms);
            drafts.extend(sales.into_iter().map(|sale| Draft::new(index, sale)));
            branch.contacts.extend(people);
            accounts.push(account);
        }
    }
    drafts.sort_by_key(|draft| (draft.sale.issued, draft.account));
    number(&mut drafts, anchor, plan.prefixes[0]);
    let mut dice = Dice::seeded(plan.seed);
    incidents::strike(&mut dice, &mut drafts);
    let late = incidents::indebted(&accounts, &drafts);
    branch.plans = plans::agree(&late, &mut drafts, anchor);
    documents(&mut branch, plan, anchor, &accounts, &drafts);
    payments(&mut branch, plan, anchor, &accounts, &drafts, &mut dice);
    branch.disputes = incidents::disputes(&drafts, anchor);
    branch.holds = incidents::holds(&accounts, &late, anchor);
    branch.refused = incidents::refused(&accounts, &late);
    branch.customers = accounts.into_iter().map(|account| account.customer).collect();
    branch
}

fn account(
    dice: &mut Dice,
    plan: &Plan,
    country: &Country,
    index: usize,
    names: &mut BTreeSet<String>,
) -> (Account, Vec<relance_engine::store::contacts::NewContact<String>>) {
    let at_home = country.code == plan.company.country;
    let public = dice.percent(if at_home { 8 } else { 3 });
    let size = if public { Size::Medium } else { trade::size(dice) };
    let habit = trade::habit(dice);
    let name = people::firm_name(dice, country, public, names);
    let number = format!("C{:05}", 101 + index * 3);
    let contacts = people::contacts(dice, country, &number, &name, size);
    let address = contacts.first().and_then(|c| c.email.clone()).unwrap_or_default();
    let mut tags = Vec::new();
    if size == Size::Large && dice.percent(30) {
        tags.push("strategic".to_owned());
    }
    if dice.percent(12) {
        tags.push("fair-2026".to_owned());
    }
    let limit = match size {
        Size::Small => None,
        Size::Medium => Some(dice.between(8, 25) * 1_000),
        Size::Large => Some(dice.between(40, 120) * 1_000),
    };
    let customer = NewCustomer {
        number,
        name,
        kind: if public {
            CustomerKind::Public
        } else {
            CustomerKind::Business
        },
        country: country.code.to_owned(),
        language: Some(country.language.to_owned()),
        time_zone: country.zone.parse().ok(),
        tags,
        credit_limit: limit.map(Decimal::from),
        segment: None,
        custom: BTreeMap::new(),
    };
    let account = Account {
        customer,
        currency: invoiced_in(dice, plan, country),
        size,
        habit,
        address,
    };
    (account, contacts)
}

fn invoiced_in(dice: &mut Dice, plan: &Plan, country: &Country) -> Currency {
    let home = plan.company.currency;
    let euro_company = home == Currency::EUR;
    let roll = dice.between(1, 100);
    match country.code {
        code if code == plan.company.country => home,
        "GB" => currency("GBP"),
        "DE" if euro_company && roll <= 20 => currency("CHF"),
        "IT" | "ES" | "BE" if euro_company && roll <= 8 => currency("USD"),
        _ => Currency::EUR,
    }
}

/// Numbers run within a year, in the order of issue.
fn number(drafts: &mut [Draft], anchor: NaiveDate, prefix: &str) {
    let mut counters: BTreeMap<i32, u32> = BTreeMap::new();
    for draft in drafts {
        let issued = last_business_day(day(anchor, draft.sale.issued));
        let counter = counters.entry(issued.year()).or_default();
        *counter += 1;
        draft.number = format!("{prefix}{}-{:05}", issued.year(), counter);
    }
}

fn documents(branch: &mut Branch, plan: &Plan, anchor: NaiveDate, accounts: &[Account], drafts: &[Draft]) {
    let mut credit_notes = 0;
    for draft in drafts {
        let Some(account) = accounts.get(draft.account) else {
            continue;
        };
        let money = |cents| Money::new(Decimal::new(cents, 2), account.currency);
        branch.documents.push(Document {
            document: NewInvoice {
                customer: account.customer.number.clone(),
                kind: InvoiceKind::Invoice,
                number: draft.number.clone(),
                issued: last_business_day(day(anchor, draft.sale.issued)),
                due: day(anchor, draft.sale.due),
                amount: money(draft.sale.cents),
                purchase_order: draft.purchase_order(),
                known_since: None,
                custom: BTreeMap::new(),
            },
            applies_to: None,
        });
        if let Some((on, cents)) = draft.credit {
            credit_notes += 1;
            let issued = last_business_day(day(anchor, on));
            branch.documents.push(Document {
                document: NewInvoice {
                    customer: account.customer.number.clone(),
                    kind: InvoiceKind::CreditNote,
                    number: format!("{}{}-{credit_notes:04}", plan.prefixes[1], issued.year()),
                    issued,
                    due: issued,
                    amount: money(cents),
                    purchase_order: None,
                    known_since: None,
                    custom: BTreeMap::new(),
                },
                applies_to: Some(draft.number.clone()),
            });
        }
    }
    branch.documents.sort_by_key(|d| d.document.issued);
}

/// One transfer for everything that a customer pays on one day, and a few transfers that say nothing of what they pay.
fn payments(
    branch: &mut Branch,
    plan: &Plan,
    anchor: NaiveDate,
    accounts: &[Account],
    drafts: &[Draft],
    dice: &mut Dice,
) {
    let mut transfers: BTreeMap<(NaiveDate, usize), Vec<Pays>> = BTreeMap::new();
    for draft in drafts {
        for (on, cents) in &draft.sale.payments {
            let received = next_business_day(day(anchor, *on));
            transfers
                .entry((received, draft.account))
                .or_default()
                .push(Pays {
                    invoice: draft.number.clone(),
                    amount: Some(Decimal::new(*cents, 2)),
                });
        }
    }
    for (on, account, cents) in incidents::cash_without_reference(dice, accounts) {
        let parts = transfers
            .entry((next_business_day(day(anchor, on)), account))
            .or_default();
        parts.push(Pays {
            invoice: String::new(),
            amount: Some(Decimal::new(cents, 2)),
        });
    }
    for (sequence, ((received_on, account), parts)) in transfers.into_iter().enumerate() {
        let Some(account) = accounts.get(account) else {
            continue;
        };
        let total = parts.iter().filter_map(|part| part.amount).sum();
        let pays: Vec<Pays> = parts
            .into_iter()
            .filter(|part| !part.invoice.is_empty())
            .collect();
        branch.payments.push(NewPayment {
            customer: account.customer.number.clone(),
            reference: format!("{}{:06}", plan.prefixes[2], sequence + 1),
            received_on,
            amount: Money::new(total, account.currency),
            note: pays.is_empty().then(|| "Virement sans référence".to_owned()),
            pays,
        });
    }
}

/// Rates for the first of each month; they drift a little, as rates do.
fn rates(plan: &Plan, anchor: NaiveDate) -> Vec<Rate> {
    let mut rates = Vec::new();
    let mut from = day(anchor, -super::PAST - 400).with_day(1).unwrap_or(anchor);
    let mut month = 0;
    while from <= day(anchor, super::FUTURE) {
        for (code, start, drift) in plan.rates {
            let swing = [0, 3, 5, 2, -4, -1][month % 6] * drift;
            rates.push(Rate {
                currency: currency(code),
                from,
                rate: Decimal::new(start + swing, 4),
            });
        }
        month += 1;
        from = from
            .checked_add_months(chrono::Months::new(1))
            .unwrap_or(NaiveDate::MAX);
    }
    rates
}

fn currency(code: &str) -> Currency {
    Currency::new(code).unwrap_or(Currency::EUR)
}

/// Invoices are written on working days.
fn last_business_day(on: NaiveDate) -> NaiveDate {
    match on.weekday() {
        Weekday::Sat => day(on, -1),
        Weekday::Sun => day(on, -2),
        _ => on,
    }
}

/// Banks book on working days.
fn next_business_day(on: NaiveDate) -> NaiveDate {
    match on.weekday() {
        Weekday::Sat => day(on, 2),
        Weekday::Sun => day(on, 1),
        _ => on,
    }
}
