//! Amounts, periods, dates, times, titles and names.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::grammar::Rule;
use super::node::Node;
use super::reader::Reader;
use crate::ast::{self, Declared, Spanned, Word};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, Text};
use crate::period::PeriodUnit;
use crate::span::Span;
use crate::text;

/// Longest period, in its own unit: ten years of days.
const LONGEST_PERIOD: u16 = 3660;

/// The names after `was` among the parts of a statement.
pub(super) fn former_names(node: &Node<'_>) -> Vec<Word> {
    let was = node.part(Rule::was).into_iter();
    was.flat_map(|n| n.all(Rule::name)).map(|n| n.word()).collect()
}

impl Reader<'_> {
    /// The name and the title that open a statement. `kind` ("level") serves for a made-up name when none was written.
    pub(super) fn declared(&mut self, node: &Node<'_>, kind: &str) -> Declared {
        let title = self.title(node);
        let name = match node.part(Rule::name) {
            Some(name) => name.word(),
            None => {
                let at = node.first().map_or(node.span(), |first| first.span());
                let d = Diagnostic::error(
                    &codes::NAME_MISSING,
                    at,
                    if kind == "level" {
                        text!("This level has no name.", "Ce niveau n'a pas de nom.")
                    } else {
                        text!("This step has no name.", "Cette étape n'a pas de nom.")
                    },
                    text!("a name is missing after this", "il manque un nom après ceci"),
                );
                let (en, fr) = if kind == "level" {
                    ("level 1 reminder", "niveau 1 rappel")
                } else {
                    ("step reminder", "étape rappel")
                };
                self.report(d.help(text!(
                    "write a short name of your own, as `{en}`: it is shown in reasons and keeps the place of running cases",
                    "écrivez un nom court de votre choix, comme `{fr}` : il figure dans les motifs et garde la place des dossiers en cours"
                )));
                Word {
                    value: format!("{kind} at {}", at.start),
                    span: at,
                }
            }
        };
        Declared {
            name,
            title,
            was: former_names(node),
        }
    }

    /// The title in quotes among the parts of a statement.
    pub(super) fn title(&mut self, node: &Node<'_>) -> Option<Word> {
        node.parts()
            .find(|n| matches!(n.rule(), Rule::string | Rule::curly))
            .map(|n| self.string(&n))
    }

    /// A `string` or `curly`, without its quotes.
    pub(super) fn string(&mut self, node: &Node<'_>) -> Word {
        let inner = node.text().trim_matches(['"', '“', '”', '„', '«', '»']);
        let word = Word {
            value: inner.trim().to_owned(),
            span: node.span(),
        };
        if node.rule() == Rule::curly {
            let straight = format!("\"{}\"", word.value);
            let d = Diagnostic::error(
                &codes::CURLY_QUOTES,
                word.span,
                text!(
                    "These are typographic quotes.",
                    "Ce sont des guillemets typographiques."
                ),
                text!("quotes of a word processor", "guillemets de traitement de texte"),
            );
            self.report(
                d.help(text!(
                    "write straight quotes: {straight}",
                    "écrivez des guillemets droits : {straight}"
                ))
                .fix(word.span, straight),
            );
        }
        word
    }

    /// A `name` or a `quoted_name` where only a name is right.
    pub(super) fn unquoted(&mut self, node: &Node<'_>) -> Word {
        if node.rule() != Rule::quoted_name {
            return node.word();
        }
        let value = node.text().trim_matches('"').to_owned();
        let span = node.span();
        let message = text!(
            "A template is named without quotes.",
            "Un modèle est nommé sans guillemets."
        );
        let label = text!("quotes are for titles", "les guillemets sont pour les titres");
        let d = Diagnostic::error(&codes::QUOTED_NAME, span, message, label);
        self.report(d.write(span, Text::same(value.clone())));
        Word { value, span }
    }

    /// An `amount`, with the currency as written (its existence is for the checker).
    pub(super) fn amount(&mut self, node: &Node<'_>) -> Option<Spanned<(Decimal, Word)>> {
        let number = node.part(Rule::number)?;
        let amount = self.number(&number);
        let span = node.span();
        if let Some(code) = node.part(Rule::currency) {
            return Some(Spanned {
                value: (amount.value, code.word()),
                span,
            });
        }
        let slip = node.part(Rule::currency_slip)?;
        let code = match slip.text().to_lowercase().as_str() {
            "$" | "usd" | "dollars" => "USD",
            "£" | "gbp" => "GBP",
            "chf" => "CHF",
            _ => "EUR",
        };
        let right = format!("{} {code}", self.shown(&amount.value.to_string()));
        let d = Diagnostic::error(
            &codes::CURRENCY_STYLE,
            slip.span(),
            text!(
                "`{}` is not how a currency is written here.",
                "On n'écrit pas une devise `{}` ici.",
                slip.text()
            ),
            text!("not a currency code", "pas un code de devise"),
        );
        self.report(
            d.help(text!(
                "write the three-letter code after the number: `{right}`",
                "écrivez le code à trois lettres après le nombre : `{right}`"
            ))
            .fix(span, right),
        );
        Some(Spanned {
            value: (
                amount.value,
                Word {
                    value: code.to_owned(),
                    span: slip.span(),
                },
            ),
            span,
        })
    }

    /// A `period`. When the unit was forgotten or does not exist, this is reported and days are assumed.
    pub(super) fn period(&mut self, node: &Node<'_>) -> ast::Period {
        let span = node.span();
        let count = match node.part(Rule::number) {
            Some(number) => self.number(&number).value,
            None => Decimal::ONE,
        };
        let count = self.count(count, span);
        let unit = match node.part(Rule::unit) {
            Some(unit) => self.unit(&unit),
            None => {
                let message = text!("{count} what?", "{count} quoi ?");
                let label = text!("the unit is missing", "il manque l'unité");
                let d = Diagnostic::error(&codes::UNIT_FORGOTTEN, span, message, label);
                self.report(
                    d.help(text!(
                        "write `{count} days` or `{count} business days`",
                        "écrivez `{count} jours` ou `{count} jours ouvrés`"
                    ))
                    .fix(span, text!("{count} days", "{count} jours")),
                );
                PeriodUnit::Days
            }
        };
        Spanned {
            value: crate::period::Period { count, unit },
            span,
        }
    }

    fn count(&mut self, count: Decimal, span: Span) -> u16 {
        let whole = count.fract().is_zero().then(|| count.to_u16()).flatten();
        match whole.filter(|n| *n <= LONGEST_PERIOD) {
            Some(count) => count,
            None => {
                let message = text!(
                    "A period is a whole number, at most ten years.",
                    "Une durée est un nombre entier, de dix ans au plus."
                );
                let label = text!("not such a period", "pas une telle durée");
                let d = Diagnostic::error(&codes::PERIOD_OUT_OF_BOUNDS, span, message, label);
                self.report(d.help(text!(
                    "write a whole number of days up to {LONGEST_PERIOD}",
                    "écrivez un nombre entier de jours, jusqu'à {LONGEST_PERIOD}"
                )));
                1
            }
        }
    }

    fn unit(&mut self, node: &Node<'_>) -> PeriodUnit {
        let Some(unit) = node.first() else {
            return PeriodUnit::Days;
        };
        match unit.rule() {
            Rule::business => PeriodUnit::BusinessDays,
            Rule::week_word => PeriodUnit::Weeks,
            Rule::month_word => PeriodUnit::Months,
            Rule::unit_slip => {
                let working = unit.text().starts_with("working") || unit.text().starts_with("jour");
                let message = text!(
                    "`{}` is not a unit of time here.",
                    "`{}` n'est pas une unité de temps ici.",
                    unit.text()
                );
                let d =
                    Diagnostic::error(&codes::UNKNOWN_UNIT, unit.span(), message, not_a_unit()).help(units());
                let right = Text::new("business days", "jours ouvrés");
                self.report(if working { d.fix(unit.span(), right) } else { d });
                if working {
                    PeriodUnit::BusinessDays
                } else {
                    PeriodUnit::Days
                }
            }
            _ => PeriodUnit::Days,
        }
    }

    /// A `date`; reported when there is no such day.
    pub(super) fn date(&mut self, node: &Node<'_>) -> Option<NaiveDate> {
        let date = NaiveDate::parse_from_str(node.text(), "%Y-%m-%d").ok();
        if date.is_none() {
            let message = text!("There is no day {}.", "Le jour {} n'existe pas.", node.text());
            let label = text!("no such day", "ce jour n'existe pas");
            let d = Diagnostic::error(&codes::DATE_STYLE, node.span(), message, label);
            self.report(d.help(text!(
                "year, month, day: `2026-03-31`",
                "année, mois, jour : `2026-03-31`"
            )));
        }
        date
    }

    /// A date as `31/12/2026`; always reported.
    pub(super) fn date_slip(&mut self, node: &Node<'_>) {
        let mut numbers = node.text().split(['/', '.']);
        let mut next = || numbers.next().unwrap_or_default().to_owned();
        let (day, month, year) = (next(), next(), next());
        let right = format!("{year}-{month:0>2}-{day:0>2}");
        let d = Diagnostic::error(
            &codes::DATE_STYLE,
            node.span(),
            text!(
                "`{}` is not how a date is written here.",
                "On n'écrit pas une date `{}` ici.",
                node.text()
            ),
            text!("day or month first?", "le jour ou le mois d'abord ?"),
        );
        self.report(
            d.help(text!(
                "write year, month, day: `{right}`",
                "écrivez année, mois, jour : `{right}`"
            ))
            .fix(node.span(), right),
        );
    }

    /// The first day among the parts of a statement.
    pub(super) fn day(&mut self, node: &Node<'_>) -> Option<Spanned<NaiveDate>> {
        self.days(node).into_iter().next()
    }

    /// All days among the parts of a statement.
    pub(super) fn days(&mut self, node: &Node<'_>) -> Vec<Spanned<NaiveDate>> {
        let mut days = Vec::new();
        for part in node.parts() {
            match part.rule() {
                Rule::date => days.extend(self.date(&part).map(|value| Spanned {
                    value,
                    span: part.span(),
                })),
                Rule::date_slip => self.date_slip(&part),
                _ => {}
            }
        }
        days
    }

    /// The amount of a statement; reported when it has no currency.
    pub(super) fn amount_or_bare(&mut self, node: &Node<'_>) -> Option<Spanned<(Decimal, Word)>> {
        if let Some(bare) = node.part(Rule::bare_amount) {
            let d = Diagnostic::error(
                &codes::CURRENCY_MISSING,
                bare.span(),
                text!("This amount has no currency.", "Ce montant n'a pas de devise."),
                text!("in which currency?", "dans quelle devise ?"),
            );
            let right = format!("{} EUR", bare.text().trim());
            self.report(d.help(text!(
                "write the currency after it: `{right}`",
                "écrivez la devise après lui : `{right}`"
            )));
            return None;
        }
        let amount = node.part(Rule::amount)?;
        self.amount(&amount)
    }

    /// A `time`; in another style it is reported, and read all the same.
    pub(super) fn time(&mut self, node: &Node<'_>) -> Option<NaiveTime> {
        let text = node.text();
        let (hour, minute) = text
            .trim_end_matches('h')
            .split_once([':', 'h', 'H', '.'])
            .unwrap_or((text.trim_end_matches('h'), "00"));
        let time = hour
            .parse()
            .ok()
            .zip(minute.parse().ok())
            .and_then(|(h, m)| NaiveTime::from_hms_opt(h, m, 0));
        let Some(time) = time else {
            let message = text!("There is no time `{text}`.", "L'heure `{text}` n'existe pas.");
            let label = text!("no such time", "cette heure n'existe pas");
            let d = Diagnostic::error(&codes::TIME_STYLE, node.span(), message, label);
            self.report(d.help(text!(
                "a time is written `09:00`; the last one of a day is `23:59`",
                "une heure s'écrit `09:00` ; la dernière du jour est `23:59`"
            )));
            return None;
        };
        // `9h30` is how French writes it.
        let is_french = self.lang == Lang::French && text.contains('h');
        if !is_french && (!text.contains(':') || text.ends_with('h')) {
            let right = time.format("%H:%M").to_string();
            let message = text!(
                "`{text}` is not how a time is written here.",
                "On n'écrit pas une heure `{text}` ici."
            );
            let label = text!("time in another style", "heure dans un autre style");
            let d = Diagnostic::error(&codes::TIME_STYLE, node.span(), message, label);
            self.report(d.write(node.span(), Text::same(right)));
        }
        Some(time)
    }
}

/// Under a word that is no unit of time.
pub(super) fn not_a_unit() -> Text {
    text!("not a unit", "pas une unité")
}

/// Which units of time there are.
pub(super) fn units() -> Text {
    text!(
        "the units are `days`, `business days`, `weeks` and `months`",
        "les unités sont `jours`, `jours ouvrés`, `semaines` et `mois`"
    )
}
