//! The compiled form of a condition and its plain evaluation say the same, whatever the condition and the facts.

use std::sync::Arc;

use proptest::prelude::*;
use relance_dsl::checked::{Comparison, Const, Expr, ExprKind, Operation};
use relance_dsl::money::{Currency, Money};
use relance_dsl::span::{FileId, Span};
use relance_dsl::vocabulary::{FactId, Type};
use rust_decimal::Decimal;

use super::build::Builder;
use super::slots::Slots;
use crate::decide::bearings::line_gives;
use crate::decide::{segment, segment_of};
use crate::decision::{Named, ScoreResult};
use crate::eval::{Trace, holds, value};
use crate::facts::{AccountFacts, CustomerKind, Rate, testing};
use crate::rulebook::{Files, Rulebook, build};
use crate::tally::Tally;
use crate::vocabulary::{Scope, VOCABULARY};

const TODAY: &str = "2026-03-12";

fn expr(kind: ExprKind) -> Expr {
    let file = FileId(0);
    Expr {
        kind,
        span: Span {
            file,
            start: 0,
            end: 0,
        },
    }
}

fn constant(constant: Const) -> Expr {
    expr(ExprKind::Const(constant))
}

/// Any fact of some types.
fn fact(types: impl Fn(Type) -> bool) -> impl Strategy<Value = Expr> {
    let facts = VOCABULARY.facts.iter().enumerate().filter(|(_, f)| types(f.ty));
    let ids: Vec<u16> = facts.map(|(i, _)| u16::try_from(i).unwrap()).collect();
    prop::sample::select(ids).prop_map(|id| expr(ExprKind::Fact(FactId(id))))
}

/// Numbers around the values of the facts, of few and of many digits.
fn decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        4 => (-3_i64..100).prop_map(Decimal::from),
        3 => (-20_000_i64..2_000_000).prop_map(|n| Decimal::new(n, 2)),
        1 => (any::<i64>(), 0_u32..28).prop_map(|(n, digits)| Decimal::new(n, digits)),
        1 => Just(Decimal::MAX),
    ]
}

fn money() -> impl Strategy<Value = Money> {
    let currency = prop::sample::select(vec!["EUR", "EUR", "USD", "GBP"]);
    (decimal(), currency).prop_map(|(amount, code)| Money::new(amount, Currency::new(code).unwrap()))
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "business",
        "public",
        "FR",
        "DE",
        "fr",
        "small",
        "fair",
        "strategic",
        "F1",
    ])
    .prop_map(str::to_owned)
}

fn operation() -> impl Strategy<Value = Operation> {
    prop::sample::select(vec![
        Operation::Add,
        Operation::Subtract,
        Operation::Multiply,
        Operation::Divide,
    ])
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
    ])
}

fn calculated(of: BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    of.prop_recursive(2, 6, 2, |inner| {
        (inner.clone(), operation(), inner).prop_map(|(left, operation, right)| {
            expr(ExprKind::Arithmetic(Box::new(left), operation, Box::new(right)))
        })
    })
    .boxed()
}

fn numbers() -> BoxedStrategy<Expr> {
    let facts = fact(|ty| matches!(ty, Type::Whole | Type::Decimal | Type::Percent));
    calculated(prop_oneof![2 => facts, 1 => decimal().prop_map(|n| constant(Const::Number(n)))].boxed())
}

fn amounts() -> BoxedStrategy<Expr> {
    let facts = fact(|ty| ty == Type::Money);
    let scaled = (facts, operation(), decimal()).prop_map(|(amount, operation, by)| {
        let by = Box::new(constant(Const::Number(by)));
        expr(ExprKind::Arithmetic(Box::new(amount), operation, by))
    });
    let facts = fact(|ty| ty == Type::Money);
    let constants = money().prop_map(|m| constant(Const::Money(m)));
    calculated(prop_oneof![4 => facts, 2 => constants, 1 => scaled].boxed())
}

fn texts() -> BoxedStrategy<Expr> {
    let is_text = |ty| {
        matches!(
            ty,
            Type::Text | Type::Language | Type::Country | Type::OneOf(_) | Type::Band | Type::Segment
        )
    };
    prop_oneof![2 => fact(is_text), 1 => text().prop_map(|t| constant(Const::Text(t)))].boxed()
}

fn days() -> BoxedStrategy<Expr> {
    let days = prop::sample::select(vec!["2026-01-30", "2026-03-01", TODAY]);
    let constants = days.prop_map(|d| constant(Const::Date(testing::day(d))));
    prop_oneof![fact(|ty| ty == Type::Date), constants].boxed()
}

fn currencies() -> BoxedStrategy<Expr> {
    prop_oneof![
        fact(|ty| ty == Type::Currency),
        Just(constant(Const::Currency(Currency::EUR)))
    ]
    .boxed()
}

/// Values of any one type, the same for both; now and then of two, which the checker would refuse.
fn pairs() -> impl Strategy<Value = (Expr, Expr)> {
    let same = |of: BoxedStrategy<Expr>| (of.clone(), of);
    prop_oneof![
        6 => same(numbers()),
        6 => same(amounts()),
        4 => same(texts()),
        1 => same(days()),
        1 => same(currencies()),
        1 => (numbers(), amounts()),
        1 => (texts(), days()),
    ]
}

fn comparisons() -> impl Strategy<Value = Expr> {
    (pairs(), comparison()).prop_map(|((left, right), comparison)| {
        expr(ExprKind::Compare(Box::new(left), comparison, Box::new(right)))
    })
}

fn one_of() -> impl Strategy<Value = Expr> {
    let list = prop_oneof![
        (texts(), prop::collection::vec(texts(), 1..4)),
        (
            texts(),
            prop::collection::vec(text().prop_map(|t| constant(Const::Text(t))), 1..4)
        ),
        (numbers(), prop::collection::vec(numbers(), 1..4)),
        (amounts(), prop::collection::vec(amounts(), 1..3)),
    ];
    list.prop_map(|(left, list)| expr(ExprKind::OneOf(Box::new(left), list)))
}

fn conditions() -> impl Strategy<Value = Expr> {
    let has = (
        prop_oneof![4 => fact(|ty| ty == Type::Texts), 1 => texts()],
        text(),
    );
    let known = (prop_oneof![fact(|_| true), amounts(), numbers()], any::<bool>());
    let leaf = prop_oneof![
        8 => comparisons(),
        2 => one_of(),
        1 => has.prop_map(|(list, text)| expr(ExprKind::Has(Box::new(list), text))),
        1 => known.prop_map(|(of, wanted)| expr(ExprKind::Known(Box::new(of), wanted))),
        1 => fact(|ty| ty == Type::YesNo),
        1 => any::<bool>().prop_map(|b| constant(Const::YesNo(b))),
        1 => numbers(),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let some = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            some.clone().prop_map(|all| expr(ExprKind::And(all))),
            some.prop_map(|any| expr(ExprKind::Or(any))),
            inner.clone().prop_map(|e| expr(ExprKind::Not(Box::new(e)))),
            // Conditions compared with each other have no form of their own.
            (inner.clone(), comparison(), inner).prop_map(|(left, comparison, right)| {
                expr(ExprKind::Compare(Box::new(left), comparison, Box::new(right)))
            }),
        ]
    })
}

/// Accounts in which this or that is unknown, small or foreign.
fn accounts() -> impl Strategy<Value = AccountFacts> {
    let amounts = || prop::collection::vec(money(), 0..3);
    let customer = (
        prop::sample::select(vec![
            CustomerKind::Business,
            CustomerKind::Public,
            CustomerKind::Consumer,
        ]),
        prop::sample::select(vec!["FR", "DE"]),
        prop::option::of(money()),
        any::<bool>(),
    );
    let history = (0_u32..3, 0_u32..3, prop::option::of(decimal()), amounts());
    let rate = prop::option::of(decimal());
    (customer, history, amounts(), amounts(), rate).prop_map(
        |((kind, country, limit, bare), (paid, on_time, late, invoiced), balances, unallocated, rate)| {
            let mut facts = testing::account();
            let first = facts.invoices.remove(0);
            facts.invoices.extend(balances.into_iter().map(|balance| {
                let mut invoice = first.clone();
                invoice.balance = balance;
                invoice
            }));
            facts.customer.kind = kind;
            facts.customer.country = country.into();
            facts.customer.credit_limit = limit;
            facts.unallocated = unallocated;
            facts.history.paid_12m = paid;
            facts.history.on_time_12m = on_time;
            facts.history.average_days_late = late;
            facts.history.invoiced_12m = invoiced;
            facts.rates.extend(rate.map(|rate| Rate {
                from: Currency::new("USD").unwrap(),
                on: testing::day("2026-01-01"),
                rate,
            }));
            if bare {
                facts.customer.language = None;
                facts.customer.tags.clear();
                facts.contacts.clear();
            }
            facts
        },
    )
}

/// Reads all conditions in turn in both ways, over facts that are kept from one to the next.
fn say_the_same(conditions: &[Expr], numbers: &[Expr], facts: &AccountFacts, in_a_step: bool) {
    let today = testing::day(TODAY);
    let tally = Tally::of(facts, today);
    let score = ScoreResult {
        points: 60,
        band: Named {
            name: "fair".into(),
            title: "fair".into(),
        },
        risk: Decimal::ONE,
    };
    let mut scope = Scope::of_account(facts, today, &tally);
    if in_a_step {
        scope.segment = Some("small");
        scope.score = Some(&score);
        scope.invoice = facts.invoices.first();
        scope.contact = facts.contacts.first();
    }
    let mut builder = Builder::default();
    let compiled: Vec<_> = conditions.iter().map(|e| builder.condition(e)).collect();
    let calculations: Vec<_> = numbers.iter().map(|e| builder.calculation(e)).collect();
    let mut slots = Slots::of(&scope);
    for (plain, compiled) in conditions.iter().zip(&compiled) {
        let mut trace = Trace::default();
        let held = holds(plain, &scope, &mut trace);
        assert_eq!(compiled.holds(&mut slots), held, "{plain:?}");
        assert_eq!(slots.take_missed(), !trace.missing.is_empty(), "{plain:?}");
    }
    for (plain, compiled) in numbers.iter().zip(&calculations) {
        let mut trace = Trace::default();
        let expected = value(plain, &scope, &mut trace);
        assert_eq!(compiled.value(&mut slots), expected, "{plain:?}");
        assert_eq!(slots.take_missed(), !trace.missing.is_empty(), "{plain:?}");
    }
}

/// Rules that ask for much, with lines that hold for some of the accounts.
fn rulebook() -> Arc<Rulebook> {
    let rules = r#"
        edition 2026
        segments {
          large   when account.revenue_12m >= 5 000 EUR or account.overdue > 100 USD
          limited when account.balance >= customer.credit_limit * 0.9
          german  when customer.country is DE and customer.kind is not public
          late    when account.on_time_rate_12m < 50 % or account.average_days_late > 5
          tagged  when customer has tag "strategic"
        }
        score payer from 0 to 100 start 60 {
          add 20      when account.on_time_rate_12m >= 90 %
          subtract 1  per day of account.average_days_late above 5, at most 30
          subtract 2  per of account.credit_used when customer.kind is business
          add 1       when account.unallocated > 0 EUR and segment is not german
          bands { good from 70, poor }
        }
    "#;
    let file = ("rules.relance".to_owned(), rules.to_owned());
    build(&Files([file].into())).rulebook.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn compiled_conditions_say_what_plain_ones_say(
        conditions in prop::collection::vec(conditions(), 1..12),
        numbers in prop::collection::vec(prop_oneof![numbers(), amounts()], 0..4),
        facts in accounts(),
        in_a_step in any::<bool>(),
    ) {
        say_the_same(&conditions, &numbers, &facts, in_a_step);
    }

    #[test]
    fn lines_that_are_passed_over_had_nothing_to_tell(facts in accounts()) {
        let rulebook = rulebook();
        let today = testing::day(TODAY);
        let tally = Tally::of(&facts, today);
        let scope = Scope::of_account(&facts, today, &tally);
        let (mut plain, mut missing) = (None, Vec::new());
        for segment in &rulebook.checked.segments {
            let mut trace = Trace::default();
            let held = segment.when.as_ref().is_none_or(|when| holds(when, &scope, &mut trace));
            missing.append(&mut trace.missing);
            if held {
                plain = Some((segment.name.name.as_str(), trace));
                break;
            }
        }
        let (chosen, told) = segment::first(&rulebook, &scope);
        prop_assert_eq!(chosen.map(|(segment, trace)| (segment.name.name.as_str(), trace)), plain.clone());
        prop_assert_eq!(told, missing);
        let name = plain.map(|(name, _)| name);
        prop_assert_eq!(segment_of(&rulebook, &facts, today).map(|s| s.name.name.as_str()), name);

        let scope = Scope { segment: name, ..scope };
        let mut slots = Slots::of(&scope);
        let lines = rulebook.checked.score.iter().flat_map(|s| &s.lines);
        for (line, compiled) in lines.zip(&rulebook.compiled.score_lines) {
            let may_give = compiled.may_give(&mut slots);
            let missed = slots.take_missed();
            let mut trace = Trace::default();
            let gives = line_gives(line, &scope, &mut trace);
            prop_assert!(may_give || gives.is_none());
            prop_assert_eq!(missed, !trace.missing.is_empty());
        }
    }
}
