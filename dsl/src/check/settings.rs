//! The settings of a scenario, with their defaults.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use chrono::NaiveTime;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Checker;
use super::listed::List;
use crate::ast::{self, HoldKind, SendDays, Setting, SettingKind, Spanned, Word, ZoneChoice};
use crate::checked::{
    ContactChoice, Expr, Grouping, Holds, LanguageChoice, Limit, SendWindow, Tone, Written, Zone,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::Text;
use crate::money::{Currency, Money};
use crate::span::Span;
use crate::text;
use crate::vocabulary::Context;

/// The tones of the language.
pub(crate) const TONES: [(&str, &str, Tone); 4] = [
    ("warm", "chaleureux", Tone::Warm),
    ("courteous", "courtois", Tone::Courteous),
    ("firm", "ferme", Tone::Firm),
    ("formal", "formel", Tone::Formal),
];

/// All settings of a scenario.
pub(super) struct Settings {
    pub(super) language: Vec<LanguageChoice>,
    pub(super) tones: Vec<(Expr, Tone)>,
    pub(super) default_tone: Tone,
    pub(super) send: SendWindow,
    pub(super) contact: Vec<ContactChoice>,
    pub(super) group: Grouping,
    pub(super) ignore_below: Option<Money>,
    pub(super) limit: Option<Limit>,
    pub(super) entry: u8,
    pub(super) holds: Holds,
    pub(super) written: Written,
    /// How many levels there are; `None` outside of a scenario, where any number may be right.
    pub(super) levels: Option<u8>,
}

impl Default for Settings {
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self {
            language: Vec::new(),
            tones: Vec::new(),
            default_tone: Tone::Courteous,
            send: SendWindow {
                calendar: None,
                from: at(8),
                to: at(20),
                zone: Zone::Company,
            },
            contact: vec![ContactChoice::Main],
            group: Grouping::Customer,
            ignore_below: None,
            limit: None,
            entry: 1,
            holds: Holds::ALL,
            written: Written::default(),
            levels: None,
        }
    }
}

impl Settings {
    /// Every tone that the scenario can ask for.
    pub(super) fn possible_tones(&self) -> Vec<Tone> {
        let mut tones = vec![self.default_tone];
        for (_, tone) in &self.tones {
            if !tones.contains(tone) {
                tones.push(*tone);
            }
        }
        tones
    }
}

impl Checker<'_> {
    /// Reads all settings of a scenario.
    pub(super) fn settings(&mut self, scenario: &ast::Scenario) -> Settings {
        let mut settings = Settings::default();
        let mut seen: HashMap<Discriminant<SettingKind>, Span> = HashMap::new();
        // The calendar first: whether a limit in business days makes sense depends on it.
        let is_send = |s: &&Setting| matches!(s.kind, SettingKind::Send { .. });
        let ordered = scenario.settings.iter().filter(is_send);
        let ordered = ordered.chain(scenario.settings.iter().filter(|s| !is_send(s)));
        for setting in ordered {
            if let Some(first) = seen.insert(discriminant(&setting.kind), setting.span) {
                let (en, fr) = setting_word(&setting.kind);
                let d = Diagnostic::error(
                    &codes::SETTING_TWICE,
                    setting.span,
                    text!(
                        "`{en}` stands twice in this scenario.",
                        "`{fr}` figure deux fois dans ce scénario."
                    ),
                    text!("a second one", "une seconde fois"),
                )
                .also(first, text!("the first one", "la première fois"))
                .help(text!("keep one of them", "gardez-en une"));
                self.report(d);
            }
            *place(&mut settings.written, &setting.kind) = Some(setting.span);
            self.setting(setting, &mut settings);
        }
        self.language_is_there(scenario, &settings);
        settings
    }

    fn setting(&mut self, setting: &Setting, into: &mut Settings) {
        match &setting.kind {
            SettingKind::Language(chain) => into.language = self.languages(chain),
            SettingKind::Tone { default, cases } => {
                into.default_tone = self.tone(default).unwrap_or(Tone::Courteous);
                for case in cases {
                    let tone = self.tone(&case.tone);
                    let when = self.condition(&case.when, Context::Scenario);
                    into.tones.extend(when.zip(tone));
                }
            }
            SettingKind::Send { days, time, zone } => {
                self.send(days.as_ref(), time.as_ref(), zone.as_ref(), &mut into.send);
            }
            SettingKind::Contact(chain) => into.contact = self.contacts(chain),
            SettingKind::Group(group) => {
                into.group = match &group.value {
                    ast::Grouping::Customer => Grouping::Customer,
                    ast::Grouping::Invoice => Grouping::Invoice,
                    ast::Grouping::Fact(word) => self.grouping(word).unwrap_or(Grouping::Customer),
                };
            }
            SettingKind::Ignore(amount) => {
                let (value, currency) = &amount.value;
                into.ignore_below = self
                    .currency(currency)
                    .map(|currency| Money::new(*value, currency));
            }
            SettingKind::Limit { messages, per } => into.limit = self.limit(messages, per, into),
            SettingKind::Entry(level) => match bounded(level, 1, 250) {
                Some(level) => into.entry = u8::try_from(level).unwrap_or(u8::MAX),
                None => {
                    let d = Diagnostic::error(
                        &codes::NO_SUCH_LEVEL,
                        level.span,
                        text!(
                            "Levels are numbered from 1.",
                            "Les niveaux sont numérotés à partir de 1."
                        ),
                        text!("no such level", "ce niveau n'existe pas"),
                    );
                    self.report(d.help(text!("write `entry at level 1`", "écrivez `entrée au niveau 1`")));
                }
            },
            SettingKind::Hold(kinds) => {
                into.holds = Holds::NONE;
                for kind in kinds {
                    match kind.value {
                        HoldKind::Disputed => into.holds.disputed = true,
                        HoldKind::Promised => into.holds.promised = true,
                        HoldKind::OnPlan => into.holds.on_plan = true,
                        HoldKind::UnallocatedCash => into.holds.unallocated_cash = true,
                    }
                }
            }
        }
    }

    fn limit(
        &mut self,
        messages: &Spanned<Decimal>,
        per: &ast::Period,
        settings: &Settings,
    ) -> Option<Limit> {
        self.needs_calendar(per, settings);
        if per.value.count == 0 {
            let message = text!(
                "A limit needs a period of at least one day.",
                "Une limite demande une période d'un jour au moins."
            );
            self.out_of_bounds(per.span, message, text!("no time at all", "aucune durée"));
        }
        let most = bounded(messages, 1, 1000);
        if most.is_none() {
            let message = text!(
                "A limit is a whole number from 1 to 1000.",
                "Une limite est un nombre entier de 1 à 1000."
            );
            self.out_of_bounds(
                messages.span,
                message,
                text!("not such a number", "pas un tel nombre"),
            );
        }
        most.map(|messages| Limit {
            messages,
            per: per.value,
        })
    }

    fn out_of_bounds(&mut self, span: Span, message: Text, label: Text) {
        let d = Diagnostic::error(&codes::LIMIT_OUT_OF_BOUNDS, span, message, label);
        self.report(d.help(text!(
            "write, for example, `limit 1 message per 5 days`",
            "écrivez, par exemple, `limiter à 1 message par 5 jours`"
        )));
    }

    /// A tone by its name.
    pub(super) fn tone(&mut self, word: &Word) -> Option<Tone> {
        let value = &word.value;
        let list = List {
            values: TONES.iter().map(|(en, fr, _)| (*en, *fr)).collect(),
            code: &codes::UNKNOWN_TONE,
            message: text!("There is no tone `{value}`.", "Il n'y a pas de ton `{value}`."),
            label: text!("unknown tone", "ton inconnu"),
            these: text!("the tones are:", "les tons sont :"),
        };
        let found = self.listed(word, &list)?;
        TONES
            .iter()
            .find(|(en, _, _)| *en == found)
            .map(|(_, _, tone)| *tone)
    }

    fn send(
        &mut self,
        days: Option<&Spanned<SendDays>>,
        time: Option<&Spanned<ast::SendTime>>,
        zone: Option<&Spanned<ZoneChoice>>,
        into: &mut SendWindow,
    ) {
        if let Some(SendDays::BusinessDaysOf(calendar)) = days.map(|d| &d.value) {
            if self.names.calendar(&calendar.value).is_none() {
                self.unknown_calendar(calendar);
            }
            into.calendar = Some(calendar.value.clone());
        }
        if let Some(time) = time {
            (into.from, into.to) = (time.value.from, time.value.to);
            if into.to <= into.from {
                let d = Diagnostic::error(
                    &codes::WINDOW_EMPTY,
                    time.span,
                    text!(
                        "This window closes before it opens.",
                        "Cette plage se ferme avant de s'ouvrir."
                    ),
                    text!("never open", "jamais ouverte"),
                );
                self.report(d.help(text!(
                    "write the earlier time first, as in `09:00 to 17:30`",
                    "écrivez d'abord l'heure la plus tôt, comme dans `09:00 à 17:30`"
                )));
            }
        }
        if let Some(zone) = zone {
            into.zone = match &zone.value {
                ZoneChoice::Customer => Zone::Customer,
                ZoneChoice::Company => Zone::Company,
                ZoneChoice::Named(name) => self.zone(name, zone.span),
            };
        }
    }

    pub(super) fn zone(&mut self, name: &str, span: Span) -> Zone {
        if let Ok(zone) = name.parse::<chrono_tz::Tz>() {
            return Zone::Fixed(zone);
        }
        let message = text!(
            "There is no time zone `{name}`.",
            "Il n'y a pas de fuseau horaire `{name}`."
        );
        let label = text!("unknown time zone", "fuseau horaire inconnu");
        let zones = chrono_tz::TZ_VARIANTS.iter().map(|z| z.name());
        // In French these two are whole phrases, in which no zone stands.
        let others: &[&str] = self.lang(span.file).pick(&["customer", "company"], &[]);
        let d = Diagnostic::error(&codes::UNKNOWN_ZONE, span, message, label)
            .help(text!(
                "write `customer time`, `company time`, or a zone such as `Europe/Paris time`",
                "écrivez `heure du client`, `heure de la société`, ou un fuseau comme `heure de Europe/Paris`"
            ))
            .suggest(span, likely(name, zones.chain(others.iter().copied())));
        self.report(d);
        Zone::Company
    }

    fn contacts(&mut self, chain: &[Spanned<ast::ContactChoice>]) -> Vec<ContactChoice> {
        let mut choices = Vec::new();
        for (i, choice) in chain.iter().enumerate() {
            let before = chain
                .iter()
                .take(i)
                .find(|c| same_contact(&c.value, &choice.value));
            if let Some(before) = before {
                let message = text!(
                    "This contact already stands before in the chain.",
                    "Ce contact figure déjà plus tôt dans la chaîne."
                );
                let label = text!("named again", "nommé à nouveau");
                let d = Diagnostic::error(&codes::CONTACT_NAMED_TWICE, choice.span, message, label)
                    .also(before.span, text!("tried here first", "déjà essayé ici"))
                    .help(text!("take it away", "retirez-le"));
                self.report(d);
            }
            match &choice.value {
                ast::ContactChoice::Main => choices.push(ContactChoice::Main),
                ast::ContactChoice::Role(role) => {
                    choices.push(ContactChoice::Role(self.contact_role(role)));
                }
            }
        }
        choices
    }

    /// The English name of a role of contacts; the word itself when there is no such role, which is reported.
    pub(super) fn contact_role(&mut self, role: &Word) -> String {
        let value = &role.value;
        let list = List {
            values: self.vocabulary.contact_roles.to_vec(),
            code: &codes::UNKNOWN_CONTACT_ROLE,
            message: text!(
                "There is no contact role `{value}`.",
                "Il n'y a pas de rôle de contact `{value}`."
            ),
            label: text!("unknown role", "rôle inconnu"),
            these: text!("the roles of contacts are:", "les rôles des contacts sont :"),
        };
        self.listed(role, &list).unwrap_or(value).to_owned()
    }

    /// A currency code that exists.
    pub(super) fn currency(&mut self, word: &Word) -> Option<Currency> {
        let found = super::expr::currencies::find(&word.value);
        if found.is_none() {
            let code = &word.value;
            let message = text!(
                "There is no currency `{code}`.",
                "Il n'y a pas de devise `{code}`."
            );
            let label = text!("unknown currency", "devise inconnue");
            let d = Diagnostic::error(&codes::UNKNOWN_CURRENCY, word.span, message, label)
                .help(text!(
                    "write its three-letter code, as EUR, GBP, USD or CHF",
                    "écrivez son code à trois lettres, comme EUR, GBP, USD ou CHF"
                ))
                .suggest(word.span, likely(&word.value, super::expr::currencies::all()));
            self.report(d);
        }
        found
    }
}

/// A whole number within bounds.
pub(super) fn bounded(number: &Spanned<Decimal>, least: u16, most: u16) -> Option<u16> {
    let whole = number
        .value
        .fract()
        .is_zero()
        .then(|| number.value.to_u16())
        .flatten()?;
    (least..=most).contains(&whole).then_some(whole)
}

/// The word that a setting begins with, in English and French.
fn setting_word(kind: &SettingKind) -> (&'static str, &'static str) {
    match kind {
        SettingKind::Language(_) => ("language", "langue"),
        SettingKind::Tone { .. } => ("tone", "ton"),
        SettingKind::Send { .. } => ("send", "envoyer"),
        SettingKind::Contact(_) => ("contact", "contact"),
        SettingKind::Group(_) => ("group", "grouper"),
        SettingKind::Ignore(_) => ("ignore", "ignorer"),
        SettingKind::Limit { .. } => ("limit", "limiter"),
        SettingKind::Entry(_) => ("entry", "entrée"),
        SettingKind::Hold(_) => ("hold", "suspendre"),
    }
}

fn same_contact(a: &ast::ContactChoice, b: &ast::ContactChoice) -> bool {
    match (a, b) {
        (ast::ContactChoice::Main, ast::ContactChoice::Main) => true,
        (ast::ContactChoice::Role(a), ast::ContactChoice::Role(b)) => a.value == b.value,
        _ => false,
    }
}

/// Where a setting of this kind is noted.
fn place<'w>(written: &'w mut Written, kind: &SettingKind) -> &'w mut Option<Span> {
    match kind {
        SettingKind::Language(_) => &mut written.language,
        SettingKind::Tone { .. } => &mut written.tone,
        SettingKind::Send { .. } => &mut written.send,
        SettingKind::Contact(_) => &mut written.contact,
        SettingKind::Group(_) => &mut written.group,
        SettingKind::Ignore(_) => &mut written.ignore,
        SettingKind::Limit { .. } => &mut written.limit,
        SettingKind::Entry(_) => &mut written.entry,
        SettingKind::Hold(_) => &mut written.hold,
    }
}
