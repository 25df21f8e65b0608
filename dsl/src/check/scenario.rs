//! Scenarios: whom they serve, and their parts put together.

use std::collections::HashMap;

use super::Checker;
use super::acts::Site;
use super::declarations::name;
use super::expr::listed;
use super::settings::Settings;
use crate::ast::{self, BrokenKind};
use crate::checked::{Scenario, Thanks};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::span::Span;
use crate::text;
use crate::vocabulary::Context;

impl<'a> Checker<'a> {
    /// All scenarios, in source order.
    pub(super) fn scenarios(&mut self) -> Vec<Scenario> {
        let declared = self.names.scenarios.clone();
        self.served(&declared);
        declared.iter().map(|s| self.scenario(s)).collect()
    }

    /// That each segment is known, and served at most once.
    fn served(&mut self, scenarios: &[&'a ast::Scenario]) {
        let names = self.names.segment_names();
        let hidden = self.may_be_hidden(&[BrokenKind::Segment]);
        if let Some(first) = scenarios.first()
            && names.is_empty()
            && !hidden
        {
            let d = Diagnostic::error(
                &codes::NO_SEGMENTS,
                first.declared.name.span,
                text!(
                    "No segments are declared, so no scenario has a customer.",
                    "Aucun segment n'est déclaré : aucun scénario n'a donc de client."
                ),
                text!("for nobody", "pour personne"),
            );
            self.report(d.help(text!(
                "declare them, as in `segments {{ all \"All customers\" otherwise }}`",
                "déclarez-les, comme dans `segments {{ tous \"Tous les clients\" sinon }}`"
            )));
            return;
        }
        let mut by: HashMap<&str, (&str, Span)> = HashMap::new();
        for scenario in scenarios {
            for segment in &scenario.segments {
                let served = segment.value.as_str();
                if !self.names.has_segment(served) {
                    if !hidden {
                        let message = text!(
                            "There is no segment `{served}`.",
                            "Il n'y a pas de segment `{served}`."
                        );
                        let all = listed(&names);
                        let d = Diagnostic::error(
                            &codes::UNKNOWN_SEGMENT,
                            segment.span,
                            message,
                            text!("unknown segment", "segment inconnu"),
                        )
                        .help(text!("the segments are: {all}", "les segments sont : {all}"))
                        .suggest(segment.span, likely(served, names.iter().copied()));
                        self.report(d);
                    }
                } else if let Some((other, span)) = by.get(served) {
                    let this = &scenario.declared.name.value;
                    let message = text!(
                        "Segment `{served}` is served by two scenarios, `{other}` and `{this}`.",
                        "Le segment `{served}` est servi par deux scénarios, `{other}` et `{this}`."
                    );
                    let d = Diagnostic::error(
                        &codes::SEGMENT_SERVED_TWICE,
                        segment.span,
                        message,
                        text!("served again", "servi à nouveau"),
                    )
                    .also(*span, text!("already served here", "déjà servi ici"))
                    .help(text!(
                        "a customer is in one scenario: take the segment away from one of them",
                        "un client n'est que dans un scénario : retirez le segment de l'un des deux"
                    ));
                    self.report(d);
                } else {
                    by.insert(served, (scenario.declared.name.value.as_str(), segment.span));
                }
            }
        }
    }

    fn scenario(&mut self, scenario: &'a ast::Scenario) -> Scenario {
        let mut settings = self.settings(scenario);
        settings.levels = Some(u8::try_from(scenario.levels.len()).unwrap_or(u8::MAX));
        let before = self.templates_used.len();
        let steps = scenario.courtesy.iter().chain(&scenario.levels);
        self.distinct(&text!("steps", "étapes"), steps.map(|s| &s.declared));
        let courtesy = self.courtesy(scenario, &settings);
        let mut levels = self.levels(scenario, &settings);
        let then = self.then(scenario, &settings);
        let thanks = self.thanks(scenario, &settings);
        let mut events = self.events(scenario, &settings);
        self.hooks_of_levels(&mut levels, &mut events);
        for used in self.templates_used.iter_mut().skip(before) {
            used.scenario = Some(scenario.declared.name.value.clone());
        }
        let hidden = self.may_be_hidden(&[BrokenKind::Step, BrokenKind::Setting]);
        if courtesy.is_empty() && levels.is_empty() && !hidden {
            let name = &scenario.declared.name.value;
            let message = text!(
                "Scenario `{name}` has no steps.",
                "Le scénario `{name}` n'a aucune étape."
            );
            let d = Diagnostic::warning(
                &codes::SCENARIO_WITHOUT_STEPS,
                scenario.declared.name.span,
                message,
                text!("sends nothing", "n'envoie rien"),
            );
            self.report(d.help(text!(
                "add `dunning {{ level 1 ... }}`, or `courtesy {{ step ... }}`",
                "ajoutez `relance {{ niveau 1 ... }}`, ou `prévenance {{ étape ... }}`"
            )));
        }
        self.entry_exists(scenario, &settings, levels.len());
        Scenario {
            name: name(&scenario.declared),
            segments: scenario.segments.iter().map(|s| s.value.clone()).collect(),
            language: settings.language,
            tones: settings.tones,
            default_tone: settings.default_tone,
            send: settings.send,
            contact: settings.contact,
            group: settings.group,
            ignore_below: settings.ignore_below,
            limit: settings.limit,
            entry: settings.entry,
            holds: settings.holds,
            courtesy,
            levels,
            then,
            thanks,
            events,
            written: settings.written,
        }
    }

    fn entry_exists(&mut self, scenario: &ast::Scenario, settings: &Settings, levels: usize) {
        let entry = scenario.settings.iter().find_map(|s| match &s.kind {
            ast::SettingKind::Entry(number) => Some(number.span),
            _ => None,
        });
        if let Some(span) = entry
            && usize::from(settings.entry) > levels
            && !self.may_be_hidden(&[BrokenKind::Step])
        {
            let entry = settings.entry;
            let message = text!(
                "There is no level {entry} in this scenario.",
                "Il n'y a pas de niveau {entry} dans ce scénario."
            );
            let label = text!("no such level", "ce niveau n'existe pas");
            let d = Diagnostic::error(&codes::NO_SUCH_LEVEL, span, message, label);
            let help = match levels {
                0 => text!("this scenario has no levels", "ce scénario n'a aucun niveau"),
                1 => text!("this scenario has one level", "ce scénario a un seul niveau"),
                n => text!("this scenario has {n} levels", "ce scénario a {n} niveaux"),
            };
            self.report(d.help(help));
        }
    }

    fn thanks(&mut self, scenario: &'a ast::Scenario, settings: &Settings) -> Option<Thanks> {
        let [thanks, rest @ ..] = scenario.thanks.as_slice() else {
            return None;
        };
        for again in rest {
            let d = Diagnostic::error(
                &codes::SETTING_TWICE,
                again.span,
                text!("`thanks` stands twice.", "`remerciement` figure deux fois."),
                text!("a second one", "une seconde fois"),
            )
            .also(thanks.span, text!("the first one", "la première fois"))
            .help(text!("keep one of them", "gardez-en une"));
            self.report(d);
        }
        if let Some(per) = &thanks.at_most_once_per {
            self.needs_calendar(per, settings);
        }
        let when = thanks
            .when
            .as_ref()
            .and_then(|e| self.condition(e, Context::Step));
        self.has_acts(&thanks.acts, thanks.span, &text!("`thanks`", "`remerciement`"));
        Some(Thanks {
            acts: self.acts(&thanks.acts, settings, Site::Thanks),
            at_most_once_per: thanks.at_most_once_per.as_ref().map(|p| p.value),
            when,
            span: thanks.span,
        })
    }
}
