//! Comparisons: both sides of one kind, and an order where one is asked for.

use super::{Checker, Origin, Typed};
use crate::ast::{self, Spanned};
use crate::checked::{self, Comparison};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::span::Span;
use crate::text;
use crate::vocabulary::{Context, Fact, Type};

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
                text!(
                    "This is compared with something that does not count days.",
                    "Ceci est comparé à quelque chose qui ne compte pas des jours."
                ),
                text!("a length of time", "une durée"),
            );
            self.report(d.help(text!("write the bare number", "écrivez le nombre seul")));
            return None;
        }
        if !matches!(op.value, Comparison::Equal | Comparison::NotEqual) && !has_order(left.ty) {
            self.no_order(left.ty, op.span);
            return None;
        }
        Some(())
    }

    fn no_order(&mut self, ty: Type, op: Span) {
        let Text { en, fr } = self.type_name(ty);
        let en = capital(&en);
        let message = text!(
            "{en} cannot be larger or smaller.",
            "`<` et `>` ne s'appliquent pas à {fr}."
        );
        let help = match ty {
            Type::Band => text!(
                "compare with `is`, or list the bands: `is one of fair, poor`",
                "comparez avec `est`, ou énumérez les tranches : `est parmi moyen, mauvais`"
            ),
            Type::Text => text!(
                "compare with `is`; texts are compared exactly",
                "comparez avec `est` ; les textes se comparent exactement"
            ),
            _ => text!(
                "compare with `is`, `is not` or `is one of`",
                "comparez avec `est`, `n'est pas` ou `est parmi`"
            ),
        };
        let label = text!("asks for an order", "demande un ordre");
        let d = Diagnostic::error(&codes::NO_ORDER, op, message, label);
        self.report(d.help(help));
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
                text!("This amount has no currency.", "Ce montant n'a pas de devise."),
                text!("in which currency?", "dans quelle devise ?"),
            );
            self.report(d.help(text!(
                "write the currency after it, as in `500 EUR`",
                "écrivez la devise après lui, comme dans `500 EUR`"
            )));
        } else if number && constant && fact.ty == Type::Percent {
            let d = Diagnostic::error(
                &codes::PERCENT_MISSING,
                span,
                text!(
                    "This is compared with a percentage.",
                    "Ceci est comparé à un pourcentage."
                ),
                text!("per cent?", "pour cent ?"),
            );
            let shown = match &other.expr.kind {
                checked::ExprKind::Const(checked::Const::Number(n)) => format!("{n} %"),
                _ => "90 %".to_owned(),
            };
            let in_french = shown.replace('.', ",");
            self.report(d.write(span, Text::new(shown, in_french)));
        } else if let Some(points) = self.number_of_band(fact).filter(|_| number) {
            let (en, fr) = (points.path, points.path_fr);
            let d = Diagnostic::error(
                &codes::TYPES_DIFFER,
                fact.expr.span,
                text!(
                    "A band is compared with a number.",
                    "Une tranche est comparée à un nombre."
                ),
                text!("the band, not the points", "la tranche, pas les points"),
            );
            self.report(
                d.help(text!(
                    "write `{en}` for the points",
                    "écrivez `{fr}` pour les points"
                ))
                .fix(fact.expr.span, Text::new(en, fr)),
            );
        } else {
            let (a, b) = (self.type_name(left.ty), self.type_name(right.ty));
            let message = Text::new(
                format!("{} is compared with {}.", capital(&a.en), b.en),
                format!("On compare ici {} à {}.", a.fr, b.fr),
            );
            let label = text!("two kinds of values", "deux sortes de valeurs");
            let d = Diagnostic::error(&codes::TYPES_DIFFER, op, message, label)
                .also(left.expr.span, a)
                .also(right.expr.span, b);
            self.report(d.help(text!(
                "compare values of one kind",
                "comparez des valeurs de même sorte"
            )));
        }
    }

    /// The fact with the number behind a band.
    fn number_of_band(&self, band: &Typed) -> Option<&'static Fact> {
        let checked::ExprKind::Fact(id) = band.expr.kind else {
            return None;
        };
        let facts = self.vocabulary.facts;
        let fact = facts.get(usize::from(id.0))?;
        if fact.ty != Type::Band {
            return None;
        }
        let prefix = format!("{}.", fact.path);
        facts
            .iter()
            .find(|f| f.path.starts_with(&prefix) && f.ty == Type::Whole)
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
