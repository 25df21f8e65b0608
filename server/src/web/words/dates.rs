//! Days, moments and numbers, short enough for tables.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use relance_rules::words::{self, Language};
use rust_decimal::Decimal;

use super::Words;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Words {
    /// A day: `12/03/2026`, `12 Mar 2026`.
    pub fn date(&self, day: NaiveDate) -> String {
        match self.language {
            Language::Fr => day.format("%d/%m/%Y").to_string(),
            Language::En => {
                let month = usize::try_from(day.month0()).ok().and_then(|m| MONTHS.get(m));
                format!("{} {} {}", day.day(), month.unwrap_or(&""), day.year())
            }
        }
    }

    /// A day in full: `12 mars 2026`.
    pub fn long_date(&self, day: NaiveDate) -> String {
        words::date(day, self.language)
    }

    /// A moment on the clock of a zone, to the minute: `12/03/2026 09:30`.
    pub fn moment(&self, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        format!("{} {}", self.date(local.date_naive()), local.format("%H:%M"))
    }

    /// The day of the week, short.
    pub fn week_day(&self, day: NaiveDate) -> &'static str {
        let (fr, en) = match day.weekday() {
            Weekday::Mon => ("lun.", "Mon"),
            Weekday::Tue => ("mar.", "Tue"),
            Weekday::Wed => ("mer.", "Wed"),
            Weekday::Thu => ("jeu.", "Thu"),
            Weekday::Fri => ("ven.", "Fri"),
            Weekday::Sat => ("sam.", "Sat"),
            Weekday::Sun => ("dim.", "Sun"),
        };
        self.pick(fr, en)
    }

    /// A number with the decimal sign of the language.
    pub fn number(&self, number: Decimal) -> String {
        let text = number.to_string();
        match self.language {
            Language::Fr => text.replace('.', ","),
            Language::En => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_short() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let at = day.and_hms_opt(8, 5, 0).unwrap().and_utc();
        let zone = chrono_tz::Europe::Paris;
        assert_eq!(Words::of("fr").moment(at, zone), "02/03/2026 09:05");
        assert_eq!(Words::of("en").moment(at, zone), "2 Mar 2026 09:05");
        assert_eq!(Words::of("fr").week_day(day), "lun.");
        assert_eq!(Words::of("fr").number(Decimal::new(125, 1)), "12,5");
    }
}
