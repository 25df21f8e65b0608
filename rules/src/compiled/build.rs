//! From checked expressions to their compiled form.

use relance_dsl::checked::{Comparison, Const, Expr, ExprKind};
use relance_dsl::vocabulary::{FactId, Type};

use super::calculation::Calculation;
use super::condition::Condition;
use super::slots::Slot;
use super::slow::Slow;
use crate::vocabulary::VOCABULARY;

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
                _ => traced(expr),
            },
            ExprKind::Has(inner, text) => match fact(inner) {
                Some(fact) => Condition::Has(self.slot(fact), text.as_str().into()),
                None => traced(expr),
            },
            ExprKind::Known(inner, wanted) => slow(Slow::Known(self.calculation(inner), *wanted)),
            // What is rare, and what the language may learn later.
            _ => traced(expr),
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
        let with_fact = match (fact(left), constant(left), fact(right), constant(right)) {
            (Some(left), _, _, Some(right)) => self.compare_fact(left, comparison, right),
            (_, Some(left), Some(right), _) => self.compare_fact(right, turned(comparison), left),
            (Some(left), _, Some(right), _) => self.compare_facts(left, comparison, right),
            _ => None,
        };
        with_fact.unwrap_or_else(|| {
            let (left, right) = (self.calculation(left), self.calculation(right));
            slow(Slow::Compare(left, comparison, right))
        })
    }

    /// Two facts compared, when that has a form of its own.
    fn compare_facts(&mut self, left: FactId, comparison: Comparison, right: FactId) -> Option<Condition> {
        let same = same(comparison).filter(|_| is_text(left) && is_text(right))?;
        Some(Condition::Texts(self.slot(left), same, self.slot(right)))
    }

    /// A fact compared with what is written, when that has a form of its own.
    fn compare_fact(&mut self, fact: FactId, comparison: Comparison, written: &Const) -> Option<Condition> {
        let slot = self.slot(fact);
        match written {
            Const::Number(number) => Some(Condition::Number(slot, comparison, *number)),
            Const::Money(money) => Some(Condition::Amount(slot, comparison, *money)),
            Const::Text(text) => {
                same(comparison).map(|same| Condition::Text(slot, same, text.as_str().into()))
            }
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

fn slow(condition: Slow) -> Condition {
    Condition::Slow(Box::new(condition))
}

fn traced(expr: &Expr) -> Condition {
    slow(Slow::Traced(expr.clone()))
}

/// Whether a comparison asks for the same (true) or for another (false).
fn same(comparison: Comparison) -> Option<bool> {
    match comparison {
        Comparison::Equal => Some(true),
        Comparison::NotEqual => Some(false),
        _ => None,
    }
}

fn is_text(fact: FactId) -> bool {
    let ty = VOCABULARY.facts.get(usize::from(fact.0)).map(|f| f.ty);
    matches!(
        ty,
        Some(Type::Text | Type::Language | Type::Country | Type::OneOf(_) | Type::Band | Type::Segment)
    )
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
