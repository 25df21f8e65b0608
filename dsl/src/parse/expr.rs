//! Expressions.

use super::act::hook_call;
use super::grammar::Rule;
use super::limits::MAX_TERMS;
use super::node::{Node, join};
use super::reader::Reader;
use crate::ast::{AggregateKind, Expr, ExprKind, Spanned, Word};
use crate::checked::{Comparison, Operation};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::text;

/// The fact that `days overdue` and `jours de retard` stand for.
const DAYS_OVERDUE: &str = "days_overdue";

impl Reader<'_> {
    /// The condition of a `when` among the parts of a statement.
    pub(super) fn when(&mut self, node: &Node<'_>) -> Option<Expr> {
        let when = node.part(Rule::when)?;
        when.part(Rule::expr).map(|e| self.expr(&e))
    }

    /// An `expr`.
    pub(super) fn expr(&mut self, node: &Node<'_>) -> Expr {
        self.foreign_words(node, Rule::kw_or);
        let mut parts: Vec<Expr> = node.all(Rule::and_expr).map(|n| self.and_expr(&n)).collect();
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                expr(ExprKind::Or(parts), node)
            }
            None => expr(ExprKind::Missing, node),
        }
    }

    fn and_expr(&mut self, node: &Node<'_>) -> Expr {
        self.foreign_words(node, Rule::kw_and);
        let mut parts: Vec<Expr> = node.all(Rule::not_expr).map(|n| self.not_expr(&n)).collect();
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            Some(last) => {
                parts.push(last);
                expr(ExprKind::And(parts), node)
            }
            None => expr(ExprKind::Missing, node),
        }
    }

    /// `&&` and `||`.
    fn foreign_words(&mut self, node: &Node<'_>, rule: Rule) {
        for mark in node.all(rule).filter(|n| matches!(n.text(), "&&" | "||")) {
            let message = text!(
                "`{}` belongs to programming languages.",
                "`{}` appartient aux langages de programmation.",
                mark.text()
            );
            let d = Diagnostic::error(&codes::FOREIGN_SIGN, mark.span(), message, not_a_word());
            self.report(d.write(mark.span(), super::words::written(rule)));
        }
    }

    fn not_expr(&mut self, node: &Node<'_>) -> Expr {
        let inner = match node.part(Rule::comparison) {
            Some(n) => self.comparison(&n),
            None => expr(ExprKind::Missing, node),
        };
        // Pairs of `not` cancel out; so the tree stays flat however many are written.
        if node.all(Rule::kw_not).count() % 2 == 1 {
            expr(ExprKind::Not(Box::new(inner)), node)
        } else {
            inner
        }
    }

    fn comparison(&mut self, node: &Node<'_>) -> Expr {
        let left = match node.part(Rule::sum) {
            Some(n) => self.sum(&n),
            None => expr(ExprKind::Missing, node),
        };
        let Some(tail) = node.parts().nth(1) else {
            return left;
        };
        let left = Box::new(left);
        let kind = match tail.rule() {
            Rule::is_tail => self.is_tail(left, &tail),
            Rule::order_tail => self.order_tail(left, &tail),
            Rule::has_tail => {
                let text = self.title(&tail).unwrap_or_else(|| empty(&tail));
                ExprKind::Has(left, tail.has(Rule::has_tag), text)
            }
            _ => ExprKind::Missing,
        };
        expr(kind, node)
    }

    fn is_tail(&mut self, left: Box<Expr>, tail: &Node<'_>) -> ExprKind {
        let positive = !tail.has(Rule::is_not);
        let Some(last) = tail.parts().last() else {
            return ExprKind::Missing;
        };
        match last.rule() {
            Rule::kw_known => ExprKind::Known(left, positive),
            Rule::kw_unknown => ExprKind::Known(left, !positive),
            Rule::one_of => {
                let options = last.all(Rule::sum).map(|n| self.sum(&n)).collect();
                ExprKind::OneOf(left, positive, options)
            }
            Rule::sum => {
                let right = self.sum(&last);
                let sign = tail.first().map_or(last.span(), |first| first.span());
                let op = Spanned {
                    value: if positive {
                        Comparison::Equal
                    } else {
                        Comparison::NotEqual
                    },
                    span: sign,
                };
                ExprKind::Compare(left, op, Box::new(right))
            }
            _ => ExprKind::Missing,
        }
    }

    fn order_tail(&mut self, left: Box<Expr>, tail: &Node<'_>) -> ExprKind {
        let (Some(sign), Some(right)) = (tail.part(Rule::compare_sign), tail.part(Rule::sum)) else {
            return ExprKind::Missing;
        };
        let op = Spanned {
            value: self.compare_sign(&sign),
            span: sign.span(),
        };
        ExprKind::Compare(left, op, Box::new(self.sum(&right)))
    }

    fn compare_sign(&mut self, sign: &Node<'_>) -> Comparison {
        let (value, right) = match sign.text() {
            "<" => (Comparison::Less, None),
            ">" => (Comparison::Greater, None),
            "<=" | "≤" => (Comparison::AtMost, None),
            ">=" | "≥" => (Comparison::AtLeast, None),
            "!=" | "≠" => (Comparison::NotEqual, None),
            "=>" => (Comparison::AtLeast, Some(Text::same(">="))),
            "=<" => (Comparison::AtMost, Some(Text::same("<="))),
            "<>" => (Comparison::NotEqual, Some(Text::new("is not", "n'est pas"))),
            _ => (Comparison::Equal, Some(Text::new("is", "est"))),
        };
        if let Some(right) = right {
            let span = sign.span();
            let d = if sign.text() == "=" {
                // The meaning is plain, so this does not stop a rulebook.
                Diagnostic::warning(
                    &codes::EQUALS_SIGN,
                    span,
                    text!("`=` is read as `is`.", "`=` est lu comme `est`."),
                    text!("two spellings of one thing", "deux façons d'écrire la même chose"),
                )
            } else {
                let message = text!(
                    "`{}` is not a comparison.",
                    "`{}` n'est pas une comparaison.",
                    sign.text()
                );
                Diagnostic::error(&codes::FOREIGN_SIGN, span, message, not_a_sign())
            };
            self.report(d.write(span, right));
        }
        value
    }

    /// A `sum`: the value level of expressions.
    pub(super) fn sum(&mut self, node: &Node<'_>) -> Expr {
        self.chain(node, Rule::product, Rule::sum_sign, Self::product)
    }

    fn product(&mut self, node: &Node<'_>) -> Expr {
        self.chain(node, Rule::factor, Rule::product_sign, Self::factor)
    }

    /// Terms joined by signs, from the left.
    fn chain(
        &mut self,
        node: &Node<'_>,
        term: Rule,
        sign: Rule,
        mut read: impl FnMut(&mut Self, &Node<'_>) -> Expr,
    ) -> Expr {
        if node.all(term).nth(MAX_TERMS).is_some() {
            let message = text!(
                "A calculation has at most {MAX_TERMS} terms.",
                "Un calcul a au plus {MAX_TERMS} termes."
            );
            self.report(Diagnostic::error(
                &codes::NESTED_TOO_DEEP,
                node.span(),
                message,
                text!("too long", "trop long"),
            ));
            return expr(ExprKind::Missing, node);
        }
        let mut result: Option<Expr> = None;
        let mut op: Option<Spanned<Operation>> = None;
        for part in node.parts() {
            if part.rule() == sign {
                op = Some(Spanned {
                    value: operation(part.text()),
                    span: part.span(),
                });
                continue;
            }
            let right = read(self, &part);
            result = Some(match (result, op.take()) {
                (Some(left), Some(op)) => Expr {
                    span: join(left.span, right.span),
                    kind: ExprKind::Arithmetic(Box::new(left), op, Box::new(right)),
                },
                _ => right,
            });
        }
        result.unwrap_or_else(|| expr(ExprKind::Missing, node))
    }

    fn factor(&mut self, node: &Node<'_>) -> Expr {
        let negative = node.has(Rule::minus);
        let Some(value) = node.parts().last() else {
            return expr(ExprKind::Missing, node);
        };
        let inner = self.primary(&value);
        if !negative {
            return inner;
        }
        match inner.kind {
            ExprKind::Number(n) => expr(ExprKind::Number(-n), node),
            ExprKind::Percent(n) => expr(ExprKind::Percent(-n), node),
            ExprKind::Money(n, currency) => expr(ExprKind::Money(-n, currency), node),
            ExprKind::Duration(n, unit) => expr(ExprKind::Duration(-n, unit), node),
            _ => {
                let d = Diagnostic::error(
                    &codes::FOREIGN_SIGN,
                    node.span(),
                    text!(
                        "A minus sign stands before numbers and amounts only.",
                        "Le signe moins ne se met que devant un nombre ou un montant."
                    ),
                    text!("minus what?", "moins quoi ?"),
                );
                self.report(d.help(text!(
                    "subtract instead, as in `0 - account.average_days_late`",
                    "soustrayez plutôt, comme dans `0 - compte.retard_moyen`"
                )));
                expr(ExprKind::Missing, node)
            }
        }
    }

    /// `sum of balance of invoices where days overdue > 30`
    fn aggregate(&mut self, node: &Node<'_>) -> ExprKind {
        let kind = node.part(Rule::aggregate_kind).and_then(|n| n.first());
        let kind = match kind.map(|n| n.rule()) {
            None => AggregateKind::Count,
            Some(Rule::kw_average) => AggregateKind::Average,
            Some(Rule::kw_largest) => AggregateKind::Largest,
            Some(Rule::kw_smallest) => AggregateKind::Smallest,
            Some(_) => AggregateKind::Sum,
        };
        let of = node.parts().find_map(|n| match n.rule() {
            Rule::path => Some(n.word()),
            Rule::kw_days_overdue => Some(Word {
                value: DAYS_OVERDUE.to_owned(),
                span: n.span(),
            }),
            _ => None,
        });
        let when = node.part(Rule::expr).map(|n| Box::new(self.expr(&n)));
        ExprKind::Aggregate(kind, of, when)
    }

    fn primary(&mut self, value: &Node<'_>) -> Expr {
        let kind = match value.rule() {
            Rule::number => ExprKind::Number(self.number(value).value),
            Rule::percent => match value.part(Rule::number) {
                Some(n) => ExprKind::Percent(self.number(&n).value),
                None => ExprKind::Missing,
            },
            Rule::amount => match self.amount(value) {
                Some(amount) => ExprKind::Money(amount.value.0, amount.value.1),
                None => ExprKind::Missing,
            },
            Rule::duration => match (value.part(Rule::number), value.part(Rule::unit)) {
                (Some(n), Some(unit)) => ExprKind::Duration(self.number(&n).value, unit.word()),
                _ => ExprKind::Missing,
            },
            Rule::date => self.date(value).map_or(ExprKind::Missing, ExprKind::Date),
            Rule::date_slip => {
                self.date_slip(value);
                ExprKind::Missing
            }
            Rule::string | Rule::curly => ExprKind::Text(self.string(value).value),
            Rule::path => ExprKind::Name(value.text().to_owned()),
            Rule::kw_days_overdue => ExprKind::Name(DAYS_OVERDUE.to_owned()),
            Rule::aggregate => self.aggregate(value),
            Rule::hook_call => hook_call(value).map_or(ExprKind::Missing, ExprKind::Hook),
            Rule::group_of => {
                return match value.part(Rule::expr) {
                    Some(inner) => self.expr(&inner),
                    None => expr(ExprKind::Missing, value),
                };
            }
            _ => ExprKind::Missing,
        };
        expr(kind, value)
    }
}

/// Under a word of another language than that of rules.
pub(super) fn not_a_word() -> Text {
    text!("not a word of rules", "pas un mot des règles")
}

/// Under a sign of another language than that of rules.
pub(super) fn not_a_sign() -> Text {
    text!("not a sign of rules", "pas un signe des règles")
}

fn expr(kind: ExprKind, node: &Node<'_>) -> Expr {
    Expr {
        kind,
        span: node.span(),
    }
}

fn empty(node: &Node<'_>) -> Word {
    Word {
        value: String::new(),
        span: node.span(),
    }
}

fn operation(sign: &str) -> Operation {
    match sign {
        "-" => Operation::Subtract,
        "*" | "×" => Operation::Multiply,
        "/" => Operation::Divide,
        _ => Operation::Add,
    }
}
