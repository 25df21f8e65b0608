//! All that the decision about one account stands on, once its scenario is known.

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::{Act, Expr, Scenario, Zone};
use relance_dsl::span::Span;

use super::bearings::Bearings;
use super::contact;
use super::cover::{self, Covered};
use crate::calendar::OpenDays;
use crate::eval::{Trace, holds};
use crate::facts::{AccountFacts, Contact, Invoice, Reach};
use crate::reason::SourceRef;
use crate::rulebook::Rulebook;
use crate::tally::Tally;
use crate::vocabulary::Scope;
use crate::window::Window;

/// One account under one scenario at one moment.
pub(crate) struct Case<'a> {
    pub rulebook: &'a Rulebook,
    pub scenario: &'a Scenario,
    pub facts: &'a AccountFacts,
    pub now: DateTime<Utc>,
    /// Today in the company's zone: facts and holds are read on it.
    pub today: NaiveDate,
    /// Today on the sending window's clock: steps are due on it.
    pub window_day: NaiveDate,
    pub window: Window,
    /// What a business day is when delays are counted.
    pub business: OpenDays,
    /// The contact who is written to.
    pub mail_to: Option<&'a Contact>,
    /// Invoices that unallocated cash covers.
    pub covered: Covered,
    scope: Scope<'a>,
}

impl<'a> Case<'a> {
    /// `None` when no scenario serves the customer, or a hook failed that this depends on.
    pub fn of(
        rulebook: &'a Rulebook,
        facts: &'a AccountFacts,
        now: DateTime<Utc>,
        tally: &'a Tally<'a>,
        bearings: &'a Bearings<'a>,
    ) -> Option<Self> {
        let scenario = bearings.scenario.filter(|_| bearings.stopped.is_none())?;
        let calendar = scenario
            .send
            .calendar
            .as_deref()
            .and_then(|name| rulebook.calendar(name))
            .map(OpenDays::of);
        let window = Window {
            days: calendar.clone().unwrap_or_else(OpenDays::every_day),
            from: scenario.send.from,
            to: scenario.send.to,
            zone: match scenario.send.zone {
                Zone::Customer => facts.customer.time_zone.unwrap_or(facts.company.time_zone),
                Zone::Company => facts.company.time_zone,
                Zone::Fixed(zone) => zone,
            },
        };
        let today = crate::days::local_day(now, facts.company.time_zone);
        let mail_to = contact::choose(&scenario.contact, &facts.contacts, |c| c.email == Reach::Usable);
        Some(Self {
            rulebook,
            scenario,
            facts,
            now,
            today,
            window_day: window.day_of(now),
            window,
            business: calendar.unwrap_or_else(OpenDays::monday_to_friday),
            mail_to,
            covered: cover::of(facts, scenario, today),
            scope: Scope {
                facts,
                today,
                tally,
                segment: bearings.segment.map(|s| s.name.name.as_str()),
                score: bearings.score.as_ref(),
                invoice: None,
                contact: mail_to,
                calls: bearings.calls,
            },
        })
    }

    /// Where conditions on an invoice are read from; without one, those on the account.
    pub fn scope(&self, invoice: Option<&'a Invoice>) -> Scope<'a> {
        Scope {
            invoice,
            ..self.scope
        }
    }

    /// Where the body of a message about an invoice to a contact is read from.
    pub fn scope_to(&self, invoice: &'a Invoice, contact: Option<&'a Contact>) -> Scope<'a> {
        Scope {
            contact,
            ..self.scope(Some(invoice))
        }
    }

    /// Whether an optional condition holds, and what was read for it.
    pub fn holds(&self, when: Option<&Expr>, invoice: &'a Invoice) -> (bool, Trace) {
        let mut trace = Trace::default();
        let held = when.is_none_or(|when| holds(when, &self.scope(Some(invoice)), &mut trace));
        (held, trace)
    }

    /// Whether an act has a condition of its own that does not hold now. One that cannot be read leaves nothing out.
    pub fn leaves_out(&self, act: &Act, invoice: &'a Invoice) -> bool {
        let Some(when) = &act.when else { return false };
        let (holds, trace) = self.holds(Some(when), invoice);
        !holds && trace.failed.is_none()
    }

    /// The line of the rules in which a span starts.
    pub fn source(&self, span: Span) -> SourceRef {
        SourceRef::of(&self.rulebook.checked.sources, span)
    }

    /// The first moment from now on at which the window is open on this day or later.
    pub fn opens_on(&self, day: NaiveDate) -> Option<DateTime<Utc>> {
        self.window.opens(self.window.start_of(day).max(self.now))
    }

    /// The first opening so many days from today on.
    pub fn opens_in(&self, days: i64) -> Option<DateTime<Utc>> {
        self.opens_on(crate::days::plus_days(self.window_day, days))
    }
}
