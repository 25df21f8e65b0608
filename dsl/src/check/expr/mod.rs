//! Types of expressions.

mod aggregate;
mod arithmetic;
mod compare;
mod constants;
pub(super) mod currencies;
pub(super) mod custom;
mod facts;
mod meant;

use super::Checker;
use crate::ast::{self, ExprKind};
use crate::checked::{self, Const};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::span::Span;
use crate::text;
use crate::vocabulary::{Context, Type};
pub(super) use constants::listed;

/// A checked expression and its type.
pub(super) struct Typed {
    pub(super) expr: checked::Expr,
    pub(super) ty: Type,
    /// Unit of a number: that of its fact, or `days` for a length of time.
    unit: &'static str,
    /// How much of it is written down rather than looked up.
    origin: Origin,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// From facts.
    Facts,
    /// A constant.
    Constant,
    /// A length of time, as `30 days`.
    Duration,
}

impl Typed {
    fn new(kind: checked::ExprKind, span: Span, ty: Type, origin: Origin) -> Self {
        Self {
            expr: checked::Expr { kind, span },
            ty,
            unit: "",
            origin,
        }
    }

    fn constant(value: Const, span: Span, ty: Type) -> Self {
        Self::new(checked::ExprKind::Const(value), span, ty, Origin::Constant)
    }

    fn truth(kind: checked::ExprKind, span: Span) -> Self {
        Self::new(kind, span, Type::YesNo, Origin::Facts)
    }
}

impl Checker<'_> {
    /// An expression that holds or does not; nothing when it was reported.
    pub(super) fn condition(&mut self, expr: &ast::Expr, context: Context) -> Option<checked::Expr> {
        let typed = self.value(expr, context, None)?;
        if typed.ty == Type::YesNo {
            return Some(typed.expr);
        }
        let Text { en, fr } = self.type_name(typed.ty);
        let message = text!(
            "A condition is needed here; this is {en}.",
            "Il faut ici une condition ; ceci est {fr}."
        );
        let label = text!("compared with what?", "comparé à quoi ?");
        let d = Diagnostic::error(&codes::NOT_A_CONDITION, expr.span, message, label);
        let help = match typed.ty {
            _ if matches!(&expr.kind, ExprKind::Aggregate(_, _, Some(_))) => text!(
                "all behind `where` is read as its condition; write the comparison behind parentheses, as in `(count of invoices where days overdue > 30) >= 2`",
                "tout ce qui suit `dont` est lu comme sa condition ; écrivez la comparaison après des parenthèses, comme dans `(nombre de factures dont jours de retard > 30) >= 2`"
            ),
            Type::Money => text!(
                "compare it, as in `account.overdue >= 150 EUR`",
                "comparez, comme dans `compte.échu >= 150 EUR`"
            ),
            Type::Whole | Type::Decimal => text!(
                "compare it, as in `account.open_invoices >= 3`",
                "comparez, comme dans `compte.factures_ouvertes >= 3`"
            ),
            Type::Percent => text!(
                "compare it, as in `account.on_time_rate_12m >= 90 %`",
                "comparez, comme dans `compte.taux_ponctualité_12m >= 90 %`"
            ),
            _ => text!(
                "compare it with a value, as in `customer.country is FR`",
                "comparez avec une valeur, comme dans `client.pays est FR`"
            ),
        };
        self.report(d.help(help));
        None
    }

    /// Any expression. `wanted` says what a bare word would be a value of. Nothing when it was reported.
    pub(super) fn value(
        &mut self,
        expr: &ast::Expr,
        context: Context,
        wanted: Option<Type>,
    ) -> Option<Typed> {
        match &expr.kind {
            ExprKind::Missing => None,
            ExprKind::Name(name) => self.name_value(name, expr.span, context, wanted),
            ExprKind::Number(_)
            | ExprKind::Percent(_)
            | ExprKind::Money(..)
            | ExprKind::Duration(..)
            | ExprKind::Date(_)
            | ExprKind::Text(_) => self.constant(expr, wanted),
            ExprKind::And(parts) => self
                .conditions(parts, context)
                .map(|parts| Typed::truth(checked::ExprKind::And(parts), expr.span)),
            ExprKind::Or(parts) => self
                .conditions(parts, context)
                .map(|parts| Typed::truth(checked::ExprKind::Or(parts), expr.span)),
            ExprKind::Not(inner) => {
                let inner = self.condition(inner, context)?;
                Some(Typed::truth(checked::ExprKind::Not(Box::new(inner)), expr.span))
            }
            ExprKind::Compare(left, op, right) => self.compare(left, op, right, expr.span, context),
            ExprKind::OneOf(left, positive, options) => {
                self.one_of(left, *positive, options, expr.span, context)
            }
            ExprKind::Has(list, tag, text) => self.has(list, *tag, text, expr.span, context),
            ExprKind::Known(inner, known) => {
                let inner = self.value(inner, context, None)?;
                if inner.origin != Origin::Facts {
                    self.constant_condition(expr.span);
                    return None;
                }
                let kind = checked::ExprKind::Known(Box::new(inner.expr), *known);
                Some(Typed::truth(kind, expr.span))
            }
            ExprKind::Arithmetic(left, op, right) => self.arithmetic(left, op, right, expr.span, context),
            ExprKind::Aggregate(kind, of, when) => {
                self.aggregate(*kind, of.as_ref(), when.as_deref(), expr.span)
            }
            ExprKind::Hook(call) => {
                let (call, ty) = self.hook_value(call, context)?;
                Some(Typed::new(
                    checked::ExprKind::Hook(call),
                    expr.span,
                    ty,
                    Origin::Facts,
                ))
            }
        }
    }

    /// All of them are checked, even when one is wrong.
    fn conditions(&mut self, parts: &[ast::Expr], context: Context) -> Option<Vec<checked::Expr>> {
        let checked: Vec<Option<checked::Expr>> = parts.iter().map(|p| self.condition(p, context)).collect();
        checked.into_iter().collect()
    }

    fn constant_condition(&mut self, span: Span) {
        let d = Diagnostic::error(
            &codes::CONSTANT_CONDITION,
            span,
            text!(
                "This is the same for every customer: no fact stands in it.",
                "Ceci est pareil pour tous les clients : aucune donnée n'y figure."
            ),
            text!("always the same", "toujours pareil"),
        );
        self.report(d.help(text!(
            "compare a fact with a value, as in `account.overdue >= 150 EUR`",
            "comparez une donnée à une valeur, comme dans `compte.échu >= 150 EUR`"
        )));
    }

    /// A type in words, with its article.
    pub(super) fn type_name(&self, ty: Type) -> Text {
        match ty {
            Type::YesNo => text!("a yes or no", "un oui ou non"),
            Type::Whole => text!("a whole number", "un nombre entier"),
            Type::Decimal => text!("a number", "un nombre"),
            Type::Percent => text!("a percentage", "un pourcentage"),
            Type::Money => text!("an amount", "un montant"),
            Type::Date => text!("a date", "une date"),
            Type::Text => text!("a text", "un texte"),
            Type::Texts => text!("a list of texts", "une liste de textes"),
            Type::Language => text!("a language", "une langue"),
            Type::Country => text!("a country", "un pays"),
            Type::Currency => text!("a currency", "une devise"),
            Type::Band => text!("a band of the score", "une tranche du score"),
            Type::Segment => text!("a segment", "un segment"),
            Type::OneOf(id) => match self.vocabulary.enumerations.get(usize::from(id.0)) {
                Some(list) => Text::new(format!("a {}", list.name), format!("un {}", list.name_fr)),
                None => text!("a value of a list", "une valeur d'une liste"),
            },
            Type::Choice(id) => match self.fields.get(usize::from(id.0)) {
                Some(field) => {
                    let Text { en, fr } = field.path();
                    text!("a value of `{en}`", "une valeur de `{fr}`")
                }
                None => text!("a value of a list", "une valeur d'une liste"),
            },
        }
    }
}
