//! Thanks for an invoice that was paid in full.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use super::case::Case;
use super::hooked::{self, Site};
use super::standing::{Family, Ready, earliest};
use super::track::{self, StepState};
use super::tries;
use crate::days::{plus_days, start_of};
use crate::facts::{HoldKind, Invoice, ProgressState};
use crate::reason::{Reason, ReasonKind};
use crate::stops::{Stops, after};

/// The name under which thanks are kept as a step.
pub(crate) const STEP: &str = "thanks";

/// Thanks come within this many days after the payment, or not at all.
const STILL_TIMELY: i64 = 10;

/// The thanks that are due.
#[derive(Default)]
pub(crate) struct Due<'a> {
    pub ready: Vec<Ready<'a>>,
    pub reasons: Vec<Reason>,
    /// What a person must look at.
    pub attention: Vec<Reason>,
    pub wake: Option<DateTime<Utc>>,
}

/// The invoices that were paid in full lately and that nobody has given thanks for.
pub(crate) fn due<'a>(case: &Case<'a>) -> Due<'a> {
    let mut due = Due::default();
    let Some(thanks) = &case.scenario.thanks else {
        return due;
    };
    let zone = case.facts.company.time_zone;
    for invoice in case.facts.invoices.iter().filter(|i| timely(case, i)) {
        let Some(on) = invoice.paid_on else { continue };
        if let Some(until) = careful(case, invoice) {
            due.wake = earliest(due.wake, until.map(|end| start_of(end, zone)));
            continue;
        }
        let StepState::Open(open) = track::state(invoice, STEP, &thanks.acts) else {
            continue;
        };
        let (holds, trace) = case.holds(thanks.when.as_ref(), invoice);
        if let Some(failure) = &trace.failed {
            due.reasons.push(Reason::plain(crate::hooks::failed(failure)));
            due.wake = earliest(due.wake, case.opens_in(1));
            continue;
        }
        let hooked = match hooked::ask(case, (invoice, STEP), Site::Thanks, &thanks.acts, &open) {
            Ok(hooked) => hooked,
            Err(failure) => {
                let failed = Reason::plain(crate::hooks::failed(&failure));
                due.reasons.push(failed.clone());
                due.attention.push(failed);
                due.wake = earliest(due.wake, case.opens_in(1));
                continue;
            }
        };
        let open = match hooked.end {
            Some(_) => hooked.alone(),
            None => hooked.with_effects(&tries::left(case, invoice, STEP, &thanks.acts, open)),
        };
        let tried = open.is_empty() || track::called_off_enough(invoice, STEP, case.today, zone);
        if !holds || tried {
            due.wake = earliest(due.wake, case.opens_in(1));
            continue;
        }
        let reason = Reason::said_by(ReasonKind::PaidInFull { on }, case.source(thanks.span));
        let mut reasons = vec![reason.with_facts(trace.facts)];
        if let Some((hook, end)) = hooked.end {
            reasons.push(hooked::ended(case, hook, STEP.to_owned(), Site::Thanks, end, on));
        }
        reasons.extend(hooked.reasons.iter().cloned());
        due.ready.push(Ready {
            claim: None,
            hooked,
            invoice,
            family: Family::Thanks,
            name: Cow::Borrowed(STEP),
            title: STEP.to_owned(),
            level: None,
            span: thanks.span,
            acts: &thanks.acts,
            open,
            lead: 0,
            on,
            reasons,
        });
    }
    if !due.ready.is_empty() {
        not_too_often(case, &mut due);
    }
    due
}

/// Paid in full within the last days, while we knew of it.
fn timely(case: &Case<'_>, invoice: &Invoice) -> bool {
    let lately = invoice
        .paid_on
        .is_some_and(|on| on >= invoice.known_since && case.today <= plus_days(on, STILL_TIMELY));
    lately
        && invoice.balance.amount <= Decimal::ZERO
        && track::handed_over(invoice, case.scenario, &|act| case.leaves_out(act, invoice)).is_none()
}

/// Whether somebody has to be careful with this customer, and until when: nothing at all is written then.
pub(super) fn careful(case: &Case<'_>, invoice: &Invoice) -> Option<Option<NaiveDate>> {
    let spans = case.facts.holds.iter().chain(&invoice.holds);
    Stops::of(spans.filter(|s| matches!(s.kind, HoldKind::Manual | HoldKind::Insolvency))).around(case.today)
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
