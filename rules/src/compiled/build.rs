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
            ExprKind::Fact(fact) => Condition::Yes(self.slot(*fact)),
            ExprKind::Compare(left, comparison, right) => self.compare(left, *comparison, right),
            ExprKind::OneOf(inner, list) => match (fact(inner), texts(list)) {
                (Some(fact), Some(texts)) => Condition::OneText(self.slot(fact), texts),
                _ => Condition::Traced(Box::new(expr.clone())),
            },
            ExprKind::Has(inner, text) => match fact(inner) {
                Some(fact) => Condition::Has(self.slot(fact), text.as_str().into()),
                None => Condition::Traced(Box::new(expr.clone())),
            },
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

    fn compare(&mut self, left: &Expr, comparison: Comparison, right: &Expr) -> Condition {
        let with_constant = match (fact(left), constant(right), constant(left), fact(right)) {
            (Some(fact), Some(right), ..) => self.compare_fact(fact, comparison, right),
            (_, _, Some(left), Some(fact)) => self.compare_fact(fact, turned(comparison), left),
            _ => None,
        };
        with_constant.unwrap_or_else(|| {
            Condition::Compare(self.calculation(left), comparison, self.calculation(right))
        })
    }

    /// A fact compared with what is written, when that has a form of its own.
    fn compare_fact(&mut self, fact: FactId, comparison: Comparison, written: &Const) -> Option<Condition> {
        let slot = self.slot(fact);
        match written {
            Const::Number(number) => Some(Condition::Number(slot, comparison, Threshold::new(*number))),
            Const::Money(money) => {
                let threshold = Threshold::new(money.amount);
                Some(Condition::Amount(slot, comparison, *money, threshold))
            }
            Const::Text(text) => match comparison {
                Comparison::Equal => Some(Condition::Text(slot, true, text.as_str().into())),
                Comparison::NotEqual => Some(Condition::Text(slot, false, text.as_str().into())),
                _ => None,
            },
            Const::YesNo(_) | Const::Date(_) | Const::Currency(_) => None,
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

fn fact(expr: &Expr) -> Option<FactId> {
    match expr.kind {
        ExprKind::Fact(fact) => Some(fact),
        _ => None,
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
