//! Texts of cells into days, amounts, yes and no.

use chrono::{Datelike as _, NaiveDate};
use encoding_rs::Encoding;
use rust_decimal::Decimal;

use super::ImportError;
use super::mapping::Format;

/// How the values of one file are written, with nothing left open.
#[derive(Debug, Clone)]
pub(super) struct Notation {
    pub(super) encoding: &'static Encoding,
    pub(super) delimiter: u8,
    /// As written in the mapping, and as the date library reads it.
    dates: Vec<(String, String)>,
    decimal: char,
    group: Option<char>,
}

impl Notation {
    /// What the file says, else what all files say, else the defaults.
    pub(super) fn new(file: &Format, all: &Format) -> Result<Self, ImportError> {
        let refuse = |why: String| ImportError::Mapping { why };
        let one = |own: &Option<String>, shared: &Option<String>, key: &str, default: char| {
            let Some(text) = own.as_ref().or(shared.as_ref()) else {
                return Ok(default);
            };
            let mut letters = text.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => Ok(letter),
                _ => Err(refuse(format!("`{key}` is one character, not `{text}`"))),
            }
        };
        let label = file
            .encoding
            .as_deref()
            .or(all.encoding.as_deref())
            .unwrap_or("utf-8");
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            refuse(format!(
                "there is no encoding `{label}`; write utf-8 or windows-1252, for example"
            ))
        })?;
        let delimiter = one(&file.delimiter, &all.delimiter, "delimiter", ',')?;
        let delimiter = u8::try_from(delimiter)
            .ok()
            .filter(u8::is_ascii)
            .ok_or_else(|| refuse("`delimiter` must be a plain character, such as ; or \\t".to_owned()))?;
        let group = file
            .group
            .as_ref()
            .or(all.group.as_ref())
            .filter(|text| !text.is_empty());
        let group = group
            .map(|_| one(&file.group, &all.group, "group", ' '))
            .transpose()?;
        let default = vec!["yyyy-mm-dd".to_owned()];
        let dates = file.dates.as_ref().or(all.dates.as_ref()).unwrap_or(&default);
        let dates = dates
            .iter()
            .map(|written| match pattern(written) {
                Some(pattern) => Ok((written.clone(), pattern)),
                None => Err(refuse(format!(
                    "`{written}` is not a way to write days; write d/m/yyyy, for example"
                ))),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            encoding,
            delimiter,
            dates,
            decimal: one(&file.decimal, &all.decimal, "decimal", '.')?,
            group,
        })
    }

    /// A day; the error says how days are written here.
    pub(super) fn date(&self, text: &str) -> Result<NaiveDate, String> {
        self.dates
            .iter()
            .filter_map(|(_, pattern)| NaiveDate::parse_from_str(text, pattern).ok())
            .find(|day| (1900..2200).contains(&day.year()))
            .ok_or_else(|| {
                let ways: Vec<&str> = self.dates.iter().map(|(written, _)| written.as_str()).collect();
                format!("not a day; days are written {} here", ways.join(" or "))
            })
    }

    /// An amount, at most four decimals; a minus before or behind it, or parentheses around it, make it negative.
    pub(super) fn amount(&self, text: &str) -> Result<Decimal, String> {
        let (digits, negative) = unsigned(text);
        let (whole, decimals) = match digits.split_once(self.decimal) {
            Some((whole, decimals)) => (whole, decimals),
            None => (digits, ""),
        };
        let whole = self.ungrouped(whole).ok_or_else(|| self.not_an_amount())?;
        let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(&whole) || !plain(decimals) {
            return Err(self.not_an_amount());
        }
        if decimals.trim_end_matches('0').len() > 4 {
            return Err("more than four decimals".to_owned());
        }
        let sign = if negative { "-" } else { "" };
        let amount: Decimal = format!("{sign}{whole}.{decimals}0")
            .parse()
            .map_err(|_| self.not_an_amount())?;
        if amount.abs() >= Decimal::new(100_000_000_000_000, 0) {
            return Err("too large: at most 14 digits before the decimals".to_owned());
        }
        Ok(amount.normalize())
    }

    /// The digits of `1 234 567`; none when the groups are not of three, which hints at another notation.
    fn ungrouped(&self, whole: &str) -> Option<String> {
        let Some(sign) = self.group else {
            return Some(whole.to_owned());
        };
        let blank = sign.is_whitespace();
        let groups: Vec<&str> = whole
            .split(|c: char| c == sign || (blank && c.is_whitespace()))
            .collect();
        let (first, rest) = groups.split_first()?;
        let good =
            rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
        good.then(|| groups.concat())
    }

    fn not_an_amount(&self) -> String {
        let group = self
            .group
            .map_or(String::new(), |sign| format!(" and `{sign}` between thousands"));
        format!(
            "not an amount; amounts have `{}` before the decimals{group} here",
            self.decimal
        )
    }
}

fn unsigned(text: &str) -> (&str, bool) {
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        return (inner.trim(), true);
    }
    if let Some(rest) = text.strip_prefix('-').or_else(|| text.strip_suffix('-')) {
        return (rest.trim(), true);
    }
    (text.strip_prefix('+').unwrap_or(text).trim(), false)
}

/// `d/m/yyyy` as the date library writes it; none when day, month or year is missing or twice there.
fn pattern(written: &str) -> Option<String> {
    let mut pattern = String::new();
    let mut seen = Vec::new();
    let mut rest = written;
    while let Some(letter) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(letter).len();
        let token = match (letter, run) {
            ('d', 1 | 2) => "%d",
            ('m', 1 | 2) => "%m",
            ('y', 4) => "%Y",
            ('y', 2) => "%y",
            ('d' | 'm' | 'y' | '%', _) => return None,
            _ => {
                pattern.push_str(&rest[..run]);
                rest = &rest[run..];
                continue;
            }
        };
        if seen.contains(&letter) {
            return None;
        }
        seen.push(letter);
        pattern.push_str(token);
        rest = &rest[run..];
    }
    (seen.len() == 3).then_some(pattern)
}

/// Yes or no, in the words of accounting systems.
pub(super) fn yes(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "" | "0" | "no" | "n" | "false" | "f" | "non" | "faux" => Ok(false),
        "1" | "yes" | "y" | "true" | "t" | "oui" | "o" | "vrai" | "x" => Ok(true),
        _ => Err("neither yes nor no".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french() -> Notation {
        let format = Format {
            dates: Some(vec!["d/m/yyyy".to_owned(), "dd.mm.yy".to_owned()]),
            decimal: Some(",".to_owned()),
            group: Some(" ".to_owned()),
            ..Format::default()
        };
        Notation::new(&format, &Format::default()).unwrap()
    }

    #[test]
    fn amounts_are_read_as_they_are_written_here_and_nowhere_else() {
        let notation = french();
        let read = |text: &str| notation.amount(text).map(|amount| amount.to_string());
        assert_eq!(read("1 234 567,80").unwrap(), "1234567.8");
        assert_eq!(read("1\u{202f}234,5").unwrap(), "1234.5");
        assert_eq!(read("12,3-").unwrap(), "-12.3");
        assert_eq!(read("(12)").unwrap(), "-12");
        for wrong in ["1.234,50", "12 34", "12,3,4", "", "-", "EUR 12", "1,23456"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            read("1.5").unwrap_err(),
            "not an amount; amounts have `,` before the decimals and ` ` between thousands here"
        );
    }

    #[test]
    fn a_german_point_between_thousands_is_never_taken_for_decimals() {
        let format = Format {
            decimal: Some(",".to_owned()),
            group: Some(".".to_owned()),
            ..Format::default()
        };
        let notation = Notation::new(&format, &Format::default()).unwrap();
        assert_eq!(notation.amount("1.234,5").unwrap().to_string(), "1234.5");
        assert!(notation.amount("12.34").is_err());
    }

    #[test]
    fn days_are_read_in_each_of_the_ways_given() {
        let notation = french();
        let day = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        assert_eq!(notation.date("9/3/2026"), Ok(day));
        assert_eq!(notation.date("09/03/2026"), Ok(day));
        assert_eq!(notation.date("09.03.26"), Ok(day));
        assert_eq!(
            notation.date("31/2/2026").unwrap_err(),
            "not a day; days are written d/m/yyyy or dd.mm.yy here"
        );
        assert!(notation.date("9/3/26").is_err(), "a year of the first century");
    }

    #[test]
    fn a_way_to_write_days_without_a_year_is_refused() {
        assert_eq!(pattern("m/d/yyyy").as_deref(), Some("%m/%d/%Y"));
        assert_eq!(pattern("yyyymmdd").as_deref(), Some("%Y%m%d"));
        for wrong in ["d/m", "%d/%m/%Y", "d/d/yyyy", "ddd/m/yyyy"] {
            assert_eq!(pattern(wrong), None, "{wrong}");
        }
    }
}
