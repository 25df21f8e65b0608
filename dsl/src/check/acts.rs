//! What steps, events and reactions do.

use super::Checker;
use super::settings::Settings;
use crate::ast::{self, BrokenKind};
use crate::checked::{
    Act, ActKind, Call, CallOutcome, Charge, Expr, Message, Outcome, OutcomeKind, Resume, Task,
};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::span::Span;
use crate::text;
use crate::vocabulary::Context;

/// To whom a call or a task is assigned when nothing is written.
const COLLECTOR: &str = "collector";

/// How often a call is tried again when nothing is written.
const RETRIES: u16 = 1;

/// Most times that a call is tried again.
const MOST_RETRIES: u16 = 20;

/// Where acts stand: it decides what makes sense there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// In a courtesy step or a level.
    Step,
    /// After the last level.
    Then,
    /// In `thanks`.
    Thanks,
    /// In an answer to an event.
    Event,
    /// In `disputes`.
    Dispute,
    /// In `plans`.
    Plan,
}

impl Checker<'_> {
    /// Everything that is done in one place; what was wrong is left out.
    pub(super) fn acts(&mut self, acts: &[ast::Act], settings: &Settings, site: Site) -> Vec<Act> {
        let checked: Vec<Act> = acts
            .iter()
            .filter_map(|act| {
                self.belongs(act, site);
                let kind = self.act_kind(act, settings, site)?;
                let when = act.when.as_ref().and_then(|when| self.act_when(act, when, site));
                Some(Act {
                    kind,
                    when,
                    span: act.span,
                })
            })
            .collect();
        self.approval_of_something(acts);
        self.charge_of_something(acts);
        checked
    }

    fn act_kind(&mut self, act: &ast::Act, settings: &Settings, site: Site) -> Option<ActKind> {
        Some(match &act.kind {
            ast::ActKind::Message(message) => {
                let or_else = self.chain(message, settings, site);
                ActKind::Message(Message {
                    or_else,
                    ..self.message(message, settings)
                })
            }
            ast::ActKind::Call(call) => ActKind::Call(self.call(call, settings)),
            ast::ActKind::Task(task) => ActKind::Task(self.task(task, settings)),
            ast::ActKind::Charge { kinds, of } => {
                let table = self.charges_of(of.as_ref(), act.span);
                let kinds: Vec<Charge> = kinds.iter().filter_map(|k| self.charge_kind(k)).collect();
                self.charge_is_there(table, &kinds, act.span);
                ActKind::Charge {
                    kinds,
                    of: table?.declared.name.value.clone(),
                }
            }
            ast::ActKind::Approve { by, within } => ActKind::Approve {
                by: self.role(by),
                within: self.within(within.as_ref(), settings),
            },
            ast::ActKind::Continue { at, after } => ActKind::Continue {
                at: self.resume(at, settings)?,
                after: self.within(after.as_ref(), settings),
            },
            ast::ActKind::HandOver => ActKind::HandOver,
            ast::ActKind::CancelPlan => ActKind::CancelPlan,
            ast::ActKind::ExpectCreditNote => ActKind::ExpectCreditNote,
            ast::ActKind::Hook(call) => ActKind::Hook(self.effects(call)?),
        })
    }

    /// The condition of an act, which steps can have on what a person gets or does.
    fn act_when(&mut self, act: &ast::Act, when: &ast::Expr, site: Site) -> Option<Expr> {
        let is_step = matches!(site, Site::Step | Site::Then);
        let charge = matches!(act.kind, ast::ActKind::Charge { .. });
        if is_step && !charge {
            return self.condition(when, Context::Step);
        }
        let (message, help) = if charge {
            (
                text!(
                    "What is charged has no condition of its own.",
                    "Ce qui est facturé n'a pas de condition propre."
                ),
                text!(
                    "write the condition after the time of the step",
                    "écrivez la condition après le moment de l'étape"
                ),
            )
        } else {
            (
                text!(
                    "Only what a step does can have a condition of its own.",
                    "Seul ce que fait une étape peut avoir une condition propre."
                ),
                text!("take the condition away", "retirez la condition"),
            )
        };
        let label = text!("no condition here", "pas de condition ici");
        self.report(Diagnostic::error(&codes::ACT_NOT_HERE, when.span, message, label).help(help));
        None
    }

    /// That a place does something at all.
    pub(super) fn has_acts(&mut self, acts: &[ast::Act], span: Span, what: &Text) {
        if acts.is_empty() && !self.may_be_hidden(&[BrokenKind::Step]) {
            let (en, fr) = (&what.en, &what.fr);
            let d = Diagnostic::error(
                &codes::STEP_WITHOUT_ACTS,
                span,
                text!("{en} does nothing.", "{fr} ne fait rien."),
                text!("does nothing", "ne fait rien"),
            );
            self.report(d.help(text!(
                "write what is done, as in `{{ email template reminder }}`",
                "écrivez ce qui est fait, comme dans `{{ email modèle rappel }}`"
            )));
        }
    }

    /// That an act makes sense where it stands.
    fn belongs(&mut self, act: &ast::Act, site: Site) {
        let (fits, message) = match &act.kind {
            ast::ActKind::CancelPlan => (
                site == Site::Plan,
                text!(
                    "A plan is cancelled inside of `plans {{ when missed {{ ... }} }}` only.",
                    "Un échéancier ne s'annule que dans `échéanciers {{ si manqué {{ ... }} }}`."
                ),
            ),
            ast::ActKind::ExpectCreditNote => (
                site == Site::Dispute,
                text!(
                    "A credit note is awaited inside of `disputes {{ when accepted {{ ... }} }}` only.",
                    "Un avoir ne s'attend que dans `litiges {{ si accepté {{ ... }} }}`."
                ),
            ),
            ast::ActKind::Continue { .. } => (
                matches!(site, Site::Event | Site::Dispute | Site::Plan),
                text!(
                    "Dunning continues by itself here: `continue` answers to an event.",
                    "Ici la relance continue d'elle-même : `reprendre` répond à un événement."
                ),
            ),
            ast::ActKind::HandOver => (
                matches!(site, Site::Then | Site::Step | Site::Event | Site::Plan),
                text!(
                    "Nothing can be handed over to legal here.",
                    "Rien ne peut être transmis au contentieux ici."
                ),
            ),
            ast::ActKind::Charge { .. } | ast::ActKind::Approve { .. } => (
                site != Site::Thanks,
                text!(
                    "Thanks are neither charged nor approved.",
                    "Un remerciement n'est ni facturé ni validé."
                ),
            ),
            _ => return,
        };
        if fits {
            return;
        }
        let label = text!("not here", "pas ici");
        let d = Diagnostic::error(&codes::ACT_NOT_HERE, act.span, message, label);
        self.report(d.help(text!("take it away", "retirez-le")));
    }

    fn approval_of_something(&mut self, acts: &[ast::Act]) {
        let is_approval = |a: &ast::Act| matches!(a.kind, ast::ActKind::Approve { .. });
        if let Some(first) = acts.first()
            && acts.iter().all(is_approval)
            && !self.may_be_hidden(&[BrokenKind::Step])
        {
            let d = Diagnostic::error(
                &codes::APPROVAL_ALONE,
                first.span,
                text!(
                    "Somebody is asked to approve, and nothing else is done.",
                    "On demande une validation, et rien d'autre n'est fait."
                ),
                text!("approval of nothing", "validation de rien"),
            );
            self.report(d.help(text!(
                "write beside it what is done once it is approved",
                "écrivez à côté ce qui est fait une fois la validation donnée"
            )));
        }
    }

    /// A message, without what stands after `else`.
    pub(super) fn message(&mut self, message: &ast::Message, settings: &Settings) -> Message {
        self.channel(&message.channel);
        let tone = message.tone.as_ref().and_then(|t| self.tone(t));
        self.template(&message.template, tone, settings);
        Message {
            channel: message.channel.value.clone(),
            template: message.template.value.clone(),
            tone,
            attach: message.attach.iter().map(|a| a.value).collect(),
            or_else: None,
        }
    }

    pub(super) fn call(&mut self, call: &ast::Call, settings: &Settings) -> Call {
        if let Some(script) = &call.script {
            self.template(script, None, settings);
        }
        Call {
            script: call.script.as_ref().map(|s| s.value.clone()),
            assign: self.assigned(call.assign.as_ref()),
            within: self.within(call.within.as_ref(), settings),
            outcomes: call
                .outcomes
                .iter()
                .filter_map(|o| self.outcome(o, settings))
                .collect(),
            or_else: None,
        }
    }

    fn outcome(&mut self, outcome: &ast::Outcome, settings: &Settings) -> Option<Outcome> {
        if let CallOutcome::Unknown(word) = &outcome.of.value {
            self.unknown_outcome(word, outcome.of.span);
            return None;
        }
        let span = outcome.of.span;
        let done = |kind| {
            OutcomeKind::Do(Act {
                kind,
                when: None,
                span,
            })
        };
        let kind = match &outcome.kind {
            ast::OutcomeKind::Retry { after, at_most } => self.retry(after, at_most.as_ref(), settings),
            ast::OutcomeKind::OpenDispute(category) => {
                if let Some(category) = category {
                    self.category(category);
                }
                OutcomeKind::OpenDispute(category.as_ref().map(|c| c.value.clone()))
            }
            ast::OutcomeKind::Task(task) => done(ActKind::Task(self.task(task, settings))),
            ast::OutcomeKind::Message(message) => done(ActKind::Message(self.message(message, settings))),
            ast::OutcomeKind::Continue { at, after } => done(ActKind::Continue {
                at: self.resume(at, settings)?,
                after: self.within(after.as_ref(), settings),
            }),
        };
        Some(Outcome {
            of: outcome.of.value.clone(),
            kind,
        })
    }

    /// Says which outcomes there are.
    pub(super) fn unknown_outcome(&mut self, word: &str, span: Span) {
        let d = Diagnostic::error(
            &codes::UNKNOWN_OUTCOME,
            span,
            text!(
                "A call has no outcome `{word}`.",
                "Un appel n'a pas d'issue `{word}`."
            ),
            text!("unknown outcome", "issue inconnue"),
        );
        self.report(d.help(text!(
            "the outcomes are: reached, no_answer, promise, dispute, paid, other",
            "les issues sont : joint, sans_réponse, promesse, litige, payé, autre"
        )));
    }

    fn retry(
        &mut self,
        after: &ast::Period,
        at_most: Option<&ast::Spanned<rust_decimal::Decimal>>,
        settings: &Settings,
    ) -> OutcomeKind {
        self.needs_calendar(after, settings);
        let times = at_most.map_or(Some(RETRIES), |n| super::settings::bounded(n, 1, MOST_RETRIES));
        if times.is_none() || after.value.count == 0 {
            let span = at_most.filter(|_| times.is_none()).map_or(after.span, |n| n.span);
            let d = Diagnostic::error(
                &codes::RETRY_OUT_OF_BOUNDS,
                span,
                text!(
                    "A call is tried again after one day at least, and at most {MOST_RETRIES} times.",
                    "Un appel est retenté après un jour au moins, et au plus {MOST_RETRIES} fois."
                ),
                text!("out of bounds", "hors limites"),
            );
            self.report(d.help(text!(
                "write, for example, `retry after 1 business day, at most 2 times`",
                "écrivez, par exemple, `réessayer après 1 jour ouvré, au plus 2 fois`"
            )));
        }
        OutcomeKind::Retry {
            after: after.value,
            at_most: times.unwrap_or(RETRIES),
        }
    }

    pub(super) fn task(&mut self, task: &ast::Task, settings: &Settings) -> Task {
        Task {
            name: task.name.value.clone(),
            title: task.title.as_ref().map(|t| t.value.clone()),
            assign: self.assigned(task.assign.as_ref()),
            within: self.within(task.within.as_ref(), settings),
        }
    }

    fn assigned(&mut self, role: Option<&ast::Word>) -> String {
        role.map_or_else(|| COLLECTOR.to_owned(), |r| self.role(r))
    }

    fn within(&mut self, within: Option<&ast::Period>, settings: &Settings) -> Option<crate::period::Period> {
        within.map(|period| {
            self.needs_calendar(period, settings);
            period.value
        })
    }

    fn resume(&mut self, at: &ast::Resume, settings: &Settings) -> Option<Resume> {
        let number = match at {
            ast::Resume::WhereItWas => return Some(Resume::WhereItWas),
            ast::Resume::Level(number) => number,
        };
        self.level_number(number, settings).map(Resume::Level)
    }
}
