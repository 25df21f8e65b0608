//! Whether a step whose day has come may be carried out: those who have to agree have done so, and a call that nobody answered is
//! made again.

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::ActKind;

use super::bearings::title;
use super::case::Case;
use super::standing::{Planned, Standing, earliest};
use super::track::{self, Approval};
use crate::days::plus_days;
use crate::reason::{Reason, ReasonKind};
use crate::stops::after;

/// What was refused is asked for again after so many days.
const REFUSED_FOR: i64 = 30;

/// The step with the acts that may be done now; or the step again, when it has to wait: then its standing is told why and until when.
pub(super) fn of<'a>(
    case: &Case<'_>,
    standing: &mut Standing<'_>,
    mut step: Planned<'a>,
) -> Result<Planned<'a>, Planned<'a>> {
    let (why, until) = match approval(case, standing, &step) {
        Approval::NotNeeded => (None, None),
        Approval::Given(at) => {
            let on = case.window.day_of(at);
            step.reasons.push(Reason::plain(ReasonKind::Approved { on }));
            (None, None)
        }
        Approval::Missing(acts) => {
            let by = acts.first().map(|act| approver(&step, *act)).unwrap_or_default();
            let needed = ReasonKind::ApprovalNeeded {
                step: title(&step.step.name),
                by,
            };
            step.reasons.push(Reason::plain(needed));
            step.acts = acts;
            return Ok(step);
        }
        Approval::Waits(act, since) => {
            let by = approver(&step, act);
            let step = title(&step.step.name);
            (Some(ReasonKind::WaitsForApproval { step, by, since }), None)
        }
        Approval::Refused(at) => {
            let again = asked_again(case, at);
            let kind = ReasonKind::ApprovalRefused {
                step: title(&step.step.name),
                on: case.window.day_of(at),
                again,
            };
            (Some(kind), Some(again))
        }
    };
    if let Some(why) = why {
        standing.reasons.push(Reason::plain(why));
        standing.wake = earliest(standing.wake, until.and_then(|day| case.opens_on(day)));
        return Err(step);
    }
    calls(case, standing, step)
}

fn approval(case: &Case<'_>, standing: &Standing<'_>, step: &Planned<'_>) -> Approval {
    let name = &step.step.name.name;
    let forgotten = |at| asked_again(case, at) <= case.window_day;
    track::approval(standing.invoice, name, &step.step.acts, forgotten)
}

fn asked_again(case: &Case<'_>, refused: DateTime<Utc>) -> NaiveDate {
    plus_days(case.window.day_of(refused), REFUSED_FOR)
}

/// Who has to agree by the act at this place.
fn approver(step: &Planned<'_>, act: u16) -> String {
    match step.step.acts.get(usize::from(act)).map(|act| &act.kind) {
        Some(ActKind::Approve { by, .. }) => by.clone(),
        _ => String::new(),
    }
}

/// Leaves out the calls that are to be made again on a later day.
fn calls<'a>(
    case: &Case<'_>,
    standing: &mut Standing<'_>,
    mut step: Planned<'a>,
) -> Result<Planned<'a>, Planned<'a>> {
    let name = &step.step.name.name;
    let mut first: Option<NaiveDate> = None;
    step.acts.retain(|act| {
        let call = track::to_call_again(standing.invoice, name, &step.step.acts, *act);
        let Some((last, period)) = call else { return true };
        let day = after(case.window.day_of(last.at), period, &case.business);
        let day = case.window.days.on_or_after(day);
        if day > case.window_day {
            first = Some(first.map_or(day, |first| first.min(day)));
        }
        day <= case.window_day
    });
    let Some(on) = first else { return Ok(step) };
    let again = ReasonKind::CallAgain {
        step: title(&step.step.name),
        on,
    };
    standing.reasons.push(Reason::plain(again));
    standing.wake = earliest(standing.wake, case.opens_on(on));
    if step.acts.is_empty() { Err(step) } else { Ok(step) }
}
