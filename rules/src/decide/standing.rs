//! Where one invoice stands: what comes next for it, when, and what stands against it.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::{Act, Step};
use relance_dsl::span::Span;

use super::against::{self, Against};
use super::bearings::title;
use super::case::Case;
use super::hooked::{End, Hooked, Site};
use super::levels::Next;
use super::release::{self, Wanted};
use super::{courtesy, happened, hooked, levels, planned, promised, rate_missing, track};
use crate::charges::Claim;
use crate::days::{local_day, plus_days, start_of};
use crate::decision::{Outlook, StepRef};
use crate::eval::pace_of;
use crate::facts::{Invoice, ProgressState};
use crate::hooks;
use crate::reason::{FactRead, Reason, ReasonKind};
use crate::stops::Stops;
use crate::vocabulary::Pace;

/// A step with its day.
pub(crate) struct Planned<'a> {
    pub step: &'a Step,
    /// None when something without an end stands before it.
    pub day: Option<NaiveDate>,
    /// Acts that are still to be done.
    pub acts: Vec<u16>,
    pub reasons: Vec<Reason>,
}

/// The families of messages, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// What an event calls for inside the house: it waits for nothing.
    House,
    /// What an event calls for outside.
    Answer,
    Dunning,
    Courtesy,
    Thanks,
}

/// A step that an invoice is due for today, with nothing against it.
#[derive(Clone)]
pub(crate) struct Ready<'a> {
    pub invoice: &'a Invoice,
    pub family: Family,
    /// The step's name; `thanks` for thanks; for the answer to an event the name under which it is kept.
    pub name: Cow<'a, str>,
    pub title: String,
    pub level: Option<u8>,
    pub span: Span,
    /// All acts of the step.
    pub acts: &'a [Act],
    /// Those of them that are to be done.
    pub open: Vec<u16>,
    /// Interest and fee that the step names.
    pub claim: Option<Claim>,
    /// What its hooks want done with it.
    pub hooked: Hooked<'a>,
    /// Days between a courtesy step's day and the due date; 0 for all others.
    pub lead: i64,
    /// The day on which it was due, or the event happened that it answers to.
    pub on: NaiveDate,
    pub reasons: Vec<Reason>,
}

impl Ready<'_> {
    /// The step as others know it.
    pub fn step_ref(&self, case: &Case<'_>) -> StepRef {
        StepRef {
            scenario: case.scenario.name.name.clone(),
            step: self.name.clone().into_owned(),
            title: self.title.clone(),
            level: self.level,
            source: case.source(self.span),
        }
    }
}

/// Where an invoice stands.
pub(crate) struct Standing<'a> {
    pub invoice: &'a Invoice,
    pub next: Option<&'a Step>,
    pub next_on: Option<NaiveDate>,
    pub reasons: Vec<Reason>,
    /// When time alone can change this.
    pub wake: Option<DateTime<Utc>>,
    pub ready: Option<Ready<'a>>,
    /// Interest and fee that the step which is ready names.
    pub claim: Option<Claim>,
    /// What a person must look at before the step can be carried out.
    pub attention: Vec<Reason>,
}

impl Standing<'_> {
    /// What is shown of it.
    pub fn outlook(self, case: &Case<'_>) -> Outlook {
        let (last_step, last_level) = track::last(self.invoice);
        Outlook {
            invoice: self.invoice.id,
            cycle: self.invoice.cycle,
            last_step,
            last_level,
            next: self.next.map(|step| StepRef {
                scenario: case.scenario.name.name.clone(),
                step: step.name.name.clone(),
                title: title(&step.name),
                level: step.level,
                source: case.source(step.name.span),
            }),
            next_on: self.next_on,
            reasons: self.reasons,
        }
    }
}

/// Where an open invoice stands.
pub(crate) fn of<'a>(case: &Case<'a>, invoice: &'a Invoice) -> Standing<'a> {
    let stops = against::stops(case, invoice);
    let mut standing = Standing {
        invoice,
        next: None,
        next_on: None,
        reasons: Vec::new(),
        wake: None,
        ready: None,
        claim: None,
        attention: Vec::new(),
    };
    if let Some(at) = track::handed_over(invoice, case.scenario, &|act| case.leaves_out(act, invoice)) {
        let on = local_day(at, case.facts.company.time_zone);
        standing
            .reasons
            .push(Reason::plain(ReasonKind::HandedOver { on }));
        return standing;
    }
    standing.reasons.extend(promised::in_vain(case, invoice));
    standing.reasons.extend(planned::missed(case, invoice));
    let mut against = Against::of(case, invoice, None);
    standing.reasons.append(&mut against.unread);
    standing.wake = against.wake;
    let courtesy = if track::reached(invoice, case.scenario, &|act| case.leaves_out(act, invoice)).is_none() {
        courtesy::next(case, invoice)
    } else {
        courtesy::Courtesy::default()
    };
    standing.wake = earliest(standing.wake, courtesy.ends);
    let (level, told) = match levels::next(case, invoice, &stops) {
        Next::Level(planned) => (Some(planned), None),
        Next::Blocked(step, reason) => {
            standing.next = step;
            standing.reasons.push(reason);
            let lies = step.and_then(|step| still_asked_for(case, step));
            standing.wake = earliest(standing.wake, lies);
            return standing;
        }
        Next::Finished(reason) => (None, Some(reason)),
    };
    let has_come = |p: &Planned<'_>| p.day.is_some_and(|day| day <= case.window_day);
    let (current, later) = match level {
        Some(level) if has_come(&level) => (Some(level), None),
        level => (courtesy.now, sooner(courtesy.later, level)),
    };
    standing.reasons.extend(courtesy.reasons);
    if !against.reasons.is_empty() {
        standing.reasons.extend(against.reasons);
        stand_against(case, &mut standing, current.or(later), against.until, &stops);
        return standing;
    }
    // Whatever becomes of a step whose day has come, the one after it has its own day.
    let after = later
        .as_ref()
        .and_then(|p| p.day)
        .and_then(|day| case.opens_on(day));
    standing.wake = earliest(standing.wake, after);
    let waiting = current.and_then(|current| attempt(case, &mut standing, current, &stops));
    if standing.ready.is_none() {
        wait(case, &mut standing, waiting, later, told);
    }
    standing
}

/// The one whose day comes first: a level that counts from the day of issue can come before a courtesy step.
fn sooner<'a>(courtesy: Option<Planned<'a>>, level: Option<Planned<'a>>) -> Option<Planned<'a>> {
    match (&courtesy, &level) {
        (Some(c), Some(l)) if l.day.is_some() && l.day < c.day => level,
        (None, _) => level,
        _ => courtesy,
    }
}

/// When to look whether a step that lies with somebody is asked for still: time alone can make its condition false.
pub(super) fn still_asked_for(case: &Case<'_>, step: &Step) -> Option<DateTime<Utc>> {
    let zone = case.facts.company.time_zone;
    let in_days = |days| Some(start_of(plus_days(case.today, days), zone));
    match step.when.as_ref().map_or(Pace::Still, pace_of) {
        Pace::Still => None,
        Pace::Slow => in_days(7),
        Pace::Daily => in_days(1),
    }
}

/// Something stands against the invoice: its next step has a day only when that ends by itself.
fn stand_against<'a>(
    case: &Case<'a>,
    standing: &mut Standing<'a>,
    next: Option<Planned<'a>>,
    until: Option<NaiveDate>,
    stops: &Stops,
) {
    let Some(next) = next else { return };
    standing.next = Some(next.step);
    standing.next_on = until
        .zip(next.day)
        .and_then(|(end, day)| stops.free_day(day.max(end), &case.window.days));
    standing.reasons.extend(next.reasons);
}

/// Makes a step whose day has come ready, or gives it back when it has to wait.
fn attempt<'a>(
    case: &Case<'a>,
    standing: &mut Standing<'a>,
    current: Planned<'a>,
    stops: &Stops,
) -> Option<Planned<'a>> {
    let (invoice, step) = (standing.invoice, current.step);
    let name = title(&step.name);
    let zone = case.facts.company.time_zone;
    if track::called_off_enough(invoice, &step.name.name, case.today, zone) {
        standing
            .reasons
            .push(Reason::plain(ReasonKind::TriedToday { step: name }));
        standing.wake = earliest(standing.wake, case.opens_in(1));
        return Some(current);
    }
    if answered_today(case, invoice) {
        let first = ReasonKind::AnswersFirst { step: name };
        standing.reasons.push(Reason::plain(first));
        standing.wake = earliest(standing.wake, case.opens_in(1));
        return Some(current);
    }
    let (holds, trace) = case.holds(step.when.as_ref(), invoice);
    standing.reasons.extend(trace.missing.iter().map(rate_missing));
    if let Some(failure) = &trace.failed {
        standing.reasons.push(Reason::plain(hooks::failed(failure)));
        standing.wake = earliest(standing.wake, case.opens_in(1));
        return Some(current);
    }
    if !holds {
        let kind = ReasonKind::ConditionNotMet { step: name };
        let span = step.when.as_ref().map_or(step.name.span, |when| when.span);
        let reason = Reason::said_by(kind, case.source(span)).with_facts(trace.facts);
        standing.reasons.push(reason);
        // What only an event can change is not looked at again before one.
        let again = match step.when.as_ref().map_or(Pace::Still, pace_of) {
            Pace::Still => None,
            Pace::Slow => case.opens_in(7),
            Pace::Daily => case.opens_in(1),
        };
        standing.wake = earliest(standing.wake, again);
        return Some(current);
    }
    let site = site(case, step);
    let hooked = match hooked::ask(case, (invoice, &step.name.name), site, &step.acts, &current.acts) {
        Ok(hooked) => hooked,
        Err(failure) => {
            let failed = Reason::plain(hooks::failed(&failure));
            standing.reasons.push(failed.clone());
            standing.attention.push(failed);
            standing.wake = earliest(standing.wake, case.opens_in(1));
            return Some(current);
        }
    };
    if let Some((hook, end)) = hooked.end {
        let day = current.day.unwrap_or(case.window_day);
        let until = match end {
            End::Delay(by) => hooked::delayed(case, stops, day, by),
            End::Skip | End::Jump(_) => day,
        };
        let ended = hooked::ended(case, hook, name.clone(), site, end, until);
        if !matches!(end, End::Delay(_)) {
            let mut current = current;
            current.acts = hooked.alone();
            current.reasons.push(ended);
            make_ready(case, standing, current, trace.facts, hooked);
            return None;
        }
        if until > case.window_day {
            standing.reasons.push(ended);
            standing.next_on = Some(until);
            standing.wake = earliest(standing.wake, case.opens_in(1));
            return Some(current);
        }
    }
    let released = release::of(
        case,
        invoice,
        Wanted {
            name: &step.name.name,
            title: &name,
            acts: &step.acts,
            open: current.acts.clone(),
        },
    );
    standing.reasons.extend(released.waits);
    standing.attention.extend(released.attention);
    standing.claim = released.claim;
    standing.wake = earliest(standing.wake, released.wake);
    let mut current = current;
    current.reasons.extend(released.reasons);
    if released.acts.is_empty() {
        standing.wake = earliest(standing.wake, still_asked_for(case, step));
        return Some(current);
    }
    current.acts = hooked.with_effects(&released.acts);
    make_ready(case, standing, current, trace.facts, hooked);
    None
}

/// Where the hooks of a step stand.
fn site(case: &Case<'_>, step: &Step) -> Site {
    let then = case.scenario.then.as_ref();
    match step.level {
        Some(level) => Site::Level(level),
        None if then.is_some_and(|then| then.name.name == step.name.name) => Site::Then,
        None => Site::Courtesy,
    }
}

/// Whether a message that answers to an event leaves or left today: an invoice gives rise to one message a day.
fn answered_today(case: &Case<'_>, invoice: &Invoice) -> bool {
    let stands = |state| {
        matches!(
            state,
            ProgressState::Done | ProgressState::InDoubt | ProgressState::Pending
        )
    };
    invoice.progress.iter().any(|p| {
        happened::is_answer(&p.step)
            && p.work.is_message()
            && stands(p.state)
            && case.window.day_of(p.at) == case.window_day
    })
}

/// Nothing stands against the step any more.
fn make_ready<'a>(
    case: &Case<'a>,
    standing: &mut Standing<'a>,
    current: Planned<'a>,
    read: Vec<FactRead>,
    hooked: Hooked<'a>,
) {
    let step = current.step;
    let name = title(&step.name);
    let source = case.source(step.name.span);
    let then = case.scenario.then.as_ref();
    let dunning = step.level.is_some() || then.is_some_and(|then| then.name.name == step.name.name);
    let day = current.day.unwrap_or(case.window_day);
    let due = ReasonKind::StepDue {
        step: name.clone(),
        level: step.level,
        on: day,
    };
    let mut reasons = vec![Reason::said_by(due, source).with_facts(read)];
    reasons.extend(current.reasons);
    standing.reasons.extend(reasons.iter().cloned());
    reasons.extend(hooked.reasons.iter().cloned());
    standing.next = Some(step);
    standing.next_on = Some(case.window_day);
    standing.ready = Some(Ready {
        invoice: standing.invoice,
        family: if dunning {
            Family::Dunning
        } else {
            Family::Courtesy
        },
        name: Cow::Borrowed(&step.name.name),
        title: name,
        level: step.level,
        span: step.name.span,
        acts: &step.acts,
        open: current.acts,
        claim: standing.claim.take(),
        hooked,
        lead: if dunning {
            0
        } else {
            (standing.invoice.due - day).num_days()
        },
        on: day,
        reasons,
    });
}

/// Nothing is due: `waiting` has come but may not go out yet, `later` has its day.
fn wait<'a>(
    case: &Case<'a>,
    standing: &mut Standing<'a>,
    waiting: Option<Planned<'a>>,
    later: Option<Planned<'a>>,
    told: Option<Reason>,
) {
    let next = match (later, waiting) {
        (Some(later), _) => later,
        (None, Some(waiting)) => {
            standing.next = Some(waiting.step);
            standing.reasons.extend(waiting.reasons);
            return;
        }
        (None, None) => {
            standing.reasons.extend(told);
            return;
        }
    };
    standing.next = Some(next.step);
    standing.next_on = next.day;
    if let Some(on) = next.day {
        let later = ReasonKind::StepLater {
            step: title(&next.step.name),
            level: next.step.level,
            on,
        };
        standing
            .reasons
            .push(Reason::said_by(later, case.source(next.step.name.span)));
    } else {
        let endless = against::spans(case, standing.invoice).find(|s| s.to.is_none());
        standing
            .reasons
            .extend(endless.map(|span| against::held(case, span)));
    }
    standing.reasons.extend(next.reasons);
}

/// The earlier of two moments, where none is never.
pub(crate) fn earliest(a: Option<DateTime<Utc>>, b: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    a.into_iter().chain(b).min()
}
