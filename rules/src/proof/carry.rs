//! Acts are carried out as the engine would: what a machine does is done at once, what a person does waits for the person.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::act::{self, Done};
use super::world::World;
use crate::days::first_moment;
use crate::decision::{Action, ActionKind, Decision};
use crate::facts::{Progress, ProgressState, SentMessage};
use crate::reason::{Reason, ReasonKind};
use crate::recheck::recheck;

/// When a call that nobody answers in the test is closed, on its due day.
const EVENING: NaiveTime = match NaiveTime::from_hms_opt(17, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Something that waits for a person.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub action: Action,
    pub kind: WaitingKind,
}

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WaitingKind {
    /// A call, closed as reached at this moment when the test does not say what it gives.
    Call(DateTime<Utc>),
}

/// What becomes of an action when it is decided.
enum Carried {
    /// It is sent at once.
    Sent,
    /// It waits for a person.
    Waits(WaitingKind),
    /// Somebody is to find an address.
    FixContact,
}

impl World<'_> {
    fn carried(&self, kind: &ActionKind) -> Carried {
        match kind {
            ActionKind::Email { .. } => Carried::Sent,
            ActionKind::Call { due, .. } => Carried::Waits(WaitingKind::Call(self.evening(*due))),
            ActionKind::FixContact { .. } => Carried::FixContact,
        }
    }

    fn evening(&self, due: NaiveDate) -> DateTime<Utc> {
        first_moment(due.and_time(EVENING), self.facts.company.time_zone).max(self.now)
    }

    /// Carries out one action of a decision, and writes it down.
    pub(super) fn carry_out(&mut self, action: &Action, decision: &Decision) {
        self.mark(action, ProgressState::Pending);
        match self.carried(&action.kind) {
            Carried::Sent => {
                self.mark(action, ProgressState::Done);
                let message = SentMessage {
                    at: self.now,
                    scenario: action.step.scenario.clone(),
                    step: action.step.step.clone(),
                };
                self.facts.messages.insert(0, message);
                self.mails.push(action.clone());
                // Whoever was to find an address need not look any more.
                self.facts.fixing_contact = false;
            }
            Carried::Waits(kind) => self.waiting.push(Waiting {
                action: action.clone(),
                kind,
            }),
            Carried::FixContact => self.facts.fixing_contact = true,
        }
        let of_items = decision
            .outlook
            .iter()
            .filter(|o| action.items.iter().any(|item| item.invoice == o.invoice));
        let others = of_items.flat_map(|o| &o.reasons).chain(&decision.reasons);
        let mut reasons = action.reasons.clone();
        reasons.extend(others.cloned());
        let day = self.today();
        let line = act::line(&self.facts, action, day, self.lang);
        self.done.push(Done {
            day,
            action: action.clone(),
            reasons,
            line,
        });
    }

    /// Writes the state of an action into the progress of its invoices.
    pub(super) fn mark(&mut self, action: &Action, state: ProgressState) {
        if !action.moves() {
            return;
        }
        for item in &action.items {
            let Some(invoice) = self.facts.invoices.iter_mut().find(|i| i.id == item.invoice) else {
                continue;
            };
            let of_this = |p: &&mut Progress| p.step == item.step && p.act == item.act;
            // The last one: an act that was called off or came back may have come again since.
            match invoice.progress.iter_mut().rev().find(of_this) {
                Some(entry) if state != ProgressState::Pending => {
                    entry.state = state;
                    entry.at = self.now;
                }
                _ => invoice.progress.push(Progress {
                    scenario: action.step.scenario.clone(),
                    step: item.step.clone(),
                    level: item.level,
                    act: item.act,
                    state,
                    at: self.now,
                }),
            }
        }
    }

    /// Calls off what waits for a person and need not be done any more, as the engine does before each decision.
    pub(super) fn call_off(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for one in waiting {
            let off = recheck(self.rulebook, &self.facts, &one.action, self.now);
            // That it is night, or that the limit of messages is reached, is no reason not to call.
            let only_the_hour = |reason: &Reason| {
                matches!(
                    reason.kind,
                    ReasonKind::OutsideWindow { .. } | ReasonKind::MessageLimit { .. }
                )
            };
            match off {
                Err(off) if !off.reasons.iter().all(only_the_hour) => {
                    self.mark(&one.action, ProgressState::Cancelled);
                    let line = act::line(&self.facts, &one.action, self.today(), self.lang);
                    let off = self.lang.pick("called off:", "annulé :");
                    self.note(&format!("{off} {}", line.get(11..).unwrap_or_default()));
                }
                _ => self.waiting.push(one),
            }
        }
    }

    /// The first moment at which a call is closed because nobody answers it: `answers` is how many the test has still to give.
    pub(super) fn next_unanswered(&self, answers: usize) -> Option<DateTime<Utc>> {
        let calls = self.waiting.iter().map(|w| match w.kind {
            WaitingKind::Call(until) => until,
        });
        calls.skip(answers).min()
    }

    /// Closes the calls that nobody answers, as reached.
    pub(super) fn close_unanswered(&mut self, answers: usize) {
        let mut seen = 0;
        let mut closed = Vec::new();
        let now = self.now;
        self.waiting.retain(|waiting| {
            let WaitingKind::Call(until) = waiting.kind;
            seen += 1;
            let keep = seen <= answers || until > now;
            if !keep {
                closed.push(waiting.action.clone());
            }
            keep
        });
        for action in closed {
            self.mark(&action, ProgressState::Done);
        }
    }
}
