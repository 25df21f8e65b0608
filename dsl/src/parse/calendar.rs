//! Calendars.

use chrono::Weekday;

use super::grammar::Rule;
use super::node::{Node, join};
use super::reader::Reader;
use super::words::plain;
use crate::ast::{Calendar, CalendarLine, HolidayDay, Spanned};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::text;

/// Days of the week in both languages.
pub(crate) const WEEKDAYS: [(&str, &str, Weekday); 7] = [
    ("monday", "lundi", Weekday::Mon),
    ("tuesday", "mardi", Weekday::Tue),
    ("wednesday", "mercredi", Weekday::Wed),
    ("thursday", "jeudi", Weekday::Thu),
    ("friday", "vendredi", Weekday::Fri),
    ("saturday", "samedi", Weekday::Sat),
    ("sunday", "dimanche", Weekday::Sun),
];

/// Months in both languages, January first.
pub(crate) const MONTHS: [(&str, &str); 12] = [
    ("january", "janvier"),
    ("february", "février"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "août"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "décembre"),
];

/// The forms of the day of a holiday.
const DAYS: [Rule; 4] = [
    Rule::on_easter,
    Rule::from_easter,
    Rule::weekday_of,
    Rule::fixed_day,
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
                    let days = part.all(Rule::weekday).filter_map(|n| self.weekday(&n)).collect();
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
        let lang = self.lang;
        let names = WEEKDAYS.map(|(en, fr, _)| lang.pick(en, fr));
        let found = names.iter().position(|name| is_word(name, node.text()));
        let Some((_, _, day)) = found.and_then(|at| WEEKDAYS.get(at)) else {
            let d = Diagnostic::error(
                &codes::UNKNOWN_DAY,
                span,
                text!(
                    "`{}` is not a day of the week.",
                    "`{}` n'est pas un jour de la semaine.",
                    node.text()
                ),
                text!("not a day of the week", "pas un jour de la semaine"),
            )
            .help(text!(
                "the days are monday, tuesday, wednesday, thursday, friday, saturday and sunday",
                "les jours sont lundi, mardi, mercredi, jeudi, vendredi, samedi et dimanche"
            ));
            self.report(d.suggest(span, likely(node.text(), names)));
            return None;
        };
        Some(Spanned { value: *day, span })
    }

    fn holiday(&mut self, node: &Node<'_>) -> Option<CalendarLine> {
        let title = self.title(node)?;
        let day = node.parts().find(|n| DAYS.contains(&n.rule()))?;
        let value = match day.rule() {
            Rule::fixed_day => HolidayDay::Fixed {
                day: self.number(&day.part(Rule::number)?).value,
                month: self.month(&day.part(Rule::month)?)?,
                or_next: day.has(Rule::or_next),
            },
            Rule::weekday_of => {
                let which = match day.part(Rule::which)?.first()?.rule() {
                    Rule::kw_first => 1,
                    Rule::kw_second => 2,
                    Rule::kw_third => 3,
                    Rule::kw_fourth => 4,
                    _ => -1,
                };
                HolidayDay::WeekdayOf {
                    which,
                    weekday: self.weekday(&day.part(Rule::weekday)?)?.value,
                    month: self.month(&day.part(Rule::month)?)?,
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
        let lang = self.lang;
        let names = MONTHS.map(|(en, fr)| lang.pick(en, fr));
        let found = (1..).zip(names).find(|(_, name)| is_word(name, node.text()));
        if found.is_none() {
            let message = text!("`{}` is not a month.", "`{}` n'est pas un mois.", node.text());
            let label = text!("not a month", "pas un mois");
            let d = Diagnostic::error(&codes::UNKNOWN_DAY, span, message, label);
            let help = text!(
                "write the month in English, as in `on 14 july`",
                "écrivez le mois en français, comme dans `le 14 juillet`"
            );
            self.report(d.help(help).suggest(span, likely(node.text(), names)));
        }
        found.map(|(n, _)| n)
    }
}

/// Is a text this word, whatever its capitals and accents?
fn is_word(word: &str, text: &str) -> bool {
    plain(word) == plain(&text.to_lowercase())
}
