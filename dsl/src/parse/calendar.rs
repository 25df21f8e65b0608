//! Calendars.

use chrono::Weekday;

use super::grammar::Rule;
use super::node::{Node, join};
use super::reader::Reader;
use crate::ast::{Calendar, CalendarLine, HolidayDay, Spanned};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The forms of the day of a holiday.
const DAYS: [Rule; 4] = [
    Rule::on_easter,
    Rule::from_easter,
    Rule::weekday_of,
    Rule::fixed_day,
];

const WHICH: [(&str, i8); 5] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("last", -1),
];

impl Reader<'_> {
    /// `calendar france "France" { ... }`
    pub(super) fn calendar(&mut self, node: &Node<'_>) -> Calendar {
        let declared = self.declared(node, "calendar");
        let based_on = node
            .part(Rule::based_on)
            .and_then(|n| n.part(Rule::name))
            .map(|n| n.word());
        let first = node.first().map_or(declared.name.span, |n| n.span());
        let mut lines = Vec::new();
        for part in node.parts() {
            match part.rule() {
                Rule::closed => {
                    let days = part.all(Rule::name).filter_map(|n| self.weekday(&n)).collect();
                    lines.push(CalendarLine::Closed(days, part.span()));
                }
                Rule::holiday => lines.extend(self.holiday(&part)),
                Rule::bad_calendar => self.bad(&part),
                _ => {}
            }
        }
        Calendar {
            span: join(first, declared.name.span),
            declared,
            based_on,
            lines,
        }
    }

    fn weekday(&mut self, node: &Node<'_>) -> Option<Spanned<Weekday>> {
        let span = node.span();
        let found = WEEKDAYS
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(node.text()));
        if found.is_none() {
            let message = format!("`{}` is not a day of the week.", node.text());
            let d = Diagnostic::error(&codes::UNKNOWN_DAY, span, message, "not a day of the week")
                .help("the days are monday, tuesday, wednesday, thursday, friday, saturday and sunday");
            self.report(d.suggest(span, likely(node.text(), WEEKDAYS.iter().map(|(n, _)| *n))));
        }
        found.map(|(_, day)| Spanned { value: *day, span })
    }

    fn holiday(&mut self, node: &Node<'_>) -> Option<CalendarLine> {
        let title = self.title(node)?;
        let day = node.parts().find(|n| DAYS.contains(&n.rule()))?;
        let value = match day.rule() {
            Rule::fixed_day => HolidayDay::Fixed {
                day: self.number(&day.part(Rule::number)?).value,
                month: self.month(&day.part(Rule::name)?)?,
                or_next: day.has(Rule::or_next),
            },
            Rule::weekday_of => {
                let mut names = day.all(Rule::name);
                let (weekday, month) = (names.next()?, names.next()?);
                let which = day.part(Rule::which)?;
                HolidayDay::WeekdayOf {
                    which: WHICH.iter().find(|(word, _)| *word == which.text())?.1,
                    weekday: self.weekday(&weekday)?.value,
                    month: self.month(&month)?,
                }
            }
            Rule::from_easter => {
                let days = self.number(&day.part(Rule::number)?).value;
                HolidayDay::Easter(if day.has(Rule::kw_before) { -days } else { days })
            }
            _ => HolidayDay::Easter(0.into()),
        };
        Some(CalendarLine::Holiday {
            title,
            day: Spanned {
                value,
                span: day.span(),
            },
            span: node.span(),
        })
    }

    fn month(&mut self, node: &Node<'_>) -> Option<u32> {
        let span = node.span();
        let found = (1..)
            .zip(MONTHS)
            .find(|(_, name)| name.eq_ignore_ascii_case(node.text()));
        if found.is_none() {
            let message = format!("`{}` is not a month.", node.text());
            let d = Diagnostic::error(&codes::UNKNOWN_DAY, span, message, "not a month");
            self.report(
                d.help("write the month in English, as in `on 14 july`")
                    .suggest(span, likely(node.text(), MONTHS)),
            );
        }
        found.map(|(n, _)| n)
    }
}
