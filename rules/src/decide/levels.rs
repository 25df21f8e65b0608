//! Dunning levels: which one comes next for an invoice, and on which day.

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::{Act, Step, Timing};
use relance_dsl::period::{Period, PeriodUnit};

use super::bearings::title;
use super::case::Case;
use super::resumed;
use super::standing::Planned;
use super::track::{self, StepState};
use crate::days::plus_days;
use crate::facts::Invoice;
use crate::reason::{Reason, ReasonKind};
use crate::stops::{Reached, Stops, after, before};

/// What dunning holds for an invoice.
pub(crate) enum Next<'a> {
    /// This level, on its day.
    Level(Planned<'a>),
    /// A level is under way: nothing until it is closed.
    Blocked(Option<&'a Step>, Reason),
    /// The last level has been carried out, or there is none.
    Finished(Reason),
}

/// The level that comes next.
pub(crate) fn next<'a>(case: &Case<'a>, invoice: &'a Invoice, stops: &Stops) -> Next<'a> {
    let levels = &case.scenario.levels;
    if let Some((entry, state)) = track::dunning_under_way(invoice, case.scenario) {
        let step = case.scenario.ladder().find(|s| s.name.name == entry.step);
        let name = step.map_or_else(|| entry.step.clone(), |s| title(&s.name));
        return Next::Blocked(step, under_way(name, &state));
    }
    if levels.is_empty() {
        return Next::Finished(Reason::plain(ReasonKind::NoStep));
    }
    let left_out = |act: &Act| case.leaves_out(act, invoice);
    let reached = track::reached(invoice, case.scenario, &left_out);
    let late = reached.is_none() && invoice.known_since > invoice.due;
    let n = match reached {
        Some((level, _)) => level + 1,
        None if late => usize::from(case.scenario.entry).clamp(1, levels.len()),
        None => 1,
    };
    let order = resumed::order(invoice, reached, n, levels.len());
    let named = order.as_ref().filter(|order| order.named);
    let entry = late && named.is_none();
    let n = named.map_or(n, |order| order.place);
    let Some(step) = case.scenario.ladder().nth(n - 1) else {
        return Next::Finished(Reason::plain(ReasonKind::AllLevelsDone));
    };
    let mut reasons = Vec::new();
    let in_part = track::in_part(invoice, case.scenario, &step.name.name, &left_out);
    let before = reached.map(|(level, at)| Before::of(case, invoice, level, at, in_part));
    let mut day = match (named, &before) {
        (Some(order), _) => Some(order.day),
        (None, Some(before)) => day_after_level(case, invoice, stops, step, before, &mut reasons),
        (None, None) => first_day(case, invoice, stops, n)
            .map(|r| clock(r, &mut reasons))
            .and_then(|day| apart_from(case, stops, step, day, in_part)),
    };
    if let Some(at) = before.map(|before| before.at).max(in_part) {
        day = day.map(|day| day.max(plus_days(case.window.day_of(at), 1)));
    }
    if entry {
        day = day.map(|d| d.max(invoice.known_since));
        let level = u8::try_from(n).unwrap_or(u8::MAX);
        reasons.push(case.because(ReasonKind::EnteredAtLevel { level }));
    }
    if let Some(order) = order {
        day = day.map(|day| day.max(order.day));
        reasons.push(order.reason);
    }
    let day = day.and_then(|day| moved_on(case, stops, day, &mut reasons));
    let acts = match track::state(invoice, &step.name.name, &step.acts) {
        StepState::Open(acts) => acts,
        // Carried out under a place in the rules that it has no more: its acts count as open again.
        _ => track::carried_out(&step.acts),
    };
    Next::Level(Planned {
        step,
        day,
        acts,
        reasons,
    })
}

/// A step that is not closed, as a reason.
pub(crate) fn under_way(step: String, state: &StepState) -> Reason {
    Reason::plain(match state {
        StepState::InDoubt(since) => ReasonKind::InDoubt { step, since: *since },
        StepState::UnderWay(since) | StepState::Done(since) => ReasonKind::UnderWay { step, since: *since },
        StepState::Open(_) => ReasonKind::NoStep,
    })
}

/// What was carried out before a level.
struct Before {
    /// The highest level that was.
    level: usize,
    /// When the customer heard of a level last.
    at: DateTime<Utc>,
    /// That was a level which the rules lost, or a part of one.
    apart: bool,
}

impl Before {
    fn of(
        case: &Case<'_>,
        invoice: &Invoice,
        level: usize,
        at: DateTime<Utc>,
        in_part: Option<DateTime<Utc>>,
    ) -> Self {
        let apart = track::lost(invoice, case.scenario).max(in_part);
        Self {
            level,
            at: apart.map_or(at, |apart| at.max(apart)),
            apart: apart.is_some_and(|apart| apart >= at),
        }
    }
}

/// The day of a level whose predecessor was carried out: never closer to it than planned.
fn day_after_level<'a>(
    case: &Case<'a>,
    invoice: &'a Invoice,
    stops: &Stops,
    step: &Step,
    before: &Before,
    reasons: &mut Vec<Reason>,
) -> Option<NaiveDate> {
    let level = before.level;
    let done = case.window.day_of(before.at);
    let counted_from = |level: usize, on| {
        let kind = ReasonKind::CountsFromLevel {
            level: u8::try_from(level).unwrap_or(u8::MAX),
            on,
        };
        Reason::said_by(kind, case.source(step.name.span))
    };
    match step.timing {
        Timing::AfterLevel(period, from) => {
            let from = usize::from(from);
            // What was said last under rules of before keeps its distance, too.
            let (from, anchor) = match level_done(case, invoice, from) {
                Some(at) if !before.apart => (from, case.window.day_of(at)),
                _ => (level, done),
            };
            reasons.push(counted_from(from, anchor));
            let reached = stops.after(anchor, period, &case.business)?;
            Some(clock(reached, reasons))
        }
        Timing::AfterDue(_) | Timing::AfterIssue(_) | Timing::BeforeDue(_) => {
            let gap = (plain_day(case, invoice, level + 1) - plain_day(case, invoice, level)).num_days();
            let spacing = Period {
                count: u16::try_from(gap.max(1)).unwrap_or(u16::MAX),
                unit: PeriodUnit::Days,
            };
            let spaced = stops.after(done, spacing, &case.business)?;
            let planned = first_day(case, invoice, stops, level + 1)?;
            if spaced.day > planned.day {
                reasons.push(counted_from(level, done));
                return Some(clock(spaced, reasons));
            }
            Some(clock(planned, reasons))
        }
    }
}

/// The day of the first level that is carried out whole: one that counts from another keeps its distance to what was done in part.
fn apart_from(
    case: &Case<'_>,
    stops: &Stops,
    step: &Step,
    day: NaiveDate,
    in_part: Option<DateTime<Utc>>,
) -> Option<NaiveDate> {
    let (Timing::AfterLevel(period, _), Some(at)) = (step.timing, in_part) else {
        return Some(day);
    };
    let spaced = stops.after(case.window.day_of(at), period, &case.business)?;
    Some(day.max(spaced.day))
}

/// When a level was carried out, if it was.
fn level_done<'a>(case: &Case<'a>, invoice: &'a Invoice, level: usize) -> Option<DateTime<Utc>> {
    let step = case.scenario.ladder().nth(level.checked_sub(1)?)?;
    let left_out = |act: &Act| case.leaves_out(act, invoice);
    match track::state_without(invoice, &step.name.name, &step.acts, &left_out) {
        StepState::Done(at) => Some(at),
        _ => None,
    }
}

/// The day of a level counted from the due date alone, over all levels that it counts from, where days on hold do not count.
fn first_day(case: &Case<'_>, invoice: &Invoice, stops: &Stops, level: usize) -> Option<Reached> {
    let mut reached = Reached {
        day: invoice.due,
        stopped: 0,
    };
    for timing in chain(case, level) {
        reached = match timing {
            Timing::AfterDue(period) | Timing::AfterLevel(period, _) => {
                let next = stops.after(reached.day, period, &case.business)?;
                Reached {
                    stopped: reached.stopped + next.stopped,
                    ..next
                }
            }
            Timing::AfterIssue(period) => stops.after(invoice.issued, period, &case.business)?,
            Timing::BeforeDue(period) => Reached {
                day: before(invoice.due, period, &case.business),
                stopped: 0,
            },
        };
    }
    Some(reached)
}

/// The same without holds.
fn plain_day(case: &Case<'_>, invoice: &Invoice, level: usize) -> NaiveDate {
    chain(case, level)
        .iter()
        .fold(invoice.due, |day, timing| match timing {
            Timing::AfterDue(period) | Timing::AfterLevel(period, _) => after(day, *period, &case.business),
            Timing::AfterIssue(period) => after(invoice.issued, *period, &case.business),
            Timing::BeforeDue(period) => before(invoice.due, *period, &case.business),
        })
}

/// The timings that lead from the due date to a level, in order.
fn chain(case: &Case<'_>, level: usize) -> Vec<Timing> {
    let mut timings = Vec::new();
    let mut level = level;
    while let Some(step) = level.checked_sub(1).and_then(|i| case.scenario.ladder().nth(i)) {
        timings.push(step.timing);
        match step.timing {
            Timing::AfterLevel(_, from) if usize::from(from) < level => level = usize::from(from),
            _ => break,
        }
    }
    timings.reverse();
    timings
}

fn clock(reached: Reached, reasons: &mut Vec<Reason>) -> NaiveDate {
    if reached.stopped > 0 {
        reasons.push(Reason::plain(ReasonKind::ClockStopped {
            days: reached.stopped,
        }));
    }
    reached.day
}

/// A day moved on to one that is open and not on hold.
fn moved_on(case: &Case<'_>, stops: &Stops, day: NaiveDate, reasons: &mut Vec<Reason>) -> Option<NaiveDate> {
    let open = case.window.days.on_or_after(day);
    if open != day {
        reasons.push(moved(case, day, open));
    }
    stops.free_day(open, &case.window.days)
}

/// A day that was moved off a closed one, as a reason.
pub(crate) fn moved(case: &Case<'_>, from: NaiveDate, to: NaiveDate) -> Reason {
    case.because(ReasonKind::MovedToBusinessDay {
        from,
        to,
        calendar: case.window.days.name.clone().unwrap_or_default(),
    })
}
