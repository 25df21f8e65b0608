//! What follows the last level, and what answers to events.

use std::collections::HashMap;

use super::Checker;
use super::acts::Site;
use super::declarations::name;
use super::settings::{Settings, bounded};
use crate::ast::{self, Spanned};
use crate::checked::{Act, ActKind, Event, EventKind, Step, Timing};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text;
use crate::vocabulary::Context;

/// The name of what follows the last level, when none is written.
pub(crate) const THEN: (&str, &str) = ("then", "puis");

impl<'a> Checker<'a> {
    /// `then after 15 days { ... }`
    pub(super) fn then(&mut self, scenario: &'a ast::Scenario, settings: &Settings) -> Option<Step> {
        let [then, rest @ ..] = scenario.then.as_slice() else {
            return None;
        };
        if let Some(again) = rest.first() {
            let d = Diagnostic::error(
                &codes::SETTING_TWICE,
                again.span,
                text!("`then` stands twice.", "`puis` figure deux fois."),
                text!("a second one", "une seconde fois"),
            );
            let label = text!("the first one", "la première fois");
            self.report(
                d.also(then.span, label)
                    .help(text!("keep one of them", "gardez-en une")),
            );
        }
        if scenario.levels.is_empty() {
            let d = Diagnostic::error(
                &codes::WRONG_ANCHOR,
                then.span,
                text!(
                    "`then` counts from the last level, and there is none.",
                    "`puis` compte à partir du dernier niveau, et il n'y en a pas."
                ),
                text!("after what?", "après quoi ?"),
            );
            self.report(d.help(text!(
                "write a level first, as in `level 1 reminder 8 days after due {{ ... }}`",
                "écrivez d'abord un niveau, comme `niveau 1 rappel 8 jours après échéance {{ ... }}`"
            )));
        }
        self.needs_calendar(&then.after, settings);
        let when = then.when.as_ref().and_then(|e| self.condition(e, Context::Step));
        self.has_acts(&then.acts, then.span, &text!("`then`", "`puis`"));
        let declared = ast::Declared {
            name: then.name.clone().unwrap_or_else(|| Spanned {
                value: THEN.0.to_owned(),
                span: then.span,
            }),
            title: then.title.clone(),
            was: Vec::new(),
        };
        let last = u8::try_from(scenario.levels.len()).unwrap_or(u8::MAX);
        Some(Step {
            name: name(&declared),
            level: None,
            timing: Timing::AfterLevel(then.after.value, last),
            when,
            acts: self.acts(&then.acts, settings, Site::Then),
        })
    }

    /// `on promise broken { ... }` and the like.
    pub(super) fn events(&mut self, scenario: &'a ast::Scenario, settings: &Settings) -> Vec<Event> {
        let mut seen: HashMap<EventKind, Span> = HashMap::new();
        let mut events = Vec::new();
        for event in &scenario.events {
            let Some(kind) = self.event_kind(&event.kind, settings) else {
                continue;
            };
            if let Some(first) = seen.insert(kind, event.span) {
                let d = Diagnostic::error(
                    &codes::EVENT_TWICE,
                    event.span,
                    text!(
                        "This scenario answers twice to one event.",
                        "Ce scénario répond deux fois au même événement."
                    ),
                    text!("answered again", "une seconde réponse"),
                );
                let label = text!("answered here already", "une réponse figure déjà ici");
                self.report(d.also(first, label).help(text!(
                    "put both into one pair of braces",
                    "mettez les deux dans une même paire d'accolades"
                )));
            }
            self.has_acts(&event.acts, event.span, &text!("This answer", "Cette réponse"));
            events.push(Event {
                kind,
                acts: self.acts(&event.acts, settings, Site::Event),
                span: event.span,
            });
        }
        events
    }

    /// A hook in `on level n { ... }` is asked as if it stood in level n, where it can still say what becomes of the level; what else is
    /// done there answers to the level once it was carried out.
    pub(super) fn hooks_of_levels(&mut self, levels: &mut [Step], events: &mut Vec<Event>) {
        for event in &mut *events {
            let EventKind::Level(level) = event.kind else {
                continue;
            };
            let place = usize::from(level).checked_sub(1);
            let Some(step) = place.and_then(|place| levels.get_mut(place)) else {
                continue;
            };
            let is_hook = |act: &mut Act| matches!(act.kind, ActKind::Hook(_));
            let hooks: Vec<Act> = event.acts.extract_if(.., is_hook).collect();
            let approval = event
                .acts
                .iter()
                .find(|a| matches!(a.kind, ActKind::Approve { .. }));
            if let Some(approval) = approval.filter(|_| !hooks.is_empty()) {
                self.approval_of_hook(approval.span, level);
            }
            step.acts.extend(hooks);
        }
        events.retain(|event| !event.acts.is_empty());
    }

    fn approval_of_hook(&mut self, span: Span, level: u8) {
        let d = Diagnostic::error(
            &codes::ACT_NOT_HERE,
            span,
            text!(
                "The hook beside this is asked before level {level} is carried out: it cannot be approved here.",
                "La fonction voisine est interrogée avant que le niveau {level} ne soit effectué : elle ne peut pas être validée ici."
            ),
            text!("not here", "pas ici"),
        );
        self.report(d.help(text!(
            "write hook and approval in the braces of level {level}",
            "écrivez fonction et validation dans les accolades du niveau {level}"
        )));
    }

    fn event_kind(&mut self, kind: &Spanned<ast::EventKind>, settings: &Settings) -> Option<EventKind> {
        Some(match kind.value {
            ast::EventKind::PromiseBroken => EventKind::PromiseBroken,
            ast::EventKind::Bounce => EventKind::Bounce,
            ast::EventKind::Paid => EventKind::Paid,
            ast::EventKind::PaidLate => EventKind::PaidLate,
            ast::EventKind::Dispute => EventKind::Dispute,
            ast::EventKind::PlanMissed => EventKind::PlanMissed,
            ast::EventKind::Level(number) => {
                let number = Spanned {
                    value: number,
                    span: kind.span,
                };
                EventKind::Level(self.level_number(&number, settings)?)
            }
        })
    }

    /// The number of a level that the scenario has.
    pub(super) fn level_number(
        &mut self,
        number: &Spanned<rust_decimal::Decimal>,
        settings: &Settings,
    ) -> Option<u8> {
        let level = bounded(number, 1, 250).and_then(|n| u8::try_from(n).ok());
        let hidden = self.may_be_hidden(&[ast::BrokenKind::Step]);
        match (level, settings.levels) {
            (Some(level), None) => return Some(level),
            (Some(level), Some(all)) if level <= all || hidden => return Some(level),
            _ => {}
        }
        let value = number.value;
        let d = Diagnostic::error(
            &codes::NO_SUCH_LEVEL,
            number.span,
            text!(
                "There is no level {value} in this scenario.",
                "Il n'y a pas de niveau {value} dans ce scénario."
            ),
            text!("no such level", "ce niveau n'existe pas"),
        );
        let all = settings.levels.unwrap_or(0);
        self.report(d.help(text!(
            "levels of this scenario: {all}",
            "niveaux de ce scénario : {all}"
        )));
        None
    }
}
