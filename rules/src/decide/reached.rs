//! Whether a message or a call reached the customer, for those that have something after `else`. What came back is tried otherwise
//! at once, as a part of its step; what left and was not opened, or was called and not answered, is a thing that happened, and what
//! stands after `else` is the answer to it.

use chrono::{DateTime, Utc};
use relance_dsl::checked::{Act, ActKind, CallOutcome, Fallback, Unreached};

use super::case::Case;
use super::{happened, track};
use crate::days::{first_moment, local_day};
use crate::facts::{HoldKind, Invoice, Opening, Progress, ProgressState, SettledBy, Work};
use crate::occurrence::Occurrence;
use crate::reason::{Reason, ReasonKind};
use crate::stops::after;

/// A message with something after `else` for the case that it is not opened.
pub(super) struct Watched {
    /// What is to be told of it.
    pub reason: Reason,
    /// When time alone decides that it was not opened.
    pub until: Option<DateTime<Utc>>,
}

/// What became of an act that has something after `else`.
pub(super) enum Reaching<'a> {
    /// It did not reach the customer, as is known since this moment: this is done instead.
    Failed(Occurrence, DateTime<Utc>, &'a Fallback),
    /// It is not known yet, or nothing more is done.
    Watched(Watched),
}

/// Looks at one act that was carried out; `act` is what the rules give in its place. None when nothing follows from it.
pub(super) fn of<'a>(
    case: &Case<'_>,
    invoice: &Invoice,
    entry: &Progress,
    act: &'a Act,
    answer: &str,
) -> Option<Reaching<'a>> {
    let link = act.chain().nth(usize::from(entry.link))?;
    let other = link.or_else()?;
    if entry.state != ProgressState::Done {
        return None;
    }
    match (&link.kind, entry.work) {
        (ActKind::Message(message), Work::Message | Work::MessageByHand) => {
            let deadline = deadline(case, entry, other)?;
            // What was done instead stays what it is, whatever becomes known later: what follows from it is still looked at.
            if was_done(invoice, answer) {
                return Some(Reaching::Failed(Occurrence::MessageNotOpened, deadline, other));
            }
            if overtaken(invoice, entry) || heard_from(case, invoice, entry) {
                return None;
            }
            let template = message.template.clone();
            Some(match entry.opening {
                Opening::NotYet if deadline <= case.now => {
                    Reaching::Failed(Occurrence::MessageNotOpened, deadline, other)
                }
                Opening::NotYet => Reaching::Watched(Watched {
                    reason: Reason::plain(ReasonKind::OpeningAwaited {
                        template,
                        until: case.window.day_of(deadline),
                    }),
                    until: Some(deadline),
                }),
                Opening::Opened(at) => {
                    let on = local_day(at, case.facts.company.time_zone);
                    told(ReasonKind::MessageOpened { template, on })
                }
                Opening::Unknown => told(ReasonKind::OpeningUnknown { template }),
            })
        }
        (ActKind::Call(_), Work::Call) => {
            let asked = other.when.contains(&Unreached::NoAnswer);
            let unanswered = entry.outcome == Some(CallOutcome::NoAnswer);
            let last = track::last_call(invoice, entry, act);
            (asked && unanswered && last).then_some(Reaching::Failed(
                Occurrence::CallNotAnswered,
                entry.at,
                other,
            ))
        }
        _ => None,
    }
}

fn told<'a>(kind: ReasonKind) -> Reaching<'a> {
    Reaching::Watched(Watched {
        reason: Reason::plain(kind),
        until: None,
    })
}

/// When a message counts as not opened: the same time of day as it left, so many days later, on the clock of the sending window.
fn deadline(case: &Case<'_>, entry: &Progress, other: &Fallback) -> Option<DateTime<Utc>> {
    let zone = case.window.zone;
    let time = entry.at.with_timezone(&zone).time();
    let moments = other.when.iter().filter_map(|when| match when {
        Unreached::NotOpened(period) => {
            let day = after(case.window.day_of(entry.at), *period, &case.business);
            Some(first_moment(day.and_time(time), zone))
        }
        Unreached::Bounced | Unreached::NoAnswer => None,
    });
    moments.min()
}

fn was_done(invoice: &Invoice, answer: &str) -> bool {
    let mut done = invoice.progress.iter();
    done.any(|p| p.step == answer && matches!(p.state, ProgressState::Done | ProgressState::InDoubt))
}

/// A later step speaks since: whoever hears the next reminder need not be told of the one before by another medium.
fn overtaken(invoice: &Invoice, entry: &Progress) -> bool {
    invoice.progress.iter().any(|p| {
        p.at > entry.at
            && p.step != entry.step
            && !happened::is_answer(&p.step)
            && matches!(
                p.state,
                ProgressState::Done | ProgressState::InDoubt | ProgressState::Pending
            )
            && matches!(
                p.work,
                Work::Message | Work::MessageByHand | Work::Call | Work::HandOver
            )
    })
}

/// The customer spoke or paid since: the message was as good as read.
fn heard_from(case: &Case<'_>, invoice: &Invoice, entry: &Progress) -> bool {
    let sent = local_day(entry.at, case.facts.company.time_zone);
    let spoke = |kind| matches!(kind, HoldKind::Disputed | HoldKind::Promised | HoldKind::OnPlan);
    invoice.holds.iter().any(|h| spoke(h.kind) && h.from >= sent)
        || invoice
            .settlements
            .iter()
            .any(|s| s.by == SettledBy::Payment && s.on >= sent)
}
