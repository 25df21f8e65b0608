//! What stands against an invoice: holds, cash that covers it, a balance too small to ask for.

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::Scenario;
use relance_dsl::money::Money;

use super::case::Case;
use super::{promised, rate_missing};
use crate::days::start_of;
use crate::facts::{AccountFacts, HoldKind, HoldSpan, Invoice};
use crate::reason::{Reason, ReasonKind, bounded};
use crate::stops::{Stops, counts};
use crate::tally::{MissingRate, in_company_currency};

/// What stands against an invoice now.
pub(super) struct Against {
    /// What it is; empty when nothing does.
    pub reasons: Vec<Reason>,
    /// When it ends by time alone, if all of it does.
    pub until: Option<NaiveDate>,
    /// When a hold ends: it is looked at again then, whatever else stands against the invoice.
    pub wake: Option<DateTime<Utc>>,
    /// What could not be read.
    pub unread: Vec<Reason>,
}

impl Against {
    /// Finds it. A hold of the kind `own` is the matter itself, and stands against nothing.
    pub fn of(case: &Case<'_>, invoice: &Invoice, own: Option<HoldKind>) -> Self {
        let spans = || spans(case, invoice).filter(|s| Some(s.kind) != own);
        let end = Stops::of(spans()).around(case.today);
        let mut against = Self {
            reasons: spans()
                .filter(|s| s.from <= case.today && s.to.is_none_or(|to| case.today < to))
                .map(|span| held(case, span))
                .collect(),
            until: end.flatten(),
            wake: end
                .flatten()
                .map(|end| start_of(end, case.facts.company.time_zone)),
            unread: Vec::new(),
        };
        if let Some(unallocated) = case.covered.by(invoice.id, invoice.balance.currency) {
            against.add(case, ReasonKind::CoveredByUnallocated { unallocated });
        }
        against.small_balance(case, invoice);
        against
    }

    /// Something that ends by an event only.
    fn add(&mut self, case: &Case<'_>, kind: ReasonKind) {
        self.reasons.push(case.because(kind));
        self.until = None;
    }

    fn small_balance(&mut self, case: &Case<'_>, invoice: &Invoice) {
        let Some(limit) = case.scenario.ignore_below else {
            return;
        };
        let balance = invoice.balance;
        match ignores(case.facts, case.scenario, balance, case.today) {
            Ok(true) => self.add(case, ReasonKind::SmallBalance { balance, limit }),
            Ok(false) => {}
            Err(rate) => self.unread.push(rate_missing(&rate)),
        }
    }
}

/// Whether the scenario does not ask for so little.
///
/// # Errors
///
/// The rate that is missing to compare it with the limit.
pub(super) fn ignores(
    facts: &AccountFacts,
    scenario: &Scenario,
    amount: Money,
    today: NaiveDate,
) -> Result<bool, MissingRate> {
    let Some(limit) = scenario.ignore_below else {
        return Ok(false);
    };
    if limit.currency == amount.currency {
        return Ok(amount.amount < limit.amount);
    }
    let read = |money| in_company_currency(facts, money, today);
    Ok(read(amount)?.amount < read(limit)?.amount)
}

/// The days on which something stands against the invoice.
pub(super) fn stops(case: &Case<'_>, invoice: &Invoice) -> Stops {
    Stops::of(spans(case, invoice))
}

/// The holds that count, past, present and to come. The first promises of an invoice count, as many as the rules say.
pub(super) fn spans<'a>(case: &Case<'a>, invoice: &'a Invoice) -> impl Iterator<Item = &'a HoldSpan> {
    let holds = case.scenario.holds;
    let all = case.facts.holds.iter().chain(&invoice.holds);
    let used_up = promised::used_up(case, invoice);
    all.filter(move |s| {
        counts(s.kind, &holds) && !(s.kind == HoldKind::Promised && used_up.contains(&s.from))
    })
}

/// A hold, as a reason.
pub(super) fn held(case: &Case<'_>, span: &HoldSpan) -> Reason {
    case.because(ReasonKind::Held {
        hold: span.kind,
        from: span.from,
        to: span.to,
        note: bounded(span.note.clone()),
    })
}
