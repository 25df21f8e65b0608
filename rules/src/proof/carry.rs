//! Acts are carried out as the engine would: what a machine does is done at once, what a person does waits for the person.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::act::{self, Done, Why};
use super::world::World;
use crate::approvals;
use crate::days::first_moment;
use crate::decision::{Action, ActionKind, Decision};
use crate::disputes;
use crate::facts::{HoldKind, Opening, Progress, ProgressState, SentMessage, Work};
use crate::reason::{Reason, ReasonKind};
use crate::recheck::recheck;

/// When work that nobody closes in the test is closed, on its due day.
const EVENING: NaiveTime = match NaiveTime::from_hms_opt(17, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Something that waits for a person.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub action: Action,
    pub kind: WaitingKind,
    /// When it is closed as done, unless the test says what becomes of it; never when `None`.
    until: Option<DateTime<Utc>>,
}

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WaitingKind {
    /// A call: the test can say what it gives.
    Call,
    /// An approval: only the test can give it or refuse it.
    Approval,
    /// An approval that expired: the test can still give it or refuse it, or have it asked for again.
    Expired,
    /// A letter, a task, a case to hand over.
    Other,
}

/// What becomes of an action when it is decided.
enum Carried {
    /// It is sent at once.
    Sent,
    /// It waits for a person, and is closed as done on this day.
    Waits(WaitingKind, Option<NaiveDate>),
    /// Somebody is to find an address.
    FixContact,
    /// A note, or a post to another system: done at once.
    Told,
    /// It is noted, and done with that.
    AtOnce,
}

/// How each kind of action is carried out: a new kind needs an arm here, and two in `act`.
fn carried(kind: &ActionKind) -> Carried {
    match kind {
        ActionKind::Email { .. } | ActionKind::Webhook { .. } => Carried::Sent,
        ActionKind::Call { due, .. } => Carried::Waits(WaitingKind::Call, Some(*due)),
        ActionKind::Approval { .. } => Carried::Waits(WaitingKind::Approval, None),
        ActionKind::ByHand { due, .. } | ActionKind::Task { due, .. } | ActionKind::HandOver { due, .. } => {
            Carried::Waits(WaitingKind::Other, Some(*due))
        }
        ActionKind::FixContact { .. } => Carried::FixContact,
        ActionKind::Notice { .. } | ActionKind::Note { .. } => Carried::Told,
        ActionKind::Continue(_)
        | ActionKind::CancelPlan
        | ActionKind::ExpectCredit
        | ActionKind::Hook { .. } => Carried::AtOnce,
    }
}

impl World<'_> {
    fn evening(&self, due: NaiveDate) -> DateTime<Utc> {
        first_moment(due.and_time(EVENING), self.facts.company.time_zone).max(self.now)
    }

    /// Carries out one action of a decision, and writes it down.
    pub(super) fn carry_out(&mut self, action: &Action, decision: &Decision) {
        self.mark(action, ProgressState::Pending);
        match carried(&action.kind) {
            Carried::Sent => {
                self.finish(action);
                self.note_opening(action, Opening::NotYet);
                self.mails.push(action.clone());
                // Whoever was to find an address need not look any more.
                self.facts.fixing_contact = false;
            }
            Carried::Waits(kind, due) => self.waiting.push(Waiting {
                action: action.clone(),
                kind,
                until: due.map(|due| self.evening(due)),
            }),
            Carried::FixContact => self.facts.fixing_contact = true,
            Carried::Told => self.finish(action),
            Carried::AtOnce => return self.do_at_once(action),
        }
        let of_items = decision
            .outlook
            .iter()
            .filter(|o| action.items.iter().any(|item| item.invoice == o.invoice));
        let of_items = of_items.flat_map(|o| o.reasons.iter().map(|reason| (Some(o.invoice), reason)));
        let others = of_items.chain(decision.reasons.iter().map(|reason| (None, reason)));
        let mut reasons: Vec<Why> = action.reasons.iter().map(|r| (None, r.clone())).collect();
        for (of, reason) in others {
            if reasons.iter().all(|(_, known)| known != reason) {
                reasons.push((of, reason.clone()));
            }
        }
        let day = self.today();
        let line = act::line(&self.facts, action, day, self.lang);
        self.done.push(Done {
            day,
            action: action.clone(),
            reasons,
            line,
            expired: false,
        });
    }

    /// What the store would note by itself. It is told, and is nothing that anybody did.
    fn do_at_once(&mut self, action: &Action) {
        self.mark(action, ProgressState::Done);
        let mut changes = !matches!(action.kind, ActionKind::ExpectCredit);
        for item in &action.items {
            match &action.kind {
                ActionKind::CancelPlan => {
                    self.cancel_plan(item.invoice);
                }
                ActionKind::ExpectCredit => {
                    let invoice = self.facts.invoices.iter().find(|i| i.id == item.invoice);
                    if invoice.is_some_and(disputes::awaits_credit) {
                        self.hold(item.invoice, HoldKind::CreditExpected, None, "");
                        changes = true;
                    }
                }
                _ => {}
            }
        }
        if !changes {
            return;
        }
        let line = act::line(&self.facts, action, self.today(), self.lang);
        let words = line
            .strip_prefix(&format!("{} ", self.today()))
            .unwrap_or(&line)
            .to_owned();
        self.note(&words);
    }

    /// An act is done: a message counts as one that the customer has.
    pub(super) fn finish(&mut self, action: &Action) {
        self.mark(action, ProgressState::Done);
        if action.kind.work().is_some_and(Work::is_message) {
            let message = SentMessage {
                at: self.now,
                scenario: action.step.scenario.clone(),
                step: action.step.step.clone(),
            };
            self.facts.messages.insert(0, message);
        }
    }

    /// Writes the state of an action into the progress of its invoices.
    pub(super) fn mark(&mut self, action: &Action, state: ProgressState) {
        let Some(work) = action.kind.work() else { return };
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
                    work,
                    outcome: None,
                    resumed: match &action.kind {
                        ActionKind::Continue(resumed) => Some(*resumed),
                        ActionKind::Hook { resumed, .. } => *resumed,
                        _ => None,
                    },
                    until: match &action.kind {
                        ActionKind::Approval { until, .. } => Some(*until),
                        _ => None,
                    },
                    link: item.link,
                    opening: Opening::Unknown,
                    state,
                    at: self.now,
                }),
            }
        }
    }

    /// Writes down whether a message that left by itself was opened: the first time counts. In a test that can always be known.
    pub(super) fn note_opening(&mut self, action: &Action, opening: Opening) {
        for item in &action.items {
            let invoice = self.facts.invoices.iter_mut().find(|i| i.id == item.invoice);
            let of_this = |p: &&mut Progress| p.step == item.step && p.act == item.act && p.link == item.link;
            let entry = invoice.and_then(|i| i.progress.iter_mut().rev().find(of_this));
            if let Some(entry) = entry.filter(|e| !matches!(e.opening, Opening::Opened(_))) {
                entry.opening = opening;
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
                    self.note_about(self.lang.pick("called off:", "annulé :"), &one.action);
                }
                _ => self.expire(one),
            }
        }
    }

    /// Goes on waiting, unless it is an approval that can no longer be given: then somebody is asked to look after it.
    fn expire(&mut self, waiting: Waiting) {
        if waiting.kind != WaitingKind::Approval
            || !approvals::has_expired(&waiting.action.kind, self.today())
        {
            self.waiting.push(waiting);
            return;
        }
        self.mark(&waiting.action, ProgressState::Expired);
        let day = self.today();
        self.done.push(Done {
            day,
            line: act::expired(&self.facts, &waiting.action, day, self.lang),
            reasons: waiting.action.reasons.iter().map(|r| (None, r.clone())).collect(),
            action: waiting.action.clone(),
            expired: true,
        });
        self.waiting.push(Waiting {
            kind: WaitingKind::Expired,
            ..waiting
        });
    }

    /// Writes down what became of an act that was written down before.
    fn note_about(&mut self, what: &str, action: &Action) {
        let day = self.today();
        let line = act::line(&self.facts, action, day, self.lang);
        let act = line.strip_prefix(&format!("{day} ")).unwrap_or(&line);
        self.note(&format!("{what} {act}"));
    }

    /// The first moment at which something is closed because nobody says what becomes of it: `answers` is how many calls the
    /// test has still to answer.
    pub(super) fn next_unanswered(&self, answers: usize) -> Option<DateTime<Utc>> {
        let unanswered = self.unanswered(answers);
        let untils = self.waiting.iter().zip(unanswered);
        untils.filter(|(_, u)| *u).filter_map(|(w, _)| w.until).min()
    }

    /// Closes as done what nobody says anything of and whose time has come.
    pub(super) fn close_unanswered(&mut self, answers: usize) {
        let unanswered = self.unanswered(answers);
        let waiting = std::mem::take(&mut self.waiting);
        for (one, unanswered) in waiting.into_iter().zip(unanswered) {
            if unanswered && one.until.is_some_and(|until| until <= self.now) {
                self.finish(&one.action);
                let closed = match one.kind {
                    WaitingKind::Call => self.lang.pick("closed as reached:", "clos comme abouti :"),
                    WaitingKind::Approval | WaitingKind::Expired | WaitingKind::Other => {
                        self.lang.pick("done:", "fait :")
                    }
                };
                self.note_about(closed, &one.action);
            } else {
                self.waiting.push(one);
            }
        }
    }

    /// For each thing that waits whether the test says nothing of it: answers go to the oldest calls.
    fn unanswered(&self, answers: usize) -> Vec<bool> {
        let mut left = answers;
        let mut all = Vec::new();
        for one in &self.waiting {
            let answered = one.kind == WaitingKind::Call && left > 0;
            left -= usize::from(answered);
            all.push(!answered);
        }
        all
    }
}
