//! What has been done for an invoice, read from its progress. Steps are known by their names, so that an invoice keeps its place
//! when levels are renumbered, added or taken away.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use relance_dsl::checked::Scenario;

use crate::days::local_day;
use crate::facts::{Invoice, Progress, ProgressState};

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

/// The strongest state of each act of a step: what was done once is done.
fn acts<'a>(entries: impl Iterator<Item = &'a Progress>) -> BTreeMap<u16, (u8, &'a Progress)> {
    let mut acts: BTreeMap<u16, (u8, &Progress)> = BTreeMap::new();
    for entry in entries {
        let rank = match entry.state {
            ProgressState::Done => 3,
            ProgressState::InDoubt => 2,
            ProgressState::Pending => 1,
            ProgressState::Failed | ProgressState::Cancelled => 0,
        };
        let best = acts.entry(entry.act).or_insert((rank, entry));
        if rank >= best.0 {
            *best = (rank, entry);
        }
    }
    acts
}

/// How far the step of this name has come; `count` is how many acts the rules give it now.
pub(crate) fn state(invoice: &Invoice, step: &str, count: usize) -> StepState {
    let all = u16::try_from(count).unwrap_or(u16::MAX);
    let acts = acts(invoice.progress.iter().filter(|p| p.step == step));
    let at = |wanted: u8| {
        acts.values()
            .filter(move |(rank, _)| *rank == wanted)
            .map(|(_, p)| p.at)
    };
    if let Some(since) = at(2).min() {
        return StepState::InDoubt(since);
    }
    if let Some(since) = at(1).min() {
        return StepState::UnderWay(since);
    }
    let Some(done) = at(3).max() else {
        return StepState::Open((0..all).collect());
    };
    // Acts that the rules gained since the step was decided are not made up for.
    let left: Vec<u16> = acts
        .iter()
        .filter(|(act, (rank, _))| *rank == 0 && **act < all)
        .map(|(act, _)| *act)
        .collect();
    if left.is_empty() {
        StepState::Done(done)
    } else {
        StepState::Open(left)
    }
}

/// A dunning step that was decided and is not closed: nothing else may be done for the invoice meanwhile.
pub(crate) fn dunning_under_way(invoice: &Invoice) -> Option<(&Progress, StepState)> {
    invoice
        .progress
        .iter()
        .filter(|p| p.level.is_some())
        .find_map(|p| {
            let state = state(invoice, &p.step, 0);
            matches!(state, StepState::UnderWay(_) | StepState::InDoubt(_)).then_some((p, state))
        })
}

/// The highest level that has been carried out, and when. Known steps count by their place in the scenario of now; only when none
/// is known, by the number that they had.
pub(crate) fn reached(invoice: &Invoice, scenario: &Scenario) -> Option<(usize, DateTime<Utc>)> {
    let done = |name: &str, acts: usize| match state(invoice, name, acts) {
        StepState::Done(at) => Some(at),
        _ => None,
    };
    let known = scenario
        .levels
        .iter()
        .enumerate()
        .rev()
        .find_map(|(i, step)| Some((i + 1, done(&step.name.name, step.acts.len())?)));
    known.or_else(|| {
        let place = |name: &str| scenario.levels.iter().any(|s| s.name.name == name);
        invoice
            .progress
            .iter()
            .filter(|p| !place(&p.step))
            .filter_map(|p| Some((usize::from(p.level?), done(&p.step, 0)?)))
            .max()
            .map(|(level, at)| (level.min(scenario.levels.len()), at))
            .filter(|(level, _)| *level > 0)
    })
}

/// The step and level that were carried out last, for the outlook.
pub(crate) fn last(invoice: &Invoice) -> (Option<String>, Option<u8>) {
    let done = || invoice.progress.iter().filter(|p| p.state == ProgressState::Done);
    (
        done().max_by_key(|p| p.at).map(|p| p.step.clone()),
        done()
            .filter(|p| p.level.is_some())
            .max_by_key(|p| p.at)
            .and_then(|p| p.level),
    )
}

/// Whether the step has failed or was called off so often today that it waits for another day. A failed one may be tried once
/// with each contact.
pub(crate) fn tried_enough(
    invoice: &Invoice,
    step: &str,
    contacts: usize,
    today: NaiveDate,
    zone: Tz,
) -> bool {
    let count = |state| {
        invoice
            .progress
            .iter()
            .filter(|p| p.step == step && p.state == state && local_day(p.at, zone) >= today)
            .count()
    };
    count(ProgressState::Failed) >= contacts.max(1)
        || count(ProgressState::Cancelled) >= MOST_CALLED_OFF_A_DAY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing;

    fn invoice(entries: &[(u16, ProgressState)]) -> Invoice {
        let mut invoice = testing::account().invoices.remove(0);
        for (act, state) in entries {
            invoice.progress.push(Progress {
                scenario: "s".into(),
                step: "first".into(),
                level: Some(1),
                act: *act,
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
        let state = |entries: &[_]| state(&invoice(entries), "first", 2);
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
