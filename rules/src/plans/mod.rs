//! Payment plans: which instalment was missed, and on which days a plan stands against dunning.
//!
//! A plan holds while its debtor is not behind. An instalment is missed on the day after the last one on which it could be paid
//! (its own day and `missed after` of the rules), when less has come in by then than is due by then. From that day on the plan
//! stands against nothing, until the debtor has caught up. So no plan holds without an end: each of its holds ends with the
//! next instalment that is not paid, or when all is paid.

mod making;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use relance_dsl::money::Money;
use rust_decimal::Decimal;

pub use making::{Impossible, MOST_INSTALMENTS, equal_parts, possible};

use crate::days::plus_days;
use crate::facts::{HoldEnding, HoldKind, HoldSpan, PaymentPlan};
use crate::promises::Grace;

/// An instalment that was not paid in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missed {
    /// Its place in the plan, from 0.
    pub instalment: usize,
    /// The day on which it counts as missed: the first one after its last day.
    pub on: NaiveDate,
}

/// How far one instalment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// What has come in for it. Never more than its amount: money serves the oldest instalment first.
    pub paid: Money,
    /// The last day on which it is not missed.
    pub last_day: NaiveDate,
    /// What it is on the day that was asked for.
    pub state: ShareState,
}

/// The states of an instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareState {
    /// All of it has come in, on this day.
    Paid(NaiveDate),
    /// Its day has not passed.
    Due,
    /// Its day has passed, and it may still be paid.
    Late,
    /// It may not any more: the plan is missed.
    Missed,
}

/// The oldest instalment that is behind on a day. `None`: all that was to be paid by then has been.
///
/// A plan that has ended is judged by the day on which it ended: one that was cancelled because it was missed stays so, whatever
/// is paid later.
pub fn missed(plan: &PaymentPlan, grace: &Grace, today: NaiveDate) -> Option<Missed> {
    let day = plan.ended_on.map_or(today, |ended| ended.min(today));
    let paid = paid_by(plan, day);
    due_by(plan)
        .enumerate()
        .map(|(instalment, (due, sum))| (instalment, plus_days(grace.last_day_of_instalment(due), 1), sum))
        .find(|(_, on, sum)| *on <= day && paid < *sum)
        .map(|(instalment, on, _)| Missed { instalment, on })
}

/// The stretches in which a plan stands against dunning, in order; each ends by itself. They begin on the day on which it
/// was made, and again on the day on which the debtor has caught up with what was missed. How one ended is told of those that
/// have by `today`.
pub fn spans(plan: &PaymentPlan, grace: &Grace, today: NaiveDate) -> Vec<HoldSpan> {
    let paid_on = day_of(plan, total(plan));
    let end = [plan.ended_on, paid_on].into_iter().flatten().min();
    let mut stretches: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    let mut from = Some(plan.made_on);
    for (due, sum) in due_by(plan) {
        let last_day = grace.last_day_of_instalment(due);
        if paid_by(plan, last_day) < sum {
            stretches.extend(from.map(|from| (from, plus_days(last_day, 1))));
            from = from
                .zip(day_of(plan, sum))
                .map(|(from, caught_up)| from.max(caught_up));
        }
    }
    stretches.extend(from.zip(end));
    let ended = |to: NaiveDate| match to {
        to if to > today => None,
        to if paid_on == Some(to) => Some(HoldEnding::Kept),
        to if plan.ended_on == Some(to) => Some(HoldEnding::Withdrawn),
        _ => Some(HoldEnding::Broken),
    };
    stretches
        .into_iter()
        .map(|(from, to)| (from, end.map_or(to, |end| end.min(to))))
        .filter(|(from, to)| from < to)
        .map(|(from, to)| HoldSpan {
            kind: HoldKind::OnPlan,
            from,
            to: Some(to),
            note: awaited(plan, to).map_or_else(String::new, |amount| amount.to_string()),
            id: plan.id,
            ending: ended(to),
        })
        .collect()
}

/// How far each instalment has come by a day.
pub fn shares(plan: &PaymentPlan, grace: &Grace, today: NaiveDate) -> Vec<Share> {
    let paid = paid_by(plan, today);
    let mut shares = Vec::with_capacity(plan.instalments.len());
    for (instalment, (due, sum)) in plan.instalments.iter().zip(due_by(plan)) {
        let amount = instalment.amount.amount;
        let before = sum.saturating_sub(amount);
        let last_day = grace.last_day_of_instalment(due);
        let state = match day_of(plan, sum).filter(|day| *day <= today) {
            Some(day) => ShareState::Paid(day),
            None if today <= due => ShareState::Due,
            None if today <= last_day => ShareState::Late,
            None => ShareState::Missed,
        };
        let paid = paid.saturating_sub(before).clamp(Decimal::ZERO, amount);
        shares.push(Share {
            paid: Money::new(paid, instalment.amount.currency),
            last_day,
            state,
        });
    }
    shares
}

/// The amount of the instalment that is awaited until a day, for reasons.
fn awaited(plan: &PaymentPlan, until: NaiveDate) -> Option<Money> {
    let paid = paid_by(plan, plus_days(until, -1));
    let mut shares = plan.instalments.iter().zip(due_by(plan));
    let next = shares.find(|(_, (_, sum))| paid < *sum);
    next.map(|(instalment, _)| instalment.amount)
}

/// The day of each instalment, and how much is to be paid by then.
fn due_by(plan: &PaymentPlan) -> impl Iterator<Item = (NaiveDate, Decimal)> + '_ {
    plan.instalments.iter().scan(Decimal::ZERO, |sum, instalment| {
        *sum = sum.saturating_add(instalment.amount.amount);
        Some((instalment.due, *sum))
    })
}

fn total(plan: &PaymentPlan) -> Decimal {
    due_by(plan).last().map_or(Decimal::ZERO, |(_, sum)| sum)
}

/// What has come in by a day, that day included.
fn paid_by(plan: &PaymentPlan, day: NaiveDate) -> Decimal {
    let by_then = plan.paid.iter().filter(|settlement| settlement.on <= day);
    by_then.fold(Decimal::ZERO, |sum, s| sum.saturating_add(s.amount.amount))
}

/// The day on which a sum had come in.
fn day_of(plan: &PaymentPlan, sum: Decimal) -> Option<NaiveDate> {
    let mut days: Vec<NaiveDate> = plan.paid.iter().map(|settlement| settlement.on).collect();
    days.sort_unstable();
    days.into_iter().find(|day| paid_by(plan, *day) >= sum)
}
