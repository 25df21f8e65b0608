//! Which acts of a step are done: those without a condition of their own, and those whose condition holds.

use chrono::{DateTime, Utc};
use relance_dsl::checked::Act;

use super::case::Case;
use super::rate_missing;
use super::release::Wanted;
use super::standing::earliest;
use crate::eval::pace_of;
use crate::facts::Invoice;
use crate::hooks;
use crate::reason::{Reason, ReasonKind};
use crate::vocabulary::Pace;

/// What the conditions of the acts come to now.
#[derive(Default)]
pub(super) struct Chosen {
    /// Acts that are not done, by their places.
    left_out: Vec<u16>,
    /// Why not.
    pub told: Vec<Reason>,
    /// When time alone can change one of the conditions.
    pub wake: Option<DateTime<Utc>>,
    /// A hook that a condition asks failed: nothing is known of this step.
    pub failed: Option<Reason>,
}

impl Chosen {
    pub(super) fn of<'a>(case: &Case<'a>, invoice: &'a Invoice, wanted: &Wanted<'_>) -> Self {
        let mut chosen = Self::default();
        for (act, place) in wanted.acts.iter().zip(0_u16..) {
            chosen.weigh(case, invoice, act, place, wanted.title);
        }
        chosen
    }

    fn weigh<'a>(&mut self, case: &Case<'a>, invoice: &'a Invoice, act: &Act, place: u16, step: &str) {
        let Some(when) = &act.when else { return };
        let (holds, trace) = case.holds(Some(when), invoice);
        if let Some(failure) = &trace.failed {
            self.failed = Some(Reason::plain(hooks::failed(failure)));
        }
        if holds {
            return;
        }
        self.left_out.push(place);
        self.told.extend(trace.missing.iter().map(rate_missing));
        let kind = ReasonKind::ActLeftOut {
            step: step.to_owned(),
        };
        self.told
            .push(Reason::said_by(kind, case.source(when.span)).with_facts(trace.facts));
        let again = match pace_of(when) {
            Pace::Still => None,
            Pace::Slow => case.opens_in(7),
            Pace::Daily => case.opens_in(1),
        };
        self.wake = earliest(self.wake, again);
    }

    /// Those of these acts that are done.
    pub(super) fn left(&self, open: &[u16]) -> Vec<u16> {
        open.iter()
            .copied()
            .filter(|act| !self.is_left_out(*act))
            .collect()
    }

    /// Whether the act at this place is not done.
    pub(super) fn is_left_out(&self, act: u16) -> bool {
        self.left_out.contains(&act)
    }
}
