//! The days of a test, one after the other.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::{ExpectKind, Happening, Test, TestLine};
use relance_dsl::lang::Lang;
use relance_dsl::span::Span;
use relance_dsl::text;

use super::Refused;
use super::act::Done;
use super::givens::Start;
use super::happenings::Cannot;
use super::world::World;
use crate::days::{first_moment, plus_days, plus_months, start_of};
use crate::decision::Decision;
use crate::facts::AccountFacts;
use crate::ids::InvoiceId;
use crate::rulebook::Rulebook;

/// Days that are played after the last one that the test names, when each expectation has its day.
const AFTER: i64 = 3;
/// The same when an expectation has none: it may come later.
const LONG_AFTER: i64 = 120;
/// Months that are played at most.
const MONTHS: i64 = 36;
/// The same in days, whatever the days are.
const DAYS: usize = 1_200;
/// Moments that are looked at in one day at most.
const MOMENTS: usize = 64;

/// The day of a test that names none: the first one of the edition.
const SOME_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// What became of the account.
pub(super) struct Course {
    pub done: Vec<Done>,
    pub notes: Vec<(usize, String)>,
    /// The last decision of each day.
    pub decisions: BTreeMap<NaiveDate, Decision>,
    pub names: BTreeMap<String, InvoiceId>,
    /// As they are at the end.
    pub facts: AccountFacts,
    /// The last day that the test names.
    pub last: NaiveDate,
}

impl Course {
    /// All that was done and happened, in order, each with its line.
    pub(super) fn shown(&self) -> Vec<(&str, Option<&Done>)> {
        let mut lines: Vec<(&str, Option<&Done>)> = Vec::new();
        let mut notes = self.notes.iter().peekable();
        for (index, done) in self.done.iter().enumerate() {
            while let Some((_, note)) = notes.next_if(|(before, _)| *before <= index) {
                lines.push((note, None));
            }
            lines.push((&done.line, Some(done)));
        }
        lines.extend(notes.map(|(_, note)| (note.as_str(), None)));
        lines
    }
}

/// Something that is to happen.
struct Coming<'t> {
    /// `None`: in the morning.
    at: Option<DateTime<Utc>>,
    day: NaiveDate,
    what: &'t Happening,
    span: Span,
}

/// Plays a test from the day before its first date to some days after its last.
pub(super) fn play(
    rulebook: &Rulebook,
    test: &Test,
    start: Start,
    lang: Lang,
    refused: &mut Vec<Refused>,
) -> Course {
    let zone = start.facts.company.time_zone;
    let (first, last, end) = days(test, &start, refused);
    let mut coming = coming(test, zone);
    let mut world = World::new(rulebook, start, lang);
    for day in first.iter_days().take(DAYS).take_while(|day| *day <= end) {
        world.now = start_of(day, zone);
        let today = coming.iter().take_while(|c| c.day <= day).count();
        let of_today: VecDeque<Coming<'_>> = coming.drain(..today).collect();
        let later = answers(coming.iter());
        Day {
            world: &mut world,
            coming: of_today,
            later,
            end: start_of(plus_days(day, 1), zone),
            refused,
        }
        .play();
    }
    Course {
        done: world.done,
        notes: world.notes,
        decisions: world.decisions,
        names: world.names,
        facts: world.facts,
        last: last.min(end),
    }
}

/// How many calls are still answered.
fn answers<'t>(coming: impl Iterator<Item = &'t Coming<'t>>) -> usize {
    coming
        .filter(|c| matches!(c.what, Happening::CallGives(_)))
        .count()
}

/// All that is to happen, in the order of the days; within a day what has no time first, and otherwise as it is written.
fn coming(test: &Test, zone: chrono_tz::Tz) -> VecDeque<Coming<'_>> {
    let mut coming = Vec::new();
    for line in &test.lines {
        if let TestLine::On(moment) = line {
            let at = moment
                .time
                .map(|time| first_moment(moment.day.and_time(time), zone));
            coming.extend(moment.happenings.iter().map(|(what, span)| Coming {
                at,
                day: moment.day,
                what,
                span: *span,
            }));
        }
    }
    coming.sort_by_key(|c| (c.day, c.at));
    coming.into()
}

/// The first day that is played, the last one that the test names, and the last one that is played.
fn days(test: &Test, start: &Start, refused: &mut Vec<Refused>) -> (NaiveDate, NaiveDate, NaiveDate) {
    let mut named: Vec<(NaiveDate, Option<Span>)> =
        start.invoices.iter().map(|i| (i.known_since, None)).collect();
    let mut without_day = false;
    for line in &test.lines {
        match line {
            TestLine::Given(_) => {}
            TestLine::On(moment) => {
                let span = moment.happenings.first().map(|(_, span)| *span);
                named.push((moment.day, span));
            }
            TestLine::Expect(expect) => {
                let day = day_of(&expect.kind);
                let lasting = !matches!(
                    expect.kind,
                    ExpectKind::Segment(..) | ExpectKind::Band(..) | ExpectKind::Points(..)
                );
                without_day |= day.is_none() && lasting;
                named.extend(day.map(|day| (day, Some(expect.span))));
                if let ExpectKind::Nothing { from: Some(from), .. } = expect.kind {
                    named.push((from, Some(expect.span)));
                }
            }
        }
    }
    let first = named.iter().map(|(day, _)| *day).min().unwrap_or(SOME_DAY);
    let limit = plus_months(first, MONTHS);
    if let Some((_, Some(span))) = named.iter().find(|(day, span)| *day > limit && span.is_some()) {
        refused.push(Refused {
            span: *span,
            why: text!(
                "A test spans 3 years at most: it begins on {first}.",
                "Un test couvre au plus 3 ans : il commence le {first}."
            ),
        });
    }
    let last = named.iter().map(|(day, _)| *day).max().unwrap_or(SOME_DAY);
    let dues = start.invoices.iter().map(|i| i.due).max();
    let end = if without_day {
        plus_days(last.max(dues.unwrap_or(last)), LONG_AFTER)
    } else {
        plus_days(last, AFTER)
    };
    (plus_days(first, -1), last.min(limit), end.min(limit))
}

/// The last day that an expectation names.
fn day_of(kind: &ExpectKind) -> Option<NaiveDate> {
    match kind {
        ExpectKind::Nothing { to, .. } | ExpectKind::Timeline { to, .. } => *to,
        ExpectKind::Segment(_, on) | ExpectKind::Band(_, on) | ExpectKind::Points(_, on) => *on,
        ExpectKind::Act { on, .. } | ExpectKind::Charged { on, .. } => *on,
    }
}

/// One day.
struct Day<'w, 'a, 't> {
    world: &'w mut World<'a>,
    /// What happens today and has not happened yet.
    coming: VecDeque<Coming<'t>>,
    /// Calls that are answered on later days.
    later: usize,
    /// The first moment of the next day.
    end: DateTime<Utc>,
    refused: &'w mut Vec<Refused>,
}

impl Day<'_, '_, '_> {
    fn play(mut self) {
        self.world.begin_day();
        self.happen(false);
        let mut next = self.world.look();
        for _ in 0..MOMENTS {
            if self.happen(false) {
                next = self.world.look();
            }
            let timed = self.coming.iter().find_map(|c| c.at);
            let unanswered = self.world.next_unanswered(self.answers());
            let soonest = [next, timed, unanswered].into_iter().flatten().min();
            let Some(at) = soonest.filter(|at| *at < self.end) else {
                break;
            };
            self.world.now = at.max(self.world.now);
            self.happen(false);
            self.world.close_unanswered(self.answers());
            next = self.world.look().filter(|next| *next > at);
        }
        self.happen(true);
    }

    /// How many calls are answered from now on.
    fn answers(&self) -> usize {
        self.later + answers(self.coming.iter())
    }

    /// Lets happen whatever has come. An answer without a time waits for something to answer until the day is over. Gives whether
    /// anything happened.
    fn happen(&mut self, day_is_over: bool) -> bool {
        let mut happened = false;
        for coming in std::mem::take(&mut self.coming) {
            if coming.at.is_some_and(|at| at > self.world.now) && !day_is_over {
                self.coming.push_back(coming);
                continue;
            }
            match self.world.happen(coming.what) {
                Ok(()) => {
                    happened = true;
                    let sources = &self.world.rulebook.checked.sources;
                    let words: Vec<&str> = sources.slice(coming.span).split_whitespace().collect();
                    self.world.note(&words.join(" "));
                }
                Err(Cannot::NothingToAnswer(_)) if coming.at.is_none() && !day_is_over => {
                    self.coming.push_back(coming);
                }
                Err(Cannot::NothingToAnswer(why) | Cannot::Never(why)) => self.refused.push(Refused {
                    span: coming.span,
                    why,
                }),
            }
        }
        happened
    }
}
