//! What is done: messages, calls, tasks and the rest.

use super::grammar::Rule;
use super::node::Node;
use super::reader::Reader;
use super::words::plain;
use crate::ast::{
    Act, ActKind, Attachment, Call, CallOutcome, Channel, Fallback, FallbackKind, HookCall, Message, Outcome,
    OutcomeKind, Resume, Spanned, Task, Unreached,
};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::text;

/// Outcomes of calls that are no keywords of their own: English, French, what they are.
pub(crate) const OUTCOMES: [(&str, &str, CallOutcome); 3] = [
    ("reached", "joint", CallOutcome::Reached),
    ("paid", "payé", CallOutcome::Paid),
    ("other", "autre", CallOutcome::Other),
];

impl Reader<'_> {
    /// Everything in braces, and what in it was not understood.
    pub(super) fn acts(&mut self, node: &Node<'_>) -> Vec<Act> {
        let mut acts = Vec::new();
        for part in node.part(Rule::acts).into_iter().flat_map(|n| n.parts()) {
            if part.rule() == Rule::bad_act {
                self.bad(&part);
            } else {
                acts.extend(self.act(&part));
            }
        }
        acts
    }

    /// Something that is done; nothing for marks between.
    pub(super) fn act(&mut self, node: &Node<'_>) -> Option<Act> {
        let kind = match node.rule() {
            Rule::message => ActKind::Message(self.message(node)?),
            Rule::call => ActKind::Call(self.call(node)),
            Rule::task => ActKind::Task(self.task(node)?),
            Rule::charge => ActKind::Charge {
                kinds: node.all(Rule::charge_kind).map(|n| n.word()).collect(),
                of: node.part(Rule::name).map(|n| n.word()),
            },
            Rule::approve => ActKind::Approve {
                by: node.part(Rule::user_role)?.word(),
                within: self.within(node),
            },
            Rule::continue_at => {
                let (at, after) = self.resume(node)?;
                ActKind::Continue { at, after }
            }
            Rule::hand_over => ActKind::HandOver,
            Rule::cancel_plan => ActKind::CancelPlan,
            Rule::expect_credit => ActKind::ExpectCreditNote,
            Rule::hook_act => ActKind::Hook(hook_call(node)?),
            _ => return None,
        };
        let when = node.part(Rule::act_when).and_then(|n| n.part(Rule::expr));
        Some(Act {
            kind,
            when: when.map(|n| self.expr(&n)),
            span: node.span(),
        })
    }

    fn message(&mut self, node: &Node<'_>) -> Option<Message> {
        let channel = channel(&node.part(Rule::channel)?)?;
        let template = node
            .parts()
            .find(|n| matches!(n.rule(), Rule::name | Rule::quoted_name))?;
        let template = self.unquoted(&template);
        if !node.has(Rule::kw_template) {
            let d = Diagnostic::error(
                &codes::TEMPLATE_WORD_MISSING,
                template.span,
                text!(
                    "The word `template` is missing before the template's name.",
                    "Il manque le mot `modèle` devant le nom du modèle."
                ),
                text!(
                    "`template` is missing before this",
                    "il manque `modèle` avant ceci"
                ),
            );
            let right = format!("{} {}", self.lang.pick("template", "modèle"), template.value);
            let help = text!("write `template {}`", "écrivez `modèle {}`", template.value);
            self.report(d.help(help).fix(template.span, right));
        }
        Some(Message {
            channel,
            template,
            tone: tone(node),
            attach: node
                .all(Rule::attach)
                .flat_map(|n| n.all(Rule::attachment))
                .map(|n| attachment(&n))
                .collect(),
            fallbacks: node
                .all(Rule::fallback)
                .filter_map(|n| self.fallback(&n))
                .collect(),
        })
    }

    fn fallback(&mut self, node: &Node<'_>) -> Option<Fallback> {
        let what = node
            .parts()
            .find(|n| matches!(n.rule(), Rule::plain_message | Rule::call | Rule::task))?;
        let kind = match what.rule() {
            Rule::plain_message => FallbackKind::Message(self.message(&what)?),
            Rule::call => FallbackKind::Call(self.call(&what)),
            _ => FallbackKind::Task(self.task(&what)?),
        };
        Some(Fallback {
            kind,
            when: node.all(Rule::unreached).map(|n| self.unreached(&n)).collect(),
            span: node.span(),
        })
    }

    fn unreached(&mut self, node: &Node<'_>) -> Spanned<Unreached> {
        let value = if node.has(Rule::kw_bounced) {
            Unreached::Bounced
        } else if let Some(period) = node.part(Rule::period) {
            Unreached::NotOpened(self.period(&period))
        } else {
            Unreached::NoAnswer
        };
        Spanned {
            value,
            span: node.span(),
        }
    }

    fn call(&mut self, node: &Node<'_>) -> Call {
        let script = node
            .parts()
            .find(|n| matches!(n.rule(), Rule::name | Rule::quoted_name));
        Call {
            script: script.map(|n| self.unquoted(&n)),
            assign: assign(node),
            within: self.within(node),
            outcomes: node.all(Rule::outcome).filter_map(|n| self.outcome(&n)).collect(),
        }
    }

    fn outcome(&mut self, node: &Node<'_>) -> Option<Outcome> {
        let of = call_outcome(&node.part(Rule::call_outcome)?);
        let what = node.parts().last()?;
        let kind = match what.rule() {
            Rule::retry => OutcomeKind::Retry {
                after: self.period(&what.part(Rule::period)?),
                at_most: what.part(Rule::number).map(|n| self.number(&n)),
            },
            Rule::open_dispute => OutcomeKind::OpenDispute(what.part(Rule::name).map(|n| n.word())),
            Rule::task => OutcomeKind::Task(self.task(&what)?),
            Rule::continue_at => {
                let (at, after) = self.resume(&what)?;
                OutcomeKind::Continue { at, after }
            }
            _ => OutcomeKind::Message(self.message(&what)?),
        };
        Some(Outcome {
            of,
            kind,
            span: node.span(),
        })
    }

    fn task(&mut self, node: &Node<'_>) -> Option<Task> {
        Some(Task {
            name: node.part(Rule::name)?.word(),
            title: self.title(node),
            assign: assign(node),
            within: self.within(node),
        })
    }

    fn resume(&mut self, node: &Node<'_>) -> Option<(Resume, Option<crate::ast::Period>)> {
        let at = if node.has(Rule::kw_where_it_was) {
            Resume::WhereItWas
        } else {
            Resume::Level(self.number(&node.part(Rule::number)?))
        };
        Some((at, node.part(Rule::period).map(|n| self.period(&n))))
    }

    /// The period after `within`.
    fn within(&mut self, node: &Node<'_>) -> Option<crate::ast::Period> {
        let within = node.part(Rule::within)?;
        within.part(Rule::period).map(|n| self.period(&n))
    }
}

/// The medium that a message names.
pub(super) fn channel(node: &Node<'_>) -> Option<Spanned<Channel>> {
    let first = node.first()?;
    let value = match first.rule() {
        Rule::kw_email => Channel::Email,
        Rule::kw_sms => Channel::Sms,
        Rule::kw_letter => Channel::Letter,
        Rule::registered => Channel::RegisteredLetter,
        _ => Channel::Custom(first.text().to_owned()),
    };
    Some(Spanned {
        value,
        span: node.span(),
    })
}

/// What a call gave.
pub(super) fn call_outcome(node: &Node<'_>) -> Spanned<CallOutcome> {
    let value = match node.first().map(|n| n.rule()) {
        Some(Rule::kw_no_answer) => CallOutcome::NoAnswer,
        Some(Rule::kw_dispute) => CallOutcome::Dispute,
        Some(Rule::kw_promise) => CallOutcome::Promise,
        _ => {
            let word = plain(node.text());
            OUTCOMES
                .iter()
                .find(|(en, fr, _)| *en == word || plain(fr) == word)
                .map_or_else(
                    || CallOutcome::Unknown(node.text().to_owned()),
                    |(_, _, outcome)| outcome.clone(),
                )
        }
    };
    Spanned {
        value,
        span: node.span(),
    }
}

/// `hook trend(account)`
pub(super) fn hook_call(node: &Node<'_>) -> Option<HookCall> {
    Some(HookCall {
        name: node.part(Rule::name)?.word(),
        arguments: node
            .part(Rule::parameters)
            .into_iter()
            .flat_map(|n| n.all(Rule::name))
            .map(|n| n.word())
            .collect(),
    })
}

/// The tone after `tone`.
pub(super) fn tone(node: &Node<'_>) -> Option<crate::ast::Word> {
    let tone = node.part(Rule::in_tone)?;
    tone.part(Rule::tone_name).map(|n| n.word())
}

fn assign(node: &Node<'_>) -> Option<crate::ast::Word> {
    let assign = node.part(Rule::assign)?;
    assign.part(Rule::user_role).map(|n| n.word())
}

fn attachment(node: &Node<'_>) -> Spanned<Attachment> {
    let value = if node.has(Rule::kw_statement) {
        Attachment::Statement
    } else {
        Attachment::Invoices
    };
    Spanned {
        value,
        span: node.span(),
    }
}
