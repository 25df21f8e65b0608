//! Answers to what happened: those that are due now. Each is given once for each time that its event happens.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use relance_dsl::checked::{Act, ActKind};
use rust_decimal::Decimal;

use super::against::Against;
use super::case::Case;
use super::happened::{self, Happened};
use super::hooked::{self, Site};
use super::release::{self, Wanted};
use super::standing::{Family, Ready, earliest};
use super::thanks;
use super::track;
use crate::days::{plus_days, start_of};
use crate::disputes;
use crate::facts::Invoice;
use crate::hooks;
use crate::ids::InvoiceId;
use crate::reason::{Reason, ReasonKind};
use crate::words;

/// An event is answered within this many days, or not at all: what was not answered for so long (the program stood still, the rules
/// did not say what to do) is no news to anybody, and a change of the rules does not dig up the past.
const STILL_NEWS: i64 = 14;

/// The answers that are due.
#[derive(Default)]
pub(crate) struct Due<'a> {
    pub ready: Vec<Ready<'a>>,
    /// What is told of invoices.
    pub reasons: Vec<(InvoiceId, Reason)>,
    /// What a person must look at.
    pub attention: Vec<Reason>,
    pub wake: Option<DateTime<Utc>>,
}

/// Those of all invoices of the account.
pub(crate) fn due<'a>(case: &Case<'a>) -> Due<'a> {
    let mut due = Due::default();
    for invoice in &case.facts.invoices {
        due.look_again(case, invoice);
        if track::handed_over(invoice, case.scenario, &|act| case.leaves_out(act, invoice)).is_some() {
            continue;
        }
        let all = happened::to(case, invoice);
        if invoice.balance.amount > Decimal::ZERO {
            for watched in happened::watched(case, invoice, &all) {
                due.wake = earliest(due.wake, watched.until);
                due.reasons.push((invoice.id, watched.reason));
            }
        }
        for happened in all {
            due.answer(case, invoice, happened);
        }
    }
    due
}

impl<'a> Due<'a> {
    /// Time alone makes a dispute late.
    fn look_again(&mut self, case: &Case<'_>, invoice: &Invoice) {
        if case.rulebook.checked.disputes.late.is_empty() {
            return;
        }
        let late = invoice.holds.iter().filter(|h| h.to.is_none());
        let zone = case.facts.company.time_zone;
        let days = late.filter_map(|dispute| disputes::late_on(case.rulebook, dispute));
        let moments = days
            .filter(|day| *day > case.today)
            .map(|day| start_of(day, zone));
        self.wake = earliest(self.wake, moments.min());
    }

    fn answer(&mut self, case: &Case<'a>, invoice: &'a Invoice, happened: Happened<'a>) {
        let open = track::unanswered(invoice, &happened.key, happened.acts);
        if open.is_empty() {
            return;
        }
        let begun = invoice.progress.iter().any(|p| p.step == happened.key);
        if !begun && case.today > plus_days(happened.on, STILL_NEWS) {
            return;
        }
        let zone = case.facts.company.time_zone;
        if track::called_off_enough(invoice, &happened.key, case.today, zone) {
            self.wake = earliest(self.wake, case.opens_in(1));
            return;
        }
        let lang = case.rulebook.checked.sources.lang(happened.span);
        let title = words::occurrence(happened.what, lang.into());
        let hooked = match hooked::ask(case, (invoice, &happened.key), Site::Answer, happened.acts, &open) {
            Ok(hooked) => hooked,
            Err(failure) => {
                let failed = Reason::plain(hooks::failed(&failure));
                self.reasons.push((invoice.id, failed.clone()));
                self.attention.push(failed);
                self.wake = earliest(self.wake, case.opens_in(1));
                return;
            }
        };
        let wanted = Wanted {
            name: &happened.key,
            title,
            acts: happened.acts,
            open,
        };
        let released = release::of(case, invoice, wanted);
        let told = released.waits.into_iter().map(|reason| (invoice.id, reason));
        self.reasons.extend(told);
        self.attention.extend(released.attention);
        self.wake = earliest(self.wake, released.wake);
        let why = ReasonKind::Happened {
            event: happened.what,
            on: happened.on,
        };
        let mut reasons = vec![Reason::said_by(why, case.source(happened.span))];
        reasons.extend(released.reasons);
        reasons.extend(hooked.reasons.iter().cloned());
        let (house, outside): (Vec<u16>, Vec<u16>) = hooked
            .with_effects(&released.acts)
            .into_iter()
            .partition(|place| is_of_the_house(happened.acts, *place));
        let ready = |family, open| Ready {
            invoice,
            family,
            name: Cow::Owned(happened.key.clone()),
            title: title.to_owned(),
            level: None,
            span: happened.span,
            acts: happened.acts,
            open,
            claim: released.claim.clone(),
            hooked: hooked.clone(),
            lead: 0,
            on: happened.on,
            reasons: reasons.clone(),
        };
        if !house.is_empty() {
            self.ready.push(ready(Family::House, house));
        }
        if !outside.is_empty() && self.nothing_against(case, invoice, &happened) {
            self.ready.push(ready(Family::Answer, outside));
        }
    }

    /// Whether the customer may be spoken to now; else when to look again.
    fn nothing_against(&mut self, case: &Case<'_>, invoice: &Invoice, happened: &Happened<'_>) -> bool {
        if invoice.balance.amount <= Decimal::ZERO {
            let careful = thanks::careful(case, invoice);
            let zone = case.facts.company.time_zone;
            let end = careful.flatten().map(|end| start_of(end, zone));
            self.wake = earliest(self.wake, end);
            return careful.is_none();
        }
        let against = Against::of(case, invoice, happened.own);
        self.wake = earliest(self.wake, against.wake);
        against.reasons.is_empty()
    }
}

/// What is done inside the house, whatever stands against writing to the customer.
fn is_of_the_house(acts: &[Act], place: u16) -> bool {
    let Some(act) = acts.get(usize::from(place)) else {
        // What a hook wants done.
        return true;
    };
    matches!(
        act.kind,
        ActKind::Task(_)
            | ActKind::Continue { .. }
            | ActKind::CancelPlan
            | ActKind::ExpectCreditNote
            | ActKind::Hook(_)
    )
}
