//! The payment plan of an invoice, once it is missed.

use super::case::Case;
use crate::facts::Invoice;
use crate::plans;
use crate::promises::Grace;
use crate::reason::{Reason, ReasonKind};

/// That the plan of an invoice stops nothing any more: an instalment was not paid in time. Said by the line of the rules that
/// gives it a longer time, when there is one.
pub(super) fn missed(case: &Case<'_>, invoice: &Invoice) -> Option<Reason> {
    let plan = invoice.plan.as_ref()?;
    let missed = plans::missed(plan, &Grace::of(case.rulebook), case.today)?;
    let instalment = plan.instalments.get(missed.instalment)?;
    let kind = ReasonKind::PlanMissed {
        instalment: u32::try_from(missed.instalment)
            .unwrap_or(u32::MAX)
            .saturating_add(1),
        of: u32::try_from(plan.instalments.len()).unwrap_or(u32::MAX),
        amount: instalment.amount,
        due: instalment.due,
    };
    Some(match case.rulebook.checked.plans.missed_after_span {
        Some(span) => Reason::said_by(kind, case.source(span)),
        None => Reason::plain(kind),
    })
}
