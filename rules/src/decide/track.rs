//! What has been done for an invoice, read from its progress. Steps are known by their names, so that an invoice keeps its place
//! when levels are renumbered, added or taken away.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use relance_dsl::checked::{Act, ActKind, CallOutcome, OutcomeKind, Scenario, Step};
use relance_dsl::period::Period;

use super::happened;
use crate::days::local_day;
use crate::facts::{Invoice, Progress, ProgressState, Work};

/// How often a step may be called off in one day before it waits for the next: a fault elsewhere must not make us run in circles.
const MOST_CALLED_OFF_A_DAY: usize = 10;

/// How far a step has come for an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StepState {
    /// These acts are still to be done.
    Open(Vec<u16>),
    /// Decided, not carried out yet.
    UnderWay(DateTime<Utc>),
    /// It may have been carried out.
    InDoubt(DateTime<Utc>),
    /// Carried out.
    Done(DateTime<Utc>),
}

/// How strong states are; those of what may come again have 0.
const DONE: u8 = 4;
const IN_DOUBT: u8 = 3;
const PENDING: u8 = 2;
/// A call that nobody answered: done, unless the rules make it again.
const UNANSWERED: u8 = 1;

/// The strongest state of each act of a step: what was done once is done.
fn acts<'a>(entries: impl Iterator<Item = &'a Progress>) -> BTreeMap<u16, (u8, &'a Progress)> {
    let mut acts: BTreeMap<u16, (u8, &Progress)> = BTreeMap::new();
    for entry in entries {
        let rank = match entry.state {
            ProgressState::Done if entry.outcome == Some(CallOutcome::NoAnswer) => UNANSWERED,
            ProgressState::Done => DONE,
            ProgressState::InDoubt => IN_DOUBT,
            ProgressState::Pending => PENDING,
            ProgressState::Failed | ProgressState::Cancelled | ProgressState::Expired => 0,
        };
        let best = acts.entry(entry.act).or_insert((rank, entry));
        if rank >= best.0 {
            *best = (rank, entry);
        }
    }
    acts
}

/// The acts of a step that are carried out, by their places: all but its approvals, and what it charges.
pub(crate) fn carried_out(acts: &[Act]) -> Vec<u16> {
    let work = acts.iter().zip(0_u16..);
    work.filter(|(act, _)| !matches!(act.kind, ActKind::Approve { .. } | ActKind::Charge { .. }))
        .map(|(_, place)| place)
        .collect()
}

/// What has been decided of a step, its approvals left aside, and what is told to other systems: nothing waits for that.
fn work<'a>(invoice: &'a Invoice, step: &str) -> impl Iterator<Item = &'a Progress> {
    let entries = invoice.progress.iter();
    entries.filter(move |p| p.step == step && !matches!(p.work, Work::Approval | Work::Notice))
}

/// How far the step of this name has come; `given` are the acts that the rules give it now. Approvals are no part of it.
pub(crate) fn state(invoice: &Invoice, step: &str, given: &[Act]) -> StepState {
    state_without(invoice, step, given, &|_| false)
}

/// The same without the acts that the rules leave out now. They are not waited for once another act of the step was done, or a call
/// that was called off because its condition ended would keep the invoice at this step.
pub(crate) fn state_without(
    invoice: &Invoice,
    step: &str,
    given: &[Act],
    left_out: &dyn Fn(&Act) -> bool,
) -> StepState {
    let all = carried_out(given);
    let mut acts = acts(work(invoice, step));
    for (act, (rank, entry)) in &mut acts {
        if *rank == UNANSWERED {
            let again = again(invoice, entry, given.get(usize::from(*act)));
            *rank = if again.is_some() { 0 } else { DONE };
        }
    }
    let at = |wanted: u8| {
        acts.values()
            .filter(move |(rank, _)| *rank == wanted)
            .map(|(_, p)| p.at)
    };
    if let Some(since) = at(IN_DOUBT).min() {
        return StepState::InDoubt(since);
    }
    if let Some(since) = at(PENDING).min() {
        return StepState::UnderWay(since);
    }
    let Some(done) = at(DONE).max() else {
        return StepState::Open(all);
    };
    // Acts that the rules gained since the step was decided are not made up for.
    let left: Vec<u16> = acts
        .iter()
        .filter(|(act, (rank, _))| *rank == 0 && all.contains(act))
        .map(|(act, _)| *act)
        .filter(|act| !given.get(usize::from(*act)).is_some_and(left_out))
        .collect();
    if left.is_empty() {
        StepState::Done(done)
    } else {
        StepState::Open(left)
    }
}

/// The acts of an answer that are neither done nor under way. Unlike those of a step they need not be decided together: what is done
/// in the house waits for nothing.
pub(crate) fn unanswered(invoice: &Invoice, answer: &str, given: &[Act]) -> Vec<u16> {
    let begun = acts(work(invoice, answer));
    let again = |act: u16, entry: &Progress| again(invoice, entry, given.get(usize::from(act))).is_some();
    let mut open = carried_out(given);
    open.retain(|act| {
        begun
            .get(act)
            .is_none_or(|(rank, entry)| *rank == 0 || *rank == UNANSWERED && again(*act, entry))
    });
    open
}

/// How long after a call that nobody answered it is made again, when it is.
fn again(invoice: &Invoice, call: &Progress, act: Option<&Act>) -> Option<Period> {
    let ActKind::Call(rules) = &act?.chain().nth(usize::from(call.link))?.kind else {
        return None;
    };
    let (after, at_most) = rules.outcomes.iter().find_map(|outcome| match outcome.kind {
        OutcomeKind::Retry { after, at_most } if outcome.of == CallOutcome::NoAnswer => {
            Some((after, at_most))
        }
        _ => None,
    })?;
    let made = work(invoice, &call.step)
        .filter(|p| {
            p.act == call.act
                && p.link == call.link
                && p.state == ProgressState::Done
                && p.outcome == Some(CallOutcome::NoAnswer)
        })
        .count();
    (call.outcome == Some(CallOutcome::NoAnswer) && made <= usize::from(at_most)).then_some(after)
}

/// The call at this place of a step that nobody answered, and how long after it the next one is made.
pub(crate) fn to_call_again<'a>(
    invoice: &'a Invoice,
    step: &str,
    given: &[Act],
    act: u16,
) -> Option<(&'a Progress, Period)> {
    let (_, last) = acts(work(invoice, step)).remove(&act)?;
    Some((last, again(invoice, last, given.get(usize::from(act)))?))
}

/// Whether this call is the last that is made in its place: nobody answered it, and it is not made again.
pub(crate) fn last_call(invoice: &Invoice, call: &Progress, act: &Act) -> bool {
    let (after, same) = (call.at, |p: &Progress| {
        p.act == call.act && p.link == call.link && p.state == ProgressState::Done
    });
    again(invoice, call, Some(act)).is_none() && !work(invoice, &call.step).any(|p| same(p) && p.at > after)
}

/// How often a link of an act of a step could not be carried out for good.
pub(crate) fn failed(invoice: &Invoice, step: &str, act: u16, link: u16) -> usize {
    work(invoice, step)
        .filter(|p| p.act == act && p.link == link && p.state == ProgressState::Failed)
        .count()
}

/// The furthest link of an act that was tried: what stands before it is not tried again.
pub(crate) fn furthest(invoice: &Invoice, step: &str, act: u16) -> u16 {
    let tried = work(invoice, step)
        .filter(|p| p.act == act && matches!(p.state, ProgressState::Failed | ProgressState::Done));
    tried.map(|p| p.link).max().unwrap_or_default()
}

/// Whether a step may be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Approval {
    /// Nobody has to agree.
    NotNeeded,
    /// These acts of the step have to be asked for.
    Missing(Vec<u16>),
    /// It has been asked for: the place of the act, since when, and the last day on which it can be given.
    Waits(u16, DateTime<Utc>, Option<NaiveDate>),
    /// Nobody gave it in time: the place of the act, and the last day on which it could be given.
    Expired(u16, NaiveDate),
    /// Somebody refused.
    Refused(DateTime<Utc>),
    /// All who have to agree have done so.
    Given(DateTime<Utc>),
}

/// Whether those who have to agree to a step have done so, `today` on the company's clock: all but the approvals that are left out. A
/// refusal that is forgotten may be asked for again.
pub(crate) fn approval(
    invoice: &Invoice,
    step: &str,
    given: &[Act],
    left_out: impl Fn(u16) -> bool,
    today: NaiveDate,
    forgotten: impl Fn(DateTime<Utc>) -> bool,
) -> Approval {
    let asked = invoice.progress.iter();
    let asked = acts(asked.filter(|p| p.step == step && p.work == Work::Approval));
    let (mut missing, mut waits, mut expired) = (Vec::new(), None, None);
    let (mut refused, mut approved) = (None, None);
    for (act, place) in given.iter().zip(0_u16..) {
        if !matches!(act.kind, ActKind::Approve { .. }) || left_out(place) {
            continue;
        }
        let Some((_, one)) = asked.get(&place) else {
            missing.push(place);
            continue;
        };
        match one.state {
            ProgressState::Done => approved = approved.max(Some(one.at)),
            ProgressState::Pending if one.until.is_some_and(|until| until < today) => {
                expired = expired.or(one.until.map(|until| (place, until)));
            }
            ProgressState::Pending | ProgressState::InDoubt => {
                waits = waits.or(Some((place, one.at, one.until)));
            }
            ProgressState::Expired => expired = expired.or(Some((place, one.until.unwrap_or(today)))),
            ProgressState::Failed if !forgotten(one.at) => refused = refused.max(Some(one.at)),
            ProgressState::Failed | ProgressState::Cancelled => missing.push(place),
        }
    }
    match (refused, waits, approved) {
        (Some(at), ..) => Approval::Refused(at),
        _ if let Some((place, until)) = expired => Approval::Expired(place, until),
        _ if !missing.is_empty() => Approval::Missing(missing),
        (None, Some((place, since, until)), _) => Approval::Waits(place, since, until),
        (None, None, Some(at)) => Approval::Given(at),
        (None, None, None) => Approval::NotNeeded,
    }
}

/// When the invoice was handed over to the legal department, if nothing else of that step is left to do.
pub(crate) fn handed_over(
    invoice: &Invoice,
    scenario: &Scenario,
    left_out: &dyn Fn(&Act) -> bool,
) -> Option<DateTime<Utc>> {
    let mut done = invoice.progress.iter();
    let over = done.find(|p| p.work == Work::HandOver && p.state == ProgressState::Done)?;
    let steps = scenario.courtesy.iter().chain(scenario.ladder());
    let step = steps.into_iter().find(|s| s.name.name == over.step);
    let state = |step: &Step| state_without(invoice, &step.name.name, &step.acts, left_out);
    let closed = step.is_none_or(|step| matches!(state(step), StepState::Done(_)));
    closed.then_some(over.at)
}

/// A dunning step that was decided and is not closed: nothing else may be done for the invoice meanwhile. That somebody has been
/// asked to agree to one is no such step.
pub(crate) fn dunning_under_way<'a>(
    invoice: &'a Invoice,
    scenario: &Scenario,
) -> Option<(&'a Progress, StepState)> {
    let dunning = |p: &&Progress| {
        p.level.is_some()
            || scenario
                .then
                .as_ref()
                .is_some_and(|then| then.name.name == p.step)
    };
    invoice.progress.iter().filter(dunning).find_map(|p| {
        let state = state(invoice, &p.step, &[]);
        matches!(state, StepState::UnderWay(_) | StepState::InDoubt(_)).then_some((p, state))
    })
}

/// The highest level that has been carried out, and when the last one was. Known steps count by their place in the scenario of now; only
/// when none is known, by the number that they had. What the scenario does not know any more was said to the customer all the same.
pub(crate) fn reached(
    invoice: &Invoice,
    scenario: &Scenario,
    left_out: &dyn Fn(&Act) -> bool,
) -> Option<(usize, DateTime<Utc>)> {
    let done = |name: &str, acts: &[Act]| match state_without(invoice, name, acts, left_out) {
        StepState::Done(at) => Some(at),
        _ => None,
    };
    let known = scenario
        .ladder()
        .zip(1..)
        .filter_map(|(step, n)| Some((n, done(&step.name.name, &step.acts)?)))
        .last();
    if let Some((n, at)) = known {
        return Some((n, lost(invoice, scenario).map_or(at, |lost| at.max(lost))));
    }
    let numbered = lost_levels(invoice, scenario).max()?;
    let level = numbered.0.min(scenario.levels.len());
    (level > 0).then_some((level, numbered.1))
}

/// When a level was carried out last that the scenario does not know any more: the rules lost it, or it was another scenario's.
pub(crate) fn lost(invoice: &Invoice, scenario: &Scenario) -> Option<DateTime<Utc>> {
    lost_levels(invoice, scenario).map(|(_, at)| at).max()
}

fn lost_levels<'a>(
    invoice: &'a Invoice,
    scenario: &'a Scenario,
) -> impl Iterator<Item = (usize, DateTime<Utc>)> + 'a {
    let known = |name: &str| scenario.ladder().any(|s| s.name.name == name);
    // The level at which the customer heard of it: it may have been asked for, or tried, at another.
    let entries = invoice.progress.iter().filter(move |p| {
        p.state == ProgressState::Done && !matches!(p.work, Work::Approval | Work::Notice) && !known(&p.step)
    });
    entries.filter_map(|p| match state(invoice, &p.step, &[]) {
        StepState::Done(at) => Some((usize::from(p.level?), at)),
        _ => None,
    })
}

/// When something was done last of a level that was not done whole, the step of this name left aside. Only a change of the rules leaves such
/// a step behind; the customer has heard of it all the same.
pub(crate) fn in_part(
    invoice: &Invoice,
    scenario: &Scenario,
    but: &str,
    left_out: &dyn Fn(&Act) -> bool,
) -> Option<DateTime<Utc>> {
    let whole = |step: &Step| {
        let state = state_without(invoice, &step.name.name, &step.acts, left_out);
        matches!(state, StepState::Done(_))
    };
    let steps = scenario.ladder().filter(|s| s.name.name != but && !whole(s));
    let done = |p: &&Progress| p.state == ProgressState::Done && p.outcome != Some(CallOutcome::NoAnswer);
    let entries = steps.flat_map(|step| work(invoice, &step.name.name));
    entries.filter(done).map(|p| p.at).max()
}

/// The step and level that were carried out last, for the outlook.
pub(crate) fn last(invoice: &Invoice) -> (Option<String>, Option<u8>) {
    let done = || {
        let entries = invoice.progress.iter();
        entries.filter(|p| {
            p.state == ProgressState::Done && p.work != Work::Approval && !happened::is_answer(&p.step)
        })
    };
    (
        done().max_by_key(|p| p.at).map(|p| p.step.clone()),
        done()
            .filter(|p| p.level.is_some())
            .max_by_key(|p| p.at)
            .and_then(|p| p.level),
    )
}

/// Whether the step was called off so often today that it waits for another day.
pub(crate) fn called_off_enough(invoice: &Invoice, step: &str, today: NaiveDate, zone: Tz) -> bool {
    let off = work(invoice, step).filter(|p| p.state == ProgressState::Cancelled);
    off.filter(|p| local_day(p.at, zone) >= today).count() >= MOST_CALLED_OFF_A_DAY
}

/// How often an act of a step could not be carried out today.
pub(crate) fn failed_today(invoice: &Invoice, step: &str, act: u16, today: NaiveDate, zone: Tz) -> usize {
    work(invoice, step)
        .filter(|p| p.act == act && p.state == ProgressState::Failed && local_day(p.at, zone) >= today)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Opening, testing};
    use relance_dsl::span::{FileId, Span};

    fn invoice(entries: &[(u16, ProgressState)]) -> Invoice {
        let mut invoice = testing::account().invoices.remove(0);
        for (act, state) in entries {
            invoice.progress.push(Progress {
                scenario: "s".into(),
                step: "first".into(),
                level: Some(1),
                act: *act,
                work: Work::Message,
                outcome: None,
                resumed: None,
                until: None,
                link: 0,
                opening: Opening::Unknown,
                state: *state,
                at: "2026-03-05T09:00:00Z".parse().unwrap(),
            });
        }
        invoice
    }

    #[test]
    fn a_step_is_done_when_all_acts_that_were_decided_are_done() {
        use ProgressState::{Cancelled, Done, Failed, InDoubt, Pending};
        let at: DateTime<Utc> = "2026-03-05T09:00:00Z".parse().unwrap();
        let acts = [ActKind::HandOver, ActKind::CancelPlan].map(|kind| Act {
            kind,
            when: None,
            span: Span {
                file: FileId(0),
                start: 0,
                end: 0,
            },
        });
        let state = |entries: &[_]| state(&invoice(entries), "first", &acts);
        assert_eq!(state(&[]), StepState::Open(vec![0, 1]));
        assert_eq!(state(&[(0, Done), (1, Pending)]), StepState::UnderWay(at));
        assert_eq!(state(&[(0, InDoubt), (1, Pending)]), StepState::InDoubt(at));
        assert_eq!(state(&[(0, Done), (1, Done)]), StepState::Done(at));
        assert_eq!(
            state(&[(0, Done), (1, Failed)]),
            StepState::Open(vec![1]),
            "only what failed comes again"
        );
        assert_eq!(
            state(&[(0, Cancelled), (1, Cancelled)]),
            StepState::Open(vec![0, 1])
        );
        assert_eq!(
            state(&[(0, Cancelled), (0, Done), (1, Done)]),
            StepState::Done(at)
        );
        assert_eq!(
            state(&[(0, Done)]),
            StepState::Done(at),
            "an act that the rules gained later is not made up for"
        );
    }
}
