//! Courtesy steps: before the due date, moved back to business days, made up for until the due date, never bunched.

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::{Step, Timing};

use super::bearings::title;
use super::case::Case;
use super::levels::{moved, under_way};
use super::standing::{Planned, earliest, still_asked_for};
use super::track::{self, StepState};
use crate::days::plus_days;
use crate::facts::{Invoice, ProgressState};
use crate::reason::{Reason, ReasonKind};
use crate::stops::{after, before};

/// What courtesy holds for an invoice.
#[derive(Default)]
pub(crate) struct Courtesy<'a> {
    /// Its day has come.
    pub now: Option<Planned<'a>>,
    /// The next one whose day is to come.
    pub later: Option<Planned<'a>>,
    /// What is under way or was dropped.
    pub reasons: Vec<Reason>,
    /// When to look again whether what lies with a person is to be done still: courtesy ends after the due date.
    pub ends: Option<DateTime<Utc>>,
}

/// The courtesy steps of an invoice that has not been dunned.
pub(crate) fn next<'a>(case: &Case<'a>, invoice: &'a Invoice) -> Courtesy<'a> {
    let mut courtesy = Courtesy::default();
    let mut steps: Vec<_> = case
        .scenario
        .courtesy
        .iter()
        .map(|step| (planned_day(case, invoice, step), step))
        .collect();
    // The latest day first: a step that has been overtaken by a later one is dropped.
    steps.sort_by_key(|((_, day), _)| std::cmp::Reverse(*day));
    let mut overtaken = false;
    for ((plain, day), step) in steps {
        let name = || title(&step.name);
        let acts = match track::state_without(invoice, &step.name.name, &step.acts, &|act| {
            case.leaves_out(act, invoice)
        }) {
            StepState::Done(_) => {
                overtaken = true;
                continue;
            }
            state @ (StepState::UnderWay(_) | StepState::InDoubt(_)) => {
                overtaken = true;
                courtesy.reasons.push(under_way(name(), &state));
                courtesy.ends = earliest(courtesy.ends, still_asked_for(case, step));
                courtesy.ends = earliest(courtesy.ends, end(case, invoice, day));
                continue;
            }
            StepState::Open(acts) => acts,
        };
        let dropped = |kind| Reason::said_by(kind, case.source(step.name.span));
        if overtaken {
            let kind = ReasonKind::CourtesySuperseded { step: name() };
            courtesy.reasons.push(dropped(kind));
        } else if invoice.known_since > day || case.window_day > invoice.due.max(day) {
            let kind = ReasonKind::CourtesyDropped {
                step: name(),
                on: day,
            };
            courtesy.reasons.push(dropped(kind));
        } else {
            let reasons = if plain == day {
                Vec::new()
            } else {
                vec![moved(case, plain, day)]
            };
            let planned = Planned {
                step,
                day: Some(day),
                acts,
                reasons,
            };
            if day <= case.window_day {
                overtaken = true;
                if asked(invoice, step) {
                    courtesy.ends = earliest(courtesy.ends, end(case, invoice, day));
                }
                courtesy.now = Some(planned);
            } else {
                courtesy.later = Some(planned);
            }
        }
    }
    courtesy
}

/// Whether somebody was asked to agree to a step and has not answered.
fn asked(invoice: &Invoice, step: &Step) -> bool {
    let mut asked = invoice.progress.iter();
    asked.any(|p| p.step == step.name.name && p.state == ProgressState::Pending)
}

/// When nothing is to be done any more of a step whose day has come.
fn end(case: &Case<'_>, invoice: &Invoice, day: NaiveDate) -> Option<DateTime<Utc>> {
    let end = plus_days(invoice.due.max(day), 1);
    (end > case.window_day).then(|| case.window.start_of(end))
}

/// The day as written, and the business day that it was moved to.
fn planned_day(case: &Case<'_>, invoice: &Invoice, step: &Step) -> (NaiveDate, NaiveDate) {
    match step.timing {
        Timing::BeforeDue(period) => {
            let plain = before(invoice.due, period, &case.business);
            (plain, case.window.days.on_or_before(plain))
        }
        Timing::AfterDue(period) | Timing::AfterIssue(period) | Timing::AfterLevel(period, _) => {
            let plain = after(invoice.due, period, &case.business);
            (plain, case.window.days.on_or_after(plain))
        }
    }
}
