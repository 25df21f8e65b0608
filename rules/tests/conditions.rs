//! Who a customer is to the rules: segments, score, tone, and what conditions read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::{DateTime, Utc};
use relance_rules::decide;
use relance_rules::decision::Decision;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::facts::{AccountFacts, Rate};
use relance_rules::reason::ReasonKind;
use relance_rules::words::{self, Language};
use rust_decimal::Decimal;
use simulator::{STANDARD, account, day, euro, rulebook};

fn now() -> DateTime<Utc> {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

fn usd(amount: i64) -> Money {
    Money::new(Decimal::from(amount), Currency::new("USD").unwrap())
}

/// Decides with segments of one condition each; gives the name of the segment, or `-`.
fn segment(condition: &str, facts: &AccountFacts) -> String {
    let rules = format!(
        "edition 2026\nsegments {{ yes when {condition}\n no otherwise }}\n\
         scenario s for yes, no {{ language fr\n dunning {{ level 1 a 3 days after due {{ email template reminder }} }} }}\n"
    );
    let decision = decide(&rulebook(&rules), facts, now());
    decision.segment.map_or("-".into(), |s| s.name)
}

#[test]
fn conditions_read_facts_exactly() {
    let mut facts = account();
    facts.customer.tags = vec!["strategic".into()];
    facts.history.invoiced_12m = vec![euro(500_000)];
    facts.history.paid_12m = 3;
    facts.history.on_time_12m = 1;
    for (condition, expected) in [
        ("account.revenue_12m >= 500 000 EUR", "yes"),
        ("account.revenue_12m > 500 000 EUR", "no"),
        ("account.revenue_12m / 4 * 4 >= 500 000 EUR", "yes"),
        ("customer has tag \"strategic\"", "yes"),
        ("customer has tag \"Strategic\"", "no"),
        ("customer.country != company.country", "no"),
        ("customer.kind is business", "yes"),
        ("customer.kind is not public", "yes"),
        ("account.on_time_rate_12m >= 33 %", "yes"),
        ("account.on_time_rate_12m > 34 %", "no"),
        ("today >= 2026-03-12 and today < 2026-03-13", "yes"),
        ("not (customer.country is FR)", "no"),
        ("customer.country is one of FR, BE", "yes"),
    ] {
        assert_eq!(segment(condition, &facts), expected, "{condition}");
    }
}

#[test]
fn what_is_unknown_holds_neither_way_round() {
    let facts = account();
    for (condition, expected) in [
        ("customer.credit_limit > 1 EUR", "no"),
        ("customer.credit_limit <= 1 EUR", "no"),
        ("customer.credit_limit != 1 EUR", "no"),
        ("customer.credit_limit + 5 EUR > 1 EUR", "no"),
        ("account.average_days_late / 0 > 1", "no"),
        ("customer.credit_limit is unknown", "yes"),
        ("customer.credit_limit is known", "no"),
        ("not (customer.credit_limit > 1 EUR)", "yes"),
    ] {
        assert_eq!(segment(condition, &facts), expected, "{condition}");
    }
}

#[test]
fn amounts_in_other_currencies_are_read_by_the_rate_of_the_day() {
    let mut facts = account();
    facts.history.invoiced_12m = vec![usd(1000), euro(100)];
    let rate = |on: &str, rate: &str| Rate {
        from: Currency::new("USD").unwrap(),
        on: day(on),
        rate: rate.parse().unwrap(),
    };
    facts.rates = vec![
        rate("2026-04-01", "2.0"),
        rate("2026-01-01", "0.5"),
        rate("2026-03-01", "0.9"),
    ];
    assert_eq!(segment("account.revenue_12m = 1 000 EUR", &facts), "yes");
    assert_eq!(segment("account.revenue_12m >= 1 111 USD", &facts), "yes");
    assert_eq!(segment("account.revenue_12m >= 1 112 USD", &facts), "no");
    facts.rates.remove(2);
    facts.rates.remove(1);
    assert_eq!(
        segment("account.revenue_12m > 0 EUR", &facts),
        "no",
        "no rate serves on this day"
    );
}

#[test]
fn a_missing_rate_is_told() {
    let mut facts = account();
    facts.history.invoiced_12m = vec![usd(1000)];
    let decision = decide(&rulebook(STANDARD), &facts, now());
    assert_eq!(decision.segment.as_ref().unwrap().name, "small");
    let missing = ReasonKind::RateMissing {
        currency: "USD".into(),
        on: day("2026-03-12"),
    };
    assert!(
        decision.reasons.iter().any(|r| r.kind == missing),
        "{:?}",
        decision.reasons
    );
}

#[test]
fn a_segment_set_by_hand_wins_if_the_rules_have_it() {
    let mut facts = account();
    facts.customer.segment = Some("key".into());
    let decision = decide(&rulebook(STANDARD), &facts, now());
    assert_eq!(decision.segment.unwrap().name, "key");
    assert!(
        decision
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::SegmentByHand { .. }))
    );
    facts.customer.segment = Some("gone".into());
    assert_eq!(
        decide(&rulebook(STANDARD), &facts, now()).segment.unwrap().name,
        "small"
    );
}

fn score(decision: &Decision) -> (i32, String) {
    let score = decision.score.clone().unwrap();
    (score.points, score.band.name)
}

#[test]
fn the_score_adds_its_lines_within_its_range() {
    let rules = rulebook(STANDARD);
    let mut facts = account();
    let ask = |facts: &AccountFacts| score(&decide(&rules, facts, now()));
    assert_eq!(ask(&facts), (60, "fair".into()), "nothing is known");
    facts.history.paid_12m = 10;
    facts.history.on_time_12m = 9;
    assert_eq!(ask(&facts), (80, "good".into()));
    facts.history.average_days_late = Some("7.99".parse().unwrap());
    assert_eq!(ask(&facts), (78, "good".into()), "two whole days above five");
    facts.history.average_days_late = Some(Decimal::from(400));
    assert_eq!(ask(&facts), (50, "fair".into()), "at most thirty");
    facts.history.average_days_late = Some(Decimal::from(-400));
    assert_eq!(ask(&facts), (80, "good".into()), "nothing below the threshold");
    facts.history.on_time_12m = 0;
    facts.history.average_days_late = Some(Decimal::from(400));
    facts.history.broken_promises_12m = 1;
    assert_eq!(ask(&facts), (15, "poor".into()));
    let narrow = rulebook(
        &STANDARD
            .replace("from 0 to 100", "from 40 to 100")
            .replace("fair from 40", "fair from 45"),
    );
    assert_eq!(
        score(&decide(&narrow, &facts, now())),
        (40, "poor".into()),
        "held at the lowest"
    );
}

#[test]
fn the_reasons_of_an_account_name_the_lines_that_said_so() {
    let mut facts = account();
    facts.history.paid_12m = 4;
    facts.history.on_time_12m = 4;
    facts.history.average_days_late = Some("7.50".parse().unwrap());
    let decision = decide(&rulebook(STANDARD), &facts, now());
    let mut page = String::new();
    for reason in &decision.reasons {
        page.push_str(&words::reason(reason, chrono_tz::UTC, Language::En));
        if let Some(source) = &reason.source {
            page.push_str(&format!("   <- {}:{} {}", source.file, source.line, source.text));
        }
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_customer_without_a_segment_or_a_scenario_is_told_why() {
    let text = "edition 2026\nsegments { a \"Public\" when customer.kind is public\n b when customer.kind is consumer }\n\
                scenario s for b { language fr\n dunning { level 1 x 3 days after due { email template reminder } } }\n";
    let rules = rulebook(text);
    let mut s = simulator::Simulator::new(rules, "2026-03-02");
    s.invoice("F1", 100, "2026-03-01");
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.outlook[0].reasons[0].kind, ReasonKind::NoSegment);
    assert_eq!(
        decision.next_review_at, None,
        "only an event can change the kind of a customer"
    );
    s.facts.customer.kind = relance_rules::facts::CustomerKind::Public;
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let why = ReasonKind::NoScenario {
        segment: "Public".into(),
    };
    assert_eq!(decision.outlook[0].reasons[0].kind, why);
    assert!(decision.actions.is_empty());
}
