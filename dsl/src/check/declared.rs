//! Disputes, promises, payment plans and media.

use super::Checker;
use super::acts::Site;
use super::declarations::name;
use super::settings::{Settings, bounded};
use crate::ast::{self, BrokenKind, Turn, Word};
use crate::checked::{Channel, DisputeCategory, Disputes, HookCall, LanguageChoice, Medium, Plans, Promises};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::span::Span;
use crate::text;

/// Most promises for one invoice.
const MOST_PROMISES: u16 = 100;

impl Checker<'_> {
    /// What happens to disputes.
    pub(super) fn disputes(&mut self) -> Disputes {
        let Some(block) = self.names.disputes.first().copied() else {
            return Disputes::default();
        };
        self.distinct(
            &text!("categories", "catégories"),
            block.categories.iter().map(|c| &c.declared),
        );
        let settings = self.reaction_settings();
        let mut disputes = Disputes {
            categories: block
                .categories
                .iter()
                .map(|c| {
                    self.needs_any_calendar(&c.within);
                    DisputeCategory {
                        name: name(&c.declared),
                        owner: self.department(&c.owner),
                        within: c.within.value,
                    }
                })
                .collect(),
            ..Disputes::default()
        };
        for reaction in &block.reactions {
            let acts = self.acts(&reaction.acts, &settings, Site::Dispute);
            match reaction.to.value {
                Turn::Late => disputes.late.extend(acts),
                Turn::Rejected => disputes.rejected.extend(acts),
                Turn::Accepted => disputes.accepted.extend(acts),
                Turn::Missed => self.no_such_turn(reaction.to.span, true),
            }
        }
        disputes
    }

    /// A category of disputes: any word when the rulebook declares none.
    pub(super) fn category(&mut self, word: &Word) {
        let categories = self.names.disputes.iter().flat_map(|d| &d.categories);
        let names: Vec<&str> = categories.map(|c| c.declared.name.value.as_str()).collect();
        let value = word.value.as_str();
        if names.is_empty() || names.contains(&value) || self.may_be_hidden(&[BrokenKind::Declaration]) {
            return;
        }
        let all = names.join(", ");
        let d = Diagnostic::error(
            &codes::UNKNOWN_CATEGORY,
            word.span,
            text!(
                "There is no dispute category `{value}`.",
                "Il n'y a pas de catégorie de litige `{value}`."
            ),
            text!("unknown category", "catégorie inconnue"),
        )
        .help(text!("the categories are: {all}", "les catégories sont : {all}"));
        self.report(d.suggest(word.span, likely(value, names)));
    }

    /// How promises are kept.
    pub(super) fn promises(&mut self) -> Promises {
        let Some(block) = self.names.promises.first().copied() else {
            return Promises::default();
        };
        self.once(block.grace.iter().map(|p| p.span), "grace", "tolérance");
        self.once(block.at_most.iter().map(|n| n.span), "at most", "au plus");
        if let Some(grace) = block.grace.first() {
            self.needs_any_calendar(grace);
        }
        Promises {
            grace: block.grace.first().map(|p| p.value),
            at_most: block.at_most.first().and_then(|n| {
                let most = bounded(n, 1, MOST_PROMISES);
                if most.is_none() {
                    let d = Diagnostic::error(
                        &codes::LIMIT_OUT_OF_BOUNDS,
                        n.span,
                        text!(
                            "Promises are counted from 1 to {MOST_PROMISES}.",
                            "Les promesses se comptent de 1 à {MOST_PROMISES}."
                        ),
                        text!("not such a number", "pas un tel nombre"),
                    );
                    self.report(d.help(text!(
                        "write, for example, `at most 2 per invoice`",
                        "écrivez, par exemple, `au plus 2 par facture`"
                    )));
                }
                most
            }),
        }
    }

    /// How payment plans are kept.
    pub(super) fn plans(&mut self) -> Plans {
        let Some(block) = self.names.plans.first().copied() else {
            return Plans::default();
        };
        self.once(block.missed_after.iter().map(|p| p.span), "missed", "manqué");
        if let Some(period) = block.missed_after.first() {
            self.needs_any_calendar(period);
        }
        let settings = self.reaction_settings();
        let mut plans = Plans {
            missed_after: block.missed_after.first().map(|p| p.value),
            missed_after_span: block.missed_after.first().map(|p| p.span),
            missed: Vec::new(),
        };
        for reaction in &block.reactions {
            if reaction.to.value == Turn::Missed {
                plans
                    .missed
                    .extend(self.acts(&reaction.acts, &settings, Site::Plan));
            } else {
                self.no_such_turn(reaction.to.span, false);
            }
        }
        plans
    }

    fn no_such_turn(&mut self, span: Span, of_dispute: bool) {
        let (message, help) = if of_dispute {
            (
                text!("A dispute is not missed.", "Un litige n'est pas manqué."),
                text!(
                    "write `when late`, `when rejected` or `when accepted`",
                    "écrivez `si en_retard`, `si rejeté` ou `si accepté`"
                ),
            )
        } else {
            (
                text!(
                    "A payment plan is only missed.",
                    "Un échéancier n'est que manqué."
                ),
                text!("write `when missed`", "écrivez `si manqué`"),
            )
        };
        let label = text!("not here", "pas ici");
        let d = Diagnostic::error(&codes::ACT_NOT_HERE, span, message, label);
        self.report(d.help(help));
    }

    /// Reports each place after the first.
    fn once(&mut self, places: impl Iterator<Item = Span>, en: &str, fr: &str) {
        let places: Vec<Span> = places.collect();
        if let [first, again, ..] = places.as_slice() {
            let d = Diagnostic::error(
                &codes::SETTING_TWICE,
                *again,
                text!("`{en}` stands twice.", "`{fr}` figure deux fois."),
                text!("a second one", "une seconde fois"),
            );
            let label = text!("the first one", "la première fois");
            self.report(
                d.also(*first, label)
                    .help(text!("keep one of them", "gardez-en une")),
            );
        }
    }

    /// Media of the rulebook's own.
    pub(super) fn media(&mut self) -> Vec<Medium> {
        let declared = self.names.media.clone();
        self.distinct(&text!("media", "médias"), declared.iter().map(|m| &m.declared));
        declared
            .iter()
            .map(|medium| {
                let body = medium.body.as_ref();
                Medium {
                    name: name(&medium.declared),
                    webhook: medium.webhook.value.clone(),
                    body: body.and_then(|body| self.text_hook(body)),
                }
            })
            .collect()
    }

    fn text_hook(&mut self, word: &Word) -> Option<HookCall> {
        let call = ast::HookCall {
            name: word.clone(),
            arguments: Vec::new(),
        };
        let (found, ty) = self.hook_value(&call, crate::vocabulary::Context::Step)?;
        if ty != crate::vocabulary::Type::Text {
            let d = Diagnostic::error(
                &codes::HOOK_TYPE,
                word.span,
                text!(
                    "The body of a message is a text.",
                    "Le corps d'un message est un texte."
                ),
                text!("gives something else", "donne autre chose"),
            );
            self.report(d.help(text!("declare it with `-> text`", "déclarez-la avec `-> texte`")));
            return None;
        }
        Some(found)
    }

    /// That a medium exists.
    pub(super) fn channel(&mut self, channel: &ast::Spanned<Channel>) {
        let Channel::Custom(word) = &channel.value else {
            return;
        };
        let names: Vec<&str> = self
            .names
            .media
            .iter()
            .map(|m| m.declared.name.value.as_str())
            .collect();
        if names.contains(&word.as_str()) || self.may_be_hidden(&[BrokenKind::Declaration]) {
            return;
        }
        let lang = self.lang(channel.span.file);
        let standard = lang.pick(
            ["email", "sms", "letter", "call"],
            ["email", "sms", "courrier", "appel"],
        );
        let d = Diagnostic::error(
            &codes::UNKNOWN_MEDIUM,
            channel.span,
            text!("There is no medium `{word}`.", "Il n'y a pas de média `{word}`."),
            text!("unknown medium", "média inconnu"),
        )
        .help(text!(
            "the media are `email`, `sms`, `letter`, `registered letter`, and those that a `medium` line declares",
            "les médias sont `email`, `sms`, `courrier`, `recommandé`, et ceux que déclare une ligne `canal`"
        ));
        let near = likely(word, standard.iter().copied().chain(names));
        self.report(d.suggest(channel.span, near));
    }

    /// What stands in for a scenario's settings in reactions, which concern the scenario of whatever customer it is: any
    /// calendar serves, and templates are looked for in the languages of all scenarios.
    fn reaction_settings(&mut self) -> Settings {
        let mut settings = Settings::default();
        settings.send.calendar = self
            .names
            .calendars
            .first()
            .map(|c| c.declared.name.value.clone());
        settings.levels = None;
        let fixed = self.names.scenarios.iter().find_map(|s| {
            s.settings.iter().find_map(|setting| match &setting.kind {
                ast::SettingKind::Language(chain) => chain.iter().find_map(|c| match &c.value {
                    ast::LanguageChoice::Fixed(code) => Some(LanguageChoice::Fixed(code.clone())),
                    ast::LanguageChoice::Fact(_) => None,
                }),
                _ => None,
            })
        });
        settings.language.extend(fixed);
        settings
    }

    /// Business days need a calendar; here any one will do.
    fn needs_any_calendar(&mut self, period: &ast::Period) {
        let settings = self.reaction_settings();
        self.needs_calendar(period, &settings);
    }
}
