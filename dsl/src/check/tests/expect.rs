//! What tests expect, and whether any rule can do it.

use std::collections::HashSet;

use crate::ast::{self, Word};
use crate::check::Checker;
use crate::check::events::THEN;
use crate::check::settings::Settings;
use crate::checked::{Channel, Charge, Expect, ExpectKind, Expected};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::span::Span;
use crate::text;
use crate::vocabulary::Type;

impl<'a> Checker<'a> {
    pub(super) fn expect(&mut self, expect: &ast::Expect, invoices: &HashSet<&str>) -> Option<Expect> {
        let day = |d: &Option<ast::Spanned<chrono::NaiveDate>>| d.as_ref().map(|d| d.value);
        let kind = match &expect.kind {
            ast::ExpectKind::Nothing { of, from, to } => ExpectKind::Nothing {
                of: of.as_ref().map(|i| self.invoice(i, invoices)),
                from: day(from),
                to: day(to),
            },
            ast::ExpectKind::Segment(segment, on) => {
                self.is_one_of_ours(segment, Type::Segment)?;
                ExpectKind::Segment(segment.value.clone(), day(on))
            }
            ast::ExpectKind::Band(band, on) => {
                self.is_one_of_ours(band, Type::Band)?;
                ExpectKind::Band(band.value.clone(), day(on))
            }
            ast::ExpectKind::Points(points, on) => ExpectKind::Points(
                rust_decimal::prelude::ToPrimitive::to_i32(&points.value)?,
                day(on),
            ),
            ast::ExpectKind::Charged { fee, amount, of, on } => ExpectKind::Charged {
                what: if *fee {
                    Charge::RecoveryFee
                } else {
                    Charge::LateInterest
                },
                amount: self.money(amount)?,
                of: of.as_ref().map(|i| self.invoice(i, invoices)),
                on: day(on),
            },
            ast::ExpectKind::Act {
                what,
                of,
                alone,
                on,
                language,
                tone,
                because,
            } => ExpectKind::Act {
                what: self.expected(&what.value, what.span)?,
                of: of.iter().map(|i| self.invoice(i, invoices)).collect(),
                alone: *alone,
                on: day(on),
                language: language.as_ref().map(|l| l.value.clone()),
                tone: tone.as_ref().and_then(|t| self.tone(t)),
                because: because.as_ref().map(|b| b.value.clone()),
            },
            ast::ExpectKind::Timeline { lines, to, braces } => ExpectKind::Timeline {
                lines: lines.iter().map(|l| l.value.clone()).collect(),
                to: day(to),
                braces: *braces,
            },
        };
        Some(Expect {
            kind,
            span: expect.span,
        })
    }

    fn is_one_of_ours(&mut self, word: &Word, ty: Type) -> Option<()> {
        self.word_of(ty, &word.value, word.span).map(|_| ())
    }

    fn expected(&mut self, what: &ast::Expected, span: Span) -> Option<Expected> {
        let expected = match what {
            ast::Expected::Level(number) => {
                let most = self
                    .names
                    .scenarios
                    .iter()
                    .map(|s| s.levels.len())
                    .max()
                    .unwrap_or(0);
                let settings = Settings {
                    levels: Some(u8::try_from(most).unwrap_or(u8::MAX)),
                    ..Settings::default()
                };
                let level = self.level_number(number, &settings)?;
                Expected::Level(level)
            }
            ast::Expected::Step(step) => {
                let known = self.all_steps();
                self.can_be(step, &known, span)?;
                Expected::Step(step.value.clone())
            }
            ast::Expected::Thanks => Expected::Thanks,
            ast::Expected::Approval => Expected::Approval,
            ast::Expected::Note(text) => Expected::Note(text.as_ref().map(|t| t.value.clone())),
            ast::Expected::Notice(name) => Expected::Notice(name.as_ref().map(|t| t.value.clone())),
            ast::Expected::HandOver => Expected::HandOver,
            ast::Expected::Call(script) => {
                if let Some(script) = script {
                    let known = self.all_acts(|act| match act {
                        ast::ActKind::Call(call) => call.script.as_ref().map(|s| s.value.as_str()),
                        _ => None,
                    });
                    self.can_be(script, &known, span)?;
                }
                Expected::Call(script.as_ref().map(|s| s.value.clone()))
            }
            ast::Expected::Task(task) => Expected::Task(task.as_ref().map(|t| t.value.clone())),
            ast::Expected::Message(channel, template) => {
                self.channel(&ast::Spanned {
                    value: channel.clone(),
                    span,
                });
                if let Some(template) = template {
                    let known = self.all_acts(|act| match act {
                        ast::ActKind::Message(m) => Some(m.template.value.as_str()),
                        _ => None,
                    });
                    self.can_be(template, &known, span)?;
                }
                Expected::Message(channel.clone(), template.as_ref().map(|t| t.value.clone()))
            }
        };
        if matches!(&expected, Expected::Message(Channel::Custom(_), None)) {
            return None;
        }
        Some(expected)
    }

    /// That some scenario has what is expected.
    fn can_be(&mut self, word: &Word, known: &[&str], span: Span) -> Option<()> {
        let value = word.value.as_str();
        if known.contains(&value) || self.may_be_hidden(&[ast::BrokenKind::Step, ast::BrokenKind::Scenario]) {
            return Some(());
        }
        let d = Diagnostic::error(
            &codes::IMPOSSIBLE_EXPECTATION,
            span,
            text!(
                "No scenario does this: `{value}`.",
                "Aucun scénario ne fait cela : `{value}`."
            ),
            text!("can only fail", "ne peut qu'échouer"),
        );
        self.report(d.suggest(word.span, likely(value, known.iter().copied())));
        None
    }

    fn all_steps(&self) -> Vec<&'a str> {
        let scenarios = self.names.scenarios.iter();
        scenarios
            .flat_map(|s| {
                let steps = s.courtesy.iter().chain(&s.levels);
                let then = s.then.iter();
                let then = then.map(|t| t.name.as_ref().map_or(THEN.0, |name| name.value.as_str()));
                steps.map(|s| s.declared.name.value.as_str()).chain(then)
            })
            .collect()
    }

    /// What all acts of all scenarios and reactions say, fallbacks included.
    fn all_acts(&self, read: impl Fn(&'a ast::ActKind) -> Option<&'a str>) -> Vec<&'a str> {
        let scenarios = self.names.scenarios.iter().flat_map(|s| {
            let steps = s.courtesy.iter().chain(&s.levels).flat_map(|s| &s.acts);
            let then = s.then.iter().flat_map(|t| &t.acts);
            let thanks = s.thanks.iter().flat_map(|t| &t.acts);
            let events = s.events.iter().flat_map(|e| &e.acts);
            steps.chain(then).chain(thanks).chain(events)
        });
        let disputes = self.names.disputes.iter().flat_map(|d| &d.reactions);
        let plans = self.names.plans.iter().flat_map(|p| &p.reactions);
        let reactions = disputes.chain(plans).flat_map(|r| &r.acts);
        let mut found: Vec<&str> = Vec::new();
        for act in scenarios.chain(reactions) {
            found.extend(read(&act.kind));
            if let ast::ActKind::Message(message) = &act.kind {
                for fallback in &message.fallbacks {
                    found.extend(match &fallback.kind {
                        ast::FallbackKind::Message(m) => Some(m.template.value.as_str()),
                        ast::FallbackKind::Call(call) => call.script.as_ref().map(|s| s.value.as_str()),
                        ast::FallbackKind::Task(task) => Some(task.name.value.as_str()),
                    });
                }
            }
            found.extend(outcomes(&act.kind).filter_map(|o| match &o.kind {
                ast::OutcomeKind::Task(task) => Some(task.name.value.as_str()),
                ast::OutcomeKind::Message(message) => Some(message.template.value.as_str()),
                _ => None,
            }));
        }
        found
    }
}

/// What follows the calls of an act, those after `else` included.
fn outcomes(kind: &ast::ActKind) -> impl Iterator<Item = &ast::Outcome> {
    let (own, fallbacks) = match kind {
        ast::ActKind::Call(call) => (Some(call), [].as_slice()),
        ast::ActKind::Message(message) => (None, message.fallbacks.as_slice()),
        _ => (None, [].as_slice()),
    };
    let other = fallbacks.iter().filter_map(|f| match &f.kind {
        ast::FallbackKind::Call(call) => Some(call),
        _ => None,
    });
    own.into_iter().chain(other).flat_map(|call| &call.outcomes)
}
