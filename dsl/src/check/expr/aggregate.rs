//! What is made of many invoices.

use super::{Checker, Origin, Typed};
use crate::ast::{self, AggregateKind, ExprKind, Word};
use crate::checked;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text;
use crate::vocabulary::{Context, Type};

impl Checker<'_> {
    /// `sum of balance of invoices where days overdue > 30`
    pub(super) fn aggregate(
        &mut self,
        kind: AggregateKind,
        of: Option<&Word>,
        when: Option<&ast::Expr>,
        span: Span,
    ) -> Option<Typed> {
        let outer = std::mem::replace(&mut self.in_invoices, true);
        let when = when.map(|e| self.condition(e, Context::Step));
        let of = of.map(|word| {
            let expr = ast::Expr {
                kind: ExprKind::Name(word.value.clone()),
                span: word.span,
            };
            self.value(&expr, Context::Step, None)
        });
        self.in_invoices = outer;
        let when = match when {
            Some(None) => return None,
            Some(Some(when)) => Some(Box::new(when)),
            None => None,
        };
        let (of, ty, unit) = match of {
            None => (None, Type::Whole, "invoices"),
            Some(of) => {
                let of = of?;
                let ty = self.aggregated(kind, &of)?;
                (Some(Box::new(of.expr)), ty, of.unit)
            }
        };
        let mut typed = Typed::new(
            checked::ExprKind::Aggregate { kind, of, when },
            span,
            ty,
            Origin::Facts,
        );
        typed.unit = unit;
        Some(typed)
    }

    /// The type of what is made; reported when nothing can be made of such values.
    fn aggregated(&mut self, kind: AggregateKind, of: &Typed) -> Option<Type> {
        let of_invoice = match of.expr.kind {
            checked::ExprKind::Fact(id) => self
                .vocabulary
                .facts
                .get(usize::from(id.0))
                .is_some_and(|f| f.path.starts_with("invoice.")),
            checked::ExprKind::Custom(ref field) => field.of == checked::FieldOwner::Invoice,
            _ => false,
        };
        let orders = matches!(kind, AggregateKind::Largest | AggregateKind::Smallest);
        match of.ty {
            Type::Money | Type::Decimal if of_invoice => return Some(of.ty),
            Type::Whole if of_invoice && kind == AggregateKind::Average => return Some(Type::Decimal),
            Type::Whole if of_invoice => return Some(Type::Whole),
            Type::Date if of_invoice && orders => return Some(Type::Date),
            _ => {}
        }
        let d = Diagnostic::error(
            &codes::NOT_OF_INVOICES,
            of.expr.span,
            text!(
                "This is not an amount or a number of each invoice.",
                "Ce n'est pas un montant ou un nombre de chaque facture."
            ),
            text!("not of an invoice", "pas d'une facture"),
        );
        self.report(d.help(text!(
            "write a fact of invoices, as in `sum of balance of invoices where days overdue > 30`",
            "écrivez une donnée des factures, comme dans `somme de solde de factures dont jours de retard > 30`"
        )));
        None
    }
}
