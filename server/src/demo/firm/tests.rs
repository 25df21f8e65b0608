use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use relance_engine::store::invoices::InvoiceKind;
use rust_decimal::Decimal;

use super::{Firm, PAST, day};

fn anchor() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 12).unwrap()
}

#[test]
fn the_same_day_gives_the_same_firm() {
    assert_eq!(Firm::on(anchor()), Firm::on(anchor()));
}

#[test]
fn another_day_gives_the_same_firm_with_shifted_dates() {
    let (here, there) = (Firm::on(anchor()), Firm::on(day(anchor(), 28)));
    for (a, b) in here.branches.iter().zip(&there.branches) {
        assert_eq!(a.customers, b.customers);
        assert_eq!(a.contacts, b.contacts);
        assert_eq!(a.refused, b.refused);
        assert_eq!(a.documents.len(), b.documents.len());
        // Four weeks: weekends fall alike.
        for (x, y) in a.documents.iter().zip(&b.documents) {
            assert_eq!(day(x.document.issued, 28), y.document.issued);
            assert_eq!(x.document.amount, y.document.amount);
        }
        for (x, y) in a.payments.iter().zip(&b.payments) {
            assert_eq!((day(x.received_on, 28), x.amount), (y.received_on, y.amount));
        }
    }
}

#[test]
fn the_portfolio_has_the_size_that_the_readme_promises() {
    let firm = Firm::on(anchor());
    let customers: usize = firm.branches.iter().map(|b| b.customers.len()).sum();
    assert_eq!((firm.branches.len(), customers), (2, 300));
    let countries: BTreeSet<&str> = firm
        .branches
        .iter()
        .flat_map(|b| &b.customers)
        .map(|c| c.country.as_str())
        .collect();
    assert_eq!(countries, BTreeSet::from(["BE", "DE", "ES", "FR", "GB", "IT"]));
    let past: Vec<_> = firm
        .branches
        .iter()
        .flat_map(|b| &b.documents)
        .map(|d| &d.document)
        .filter(|d| d.kind == InvoiceKind::Invoice && d.issued <= anchor())
        .collect();
    assert!((2_300..=2_700).contains(&past.len()), "{} invoices", past.len());
    let currencies: BTreeSet<&str> = past.iter().map(|d| d.amount.currency.code()).collect();
    assert_eq!(currencies, BTreeSet::from(["CHF", "EUR", "GBP", "USD"]));
    assert!(
        past.iter()
            .all(|d| d.issued >= day(anchor(), -PAST - 3) && d.due > d.issued)
    );
}

#[test]
fn a_fair_part_is_overdue_today_and_most_is_paid() {
    let firm = Firm::on(anchor());
    let (mut open, mut overdue, mut all) = (0, 0, 0);
    for branch in &firm.branches {
        for document in branch.documents.iter().map(|d| &d.document) {
            if document.kind == InvoiceKind::CreditNote || document.issued > anchor() {
                continue;
            }
            all += 1;
            if branch.settled_on(&document.number).is_none_or(|on| on > anchor()) {
                open += 1;
                overdue += i32::from(document.due < anchor());
            }
        }
    }
    assert!((300..=650).contains(&open), "{open} open of {all}");
    assert!((90..=260).contains(&overdue), "{overdue} overdue of {open} open");
}

#[test]
fn payments_and_credit_notes_never_exceed_the_invoice() {
    for branch in Firm::on(anchor()).branches {
        let mut settled: BTreeMap<&str, Decimal> = BTreeMap::new();
        for part in branch.payments.iter().flat_map(|p| &p.pays) {
            *settled.entry(&part.invoice).or_default() += part.amount.unwrap();
        }
        for document in &branch.documents {
            if let Some(invoice) = &document.applies_to {
                *settled.entry(invoice).or_default() += document.document.amount.amount;
            }
        }
        for document in branch.documents.iter().map(|d| &d.document) {
            let paid = settled.remove(document.number.as_str()).unwrap_or_default();
            assert!(paid <= document.amount.amount, "{}", document.number);
        }
        assert!(settled.is_empty(), "paid but never issued: {settled:?}");
    }
}

#[test]
fn a_payment_is_the_sum_of_its_parts_and_comes_after_its_invoices() {
    for branch in Firm::on(anchor()).branches {
        let issued: BTreeMap<&str, (NaiveDate, &str)> = branch
            .documents
            .iter()
            .map(|d| {
                (
                    d.document.number.as_str(),
                    (d.document.issued, d.document.customer.as_str()),
                )
            })
            .collect();
        let mut references = BTreeSet::new();
        for payment in &branch.payments {
            assert!(references.insert(&payment.reference));
            let parts: Decimal = payment.pays.iter().filter_map(|p| p.amount).sum();
            assert!(payment.amount.amount > Decimal::ZERO && parts <= payment.amount.amount);
            for part in &payment.pays {
                let (on, customer) = issued[part.invoice.as_str()];
                assert!(
                    on <= payment.received_on,
                    "{} pays {}",
                    payment.reference,
                    part.invoice
                );
                assert_eq!(customer, payment.customer);
            }
        }
    }
}

#[test]
fn names_numbers_and_addresses_are_unique_and_lead_nowhere() {
    for branch in Firm::on(anchor()).branches {
        let names: BTreeSet<_> = branch.customers.iter().map(|c| &c.name).collect();
        assert_eq!(names.len(), branch.customers.len());
        let numbers: BTreeSet<_> = branch
            .documents
            .iter()
            .map(|d| (d.document.kind, &d.document.number))
            .collect();
        assert_eq!(numbers.len(), branch.documents.len());
        for contact in &branch.contacts {
            assert!(
                contact.email.as_ref().unwrap().ends_with(".example"),
                "{contact:?}"
            );
        }
        for customer in &branch.customers {
            assert_eq!(
                branch
                    .contacts
                    .iter()
                    .filter(|c| c.customer == customer.number && c.main)
                    .count(),
                1
            );
        }
    }
}

#[test]
fn incidents_are_there_before_during_and_after_today() {
    let firm = Firm::on(anchor());
    let disputes: Vec<_> = firm.branches.iter().flat_map(|b| &b.disputes).collect();
    assert!(
        disputes
            .iter()
            .filter(|d| d.opened <= anchor() && d.closed > anchor())
            .count()
            >= 3
    );
    assert!(disputes.iter().any(|d| d.accepted) && disputes.iter().any(|d| !d.accepted));
    let lyon = &firm.branches[0];
    assert_eq!((lyon.holds.len(), lyon.refused.len()), (3, 2));
    let unallocated = lyon
        .payments
        .iter()
        .filter(|p| p.pays.is_empty() && p.received_on <= anchor())
        .count();
    assert!((2..=20).contains(&unallocated), "{unallocated}");
    assert!(lyon.documents.iter().any(|d| d.applies_to.is_some()));
}

#[test]
fn one_payment_plan_is_kept_and_one_is_not() {
    let firm = Firm::on(anchor());
    for branch in &firm.branches {
        let outcomes: Vec<bool> = branch
            .plans
            .iter()
            .map(|plan| {
                let whole: Decimal = plan.parts.iter().map(|(_, part)| part).sum();
                assert_eq!(branch.amount(&plan.invoice), Some(whole));
                assert!(plan.made < plan.parts[0].0 && branch.due(&plan.invoice).unwrap() < plan.made);
                let paid_by = |by| -> Decimal {
                    let payments = branch.payments.iter().filter(|p| p.received_on <= by);
                    let parts = payments
                        .flat_map(|p| &p.pays)
                        .filter(|p| p.invoice == plan.invoice);
                    parts.filter_map(|p| p.amount).sum()
                };
                let mut agreed = Decimal::ZERO;
                plan.parts.iter().all(|(on, part)| {
                    agreed += part;
                    // A transfer on a Saturday is booked on Monday.
                    paid_by(day(*on, 2)) >= agreed
                })
            })
            .collect();
        assert_eq!(outcomes, [true, false], "{}", branch.company.code);
    }
}
