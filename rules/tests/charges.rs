//! Interest and fee of invoices that are paid late: worked examples, each computed by hand as the comment beside it shows, and what
//! holds for all.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test that cannot go on stops"
)]

mod simulator;

use std::sync::{Arc, LazyLock};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use relance_rules::charges::{Claim, Debt, HalfYear, Terms, WhyNot, claim};
use relance_rules::dsl::checked::{Act, ActKind, Charge};
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::dsl::span::{FileId, Span};
use relance_rules::facts::{SettledBy, Settlement};
use relance_rules::rulebook::Rulebook;
use rust_decimal::Decimal;
use simulator::{day, rulebook};

/// The legal rates of France: 14.50 % and 14.25 % in 2024, 13.15 % and 12.15 % in 2025, none later; those of public buyers; and tables
/// of the firm's own.
static RULES: LazyLock<Arc<Rulebook>> = LazyLock::new(|| {
    rulebook(
        "edition 2026
         use std.france
         use std.france_public
         charges contract \"Agreed by contract\" { late_interest 15 % recovery_fee 40 EUR }
         charges ten { late_interest 10 % }
         charges changed {
           late_interest from 2025-01-01 13.15 %
           late_interest from 2025-03-16 10 %
         }",
    )
});

fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::new(amount.parse().unwrap(), Currency::new(currency).unwrap())
}

/// What is owed, by which table, and what came in.
struct Example {
    table: &'static str,
    due: &'static str,
    amount: &'static str,
    /// `paid` or `credited`, the day, and how much.
    settled: &'static [(&'static str, &'static str, &'static str)],
    insolvent: Option<&'static str>,
    consumer: bool,
    on: &'static str,
}

const FRANCE: Example = Example {
    table: "france",
    due: "2025-02-28",
    amount: "1200 EUR",
    settled: &[],
    insolvent: None,
    consumer: false,
    on: "2025-03-31",
};

fn settlements(example: &Example) -> Vec<Settlement> {
    let currency = money(example.amount).currency;
    example
        .settled
        .iter()
        .map(|(by, on, amount)| Settlement {
            on: day(on),
            amount: Money::new(amount.parse().unwrap(), currency),
            by: if *by == "credited" {
                SettledBy::CreditNote
            } else {
                SettledBy::Payment
            },
        })
        .collect()
}

/// An act that charges interest and fee by a table, as far as the table has them.
fn act(table: &str) -> Act {
    let span = Span {
        file: FileId(0),
        start: 0,
        end: 0,
    };
    Act {
        when: None,
        kind: ActKind::Charge {
            kinds: vec![Charge::LateInterest, Charge::RecoveryFee],
            of: table.to_owned(),
        },
        span,
    }
}

fn of(table: &str, debt: &Debt<'_>, on: NaiveDate) -> Result<Claim, WhyNot> {
    let acts = [act(table)];
    claim(Terms::of(&RULES.checked, &acts).unwrap(), debt, on)
}

fn tried(example: &Example) -> Result<Claim, WhyNot> {
    let settlements = settlements(example);
    let amount = money(example.amount);
    let settled: Decimal = settlements.iter().map(|s| s.amount.amount).sum();
    let debt = Debt {
        due: day(example.due),
        amount,
        balance: Money::new(amount.amount - settled, amount.currency),
        settlements: &settlements,
        consumer: example.consumer,
        insolvent: example
            .insolvent
            .map(|from| (day(from), None))
            .into_iter()
            .collect(),
    };
    of(example.table, &debt, day(example.on))
}

/// The claim as a table: a line for each stretch of time, the fee, and the totals by currency.
fn table(example: &Example) -> String {
    let claim = tried(example).unwrap();
    let mut lines: Vec<String> = claim
        .lines
        .iter()
        .map(|line| {
            format!(
                "{} to {}  {} x {} % x {} d = {}",
                line.from,
                line.to,
                line.base,
                line.rate.normalize(),
                line.days,
                line.amount
            )
        })
        .collect();
    lines.extend(claim.fee.map(|fee| format!("fee {fee}")));
    let totals: Vec<String> = claim.totals().iter().map(Money::to_string).collect();
    lines.push(format!(
        "total {}",
        if totals.is_empty() {
            "nothing".to_owned()
        } else {
            totals.join(" + ")
        }
    ));
    lines.join("\n")
}

#[track_caller]
fn shows(example: &Example, expected: &[&str]) {
    assert_eq!(table(example), expected.join("\n"));
}

#[test]
fn within_one_half_year() {
    // 1 to 31 March are 31 days. 1200 x 13.15 = 15 780; x 31 = 489 180; / 36 500 = 13.4022.
    shows(
        &FRANCE,
        &[
            "2025-03-01 to 2025-03-31  1200.00 EUR x 13.15 % x 31 d = 13.40 EUR",
            "fee 40.00 EUR",
            "total 53.40 EUR",
        ],
    );
}

#[test]
fn over_a_half_year_each_has_its_rate() {
    // 30 days of June at 13.15: 10 000 x 13.15 x 30 / 36 500 = 3 945 000 / 36 500 = 108.0822.
    // 31 days of July at 12.15: 10 000 x 12.15 x 31 / 36 500 = 3 766 500 / 36 500 = 103.1918.
    shows(
        &Example {
            due: "2025-05-31",
            amount: "10000 EUR",
            on: "2025-07-31",
            ..FRANCE
        },
        &[
            "2025-06-01 to 2025-06-30  10000.00 EUR x 13.15 % x 30 d = 108.08 EUR",
            "2025-07-01 to 2025-07-31  10000.00 EUR x 12.15 % x 31 d = 103.19 EUR",
            "fee 40.00 EUR",
            "total 251.27 EUR",
        ],
    );
}

#[test]
fn over_two_half_years_with_a_payment_in_between() {
    // 31 days of December at 14.25 on 5000: 71 250 x 31 = 2 208 750 / 36 500 = 60.5137.
    // 41 days from 1 January to 10 February, when the money came, at 13.15 on 5000: 65 750 x 41 = 2 695 750 / 36 500 = 73.8562.
    // 18 + 31 + 30 + 31 + 30 = 140 days to 30 June at 13.15 on 3000: 39 450 x 140 = 5 523 000 / 36 500 = 151.3151.
    // 15 days of July at 12.15 on 3000: 36 450 x 15 = 546 750 / 36 500 = 14.9795.
    shows(
        &Example {
            due: "2024-11-30",
            amount: "5000 EUR",
            settled: &[("paid", "2025-02-10", "2000")],
            on: "2025-07-15",
            ..FRANCE
        },
        &[
            "2024-12-01 to 2024-12-31  5000.00 EUR x 14.25 % x 31 d = 60.51 EUR",
            "2025-01-01 to 2025-02-10  5000.00 EUR x 13.15 % x 41 d = 73.86 EUR",
            "2025-02-11 to 2025-06-30  3000.00 EUR x 13.15 % x 140 d = 151.32 EUR",
            "2025-07-01 to 2025-07-15  3000.00 EUR x 12.15 % x 15 d = 14.98 EUR",
            "fee 40.00 EUR",
            "total 340.67 EUR",
        ],
    );
}

#[test]
fn what_was_credited_was_never_owed() {
    // 2500 from the first day, though the credit note came after 20 days: 32 875 x 30 = 986 250 / 36 500 = 27.0205.
    shows(
        &Example {
            due: "2025-03-31",
            amount: "3000 EUR",
            settled: &[("credited", "2025-04-20", "500")],
            on: "2025-04-30",
            ..FRANCE
        },
        &[
            "2025-04-01 to 2025-04-30  2500.00 EUR x 13.15 % x 30 d = 27.02 EUR",
            "fee 40.00 EUR",
            "total 67.02 EUR",
        ],
    );
    // An invoice that is credited as a whole has brought nothing, late as the credit note was.
    shows(
        &Example {
            settled: &[("credited", "2025-03-20", "1200")],
            ..FRANCE
        },
        &["total nothing"],
    );
}

#[test]
fn what_was_paid_before_the_due_date_or_on_it_was_in_time() {
    // 600 for 10 days: 7 890 x 10 = 78 900 / 36 500 = 2.1616. A part payment does not reduce the fee.
    shows(
        &Example {
            due: "2025-03-31",
            amount: "1000 EUR",
            settled: &[("paid", "2025-03-20", "400")],
            on: "2025-04-10",
            ..FRANCE
        },
        &[
            "2025-04-01 to 2025-04-10  600.00 EUR x 13.15 % x 10 d = 2.16 EUR",
            "fee 40.00 EUR",
            "total 42.16 EUR",
        ],
    );
    shows(
        &Example {
            settled: &[("paid", "2025-02-10", "200"), ("paid", "2025-02-28", "1000")],
            ..FRANCE
        },
        &["total nothing"],
    );
}

#[test]
fn a_payment_at_the_turn_of_the_half_year() {
    // The last day of June still has the whole balance: 13 150 x 10 / 36 500 = 3.6027.
    // From 1 July on 600 at 12.15: 7 290 x 10 / 36 500 = 1.9973.
    let turn = Example {
        due: "2025-06-20",
        amount: "1000 EUR",
        settled: &[("paid", "2025-06-30", "400")],
        on: "2025-07-10",
        ..FRANCE
    };
    shows(
        &turn,
        &[
            "2025-06-21 to 2025-06-30  1000.00 EUR x 13.15 % x 10 d = 3.60 EUR",
            "2025-07-01 to 2025-07-10  600.00 EUR x 12.15 % x 10 d = 2.00 EUR",
            "fee 40.00 EUR",
            "total 45.60 EUR",
        ],
    );
    // A day later: one day of July with 1000 at 12.15, 12 150 / 36 500 = 0.3329; then 9 days with 600, 65 610 / 36 500 = 1.7975.
    shows(
        &Example {
            settled: &[("paid", "2025-07-01", "400")],
            ..turn
        },
        &[
            "2025-06-21 to 2025-06-30  1000.00 EUR x 13.15 % x 10 d = 3.60 EUR",
            "2025-07-01 to 2025-07-01  1000.00 EUR x 12.15 % x 1 d = 0.33 EUR",
            "2025-07-02 to 2025-07-10  600.00 EUR x 12.15 % x 9 d = 1.80 EUR",
            "fee 40.00 EUR",
            "total 45.73 EUR",
        ],
    );
}

#[test]
fn a_public_buyer_keeps_the_rate_of_the_first_day() {
    // 3.15 + 8 = 11.15 for all 61 days, though the rate of July is lower: 111 500 x 61 = 6 801 500 / 36 500 = 186.3425.
    shows(
        &Example {
            table: "france_public",
            due: "2025-05-31",
            amount: "10000 EUR",
            on: "2025-07-31",
            ..FRANCE
        },
        &[
            "2025-06-01 to 2025-07-31  10000.00 EUR x 11.15 % x 61 d = 186.34 EUR",
            "fee 40.00 EUR",
            "total 226.34 EUR",
        ],
    );
}

#[test]
fn a_consumer_is_charged_nothing() {
    let consumer = Example {
        consumer: true,
        ..FRANCE
    };
    assert_eq!(tried(&consumer), Err(WhyNot::Consumer));
}

#[test]
fn insolvency_stops_interest_and_bars_the_fee() {
    // 1 to 10 March, 10 days: 15 780 x 10 / 36 500 = 4.3233. The court opened proceedings on the 11th.
    shows(
        &Example {
            insolvent: Some("2025-03-11"),
            ..FRANCE
        },
        &[
            "2025-03-01 to 2025-03-10  1200.00 EUR x 13.15 % x 10 d = 4.32 EUR",
            "total 4.32 EUR",
        ],
    );
}

#[test]
fn a_half_year_that_nobody_entered_is_never_guessed() {
    let over_new_year = Example {
        due: "2025-12-15",
        on: "2026-01-05",
        ..FRANCE
    };
    assert_eq!(
        tried(&over_new_year),
        Err(WhyNot::RateMissing {
            table: "Retard de paiement entre professionnels".to_owned(),
            half: HalfYear {
                year: 2026,
                second: false
            },
        })
    );
    // It is not needed where nothing is owed any more: 16 days of December, 14 580 x 16 = 233 280 / 36 500 = 6.3912.
    shows(
        &Example {
            settled: &[("paid", "2025-12-31", "1200")],
            ..over_new_year
        },
        &[
            "2025-12-16 to 2025-12-31  1200.00 EUR x 12.15 % x 16 d = 6.39 EUR",
            "fee 40.00 EUR",
            "total 46.39 EUR",
        ],
    );
    let before_all = tried(&Example {
        due: "2014-05-31",
        on: "2014-06-30",
        ..FRANCE
    });
    assert!(matches!(before_all, Err(WhyNot::RateMissing { .. })));
}

#[test]
fn another_currency_bears_interest_in_itself_and_the_fee_stays_in_euro() {
    // 30 days: 2000 x 13.15 x 30 = 789 000 / 36 500 = 21.6164.
    shows(
        &Example {
            amount: "2000 USD",
            on: "2025-03-30",
            ..FRANCE
        },
        &[
            "2025-03-01 to 2025-03-30  2000.00 USD x 13.15 % x 30 d = 21.62 USD",
            "fee 40.00 EUR",
            "total 21.62 USD + 40.00 EUR",
        ],
    );
    // Yen have no cents: 150 000 x 13.15 x 30 = 59 175 000 / 36 500 = 1621.2329.
    shows(
        &Example {
            amount: "150000 JPY",
            on: "2025-03-30",
            ..FRANCE
        },
        &[
            "2025-03-01 to 2025-03-30  150000 JPY x 13.15 % x 30 d = 1621 JPY",
            "fee 40.00 EUR",
            "total 1621 JPY + 40.00 EUR",
        ],
    );
}

#[test]
fn a_leap_year_has_366_days_of_one_365th() {
    // 29 days of February 2024: 14 500 x 29 = 420 500 / 36 500 = 11.5205.
    shows(
        &Example {
            due: "2024-01-31",
            amount: "1000 EUR",
            on: "2024-02-29",
            ..FRANCE
        },
        &[
            "2024-02-01 to 2024-02-29  1000.00 EUR x 14.5 % x 29 d = 11.52 EUR",
            "fee 40.00 EUR",
            "total 51.52 EUR",
        ],
    );
    // 31 + 29 + 31 + 30 + 31 + 30 = 182 days: 145 000 x 182 = 26 390 000 / 36 500 = 723.0137; 184 days: 142 500 x 184 = 26 220 000
    // / 36 500 = 718.3562.
    shows(
        &Example {
            due: "2023-12-31",
            amount: "10000 EUR",
            on: "2024-12-31",
            ..FRANCE
        },
        &[
            "2024-01-01 to 2024-06-30  10000.00 EUR x 14.5 % x 182 d = 723.01 EUR",
            "2024-07-01 to 2024-12-31  10000.00 EUR x 14.25 % x 184 d = 718.36 EUR",
            "fee 40.00 EUR",
            "total 1481.37 EUR",
        ],
    );
}

#[test]
fn a_rate_agreed_by_contract_serves_on_every_day() {
    // June to February: 30 + 31 + 31 + 30 + 31 + 30 + 31 + 31 + 28 = 273 days; 15 000 x 273 = 4 095 000 / 36 500 = 112.1918.
    shows(
        &Example {
            table: "contract",
            due: "2025-05-31",
            amount: "1000 EUR",
            on: "2026-02-28",
            ..FRANCE
        },
        &[
            "2025-06-01 to 2026-02-28  1000.00 EUR x 15 % x 273 d = 112.19 EUR",
            "fee 40.00 EUR",
            "total 152.19 EUR",
        ],
    );
}

#[test]
fn a_rate_that_begins_within_a_half_year_begins_a_line() {
    // 15 days to 15 March at 13.15: 15 780 x 15 = 236 700 / 36 500 = 6.4849; 16 days at 10: 12 000 x 16 = 192 000 / 36 500 = 5.2603.
    shows(
        &Example {
            table: "changed",
            ..FRANCE
        },
        &[
            "2025-03-01 to 2025-03-15  1200.00 EUR x 13.15 % x 15 d = 6.48 EUR",
            "2025-03-16 to 2025-03-31  1200.00 EUR x 10 % x 16 d = 5.26 EUR",
            "total 11.74 EUR",
        ],
    );
}

#[test]
fn interest_stays_owed_once_the_principal_is_paid() {
    // Complaint 10. The money came on 10 March: 10 days, 15 780 x 10 / 36 500 = 4.3233; and nothing is added by the end of the year.
    let paid_late = Example {
        settled: &[("paid", "2025-03-10", "1200")],
        ..FRANCE
    };
    for on in ["2025-03-10", "2025-03-11", "2025-12-31", "2030-01-01"] {
        shows(
            &Example { on, ..paid_late },
            &[
                "2025-03-01 to 2025-03-10  1200.00 EUR x 13.15 % x 10 d = 4.32 EUR",
                "fee 40.00 EUR",
                "total 44.32 EUR",
            ],
        );
    }
}

#[test]
fn half_a_cent_is_rounded_up_in_each_line() {
    // 3.65 x 10 x 5 / 36 500 = 0.005; with 4 days it is 0.004, which comes to nothing.
    let small = Example {
        table: "ten",
        amount: "3.65 EUR",
        ..FRANCE
    };
    shows(
        &Example {
            on: "2025-03-05",
            ..small
        },
        &[
            "2025-03-01 to 2025-03-05  3.65 EUR x 10 % x 5 d = 0.01 EUR",
            "total 0.01 EUR",
        ],
    );
    shows(
        &Example {
            on: "2025-03-04",
            ..small
        },
        &["total nothing"],
    );
}

#[test]
fn before_it_is_late_an_invoice_brings_nothing() {
    for on in ["2024-12-31", "2025-02-28"] {
        shows(&Example { on, ..FRANCE }, &["total nothing"]);
    }
}

#[test]
fn a_balance_that_is_smaller_than_its_settlements_say_was_so_from_the_beginning() {
    // 700 of 1000 were open when the invoice came into the books; nobody noted when the rest was paid. 9 205 x 31 / 36 500 = 7.8180.
    let debt = Debt {
        due: day("2025-02-28"),
        amount: money("1000 EUR"),
        balance: money("700 EUR"),
        settlements: &[],
        consumer: false,
        insolvent: vec![],
    };
    let claim = of("france", &debt, day("2025-03-31")).unwrap();
    assert_eq!(claim.totals(), [money("47.82 EUR")]);
}

/// Debts as they come: one invoice, some payments and credit notes around its due date.
fn debts() -> impl Strategy<Value = (NaiveDate, Decimal, Vec<Settlement>)> {
    let cents = |most: i64| (1..most).prop_map(|cents| Decimal::new(cents, 2));
    let settlement =
        (0_u64..700, cents(400_000), any::<bool>()).prop_map(|(after, amount, payment)| Settlement {
            on: day("2023-12-01") + Days::new(after),
            amount: Money::new(amount, Currency::EUR),
            by: if payment {
                SettledBy::Payment
            } else {
                SettledBy::CreditNote
            },
        });
    let due = (0_u64..600).prop_map(|after| day("2023-12-20") + Days::new(after));
    (due, cents(2_000_000), proptest::collection::vec(settlement, 0..6))
}

fn debt<'a>(due: NaiveDate, amount: Decimal, settlements: &'a [Settlement]) -> Debt<'a> {
    let settled: Decimal = settlements.iter().map(|s| s.amount.amount).sum();
    Debt {
        due,
        amount: Money::new(amount, Currency::EUR),
        balance: Money::new((amount - settled).max(Decimal::ZERO), Currency::EUR),
        settlements,
        consumer: false,
        insolvent: vec![],
    }
}

fn interest(claim: &Claim) -> Decimal {
    claim.lines.iter().map(|line| line.amount.amount).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_are_positive_in_order_and_never_overlap((due, amount, settled) in debts(), after in 0_u64..700) {
        let on = day("2023-12-20") + Days::new(after.min(740));
        let claim = of("france", &debt(due, amount, &settled), on).unwrap();
        let mut last = due;
        for line in &claim.lines {
            prop_assert!(line.from > last && line.from <= line.to && line.to <= on);
            prop_assert!(line.base.amount > Decimal::ZERO && line.base.amount <= amount);
            prop_assert!(line.amount.amount > Decimal::ZERO);
            prop_assert_eq!(i64::from(line.days), (line.to - line.from).num_days() + 1);
            prop_assert_eq!(HalfYear::of(line.from), HalfYear::of(line.to));
            last = line.to;
        }
        prop_assert!(claim.fee.is_none_or(|fee| fee == money("40 EUR")), "once, and never less");
        prop_assert!(claim.lines.is_empty() || claim.fee.is_some());
    }

    #[test]
    fn interest_never_shrinks_with_time_but_by_a_credit_note((due, amount, settled) in debts(), after in 0_u64..700) {
        let payments: Vec<Settlement> = settled.into_iter().filter(|s| s.by == SettledBy::Payment).collect();
        let on = day("2023-12-20") + Days::new(after);
        let today = of("france", &debt(due, amount, &payments), on).unwrap();
        let tomorrow = of("france", &debt(due, amount, &payments), on + Days::new(1)).unwrap();
        prop_assert!(interest(&today) <= interest(&tomorrow));
        prop_assert!(today.fee.is_none() || tomorrow.fee.is_some());
    }

    #[test]
    fn a_span_that_is_split_at_any_day_comes_to_the_same_within_rounding(
        (due, amount, settled) in debts(), after in 0_u64..700, at in 0_u64..700,
    ) {
        let on = day("2023-12-20") + Days::new(after);
        let cut = due + Days::new(at.min(after));
        let whole = of("ten", &debt(due, amount, &settled), on).unwrap();
        // The same invoice, as if it had been due on the day of the cut: interest of the days after it.
        let rest = of("ten", &debt(cut, amount, &settled), on).unwrap();
        let credited: Vec<Settlement> = settled
            .iter()
            .map(|s| match s.by {
                // What is credited later was never owed: the first part has to know of it.
                SettledBy::CreditNote if s.on <= on => Settlement { on: due, ..*s },
                _ => *s,
            })
            .collect();
        let first = of("ten", &debt(due, amount, &credited), cut.min(on)).unwrap();
        let lines = whole.lines.len() + rest.lines.len() + first.lines.len() + settled.len() + 2;
        let off = (interest(&whole) - interest(&first) - interest(&rest)).abs();
        prop_assert!(off <= Decimal::new(i64::try_from(lines).unwrap(), 2), "{off}");
    }
}
