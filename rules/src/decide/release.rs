//! Whether what is to be done may be carried out now: what it charges is known, those who have to agree have done so, and a call that
//! nobody answered is made again.

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::{Act, ActKind};
use relance_dsl::period::Period;

use super::actions::charging;
use super::case::Case;
use super::chosen::Chosen;
use super::standing::earliest;
use super::track::{self, Approval};
use super::tries;
use crate::approvals;
use crate::charges::{self, Claim, Debt, Terms, WhyNot};
use crate::days::{plus_days, start_of};
use crate::facts::Invoice;
use crate::reason::{Reason, ReasonKind};
use crate::stops::after;

/// What was refused is asked for again after so many days.
const REFUSED_FOR: i64 = 30;

/// A step, or an answer to an event, that is to be carried out for an invoice.
pub(super) struct Wanted<'s> {
    pub name: &'s str,
    pub title: &'s str,
    /// All acts of it.
    pub acts: &'s [Act],
    /// Those of them that are still to be done.
    pub open: Vec<u16>,
}

/// What may be done of it.
#[derive(Default)]
pub(super) struct Released {
    /// The acts that may be done now; none when all of it has to wait.
    pub acts: Vec<u16>,
    /// Why they may be done.
    pub reasons: Vec<Reason>,
    /// What it, or a part of it, waits for.
    pub waits: Vec<Reason>,
    /// When to look again.
    pub wake: Option<DateTime<Utc>>,
    /// Interest and fee that it names; none when nothing is charged, or nothing is owed.
    pub claim: Option<Claim>,
    /// What a person must look at before it can be carried out.
    pub attention: Vec<Reason>,
}

/// The acts that may be done now, or why none may.
pub(super) fn of<'a>(case: &Case<'a>, invoice: &'a Invoice, wanted: Wanted<'_>) -> Released {
    let Some(terms) = Terms::of(&case.rulebook.checked, wanted.acts) else {
        return agreed(case, invoice, wanted);
    };
    match charges::claim(terms, &Debt::of(case.facts, invoice), case.today) {
        Ok(claim) => {
            let told = charges::reasons(invoice, &claim, charging(case, wanted.acts));
            let mut released = agreed(case, invoice, wanted);
            released.waits.splice(0..0, told);
            released.claim = Some(claim).filter(|claim| !claim.is_nothing());
            released
        }
        // Nothing is charged to a consumer: the rest of the step is done all the same.
        Err(why) if why == WhyNot::Consumer => {
            let told = charges::why_not(invoice, wanted.title.to_owned(), why);
            let mut released = agreed(case, invoice, wanted);
            released.waits.insert(0, told);
            released
        }
        Err(why) => {
            let told = charges::why_not(invoice, wanted.title.to_owned(), why);
            Released {
                waits: vec![told.clone()],
                attention: vec![told],
                ..Released::default()
            }
        }
    }
}

/// The same once what is charged is known.
fn agreed<'a>(case: &Case<'a>, invoice: &'a Invoice, wanted: Wanted<'_>) -> Released {
    let mut chosen = Chosen::of(case, invoice, &wanted);
    if let Some(failure) = chosen.failed.take() {
        return Released {
            waits: vec![failure],
            wake: case.opens_in(1),
            ..Released::default()
        };
    }
    let wanted = Wanted {
        open: chosen.left(&wanted.open),
        ..wanted
    };
    if wanted.open.is_empty() {
        return Released {
            waits: chosen.told,
            wake: chosen.wake,
            ..Released::default()
        };
    }
    let mut released = asked(case, invoice, wanted, &chosen);
    released.reasons.extend(chosen.told);
    released
}

/// The same for the acts whose conditions hold.
fn asked(case: &Case<'_>, invoice: &Invoice, wanted: Wanted<'_>, chosen: &Chosen) -> Released {
    let forgotten = |at| asked_again(case, at) <= case.window_day;
    let title = || wanted.title.to_owned();
    let said = |kind, act: Option<u16>| {
        let act = act.and_then(|act| wanted.acts.get(usize::from(act)));
        match act {
            Some(act) => Reason::said_by(kind, case.source(act.span)),
            None => Reason::plain(kind),
        }
    };
    let first_approval = || {
        let asks = |act: &Act| matches!(act.kind, ActKind::Approve { .. });
        wanted
            .acts
            .iter()
            .position(asks)
            .and_then(|at| u16::try_from(at).ok())
    };
    let waits = |kind, act, again: Option<NaiveDate>| Released {
        waits: vec![said(kind, act)],
        wake: again.and_then(|day| case.opens_on(day)),
        ..Released::default()
    };
    match track::approval(
        invoice,
        wanted.name,
        wanted.acts,
        |act| chosen.is_left_out(act),
        case.today,
        forgotten,
    ) {
        Approval::NotNeeded => due_now(case, invoice, wanted, Vec::new()),
        Approval::Given(at) => {
            let on = case.window.day_of(at);
            due_now(
                case,
                invoice,
                wanted,
                vec![Reason::plain(ReasonKind::Approved { on })],
            )
        }
        Approval::Missing(acts) => {
            let by = acts
                .first()
                .map(|act| approver(wanted.acts, *act))
                .unwrap_or_default();
            // Nothing happens on its own between asking and the day on which nobody has answered.
            let untils = acts.iter().map(|act| {
                let (_, until) = approvals::days(case.today, time(wanted.acts, *act), &case.business);
                run_out(case, until)
            });
            Released {
                reasons: vec![said(
                    ReasonKind::ApprovalNeeded { step: title(), by },
                    acts.first().copied(),
                )],
                wake: untils.min(),
                acts,
                ..Released::default()
            }
        }
        Approval::Waits(act, since, until) => {
            let by = approver(wanted.acts, act);
            let step = title();
            Released {
                wake: until.map(|until| run_out(case, until)),
                ..waits(ReasonKind::WaitsForApproval { step, by, since }, Some(act), None)
            }
        }
        Approval::Expired(act, until) => {
            let by = approver(wanted.acts, act);
            let step = title();
            waits(ReasonKind::ApprovalExpired { step, by, until }, Some(act), None)
        }
        Approval::Refused(at) => {
            let again = asked_again(case, at);
            let kind = ReasonKind::ApprovalRefused {
                step: title(),
                on: case.window.day_of(at),
                again,
            };
            waits(kind, first_approval(), Some(again))
        }
    }
}

fn asked_again(case: &Case<'_>, refused: DateTime<Utc>) -> NaiveDate {
    plus_days(case.window.day_of(refused), REFUSED_FOR)
}

/// When an approval expires that can be given until the end of this day.
fn run_out(case: &Case<'_>, until: NaiveDate) -> DateTime<Utc> {
    start_of(plus_days(until, 1), case.facts.company.time_zone)
}

/// How long the approval at this place can be given, when the rules say so.
fn time(acts: &[Act], act: u16) -> Option<Period> {
    match acts.get(usize::from(act)).map(|act| &act.kind) {
        Some(ActKind::Approve { within, .. }) => *within,
        _ => None,
    }
}

/// Who has to agree by the act at this place.
fn approver(acts: &[Act], act: u16) -> String {
    match acts.get(usize::from(act)).map(|act| &act.kind) {
        Some(ActKind::Approve { by, .. }) => by.clone(),
        _ => String::new(),
    }
}

/// All that is open but what was tried enough today, and the calls that are to be made again on a later day.
fn due_now(case: &Case<'_>, invoice: &Invoice, wanted: Wanted<'_>, reasons: Vec<Reason>) -> Released {
    let mut first: Option<NaiveDate> = None;
    let all = wanted.open.len();
    let mut acts = tries::left(case, invoice, wanted.name, wanted.acts, wanted.open);
    let tried = acts.len() < all;
    acts.retain(|act| {
        let call = track::to_call_again(invoice, wanted.name, wanted.acts, *act);
        let Some((last, period)) = call else { return true };
        let day = after(case.window.day_of(last.at), period, &case.business);
        let day = case.window.days.on_or_after(day);
        if day > case.window_day {
            first = Some(first.map_or(day, |first| first.min(day)));
        }
        day <= case.window_day
    });
    let tried_today = || {
        Reason::plain(ReasonKind::TriedToday {
            step: wanted.title.to_owned(),
        })
    };
    let again = |on| {
        Reason::plain(ReasonKind::CallAgain {
            step: wanted.title.to_owned(),
            on,
        })
    };
    Released {
        acts,
        reasons,
        waits: tried
            .then(tried_today)
            .into_iter()
            .chain(first.map(again))
            .collect(),
        wake: earliest(
            tried.then(|| case.opens_in(1)).flatten(),
            first.and_then(|on| case.opens_on(on)),
        ),
        ..Released::default()
    }
}
