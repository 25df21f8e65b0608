//! Amounts, periods, dates, times, titles and names.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::grammar::Rule;
use super::node::Node;
use super::number::grouped;
use super::reader::Reader;
use crate::ast::{self, Declared, Spanned, Word};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::period::PeriodUnit;
use crate::span::Span;

/// Longest period, in its own unit: ten years of days.
const LONGEST_PERIOD: u16 = 3660;

impl Reader<'_> {
    /// The name and the title that open a statement. `kind` ("level") serves for a made-up name when none was written.
    pub(super) fn declared(&mut self, node: &Node<'_>, kind: &str) -> Declared {
        let title = self.title(node);
        let name = match node.part(Rule::name) {
            Some(name) => name.word(),
            None => {
                let at = node.first().map_or(node.span(), |first| first.span());
                let message = format!("This {kind} has no name.");
                let d = Diagnostic::error(&codes::NAME_MISSING, at, message, "a name is missing after this");
                self.report(d.help(format!(
                    "write a short name of your own, as `{}`: it is shown in reasons and keeps the place of running cases",
                    if kind == "level" { "level 1 reminder" } else { "step reminder" }
                )));
                Word {
                    value: format!("{kind} at {}", at.start),
                    span: at,
                }
            }
        };
        Declared { name, title }
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
                "These are typographic quotes.",
                "quotes of a word processor",
            );
            self.report(
                d.help(format!("write straight quotes: {straight}"))
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
        let message = "A template is named without quotes.";
        let d = Diagnostic::error(&codes::QUOTED_NAME, span, message, "quotes are for titles");
        self.report(d.help(format!("write `{value}`")).fix(span, value.clone()));
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
        let right = format!("{} {code}", grouped(&amount.value.to_string()));
        let message = format!("`{}` is not how a currency is written here.", slip.text());
        let d = Diagnostic::error(
            &codes::CURRENCY_STYLE,
            slip.span(),
            message,
            "not a currency code",
        );
        self.report(
            d.help(format!("write the three-letter code after the number: `{right}`"))
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
                let message = format!("{count} what?");
                let d = Diagnostic::error(&codes::UNIT_FORGOTTEN, span, message, "the unit is missing");
                self.report(
                    d.help(format!("write `{count} days` or `{count} business days`"))
                        .fix(span, format!("{count} days")),
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
                let message = "A period is a whole number, at most ten years.";
                let d = Diagnostic::error(&codes::PERIOD_OUT_OF_BOUNDS, span, message, "not such a period");
                self.report(d.help(format!("write a whole number of days up to {LONGEST_PERIOD}")));
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
                let working = unit.text().starts_with("working");
                let right = if working { "business days" } else { "days" };
                let message = format!("`{}` is not a unit of time here.", unit.text());
                let d = Diagnostic::error(&codes::UNKNOWN_UNIT, unit.span(), message, "not a unit")
                    .help("the units are `days`, `business days`, `weeks` and `months`");
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
            let message = format!("There is no day {}.", node.text());
            let d = Diagnostic::error(&codes::DATE_STYLE, node.span(), message, "no such day");
            self.report(d.help("year, month, day: `2026-03-31`"));
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
            format!("`{}` is not how a date is written here.", node.text()),
            "day or month first?",
        );
        self.report(
            d.help(format!("write year, month, day: `{right}`"))
                .fix(node.span(), right),
        );
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
            let message = format!("There is no time `{text}`.");
            let d = Diagnostic::error(&codes::TIME_STYLE, node.span(), message, "no such time");
            self.report(d.help("a time is written `09:00`; the last one of a day is `23:59`"));
            return None;
        };
        if !text.contains(':') || text.ends_with('h') {
            let right = time.format("%H:%M").to_string();
            let message = format!("`{text}` is not how a time is written here.");
            let d = Diagnostic::error(&codes::TIME_STYLE, node.span(), message, "time in another style");
            self.report(d.help(format!("write `{right}`")).fix(node.span(), right));
        }
        Some(time)
    }
}
