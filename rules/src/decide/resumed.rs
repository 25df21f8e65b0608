//! Dunning that goes on elsewhere because of an event: `continue at level 3`, `continue where it was, after 5 days`.
//!
//! A level that was carried out never comes again for an invoice: who is told to go on at one goes on after the last one carried out.

use chrono::NaiveDate;
use relance_dsl::checked::{ActKind, Resume};
use relance_dsl::period::Period;

use super::case::Case;
use super::happened;
use super::standing::Ready;
use crate::days::plus_days;
use crate::facts::{Invoice, Progress, ProgressState, Resumed, Work};
use crate::reason::{Reason, ReasonKind};
use crate::stops::after;

/// The day before which dunning does not go on: so long after the event, and not on the day of a message that answers to it.
pub(super) fn not_before(case: &Case<'_>, answer: &Ready<'_>, period: Option<Period>) -> NaiveDate {
    let day = period.map_or(answer.on, |period| after(answer.on, period, &case.business));
    let speaks = answer
        .acts
        .iter()
        .any(|act| matches!(act.kind, ActKind::Message(_)));
    if speaks && period.is_none() {
        day.max(plus_days(case.window_day, 1))
    } else {
        day
    }
}

/// Where dunning of an invoice was told to go on, last.
pub(super) fn last(invoice: &Invoice) -> Option<(&Progress, Resumed)> {
    let done = invoice.progress.iter().rev();
    done.filter(|p| p.state == ProgressState::Done)
        .find_map(|p| Some((p, p.resumed?)))
}

/// What an order to go on means for the level that comes next.
pub(super) struct Order {
    /// Its place on the ladder, from 1.
    pub place: usize,
    /// It is due on its own day all the same, and not before this one; or on this one, when the order names the level.
    pub day: NaiveDate,
    /// Whether the level is named, so that its own delay does not count.
    pub named: bool,
    /// Why.
    pub reason: Reason,
}

/// What the last order to go on means when `reached` levels have been carried out (the last one at that moment) and `next` would
/// come without it. `None`: it was followed, or there is none.
pub(super) fn order(
    invoice: &Invoice,
    reached: Option<(usize, chrono::DateTime<chrono::Utc>)>,
    next: usize,
    levels: usize,
) -> Option<Order> {
    let (entry, resumed) = last(invoice)?;
    let done = reached.map_or(0, |(level, _)| level);
    let wanted = match resumed.at {
        Resume::Level(level) => Some(usize::from(level).min(levels)).filter(|wanted| *wanted > done),
        Resume::WhereItWas => None,
    };
    // A level that was carried out since has followed it, but for one that it has not reached yet.
    if wanted.is_none() && reached.is_some_and(|(_, at)| at > entry.at) {
        return None;
    }
    let named = wanted.is_some_and(|wanted| wanted >= next);
    let place = wanted.unwrap_or(next).max(next);
    let level = u8::try_from(place).unwrap_or(u8::MAX);
    let on = resumed.not_before;
    let kind = match entry.work {
        Work::Hook => ReasonKind::Jumped { level, on },
        _ => ReasonKind::Resumed {
            event: happened::answered(&entry.step),
            level: named.then_some(level),
            on,
        },
    };
    Some(Order {
        place,
        day: resumed.not_before,
        named,
        reason: Reason::plain(kind),
    })
}
