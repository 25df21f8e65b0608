//! Accounts as a firm has them: most are small and pay, some are abroad, late, public or large. Made up by a fixed rule, so that
//! each run measures the same ones.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::facts::{AccountFacts, Company, Customer, CustomerKind, History, Invoice, Rate};
use relance_rules::ids::{CustomerId, InvoiceId};
use rust_decimal::Decimal;

/// The day of the decision.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 12).expect("a day")
}

/// So many accounts.
pub fn accounts(count: u32) -> Vec<AccountFacts> {
    (0..count).map(account).collect()
}

/// Numbers that look like chance (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    fn of_100(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn cents(&mut self, bound: u64) -> Decimal {
        Decimal::new(i64::try_from(self.below(bound)).expect("small"), 2)
    }
}

fn account(number: u32) -> AccountFacts {
    let mut chance = Chance(u64::from(number));
    let usd = Currency::new("USD").expect("a currency");
    let currency = if chance.of_100(4) { usd } else { Currency::EUR };
    let kind = match chance.below(100) {
        0..8 => CustomerKind::Public,
        8..25 => CustomerKind::Consumer,
        _ => CustomerKind::Business,
    };
    let country = match chance.below(100) {
        0..74 => "FR",
        74..82 => "BE",
        82..85 => "LU",
        85..94 => "DE",
        _ => "IT",
    };
    let tags: &[&str] = match chance.below(100) {
        0..5 => &["strategic"],
        5..8 => &["wholesale", "vip"],
        8..40 => &["wholesale"],
        _ => &[],
    };
    let large = chance.of_100(15);
    let revenue = chance.cents(if large { 120_000_000 } else { 9_000_000 });
    let new = chance.of_100(10);
    let paid = u32::try_from(chance.below(if new { 1 } else { 30 })).expect("small");
    let punctual = chance.of_100(40);
    let late = if punctual {
        chance.below(700)
    } else {
        chance.below(6_000)
    };
    let late = Decimal::new(i64::try_from(late).expect("small") - 400, 2);
    let on_time = match punctual {
        true => paid,
        false => u32::try_from(chance.below(u64::from(paid) + 1)).expect("small"),
    };
    let open = chance.below(6);
    let invoices = (0..open).map(|_| invoice(&mut chance, currency)).collect();
    AccountFacts {
        company: Company {
            code: "ALFR".into(),
            name: "Atelier Lumière".into(),
            country: "FR".into(),
            currency: Currency::EUR,
            time_zone: chrono_tz::Europe::Paris,
        },
        customer: Customer {
            id: CustomerId(i64::from(number)),
            number: format!("C{number:05}"),
            name: format!("Customer {number}"),
            kind,
            country: country.into(),
            language: None,
            time_zone: None,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            credit_limit: None,
            segment: None,
            custom: BTreeMap::new(),
        },
        contacts: vec![],
        invoices,
        unallocated: vec![],
        history: History {
            paid_12m: paid,
            on_time_12m: on_time,
            average_days_late: (paid > 0).then_some(late),
            broken_promises_12m: u32::try_from(chance.below(40) / 17).expect("small"),
            invoiced_12m: vec![Money::new(revenue, currency)],
        },
        holds: vec![],
        messages: vec![],
        // Without a rate, amounts in dollars are unknown.
        rates: if chance.of_100(70) {
            vec![Rate {
                from: usd,
                on: today() - Days::new(7),
                rate: Decimal::new(9237, 4),
            }]
        } else {
            vec![]
        },
        fixing_contact: false,
    }
}

fn invoice(chance: &mut Chance, currency: Currency) -> Invoice {
    let due = today() + Days::new(40) - Days::new(chance.below(120));
    let amount = Money::new(chance.cents(2_000_000), currency);
    Invoice {
        id: InvoiceId(1),
        number: "F1".into(),
        issued: due - Days::new(30),
        due,
        amount,
        balance: amount,
        known_since: due - Days::new(30),
        paid_on: None,
        cycle: 1,
        holds: vec![],
        progress: vec![],
        settlements: vec![],
        plan: None,
        custom: BTreeMap::new(),
    }
}
