//! What stands after `else`: read as it is written, one after the other, and kept as a chain in which each link knows the next.

use super::Checker;
use super::acts::Site;
use super::settings::Settings;
use crate::ast;
use crate::checked::{Act, ActKind, Channel, Fallback, Unreached};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::span::Span;
use crate::text;

/// What stands before an `else`, and so can fail to reach somebody.
#[derive(Clone, Copy)]
enum Before<'a> {
    Message(&'a Channel),
    Call,
    Task,
}

impl Checker<'_> {
    /// The chain after a message.
    pub(super) fn chain(
        &mut self,
        message: &ast::Message,
        settings: &Settings,
        site: Site,
    ) -> Option<Box<Fallback>> {
        let mut before = Before::Message(&message.channel.value);
        let mut links = Vec::new();
        for fallback in &message.fallbacks {
            let when = self.unreached(fallback, before, settings, site);
            let (kind, this) = match &fallback.kind {
                ast::FallbackKind::Message(m) => (
                    ActKind::Message(self.message(m, settings)),
                    Before::Message(&m.channel.value),
                ),
                ast::FallbackKind::Call(call) => (ActKind::Call(self.call(call, settings)), Before::Call),
                ast::FallbackKind::Task(task) => (ActKind::Task(self.task(task, settings)), Before::Task),
            };
            let span = fallback.span;
            links.push(Fallback {
                act: Act {
                    kind,
                    when: None,
                    span,
                },
                when,
            });
            before = this;
        }
        links.into_iter().rev().fold(None, |rest, mut link| {
            match &mut link.act.kind {
                ActKind::Message(message) => message.or_else = rest,
                ActKind::Call(call) => call.or_else = rest,
                _ => {}
            }
            Some(Box::new(link))
        })
    }

    /// When a link is taken; what is written nowhere follows from what stands before it.
    fn unreached(
        &mut self,
        fallback: &ast::Fallback,
        before: Before<'_>,
        settings: &Settings,
        site: Site,
    ) -> Vec<Unreached> {
        let default = match before {
            Before::Message(_) => Unreached::Bounced,
            Before::Call => Unreached::NoAnswer,
            Before::Task => {
                self.never_asked(
                    fallback.span,
                    &text!(
                        "A task reaches everybody to whom it is given: nothing is done instead of it.",
                        "Une tâche atteint toujours celui à qui elle est confiée : rien n'est fait à sa place."
                    ),
                    text!("end the line with the task", "terminez la ligne par la tâche"),
                );
                return vec![Unreached::Bounced];
            }
        };
        let mut when = Vec::new();
        for reason in &fallback.when {
            self.fits(reason, before, site);
            when.push(match &reason.value {
                ast::Unreached::Bounced => Unreached::Bounced,
                ast::Unreached::NoAnswer => Unreached::NoAnswer,
                ast::Unreached::NotOpened(period) => {
                    self.needs_calendar(period, settings);
                    Unreached::NotOpened(period.value)
                }
            });
        }
        if when.is_empty() {
            when.push(default);
        }
        when
    }

    /// That what stands before can fail in this way at all.
    fn fits(&mut self, reason: &ast::Spanned<ast::Unreached>, before: Before<'_>, site: Site) {
        match (&reason.value, before) {
            (ast::Unreached::NoAnswer, Before::Message(_)) => self.never_asked(
                reason.span,
                &text!(
                    "`no answer` is said of calls, and a message stands before it.",
                    "`sans réponse` se dit d'un appel, et c'est un message qui précède."
                ),
                text!(
                    "write `bounced`, or `not opened in 3 days`",
                    "écrivez `rejeté`, ou `non ouvert sous 3 jours`"
                ),
            ),
            (ast::Unreached::Bounced | ast::Unreached::NotOpened(_), Before::Call) => self.never_asked(
                reason.span,
                &text!(
                    "A call neither comes back nor is opened.",
                    "Un appel n'est ni rejeté ni ouvert."
                ),
                text!("write `no answer`", "écrivez `sans_réponse`"),
            ),
            (ast::Unreached::NotOpened(_), Before::Message(_)) if site == Site::Thanks => self.never_asked(
                reason.span,
                &text!(
                    "Nothing is sent after thanks: who has paid is left in peace.",
                    "Rien ne suit un remerciement : qui a payé est laissé tranquille."
                ),
                text!("take this condition away", "retirez cette condition"),
            ),
            (ast::Unreached::NotOpened(period), Before::Message(_)) if period.value.count == 0 => self
                .never_asked(
                    period.span,
                    &text!(
                        "Nobody can open a message in no time.",
                        "Personne n'ouvre un message en un temps nul."
                    ),
                    text!("write one day at least", "écrivez un jour au moins"),
                ),
            (ast::Unreached::NotOpened(_), Before::Message(channel)) => {
                self.can_be_known(reason.span, channel)
            }
            _ => {}
        }
    }

    fn never_asked(&mut self, span: Span, message: &Text, help: Text) {
        let d = Diagnostic::error(
            &codes::ELSE_NEVER,
            span,
            message.clone(),
            text!("never comes to this", "n'en arrive jamais là"),
        );
        self.report(d.help(help));
    }

    /// That somebody can tell whether such a message was opened.
    fn can_be_known(&mut self, span: Span, channel: &Channel) {
        let name = match channel {
            Channel::Email | Channel::Custom(_) => return,
            Channel::Sms => "sms",
            Channel::Letter => "letter",
            Channel::RegisteredLetter => "registered_letter",
        };
        if self.names.media.iter().any(|m| m.declared.name.value == name) {
            return;
        }
        let d = Diagnostic::warning(
            &codes::OPENING_UNKNOWN,
            span,
            text!(
                "A person sends this message, and nobody can tell whether it was opened: what stands here is never done.",
                "Une personne envoie ce message, et nul ne sait s'il a été ouvert : ce qui figure ici n'est jamais fait."
            ),
            text!("never known", "jamais connu"),
        );
        self.report(d.help(text!(
            "write `bounced`, which is that the message was not sent; or a step of its own some days later",
            "écrivez `rejeté`, c'est-à-dire que le message n'a pas été envoyé ; ou une étape à part quelques jours plus tard"
        )));
    }
}
