//! Thanks for an invoice that was paid in full.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::case::Case;
use super::standing::{Family, Ready, earliest};
use super::track::{self, StepState};
use crate::days::plus_days;
use crate::facts::{HoldKind, Invoice, ProgressState};
use crate::reason::{Reason, ReasonKind};
use crate::stops::after;

/// The name under which thanks are kept as a step.
pub(crate) const STEP: &str = "thanks";

/// Thanks come within this many days after the payment, or not at all.
const STILL_TIMELY: i64 = 10;

/// The thanks that are due.
#[derive(Default)]
pub(crate) struct Due<'a> {
    pub ready: Vec<Ready<'a>>,
    pub reasons: Vec<Reason>,
    pub wake: Option<DateTime<Utc>>,
}

/// The invoices that were paid in full lately and that nobody has given thanks for.
pub(crate) fn due<'a>(case: &Case<'a>) -> Due<'a> {
    let mut due = Due::default();
    let Some(thanks) = &case.scenario.thanks else {
        return due;
    };
    for invoice in case.facts.invoices.iter().filter(|i| eligible(case, i)) {
        let Some(on) = invoice.paid_on else { continue };
        let StepState::Open(open) = track::state(invoice, STEP, thanks.acts.len()) else {
            continue;
        };
        let (holds, trace) = case.holds(thanks.when.as_ref(), invoice);
        let tried = track::tried_enough(
            invoice,
            STEP,
            case.facts.contacts.len(),
            case.today,
            case.facts.company.time_zone,
        );
        if !holds || tried {
            due.wake = earliest(due.wake, case.opens_tomorrow());
            continue;
        }
        let reason = Reason::said_by(ReasonKind::PaidInFull { on }, case.source(thanks.span));
        due.ready.push(Ready {
            invoice,
            family: Family::Thanks,
            name: STEP,
            title: STEP.to_owned(),
            level: None,
            span: thanks.span,
            acts: &thanks.acts,
            open,
            lead: 0,
            reasons: vec![reason.with_facts(trace.facts)],
        });
    }
    if !due.ready.is_empty() {
        not_too_often(case, &mut due);
    }
    due
}

/// Paid in full within the last days, while we knew of it, and nobody has to be careful with this customer.
fn eligible(case: &Case<'_>, invoice: &Invoice) -> bool {
    let timely = invoice
        .paid_on
        .is_some_and(|on| on >= invoice.known_since && case.today <= plus_days(on, STILL_TIMELY));
    let mut spans = case.facts.holds.iter().chain(&invoice.holds);
    let careful = spans.any(|s| {
        matches!(s.kind, HoldKind::Manual | HoldKind::Insolvency)
            && s.from <= case.today
            && s.to.is_none_or(|to| case.today < to)
    });
    invoice.balance.amount <= Decimal::ZERO && timely && !careful
}

/// Takes everything back when the account was thanked lately.
fn not_too_often(case: &Case<'_>, due: &mut Due<'_>) {
    let Some(period) = case.scenario.thanks.as_ref().and_then(|t| t.at_most_once_per) else {
        return;
    };
    let under_way = case
        .facts
        .invoices
        .iter()
        .flat_map(|i| &i.progress)
        .any(|p| p.step == STEP && matches!(p.state, ProgressState::Pending | ProgressState::InDoubt));
    if under_way {
        due.ready.clear();
        return;
    }
    let last = case
        .facts
        .messages
        .iter()
        .filter(|m| m.step == STEP)
        .map(|m| case.window.day_of(m.at))
        .max();
    if let Some(on) = last {
        let again = after(on, period, &case.business);
        if again > case.window_day {
            due.ready.clear();
            due.reasons.push(Reason::plain(ReasonKind::ThankedLately { on }));
            due.wake = earliest(due.wake, case.opens_on(again));
        }
    }
}
