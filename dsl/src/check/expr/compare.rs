//! Comparisons: both sides of one kind, and an order where one is asked for.

use super::{Checker, Origin, Typed};
use crate::ast::{self, Spanned};
use crate::checked::{self, Comparison};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::vocabulary::{Context, Type};

impl Checker<'_> {
    /// `left op right`
    pub(super) fn compare(
        &mut self,
        left: &ast::Expr,
        op: &Spanned<Comparison>,
        right: &ast::Expr,
        span: Span,
        context: Context,
    ) -> Option<Typed> {
        // The side that is a fact says what a bare word on the other side is.
        let (left, right) = if self.is_bare_value(left) && !self.is_bare_value(right) {
            let right = self.value(right, context, None);
            let wanted = right.as_ref().map(|r| r.ty);
            (self.side(left, context, wanted), right)
        } else {
            let left = self.value(left, context, None);
            let wanted = left.as_ref().map(|l| l.ty);
            let right = self.side(right, context, wanted);
            (left, right)
        };
        let (left, right) = (left?, right?);
        if left.origin != Origin::Facts && right.origin != Origin::Facts {
            self.constant_condition(span);
            return None;
        }
        self.comparable(&left, &right, op)?;
        let (left, right) = (Box::new(left.expr), Box::new(right.expr));
        Some(Typed::truth(
            checked::ExprKind::Compare(left, op.value, right),
            span,
        ))
    }

    /// The other side. When the first side was wrong, only facts in it are looked at.
    fn side(&mut self, expr: &ast::Expr, context: Context, wanted: Option<Type>) -> Option<Typed> {
        if wanted.is_none() && self.is_bare_value(expr) {
            return None;
        }
        self.value(expr, context, wanted)
    }

    /// Reports sides that do not go together.
    fn comparable(&mut self, left: &Typed, right: &Typed, op: &Spanned<Comparison>) -> Option<()> {
        if !same_kind(left.ty, right.ty) {
            self.types_differ(left, right, op.span);
            return None;
        }
        let in_days = |t: &Typed| t.origin == Origin::Duration;
        if (in_days(left) && right.unit != "days") || (in_days(right) && left.unit != "days") {
            let at = if in_days(left) { left } else { right };
            let d = Diagnostic::error(
                &codes::DURATION_MISPLACED,
                at.expr.span,
                "This is compared with something that does not count days.",
                "a length of time",
            );
            self.report(d.help("write the bare number"));
            return None;
        }
        if !matches!(op.value, Comparison::Equal | Comparison::NotEqual) && !has_order(left.ty) {
            let message = format!(
                "{} cannot be larger or smaller.",
                capital(&self.type_name(left.ty))
            );
            let help = match left.ty {
                Type::Band => "compare with `is`, or list the bands: `is one of fair, poor`",
                Type::Text => "compare with `is`; texts are compared exactly",
                _ => "compare with `is`, `is not` or `is one of`",
            };
            let d = Diagnostic::error(&codes::NO_ORDER, op.span, message, "asks for an order");
            self.report(d.help(help));
            return None;
        }
        Some(())
    }

    fn types_differ(&mut self, left: &Typed, right: &Typed, op: Span) {
        let (fact, other) = if left.origin == Origin::Facts {
            (left, right)
        } else {
            (right, left)
        };
        let number = matches!(other.ty, Type::Whole | Type::Decimal);
        let constant = other.origin != Origin::Facts;
        let span = other.expr.span;
        if number && constant && fact.ty == Type::Money {
            let d = Diagnostic::error(
                &codes::CURRENCY_MISSING,
                span,
                "This amount has no currency.",
                "in which currency?",
            );
            self.report(d.help("write the currency after it, as in `500 EUR`"));
        } else if number && constant && fact.ty == Type::Percent {
            let d = Diagnostic::error(
                &codes::PERCENT_MISSING,
                span,
                "This is compared with a percentage.",
                "per cent?",
            );
            let shown = match &other.expr.kind {
                checked::ExprKind::Const(checked::Const::Number(n)) => format!("{n} %"),
                _ => "90 %".to_owned(),
            };
            self.report(d.help(format!("write `{shown}`")).fix(span, shown));
        } else if let Some(path) = self.number_of_band(fact).filter(|_| number) {
            let d = Diagnostic::error(
                &codes::TYPES_DIFFER,
                fact.expr.span,
                "A band is compared with a number.",
                "the band, not the points",
            );
            self.report(
                d.help(format!("write `{path}` for the points"))
                    .fix(fact.expr.span, path),
            );
        } else {
            let message = format!(
                "{} is compared with {}.",
                capital(&self.type_name(left.ty)),
                self.type_name(right.ty)
            );
            let d = Diagnostic::error(&codes::TYPES_DIFFER, op, message, "two kinds of values")
                .also(left.expr.span, self.type_name(left.ty))
                .also(right.expr.span, self.type_name(right.ty));
            self.report(d.help("compare values of one kind"));
        }
    }

    /// The fact with the number behind a band.
    fn number_of_band(&self, band: &Typed) -> Option<&'static str> {
        let checked::ExprKind::Fact(id) = band.expr.kind else {
            return None;
        };
        let fact = self.vocabulary.facts.get(usize::from(id.0))?;
        if fact.ty != Type::Band {
            return None;
        }
        let prefix = format!("{}.", fact.path);
        let mut facts = self.vocabulary.facts.iter();
        facts
            .find(|f| f.path.starts_with(&prefix) && f.ty == Type::Whole)
            .map(|f| f.path)
    }

    /// `is one of a, b`. Unlike `not ... is one of`, the negative form does not hold for an unknown fact, as `is not`.
    pub(super) fn one_of(
        &mut self,
        left: &ast::Expr,
        positive: bool,
        options: &[ast::Expr],
        span: Span,
        context: Context,
    ) -> Option<Typed> {
        let left = self.value(left, context, None);
        let wanted = left.as_ref().map(|l| l.ty);
        let options: Vec<Option<Typed>> = options.iter().map(|o| self.side(o, context, wanted)).collect();
        let left = left?;
        if left.origin != Origin::Facts {
            self.constant_condition(span);
            return None;
        }
        let equal = Spanned {
            value: Comparison::Equal,
            span,
        };
        let mut sound = true;
        let mut values = Vec::new();
        for option in options {
            match option {
                Some(option) if self.comparable(&left, &option, &equal).is_some() => values.push(option.expr),
                _ => sound = false,
            }
        }
        if !sound {
            return None;
        }
        let kind = if positive {
            checked::ExprKind::OneOf(Box::new(left.expr), values)
        } else {
            let differs = |value: checked::Expr| checked::Expr {
                span: value.span,
                kind: checked::ExprKind::Compare(
                    Box::new(left.expr.clone()),
                    Comparison::NotEqual,
                    Box::new(value),
                ),
            };
            checked::ExprKind::And(values.into_iter().map(differs).collect())
        };
        Some(Typed::truth(kind, span))
    }
}

fn same_kind(a: Type, b: Type) -> bool {
    let number = |t| matches!(t, Type::Whole | Type::Decimal);
    a == b && a != Type::Texts || number(a) && number(b)
}

fn has_order(ty: Type) -> bool {
    matches!(
        ty,
        Type::Whole | Type::Decimal | Type::Percent | Type::Money | Type::Date
    )
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
