//! The decision about one account, one idea a file: who the customer is to the rules (`bearings`, `segment`), where each invoice stands
//! (`standing`, with `courtesy`, `levels`, `planned`, `promised`, `release`, `chosen`, `tries` and `track`), what may go out now (`actions`, with `hooked`, `body`, `doing`, `way`, `work`, `limit`, `contact` and `voice`), and
//! when to look again.

mod actions;
mod against;
pub(crate) mod answers;
pub(crate) mod bearings;
mod because;
pub(crate) mod body;
mod case;
mod chosen;
mod contact;
mod courtesy;
mod cover;
mod doing;
pub(crate) mod happened;
mod hooked;
mod levels;
mod limit;
mod planned;
mod promised;
mod reached;
mod release;
mod resumed;
pub(crate) mod segment;
pub(crate) mod standing;
pub(crate) mod thanks;
mod track;
mod tries;
mod voice;
mod way;
mod work;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::days::{local_day, plus_days, start_of};
use crate::decision::{Decision, Outlook};
use crate::facts::{AccountFacts, Invoice};
use crate::hooks::Calls;
use crate::reason::{Reason, ReasonKind};
use crate::rulebook::Rulebook;
use crate::tally::{MissingRate, Tally};
use crate::vocabulary::Pace;

use bearings::Bearings;
pub(crate) use case::Case;
pub(crate) use limit::Allowance;
pub use segment::segment_of;

/// Decides what is to be done now for one account, what comes next for each open invoice, and why.
///
/// Pure and total: the same input gives the same output, and "nothing today" has its reasons too. Deciding again at
/// [`Decision::next_review_at`] makes progress; deciding before, with the same facts, gives nothing new.
pub fn decide(rulebook: &Rulebook, facts: &AccountFacts, now: DateTime<Utc>) -> Decision {
    let facts = &*rulebook.renames.read(facts);
    let today = local_day(now, facts.company.time_zone);
    let tally = Tally::of(facts, today);
    let calls = Calls::needed(rulebook);
    let mut bearings = Bearings::of(rulebook, facts, &tally, today, calls.as_ref());
    let mut reasons = std::mem::take(&mut bearings.reasons);
    let mut wakes = vec![drift(&bearings, facts, now)];
    let mut decision = Decision {
        segment: bearings.segment.map(|s| bearings::named(&s.name)),
        score: bearings.score.clone(),
        scenario: bearings.scenario.map(|s| bearings::named(&s.name)),
        actions: Vec::new(),
        outlook: Vec::new(),
        reasons: Vec::new(),
        attention: Vec::new(),
        next_review_at: None,
    };
    if open(facts).next().is_none() {
        reasons.push(Reason::plain(ReasonKind::NothingOpen));
    }
    match Case::of(rulebook, facts, now, &tally, &bearings) {
        None => {
            let why = bearings.why_unserved();
            decision.outlook = open(facts).map(|invoice| unserved(invoice, &why)).collect();
        }
        Some(case) => {
            let mut standings: Vec<_> = open(facts).map(|i| standing::of(&case, i)).collect();
            let thanks = thanks::due(&case);
            let answers = answers::due(&case);
            reasons.extend(thanks.reasons.iter().cloned());
            wakes.extend([thanks.wake, answers.wake]);
            decision.attention.extend(thanks.attention);
            decision.attention.extend(answers.attention);
            for (invoice, reason) in answers.reasons {
                let of_it = standings.iter_mut().find(|s| s.invoice.id == invoice);
                of_it.into_iter().for_each(|s| s.reasons.push(reason.clone()));
            }
            let others = [answers.ready, thanks.ready].concat();
            decision.actions = actions::make(&case, &mut standings, others, &mut reasons, &mut wakes);
            wakes.extend(standings.iter().map(|s| s.wake));
            let attention = standings.iter().flat_map(|s| s.attention.iter().cloned());
            decision.attention.extend(attention);
            decision.outlook = standings.into_iter().map(|s| s.outlook(&case)).collect();
        }
    }
    decision.next_review_at = wakes.into_iter().flatten().filter(|at| *at > now).min();
    if let Some(calls) = &calls {
        calls.tell(&mut reasons, &mut decision);
    }
    decision.reasons = each_once(reasons);
    decision
}

/// What several parts of the decision have to say of the whole account is said once.
fn each_once(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut said: Vec<Reason> = Vec::with_capacity(reasons.len());
    for reason in reasons {
        let repeatable = matches!(
            reason.kind,
            ReasonKind::RateMissing { .. } | ReasonKind::MessageLimit { .. } | ReasonKind::MessageUnderWay
        );
        if !repeatable || !said.contains(&reason) {
            said.push(reason);
        }
    }
    said
}

/// The invoices that are not paid.
fn open(facts: &AccountFacts) -> impl Iterator<Item = &Invoice> {
    facts.invoices.iter().filter(|i| i.balance.amount > Decimal::ZERO)
}

/// When the segment has to be read anew although nothing happened: conditions on days may change tomorrow, those on windows of
/// twelve months are looked at once a week.
fn drift(bearings: &Bearings<'_>, facts: &AccountFacts, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    open(facts).next()?;
    let zone = facts.company.time_zone;
    let in_days = |days| start_of(plus_days(local_day(now, zone), days), zone);
    match bearings.pace {
        // What failed may go well on another day.
        _ if bearings.stopped.is_some() => Some(in_days(1)),
        Pace::Still => None,
        Pace::Slow => Some(in_days(7)),
        Pace::Daily => Some(in_days(1)),
    }
}

/// What is to be said of an invoice whose customer no scenario serves.
fn unserved(invoice: &Invoice, why: &Reason) -> Outlook {
    let (last_step, last_level) = track::last(invoice);
    Outlook {
        invoice: invoice.id,
        cycle: invoice.cycle,
        last_step,
        last_level,
        next: None,
        next_on: None,
        reasons: vec![why.clone()],
    }
}

/// A rate that was missing, as a reason.
fn rate_missing(rate: &MissingRate) -> Reason {
    Reason::plain(ReasonKind::RateMissing {
        currency: rate.currency.code().to_owned(),
        on: rate.on,
    })
}
