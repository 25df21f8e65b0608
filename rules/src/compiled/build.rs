//! From checked expressions to their compiled form.

use relance_dsl::checked::{Comparison, Const, Expr, ExprKind};
use relance_dsl::vocabulary::FactId;

use super::calculation::Calculation;
use super::condition::Condition;
use super::slots::Slot;
use super::threshold::Threshold;

/// Compiles expressions that are read over the same facts.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    /// Each fact once, in the order in which the expressions ask for them.
    facts: Vec<FactId>,
}

impl Builder {
    /// Compiles a condition.
    pub fn condition(&mut self, expr: &Expr) -> Condition {
        match &expr.kind {
            ExprKind::And(all) => Condition::All(all.iter().map(|e| self.condition(e)).collect()),
            ExprKind::Or(any) => Condition::Any(any.iter().map(|e| self.condition(e)).collect()),
            ExprKind::Not(inner) => Condition::Not(Box::new(self.condition(inner))),
            ExprKind::Fact(_) => Condition::Yes(self.calculation(expr)),
            ExprKind::Compare(left, comparison, right) => match (constant(left), constant(right)) {
                (_, Some(right)) => self.compare(left, *comparison, right),
                (Some(left), None) => self.compare(right, turned(*comparison), left),
                (None, None) => {
                    Condition::Compare(self.calculation(left), *comparison, self.calculation(right))
                }
            },
            ExprKind::OneOf(inner, list) => match texts(list) {
                Some(texts) => Condition::OneText(self.calculation(inner), texts),
                None => Condition::Traced(Box::new(expr.clone())),
            },
            ExprKind::Has(inner, text) => Condition::Has(self.calculation(inner), text.as_str().into()),
            ExprKind::Known(inner, wanted) => Condition::Known(self.calculation(inner), *wanted),
            // What is rare, and what the language may learn later.
            _ => Condition::Traced(Box::new(expr.clone())),
        }
    }

    /// Compiles a value.
    pub fn calculation(&mut self, expr: &Expr) -> Calculation {
        match &expr.kind {
            ExprKind::Const(constant) => Calculation::Const(constant.clone()),
            ExprKind::Fact(fact) => Calculation::Fact(self.slot(*fact)),
            ExprKind::Arithmetic(left, operation, right) => Calculation::Arithmetic(
                Box::new(self.calculation(left)),
                *operation,
                Box::new(self.calculation(right)),
            ),
            _ => Calculation::Traced(Box::new(expr.clone())),
        }
    }

    fn compare(&mut self, left: &Expr, comparison: Comparison, right: &Const) -> Condition {
        let of = self.calculation(left);
        match right {
            Const::Number(number) => Condition::Number(of, comparison, Threshold::new(*number)),
            Const::Money(money) => Condition::Amount(of, comparison, *money, Threshold::new(money.amount)),
            Const::Text(text) if comparison == Comparison::Equal => {
                Condition::Text(of, true, text.as_str().into())
            }
            Const::Text(text) if comparison == Comparison::NotEqual => {
                Condition::Text(of, false, text.as_str().into())
            }
            Const::Text(_) | Const::YesNo(_) | Const::Date(_) | Const::Currency(_) => {
                Condition::Compare(of, comparison, Calculation::Const(right.clone()))
            }
        }
    }

    fn slot(&mut self, fact: FactId) -> Slot {
        let place = self.facts.iter().position(|f| *f == fact).unwrap_or_else(|| {
            self.facts.push(fact);
            self.facts.len() - 1
        });
        Slot::new(fact, place)
    }
}

fn constant(expr: &Expr) -> Option<&Const> {
    match &expr.kind {
        ExprKind::Const(constant) => Some(constant),
        _ => None,
    }
}

/// The comparison with its sides exchanged.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal | Comparison::NotEqual => comparison,
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
    }
}

/// The texts of a list of nothing else.
fn texts(list: &[Expr]) -> Option<Box<[Box<str>]>> {
    let text = |e: &Expr| match constant(e) {
        Some(Const::Text(text)) => Some(text.as_str().into()),
        _ => None,
    };
    list.iter().map(text).collect()
}
