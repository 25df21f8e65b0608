//! Evaluation of typed expressions over facts. Exact; total: what cannot be computed is unknown.

mod aggregate;

use std::cmp::Ordering;

use relance_dsl::checked::{Comparison, Const, Expr, ExprKind, Operation};
use relance_dsl::money::Money;
use relance_dsl::vocabulary::{FactId, Type};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::custom;
use crate::hooks::{self, HookFailure};
use crate::reason::{FactRead, bounded};
use crate::tally::{MissingRate, in_company_currency};
use crate::value::Value;
use crate::vocabulary::{Pace, Scope, VOCABULARY, load, pace, path};

/// What an evaluation read, for reasons.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// Facts with the values that they had, each once, in the order in which they were read.
    pub facts: Vec<FactRead>,
    /// Rates that were needed and missing, each once.
    pub missing: Vec<MissingRate>,
    /// The first hook that failed: then what was evaluated says nothing.
    pub failed: Option<HookFailure>,
}

impl Trace {
    fn read(&mut self, fact: FactId, value: &Value<'_>) {
        self.tell(path(fact), || value.to_string());
    }

    /// Notes what a fact with a path was, unless it was noted before.
    fn tell(&mut self, fact: &str, value: impl FnOnce() -> String) {
        if !self.facts.iter().any(|f| f.fact == fact) {
            self.facts.push(FactRead {
                fact: fact.to_owned(),
                value: bounded(value()),
            });
        }
    }
}

/// Who is told of rates that were needed and missing.
pub(crate) trait Witness {
    /// This rate was.
    fn miss(&mut self, rate: MissingRate);
}

impl Witness for Trace {
    fn miss(&mut self, rate: MissingRate) {
        if !self.missing.contains(&rate) {
            self.missing.push(rate);
        }
    }
}

/// Whether a condition holds. One that is unknown does not.
pub fn holds(expr: &Expr, scope: &Scope<'_>, trace: &mut Trace) -> bool {
    match &expr.kind {
        ExprKind::And(all) => all.iter().all(|e| holds(e, scope, trace)),
        ExprKind::Or(any) => any.iter().any(|e| holds(e, scope, trace)),
        ExprKind::Not(inner) => !holds(inner, scope, trace),
        ExprKind::Compare(left, comparison, right) => {
            let (left, right) = (value(left, scope, trace), value(right, scope, trace));
            compare(&left, *comparison, &right, scope, trace)
        }
        ExprKind::OneOf(inner, list) => {
            let left = value(inner, scope, trace);
            list.iter().any(|e| {
                let right = value(e, scope, trace);
                compare(&left, Comparison::Equal, &right, scope, trace)
            })
        }
        ExprKind::Has(inner, text) => match value(inner, scope, trace) {
            Value::Texts(list) => list.iter().any(|t| t == text),
            _ => false,
        },
        ExprKind::Known(inner, wanted) => (value(inner, scope, trace) != Value::Unknown) == *wanted,
        ExprKind::Const(_)
        | ExprKind::Fact(_)
        | ExprKind::Custom(_)
        | ExprKind::Arithmetic(..)
        | ExprKind::Hook(_) => value(expr, scope, trace) == Value::YesNo(true),
        ExprKind::Aggregate { .. } => false,
    }
}

/// The value of an expression.
pub fn value<'a>(expr: &'a Expr, scope: &Scope<'a>, trace: &mut Trace) -> Value<'a> {
    match &expr.kind {
        ExprKind::Const(constant) => written(constant),
        ExprKind::Fact(fact) => {
            let value = load(*fact, scope);
            trace.read(*fact, &value);
            if value == Value::Unknown && needs_rates(*fact) {
                scope.tally.missing().iter().for_each(|rate| trace.miss(*rate));
            }
            value
        }
        ExprKind::Custom(field) => {
            let reading = custom::load(field, scope);
            trace.tell(&field.path().en, || custom::told(field, &reading));
            reading.value
        }
        ExprKind::Arithmetic(left, operation, right) => {
            let (left, right) = (value(left, scope, trace), value(right, scope, trace));
            arithmetic(&left, *operation, &right, scope, trace)
        }
        ExprKind::Aggregate { kind, of, when } => {
            aggregate::value(*kind, of.as_deref(), when.as_deref(), scope, trace)
        }
        ExprKind::Hook(call) => hooks::value(call, scope, trace),
        _ => Value::YesNo(holds(expr, scope, trace)),
    }
}

/// The value of a constant.
pub(crate) fn written(constant: &Const) -> Value<'_> {
    match constant {
        Const::YesNo(b) => Value::YesNo(*b),
        Const::Number(n) => Value::Number(*n),
        Const::Money(m) => Value::Money(*m),
        Const::Date(d) => Value::Date(*d),
        Const::Text(t) => Value::text(t),
        Const::Currency(c) => Value::Currency(*c),
    }
}

/// Whether a fact may be unknown because a rate is missing.
pub(crate) fn needs_rates(fact: FactId) -> bool {
    let ty = VOCABULARY.facts.get(usize::from(fact.0)).map(|f| f.ty);
    matches!(ty, Some(Type::Money | Type::Percent))
}

/// Two amounts in one currency: their own when it is the same, else the company's. `None` when a rate is missing.
fn in_one_currency(
    left: Money,
    right: Money,
    scope: &Scope<'_>,
    witness: &mut impl Witness,
) -> Option<(Money, Money)> {
    if left.currency == right.currency {
        return Some((left, right));
    }
    let mut read = |money| {
        in_company_currency(scope.facts, money, scope.today)
            .map_err(|rate| witness.miss(rate))
            .ok()
    };
    let (left, right) = (read(left), read(right));
    left.zip(right)
}

/// Whether two values of one type compare so. With the unknown nothing does.
pub(crate) fn compare(
    left: &Value<'_>,
    comparison: Comparison,
    right: &Value<'_>,
    scope: &Scope<'_>,
    witness: &mut impl Witness,
) -> bool {
    let order = match (left, right) {
        (Value::Number(l), Value::Number(r)) => Some(l.cmp(r)),
        (Value::Date(l), Value::Date(r)) => Some(l.cmp(r)),
        (Value::Money(l), Value::Money(r)) => {
            in_one_currency(*l, *r, scope, witness).map(|(l, r)| l.amount.cmp(&r.amount))
        }
        (Value::Text(l), Value::Text(r)) => Some(l.cmp(r)),
        (Value::YesNo(l), Value::YesNo(r)) => Some(l.cmp(r)),
        (Value::Currency(l), Value::Currency(r)) => Some(l.cmp(r)),
        _ => None,
    };
    order.is_some_and(|order| accepts(comparison, order))
}

/// Whether a comparison holds for values that stand in this order.
pub(crate) fn accepts(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    }
}

/// The value of a calculation. With the unknown it is unknown, and so is what does not fit into a decimal.
pub(crate) fn arithmetic<'a>(
    left: &Value<'_>,
    operation: Operation,
    right: &Value<'_>,
    scope: &Scope<'_>,
    witness: &mut impl Witness,
) -> Value<'a> {
    let number = |l: Decimal, r: Decimal| match operation {
        Operation::Add => l.checked_add(r),
        Operation::Subtract => l.checked_sub(r),
        Operation::Multiply => l.checked_mul(r),
        Operation::Divide => l.checked_div(r),
    };
    match (left, right) {
        (Value::Number(l), Value::Number(r)) => Value::known(number(*l, *r), Value::Number),
        (Value::Date(l), Value::Date(r)) if operation == Operation::Subtract => {
            Value::whole((*l - *r).num_days())
        }
        (Value::Date(day), Value::Number(days)) => {
            let days = match operation {
                Operation::Add => days.to_i64(),
                Operation::Subtract => days.to_i64().map(|n| -n),
                Operation::Multiply | Operation::Divide => None,
            };
            let moved = days
                .and_then(chrono::Duration::try_days)
                .and_then(|days| day.checked_add_signed(days));
            Value::known(moved, Value::Date)
        }
        (Value::Money(l), Value::Money(r)) => {
            let sum = in_one_currency(*l, *r, scope, witness)
                .and_then(|(l, r)| number(l.amount, r.amount).map(|n| (n, l.currency)));
            match operation {
                Operation::Add | Operation::Subtract => {
                    Value::known(sum, |(n, currency)| Value::Money(Money::new(n, currency)))
                }
                Operation::Multiply | Operation::Divide => Value::Unknown,
            }
        }
        (Value::Money(m), Value::Number(n))
            if matches!(operation, Operation::Multiply | Operation::Divide) =>
        {
            Value::known(number(m.amount, *n), |n| Value::Money(Money::new(n, m.currency)))
        }
        (Value::Number(n), Value::Money(m)) if operation == Operation::Multiply => {
            Value::known(number(*n, m.amount), |n| Value::Money(Money::new(n, m.currency)))
        }
        _ => Value::Unknown,
    }
}

/// How fast the value of an expression can change with time alone.
pub fn pace_of(expr: &Expr) -> Pace {
    match &expr.kind {
        // Only an import changes a field of the firm's own.
        ExprKind::Const(_) | ExprKind::Custom(_) => Pace::Still,
        ExprKind::Fact(fact) => pace(*fact),
        ExprKind::And(list) | ExprKind::Or(list) => list.iter().map(pace_of).max().unwrap_or(Pace::Still),
        ExprKind::Not(inner) | ExprKind::Has(inner, _) | ExprKind::Known(inner, _) => pace_of(inner),
        ExprKind::Compare(left, _, right) | ExprKind::Arithmetic(left, _, right) => {
            pace_of(left).max(pace_of(right))
        }
        ExprKind::OneOf(inner, list) => list.iter().map(pace_of).fold(pace_of(inner), Pace::max),
        ExprKind::Aggregate { of, when, .. } => {
            let parts = of.iter().chain(when).map(|e| pace_of(e));
            parts.max().unwrap_or(Pace::Still)
        }
        ExprKind::Hook(_) => Pace::Daily,
    }
}
