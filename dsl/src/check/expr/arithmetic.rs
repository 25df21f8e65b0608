//! Calculations.

use super::{Checker, Origin, Typed};
use crate::ast::{self, Spanned};
use crate::checked::{self, Operation};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::span::Span;
use crate::text;
use crate::vocabulary::{Context, Type};

impl Checker<'_> {
    /// `left op right`
    pub(super) fn arithmetic(
        &mut self,
        left: &ast::Expr,
        op: &Spanned<Operation>,
        right: &ast::Expr,
        span: Span,
        context: Context,
    ) -> Option<Typed> {
        let left = self.value(left, context, None);
        let right = self.value(right, context, None);
        let (left, right) = (left?, right?);
        let Some(ty) = result(left.ty, op.value, right.ty) else {
            self.not_calculable(&left, op, &right);
            return None;
        };
        let origin = if left.origin == Origin::Facts || right.origin == Origin::Facts {
            Origin::Facts
        } else {
            Origin::Constant
        };
        let unit = match (left.ty, right.ty) {
            (Type::Date, Type::Date) => "days",
            _ if left.unit == right.unit => left.unit,
            _ => "",
        };
        let kind = checked::ExprKind::Arithmetic(Box::new(left.expr), op.value, Box::new(right.expr));
        let mut typed = Typed::new(kind, span, ty, origin);
        typed.unit = unit;
        Some(typed)
    }

    fn not_calculable(&mut self, left: &Typed, op: &Spanned<Operation>, right: &Typed) {
        let sign = match op.value {
            Operation::Add => "+",
            Operation::Subtract => "-",
            Operation::Multiply => "*",
            Operation::Divide => "/",
        };
        let (a, b) = (self.type_name(left.ty), self.type_name(right.ty));
        let message = Text::new(
            format!("`{sign}` does not work between {} and {}.", a.en, b.en),
            format!("`{sign}` ne s'applique pas entre {} et {}.", a.fr, b.fr),
        );
        let help = if left.ty == Type::Date || right.ty == Type::Date {
            text!(
                "use a fact that counts the days, as `invoice.days_overdue`",
                "utilisez une donnée qui compte les jours, comme `facture.jours_retard`"
            )
        } else if left.ty == Type::Money && right.ty == Type::Money {
            text!(
                "amounts can be added and subtracted; multiply or divide an amount by a number only",
                "des montants s'additionnent et se soustraient ; un montant ne se multiplie ou ne se divise que par un nombre"
            )
        } else {
            text!(
                "numbers can be added, subtracted, multiplied and divided; amounts added and subtracted",
                "des nombres s'additionnent, se soustraient, se multiplient et se divisent ; des montants s'additionnent et se soustraient"
            )
        };
        let label = text!("cannot be calculated", "ne se calcule pas");
        let d = Diagnostic::error(&codes::NOT_CALCULABLE, op.span, message, label);
        self.report(d.help(help));
    }
}

fn result(left: Type, op: Operation, right: Type) -> Option<Type> {
    let number = |t| matches!(t, Type::Whole | Type::Decimal);
    let scales = matches!(op, Operation::Multiply | Operation::Divide);
    match (left, right) {
        (Type::Money, Type::Money) if !scales => Some(Type::Money),
        (Type::Money, n) if scales && number(n) => Some(Type::Money),
        (n, Type::Money) if op == Operation::Multiply && number(n) => Some(Type::Money),
        (Type::Percent, Type::Percent) if !scales => Some(Type::Percent),
        (Type::Percent, n) if scales && number(n) => Some(Type::Percent),
        (Type::Date, Type::Date) if op == Operation::Subtract => Some(Type::Whole),
        (Type::Date, Type::Whole) if !scales => Some(Type::Date),
        (Type::Whole, Type::Whole) if op != Operation::Divide => Some(Type::Whole),
        (a, b) if number(a) && number(b) => Some(Type::Decimal),
        _ => None,
    }
}
