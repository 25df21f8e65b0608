//! Promises of an invoice beyond those that stop the clock.

use chrono::NaiveDate;

use super::case::Case;
use crate::facts::{HoldKind, HoldSpan, Invoice};
use crate::reason::{Reason, ReasonKind};

/// The first days of the promises that do not stop the clock: there were enough before.
pub(super) fn used_up(case: &Case<'_>, invoice: &Invoice) -> Vec<NaiveDate> {
    let Some(most) = case.rulebook.checked.promises.at_most else {
        return Vec::new();
    };
    let promised = invoice.holds.iter().filter(|s| s.kind == HoldKind::Promised);
    // One that was taken back on the day on which it was noted was none.
    let mut days: Vec<_> = promised
        .filter(|s| s.to != Some(s.from))
        .map(|s| s.from)
        .collect();
    days.sort_unstable();
    days.split_off(usize::from(most).min(days.len()))
}

/// That a promise of now stops nothing.
pub(super) fn in_vain(case: &Case<'_>, invoice: &Invoice) -> Option<Reason> {
    let most = case.rulebook.checked.promises.at_most?;
    let used_up = used_up(case, invoice);
    let now = |s: &&HoldSpan| {
        s.kind == HoldKind::Promised && s.from <= case.today && s.to.is_none_or(|to| case.today < to)
    };
    let open = invoice.holds.iter().find(now)?;
    used_up
        .contains(&open.from)
        .then(|| Reason::plain(ReasonKind::PromisesUsedUp { most }))
}
