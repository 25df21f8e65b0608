use relance_dsl::money::Money;

use super::*;
use crate::facts::testing::{day, euro};
use crate::facts::{Instalment, SettledBy, Settlement};

/// 400 EUR on 1 April and 300 EUR on 1 May, agreed on 1 March, and what came in since.
fn plan(paid: &[(&str, i64)]) -> PaymentPlan {
    PaymentPlan {
        id: 7,
        made_on: day("2026-03-01"),
        instalments: [("2026-04-01", 400), ("2026-05-01", 300)]
            .map(|(due, amount)| Instalment {
                due: day(due),
                amount: euro(amount),
            })
            .to_vec(),
        paid: paid
            .iter()
            .map(|(on, amount)| came_in(on, euro(*amount)))
            .collect(),
        ended_on: None,
    }
}

fn came_in(on: &str, amount: Money) -> Settlement {
    Settlement {
        on: day(on),
        amount,
        by: SettledBy::Payment,
    }
}

/// Stretches as `from to what is awaited how it ended`.
fn stretches(plan: &PaymentPlan, today: &str) -> Vec<String> {
    spans(plan, &Grace::default(), day(today))
        .iter()
        .map(|span| {
            let ending = span
                .ending
                .map_or_else(String::new, |ending| format!(" {ending:?}"));
            format!("{} {} {}{ending}", span.from, span.to.unwrap(), span.note)
        })
        .collect()
}

fn missed_on(plan: &PaymentPlan, today: &str) -> Option<(usize, String)> {
    let missed = missed(plan, &Grace::default(), day(today))?;
    Some((missed.instalment, missed.on.to_string()))
}

#[test]
fn an_instalment_is_missed_on_the_day_after_its_own() {
    let unpaid = plan(&[]);
    assert_eq!(missed_on(&unpaid, "2026-04-01"), None);
    assert_eq!(missed_on(&unpaid, "2026-04-02"), Some((0, "2026-04-02".into())));
    assert_eq!(
        missed_on(&unpaid, "2026-08-01"),
        Some((0, "2026-04-02".into())),
        "the oldest one"
    );
    assert_eq!(
        stretches(&unpaid, "2026-04-01"),
        ["2026-03-01 2026-04-02 400.00 EUR"]
    );
    assert_eq!(
        stretches(&unpaid, "2026-04-02"),
        ["2026-03-01 2026-04-02 400.00 EUR Broken"]
    );
}

#[test]
fn who_pays_each_instalment_is_left_alone_until_all_is_paid() {
    let first = plan(&[("2026-03-20", 150), ("2026-04-01", 250)]);
    assert_eq!(missed_on(&first, "2026-05-01"), None);
    assert_eq!(
        stretches(&first, "2026-04-10"),
        ["2026-03-01 2026-05-02 300.00 EUR"]
    );
    let both = plan(&[("2026-04-01", 400), ("2026-04-20", 300)]);
    assert_eq!(missed_on(&both, "2026-09-01"), None);
    assert_eq!(
        stretches(&both, "2026-09-01"),
        ["2026-03-01 2026-04-20 300.00 EUR Kept"]
    );
}

#[test]
fn a_part_of_an_instalment_is_not_enough() {
    assert_eq!(
        missed_on(&plan(&[("2026-04-01", 399)]), "2026-04-02"),
        Some((0, "2026-04-02".into()))
    );
}

#[test]
fn who_catches_up_is_left_alone_again() {
    let late = plan(&[("2026-04-10", 400)]);
    assert_eq!(missed_on(&late, "2026-04-09"), Some((0, "2026-04-02".into())));
    assert_eq!(missed_on(&late, "2026-04-10"), None);
    assert_eq!(
        stretches(&late, "2026-04-10"),
        [
            "2026-03-01 2026-04-02 400.00 EUR Broken",
            "2026-04-10 2026-05-02 300.00 EUR"
        ]
    );
    assert_eq!(missed_on(&late, "2026-05-02"), Some((1, "2026-05-02".into())));
}

#[test]
fn who_catches_up_after_two_instalments_were_missed_has_held_once() {
    let much_later = plan(&[("2026-04-10", 100), ("2026-06-01", 600)]);
    assert_eq!(
        stretches(&much_later, "2026-06-01"),
        ["2026-03-01 2026-04-02 400.00 EUR Broken"]
    );
    assert_eq!(missed_on(&much_later, "2026-06-01"), None);
}

#[test]
fn a_cancelled_plan_holds_no_more_and_stays_missed_if_it_was() {
    let cancelled = PaymentPlan {
        ended_on: Some(day("2026-03-15")),
        ..plan(&[])
    };
    assert_eq!(missed_on(&cancelled, "2026-06-01"), None);
    assert_eq!(
        stretches(&cancelled, "2026-06-01"),
        ["2026-03-01 2026-03-15 400.00 EUR Withdrawn"]
    );
    let for_being_missed = PaymentPlan {
        ended_on: Some(day("2026-04-03")),
        ..plan(&[("2026-04-20", 700)])
    };
    assert_eq!(
        missed_on(&for_being_missed, "2026-06-01"),
        Some((0, "2026-04-02".into()))
    );
    assert_eq!(
        stretches(&for_being_missed, "2026-06-01"),
        ["2026-03-01 2026-04-02 400.00 EUR Broken"]
    );
}

#[test]
fn each_share_tells_what_came_in_for_it_the_oldest_first() {
    let one_and_a_half = plan(&[("2026-03-30", 250), ("2026-04-05", 250)]);
    let told = |today: &str| -> Vec<String> {
        shares(&one_and_a_half, &Grace::default(), day(today))
            .iter()
            .map(|share| format!("{} {:?}", share.paid, share.state))
            .collect()
    };
    assert_eq!(told("2026-04-01"), ["250.00 EUR Due", "0.00 EUR Due"]);
    assert_eq!(told("2026-04-02"), ["250.00 EUR Missed", "0.00 EUR Due"]);
    assert_eq!(
        told("2026-05-02"),
        ["400.00 EUR Paid(2026-04-05)", "100.00 EUR Missed"]
    );
}

#[test]
fn no_stretch_is_without_an_end_whatever_is_paid() {
    let days = [
        "2026-03-01",
        "2026-04-01",
        "2026-04-02",
        "2026-04-30",
        "2026-05-02",
        "2026-07-01",
    ];
    for first in days {
        for second in days {
            for (a, b) in [(0, 0), (400, 0), (399, 1), (400, 300), (700, 0), (1, 699)] {
                let plan = plan(&[(first, a), (second, b)]);
                let spans = spans(&plan, &Grace::default(), day("2026-12-31"));
                assert!(
                    spans.iter().all(|s| s.to.is_some_and(|to| to > s.from)),
                    "{plan:?}"
                );
                assert!(
                    spans.windows(2).all(|w| w[0].to.unwrap() <= w[1].from),
                    "{plan:?}"
                );
            }
        }
    }
}
