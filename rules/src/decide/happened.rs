//! What happened to an invoice and what the rules answer to it. All of it follows from the facts: nothing is kept but what was
//! answered.

use chrono::NaiveDate;
use relance_dsl::checked::{Act, ActKind, CallOutcome, Event, EventKind, OutcomeKind};
use relance_dsl::span::Span;
use rust_decimal::Decimal;

use super::case::Case;
use super::reached::{self, Reaching, Watched};
use super::track::{self, StepState};
use crate::days::local_day;
use crate::disputes;
use crate::facts::{HoldEnding, HoldKind, HoldSpan, Invoice, Progress, ProgressState, Work};
use crate::occurrence::Occurrence;
use crate::plans;
use crate::promises::Grace;

/// Answers are kept as steps under names that begin with this: a name in the rules holds no space, so none can be the same.
const PREFIX: &str = "on ";

/// Something that happened to an invoice, with the answer to it.
pub(crate) struct Happened<'a> {
    /// What.
    pub what: Occurrence,
    /// The step under which the answer is kept: one for each time that it happens.
    pub key: String,
    /// When, in the company's time zone.
    pub on: NaiveDate,
    /// What is done.
    pub acts: &'a [Act],
    /// Where that stands.
    pub span: Span,
    /// What stands against dunning because of the event itself, and so not against the answer.
    pub own: Option<HoldKind>,
}

/// Whether a step is the answer to an event.
pub(crate) fn is_answer(step: &str) -> bool {
    step.starts_with(PREFIX)
}

/// Whether a step is the answer to a payment: the only one for an invoice that is settled.
pub(crate) fn is_answer_to_payment(step: &str) -> bool {
    step == key(Occurrence::PaidInFull, "")
}

/// The event that a step answers to.
pub(crate) fn answered(step: &str) -> Option<Occurrence> {
    Occurrence::of_name(step.strip_prefix(PREFIX)?.split(' ').next()?)
}

fn key(what: Occurrence, which: &str) -> String {
    format!("{PREFIX}{} {which}", what.name()).trim_end().to_owned()
}

/// All that happened to an invoice and has an answer, in no order.
pub(crate) fn to<'a>(case: &Case<'a>, invoice: &Invoice) -> Vec<Happened<'a>> {
    let mut all = Vec::new();
    let answers = Answers { case };
    if invoice.balance.amount <= Decimal::ZERO {
        all.extend(answers.paid(invoice));
        return all;
    }
    for hold in &invoice.holds {
        all.extend(answers.held(hold));
    }
    all.extend(answers.bounced(invoice));
    all.extend(answers.levels(invoice));
    all.extend(answers.missed(invoice));
    for step in case.scenario.courtesy.iter().chain(case.scenario.ladder()) {
        all.extend(answers.follow(invoice, &step.name.name, &step.acts));
    }
    // What follows from an answer is looked at like what follows from a step.
    let mut next = 0;
    while let Some(answer) = all.get(next) {
        let more = answers.follow(invoice, &answer.key, answer.acts);
        all.extend(more);
        next += 1;
    }
    all
}

/// Messages of which it is not known yet whether they were opened, and those of which it is known, or never will be.
pub(super) fn watched<'a>(case: &Case<'a>, invoice: &Invoice, happened: &[Happened<'a>]) -> Vec<Watched> {
    let steps = case.scenario.courtesy.iter().chain(case.scenario.ladder());
    let steps = steps.map(|step| (step.name.name.as_str(), step.acts.as_slice()));
    let answers = happened.iter().map(|h| (h.key.as_str(), h.acts));
    let mut all = Vec::new();
    for (step, acts) in steps.chain(answers) {
        for (entry, act) in carried_out(invoice, step, acts) {
            let key = instead(Occurrence::MessageNotOpened, entry);
            if let Some(Reaching::Watched(watched)) = reached::of(case, invoice, entry, act, &key) {
                all.push(watched);
            }
        }
    }
    all
}

/// What of a step was carried out, with what the rules give in its place now.
fn carried_out<'i, 'a>(
    invoice: &'i Invoice,
    step: &'i str,
    acts: &'a [Act],
) -> impl Iterator<Item = (&'i Progress, &'a Act)> {
    let done = move |p: &&Progress| p.state == ProgressState::Done && p.step == step;
    let entries = invoice.progress.iter().filter(done);
    entries.filter_map(|entry| Some((entry, acts.get(usize::from(entry.act))?)))
}

/// The key of what is done instead of an act that did not reach the customer: once in each cycle of an invoice.
fn instead(what: Occurrence, entry: &Progress) -> String {
    key(
        what,
        &format!("{} {} else {}", entry.step, entry.act, entry.link + 1),
    )
}

/// The answers of a scenario and of the whole rulebook.
struct Answers<'c, 'a> {
    case: &'c Case<'a>,
}

impl<'a> Answers<'_, 'a> {
    fn event(&self, kind: EventKind) -> Option<&'a Event> {
        self.case.scenario.events.iter().find(|e| e.kind == kind)
    }

    fn of_event(
        &self,
        kind: EventKind,
        what: Occurrence,
        which: &str,
        on: NaiveDate,
    ) -> Option<Happened<'a>> {
        let event = self.event(kind)?;
        Some(Happened {
            key: key(what, which),
            own: own(what),
            what,
            on,
            acts: &event.acts,
            span: event.span,
        })
    }

    /// An answer that is the same in all scenarios.
    fn of_all(acts: &'a [Act], what: Occurrence, which: &str, on: NaiveDate) -> Option<Happened<'a>> {
        Some(Happened {
            key: key(what, which),
            own: own(what),
            what,
            on,
            span: acts.first()?.span,
            acts,
        })
    }

    /// One answer: that to a late payment goes before that to any.
    fn paid(&self, invoice: &Invoice) -> Option<Happened<'a>> {
        let on = invoice.paid_on.filter(|on| *on >= invoice.known_since)?;
        let answer = |kind| self.of_event(kind, Occurrence::PaidInFull, "", on);
        let late = (on > invoice.due).then(|| answer(EventKind::PaidLate)).flatten();
        late.or_else(|| answer(EventKind::Paid))
    }

    /// Disputes and promises.
    fn held(&self, hold: &HoldSpan) -> Vec<Happened<'a>> {
        let answers = &self.case.rulebook.checked.disputes;
        let which = number(hold);
        let ended = hold.to.unwrap_or(hold.from);
        let happened = match (hold.kind, hold.ending) {
            (HoldKind::Promised, Some(HoldEnding::Broken)) => {
                vec![self.of_event(EventKind::PromiseBroken, Occurrence::PromiseBroken, &which, ended)]
            }
            (HoldKind::Disputed, None) => {
                let opened = Occurrence::DisputeOpened;
                vec![
                    self.of_event(EventKind::Dispute, opened, &which, hold.from),
                    disputes::late(self.case.rulebook, hold, self.case.today)
                        .and_then(|on| Self::of_all(&answers.late, Occurrence::DisputeLate, &which, on)),
                ]
            }
            (HoldKind::Disputed, Some(HoldEnding::Rejected)) => {
                vec![Self::of_all(
                    &answers.rejected,
                    Occurrence::DisputeRejected,
                    &which,
                    ended,
                )]
            }
            (HoldKind::Disputed, Some(HoldEnding::Accepted)) => {
                vec![Self::of_all(
                    &answers.accepted,
                    Occurrence::DisputeAccepted,
                    &which,
                    ended,
                )]
            }
            _ => Vec::new(),
        };
        happened.into_iter().flatten().collect()
    }

    /// Messages that came back.
    fn bounced(&self, invoice: &Invoice) -> Vec<Happened<'a>> {
        let zone = self.case.facts.company.time_zone;
        let back = |p: &&Progress| p.work == Work::Message && p.state == ProgressState::Failed;
        let mut all = Vec::new();
        for (n, entry) in invoice.progress.iter().filter(back).enumerate() {
            let which = format!("{} {} {}", entry.step, entry.act, n + 1);
            let on = local_day(entry.at, zone);
            all.extend(self.of_event(EventKind::Bounce, Occurrence::MessageBack, &which, on));
        }
        all
    }

    /// Levels that were carried out.
    fn levels(&self, invoice: &Invoice) -> Vec<Happened<'a>> {
        let zone = self.case.facts.company.time_zone;
        let mut all = Vec::new();
        for (step, level) in self.case.scenario.levels.iter().zip(1..) {
            if let StepState::Done(at) = track::state_without(invoice, &step.name.name, &step.acts, &|act| {
                self.case.leaves_out(act, invoice)
            }) {
                let done = Occurrence::LevelDone;
                let on = local_day(at, zone);
                all.extend(self.of_event(EventKind::Level(level), done, &level.to_string(), on));
            }
        }
        all
    }

    /// An instalment that was not paid in time. What the scenario says goes before what is said for all.
    fn missed(&self, invoice: &Invoice) -> Option<Happened<'a>> {
        let plan = invoice.plan.as_ref()?;
        let grace = Grace::of(self.case.rulebook);
        let missed = plans::missed(plan, &grace, self.case.today)?;
        let which = format!("{} {}", plan.id, missed.instalment + 1);
        let own = self.of_event(
            EventKind::PlanMissed,
            Occurrence::InstalmentMissed,
            &which,
            missed.on,
        );
        let all = &self.case.rulebook.checked.plans.missed;
        own.or_else(|| Self::of_all(all, Occurrence::InstalmentMissed, &which, missed.on))
    }

    /// What follows from the acts of a step, or of another answer: from what calls gave, and from what did not reach the customer.
    fn follow(&self, invoice: &Invoice, step: &str, acts: &'a [Act]) -> Vec<Happened<'a>> {
        let mut all: Vec<_> = self.calls(invoice, step, acts).collect();
        all.extend(self.unreached(invoice, step, acts));
        all
    }

    /// What calls gave.
    fn calls<'s>(
        &'s self,
        invoice: &'s Invoice,
        step: &'s str,
        acts: &'a [Act],
    ) -> impl Iterator<Item = Happened<'a>> + 's
    where
        'a: 's,
    {
        let zone = self.case.facts.company.time_zone;
        let made = |p: &&Progress| p.work == Work::Call && p.state == ProgressState::Done;
        let entries = invoice.progress.iter().filter(made).enumerate();
        entries
            .filter(move |(_, p)| p.step == step)
            .filter_map(move |(n, entry)| {
                let outcome = entry.outcome.as_ref()?;
                let link = acts
                    .get(usize::from(entry.act))?
                    .chain()
                    .nth(usize::from(entry.link))?;
                let act = follows(link, outcome)?;
                let what = Occurrence::of_call(outcome);
                Some(Happened {
                    key: key(what, &format!("{} {} {}", entry.step, entry.act, n + 1)),
                    what,
                    on: local_day(entry.at, zone),
                    acts: std::slice::from_ref(act),
                    span: act.span,
                    own: None,
                })
            })
    }

    /// What stands after `else`, for messages that were not opened and calls that nobody answered.
    fn unreached<'s>(
        &'s self,
        invoice: &'s Invoice,
        step: &'s str,
        acts: &'a [Act],
    ) -> impl Iterator<Item = Happened<'a>> + 's
    where
        'a: 's,
    {
        let zone = self.case.facts.company.time_zone;
        carried_out(invoice, step, acts).filter_map(move |(entry, act)| {
            // Most acts have nothing after `else`.
            act.or_else()?;
            let opened = instead(Occurrence::MessageNotOpened, entry);
            match reached::of(self.case, invoice, entry, act, &opened)? {
                Reaching::Watched(_) => None,
                Reaching::Failed(what, at, other) => Some(Happened {
                    key: instead(what, entry),
                    what,
                    on: local_day(at, zone),
                    acts: std::slice::from_ref(&other.act),
                    span: other.act.span,
                    own: None,
                }),
            }
        })
    }
}

/// What stands against dunning because of the event itself.
fn own(what: Occurrence) -> Option<HoldKind> {
    match what {
        Occurrence::DisputeOpened | Occurrence::DisputeLate => Some(HoldKind::Disputed),
        Occurrence::InstalmentMissed => Some(HoldKind::OnPlan),
        _ => None,
    }
}

/// Which of its kind a hold is: by its number, or by its first day when it has none.
fn number(hold: &HoldSpan) -> String {
    if hold.id == 0 {
        hold.from.to_string()
    } else {
        hold.id.to_string()
    }
}

/// What is done after this outcome of a call.
fn follows<'a>(call: &'a Act, outcome: &CallOutcome) -> Option<&'a Act> {
    let ActKind::Call(call) = &call.kind else {
        return None;
    };
    call.outcomes.iter().find_map(|o| match &o.kind {
        OutcomeKind::Do(act) if o.of == *outcome => Some(act),
        _ => None,
    })
}
