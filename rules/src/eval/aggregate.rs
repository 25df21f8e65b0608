//! What is made of the open invoices of an account: sums, counts, averages, the largest and the smallest.

use relance_dsl::checked::{AggregateKind, Comparison, Expr, ExprKind, FieldType, Operation};
use relance_dsl::money::Money;
use relance_dsl::vocabulary::Type;
use rust_decimal::Decimal;

use super::{Trace, Witness, arithmetic, compare, holds, value as value_of};
use crate::facts::Invoice;
use crate::reason::{FactRead, bounded};
use crate::value::Value;
use crate::vocabulary::{Scope, VOCABULARY, path};

/// The value over all open invoices for which a condition holds. A sum of nothing is nothing; the average, largest and smallest of
/// nothing are unknown. So is everything of which one part is unknown.
pub(super) fn value<'a>(
    kind: AggregateKind,
    of: Option<&'a Expr>,
    when: Option<&'a Expr>,
    scope: &Scope<'a>,
    trace: &mut Trace,
) -> Value<'a> {
    let mut inner = Trace::default();
    let chosen: Vec<Scope<'a>> = scope
        .facts
        .invoices
        .iter()
        .filter(|invoice| is_open(invoice))
        .map(|invoice| Scope {
            invoice: Some(invoice),
            ..*scope
        })
        .filter(|one| when.is_none_or(|when| holds(when, one, &mut inner)))
        .collect();
    let result = match of {
        None => Value::whole(i64::try_from(chosen.len()).unwrap_or(i64::MAX)),
        Some(of) => {
            let values: Vec<Value<'a>> = chosen.iter().map(|one| value_of(of, one, &mut inner)).collect();
            if values.contains(&Value::Unknown) {
                Value::Unknown
            } else {
                combine(kind, of, values, scope, &mut inner)
            }
        }
    };
    inner.missing.into_iter().for_each(|rate| trace.miss(rate));
    if let Some(failed) = inner.failed {
        trace.failed.get_or_insert(failed);
    }
    let fact = words(kind, of);
    if !trace.facts.iter().any(|f| f.fact == fact) {
        trace.facts.push(FactRead {
            fact,
            value: bounded(result.to_string()),
        });
    }
    result
}

fn is_open(invoice: &Invoice) -> bool {
    !invoice.balance.amount.is_zero()
}

fn combine<'a>(
    kind: AggregateKind,
    of: &Expr,
    values: Vec<Value<'a>>,
    scope: &Scope<'a>,
    trace: &mut Trace,
) -> Value<'a> {
    let count = Decimal::from(values.len());
    let mut values = values.into_iter();
    let Some(first) = values.next() else {
        return match kind {
            AggregateKind::Sum => nothing(of, scope),
            _ => Value::Unknown,
        };
    };
    let folded = values.fold(first, |so_far, next| match kind {
        AggregateKind::Largest if compare(&next, Comparison::Greater, &so_far, scope, trace) => next,
        AggregateKind::Smallest if compare(&next, Comparison::Less, &so_far, scope, trace) => next,
        AggregateKind::Largest | AggregateKind::Smallest => so_far,
        _ => arithmetic(&so_far, Operation::Add, &next, scope, trace),
    });
    if kind == AggregateKind::Average {
        return arithmetic(&folded, Operation::Divide, &Value::Number(count), scope, trace);
    }
    folded
}

/// A sum of no invoices.
fn nothing<'a>(of: &Expr, scope: &Scope<'a>) -> Value<'a> {
    let is_amount = match of.kind {
        ExprKind::Fact(fact) => {
            let facts = VOCABULARY.facts;
            facts
                .get(usize::from(fact.0))
                .is_some_and(|f| f.ty == Type::Money)
        }
        ExprKind::Custom(ref field) => field.ty == FieldType::Amount,
        _ => false,
    };
    if is_amount {
        Value::Money(Money::zero(scope.facts.company.currency))
    } else {
        Value::whole(0)
    }
}

/// How it is named among the facts that were read.
fn words(kind: AggregateKind, of: Option<&Expr>) -> String {
    let of = match of.map(|e| &e.kind) {
        Some(ExprKind::Fact(fact)) => format!("{} of ", path(*fact)),
        Some(ExprKind::Custom(field)) => format!("{} of ", field.path().en),
        _ => String::new(),
    };
    let kind = match kind {
        AggregateKind::Count => "count of ",
        AggregateKind::Sum => "sum of ",
        AggregateKind::Average => "average of ",
        AggregateKind::Largest => "largest of ",
        AggregateKind::Smallest => "smallest of ",
    };
    format!("{kind}{of}invoices")
}
