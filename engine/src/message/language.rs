//! How messages write amounts, days and plurals: the languages of the standard templates, of which the program's own pages and
//! reasons know two.

use std::fmt;

use chrono::{Datelike, Locale, NaiveDate};
use relance_rules::dsl::money::Money;
use relance_rules::words;
use rust_decimal::Decimal;

/// Between an amount and its currency: a space that does not break.
const NO_BREAK: char = '\u{A0}';

/// A language in which messages write amounts, days and the headings of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MessageLanguage {
    /// French.
    Fr,
    /// English.
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Italian.
    It,
}

impl MessageLanguage {
    /// The language of a two-letter code; English for one that is not here.
    pub(super) fn of(code: &str) -> Self {
        match code {
            "fr" => Self::Fr,
            "de" => Self::De,
            "es" => Self::Es,
            "it" => Self::It,
            _ => Self::En,
        }
    }

    /// An amount, rounded to the minor unit of its currency, half away from zero: `1 234,50 €`, `EUR 1,234.50`, `1.234,50 EUR`
    /// (no-break space before the currency).
    pub(super) fn money(self, money: Money) -> String {
        match self {
            Self::Fr => words::money(money, words::Language::Fr),
            Self::En => words::money(money, words::Language::En),
            Self::De | Self::Es | Self::It => {
                let number = words::grouped(money.amount, money.currency.minor_units(), '.', ',');
                format!("{number}{NO_BREAK}{}", money.currency)
            }
        }
    }

    /// A yearly rate, with two decimals at least: `13,15 %`, `13.15%` (no-break space before the sign, where the language has one).
    pub(super) fn percent(self, rate: Decimal) -> String {
        let digits = rate.normalize().scale().max(2);
        match self {
            Self::Fr | Self::De | Self::Es => {
                format!("{}{NO_BREAK}%", words::grouped(rate, digits, '.', ','))
            }
            Self::It => format!("{}%", words::grouped(rate, digits, '.', ',')),
            Self::En => format!("{}%", words::grouped(rate, digits, ',', '.')),
        }
    }

    /// A day, as [`Self::write_date`] writes it.
    pub(super) fn date(self, date: NaiveDate) -> String {
        let mut text = String::new();
        // Writing to a string fails only for a form that `chrono` does not know; these it does.
        match self.write_date(&mut text, date) {
            Ok(()) => text,
            Err(fmt::Error) => date.to_string(),
        }
    }

    /// A number with its own decimals: `1 234,5`, `1,234.5`, `1.234,5`.
    pub(super) fn number(self, number: Decimal) -> String {
        match self {
            Self::Fr => words::number(number, words::Language::Fr),
            Self::En => words::number(number, words::Language::En),
            Self::De | Self::Es | Self::It => {
                let number = number.normalize();
                words::grouped(number, number.scale(), '.', ',')
            }
        }
    }

    /// Writes a day: `12 mars 2026`, `12 March 2026`, `12. März 2026`, `12 de marzo de 2026`, `12 marzo 2026`. The first of the month
    /// is an ordinal in French and Italian (`1er mars 2026`, `1º marzo 2026`).
    pub(super) fn write_date(self, out: &mut impl fmt::Write, date: NaiveDate) -> fmt::Result {
        let (locale, form) = match self {
            Self::Fr => return out.write_str(&words::date(date, words::Language::Fr)),
            Self::En => return out.write_str(&words::date(date, words::Language::En)),
            Self::De => (Locale::de_DE, "%-d. %B %Y"),
            Self::Es => (Locale::es_ES, "%-d de %B de %Y"),
            Self::It if date.day() == 1 => (Locale::it_IT, "%-dº %B %Y"),
            Self::It => (Locale::it_IT, "%-d %B %Y"),
        };
        write!(out, "{}", date.format_localized(form, locale))
    }

    /// Whether a count takes the singular: 1, and in French 0 too.
    pub(super) fn is_singular(self, count: i64) -> bool {
        match self {
            Self::Fr => count.abs() < 2,
            Self::En | Self::De | Self::Es | Self::It => count.abs() == 1,
        }
    }
}
