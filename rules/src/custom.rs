//! Fields of the firm's own: the text that an import brought, read as what the rulebook declares.
//!
//! Nothing in here can fail: what cannot be read as its type is unknown, and says so. This is the one place where such a value is
//! read; conditions, grouping, hooks and pages all ask here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use relance_dsl::checked::{Field, FieldOwner, FieldType};
use relance_dsl::money::{Currency, Money};
use rust_decimal::Decimal;

use crate::value::Value;
use crate::vocabulary::Scope;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading<'a> {
    /// Its value; unknown when nothing is noted, or what is noted is not of its type.
    pub value: Value<'a>,
    /// What is noted and cannot be read.
    pub unreadable: Option<&'a str>,
}

/// Reads a field among the values of its customer or invoice, by its present name or else a former one. An amount without a
/// currency is in that of the company.
pub fn read<'a>(field: &Field, values: &'a BTreeMap<String, String>, company: Currency) -> Reading<'a> {
    let noted = field.names().find_map(|name| values.get(name));
    let Some(noted) = noted.map(|text| text.trim()).filter(|text| !text.is_empty()) else {
        return Reading {
            value: Value::Unknown,
            unreadable: None,
        };
    };
    let value = of_type(&field.ty, noted, company).unwrap_or(Value::Unknown);
    Reading {
        value,
        unreadable: (value == Value::Unknown).then_some(noted),
    }
}

/// Reads a field of the customer, or of the invoice in whose step a scope is. Without an invoice its fields are unknown.
pub(crate) fn load<'a>(field: &Field, scope: &Scope<'a>) -> Reading<'a> {
    let values = match field.of {
        FieldOwner::Customer => Some(&scope.facts.customer.custom),
        FieldOwner::Invoice => scope.invoice.map(|invoice| &invoice.custom),
    };
    match values {
        Some(values) => read(field, values, scope.facts.company.currency),
        None => Reading {
            value: Value::Unknown,
            unreadable: None,
        },
    }
}

/// A text as a value of a type; none when it is not one.
fn of_type<'a>(ty: &FieldType, text: &'a str, company: Currency) -> Option<Value<'a>> {
    Some(match ty {
        FieldType::YesNo => Value::YesNo(yes_or_no(text)?),
        FieldType::Whole => Value::Number(number(text).filter(|n| n.fract().is_zero())?),
        FieldType::Number => Value::Number(number(text)?),
        FieldType::Percent => Value::Number(number(text.strip_suffix('%').unwrap_or(text))?),
        FieldType::Amount => Value::Money(amount(text, company)?),
        FieldType::Date => Value::Date(day(text)?),
        FieldType::Text => Value::text(text),
        FieldType::OneOf(values) => Value::text(values.iter().any(|v| v == text).then_some(text)?),
    })
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "oui" | "o" | "true" | "vrai" | "1" | "x" => Some(true),
        "no" | "n" | "non" | "false" | "faux" | "0" => Some(false),
        _ => None,
    }
}

/// A number: groups may be parted by blanks, decimals stand after a point or a comma. What has both is not guessed at.
fn number(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.matches([',', '.']).count() > 1 {
        return None;
    }
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    is_number.then(|| plain.replace(',', ".").parse().ok()).flatten()
}

/// `1 500 EUR`, `1500.00`, `EUR 12`, `12 €`.
fn amount(text: &str, company: Currency) -> Option<Money> {
    let sign = |text: &str| match text {
        "€" => Some(Currency::EUR),
        code => Currency::new(code).ok(),
    };
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+') || c.is_whitespace();
    let digits = text.trim_matches(|c: char| !is_number(c)).trim();
    let code = text.replacen(digits, "", 1);
    let code = code.trim();
    let currency = if code.is_empty() { company } else { sign(code)? };
    Some(Money::new(number(digits)?, currency))
}

/// `2026-03-31`, or with the day first: `31/03/2026`, `31.03.2026`.
fn day(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]
        .into_iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

/// What stands before the text of a value that cannot be read, among the facts of a reason.
const UNREADABLE: &str = "unreadable as ";

/// What a reading says among the facts of a reason: its value, or what is noted and as what it cannot be read.
pub(crate) fn told(field: &Field, reading: &Reading<'_>) -> String {
    match reading.unreadable {
        Some(noted) => format!("{UNREADABLE}{}: {noted}", kind(&field.ty)),
        None => reading.value.to_string(),
    }
}

/// What was noted and cannot be read, of a value that was told: as what, and the text.
pub(crate) fn untold(value: &str) -> Option<(&str, &str)> {
    value.strip_prefix(UNREADABLE)?.split_once(": ")
}

fn kind(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::YesNo => "yes or no",
        FieldType::Whole => "whole number",
        FieldType::Number => "number",
        FieldType::Percent => "percent",
        FieldType::Amount => "amount",
        FieldType::Date => "date",
        FieldType::Text => "text",
        FieldType::OneOf(_) => "value of the list",
    }
}

/// The kinds of values in French, by their English names.
pub(crate) fn kind_fr(kind: &str) -> &str {
    match kind {
        "yes or no" => "oui ou non",
        "whole number" => "nombre entier",
        "number" => "nombre",
        "percent" => "pourcentage",
        "amount" => "montant",
        "date" => "date",
        "text" => "texte",
        "value of the list" => "valeur de la liste",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use relance_dsl::checked::Name;
    use relance_dsl::span::{FileId, Span};

    use super::*;
    use crate::facts::testing::day as on;

    fn field(ty: FieldType) -> Field {
        let span = Span {
            file: FileId(0),
            start: 0,
            end: 0,
        };
        Field {
            of: FieldOwner::Customer,
            name: Name {
                name: "region".into(),
                title: None,
                span,
                was: vec!["zone".into()],
            },
            ty,
            span,
        }
    }

    fn values(text: &str) -> BTreeMap<String, String> {
        BTreeMap::from([("region".to_owned(), text.to_owned())])
    }

    fn known(ty: FieldType, text: &str) -> Option<String> {
        let values = values(text);
        let reading = read(&field(ty), &values, Currency::EUR);
        (reading.unreadable.is_none()).then(|| reading.value.to_string())
    }

    #[test]
    fn each_type_is_read_in_the_ways_in_which_lists_write_it() {
        let known = |ty: &FieldType, text| known(ty.clone(), text);
        for (text, read) in [("oui", "yes"), ("X", "yes"), ("False", "no"), ("0", "no")] {
            assert_eq!(known(&FieldType::YesNo, text).as_deref(), Some(read), "{text}");
        }
        for (text, read) in [("12", "12"), (" 1 234 ", "1234"), ("-3", "-3"), ("4,0", "4")] {
            assert_eq!(known(&FieldType::Whole, text).as_deref(), Some(read), "{text}");
        }
        for (text, read) in [("12.50", "12.5"), ("1\u{202f}234,5", "1234.5")] {
            assert_eq!(known(&FieldType::Number, text).as_deref(), Some(read), "{text}");
        }
        assert_eq!(known(&FieldType::Percent, "12,5 %").as_deref(), Some("12.5"));
        for (text, read) in [
            ("1500", "1500.00 EUR"),
            ("1 500,00 €", "1500.00 EUR"),
            ("USD 12.5", "12.50 USD"),
            ("-3 CHF", "-3.00 CHF"),
        ] {
            assert_eq!(known(&FieldType::Amount, text).as_deref(), Some(read), "{text}");
        }
        for text in ["2026-03-31", "31/03/2026", "31.03.2026"] {
            assert_eq!(
                known(&FieldType::Date, text).as_deref(),
                Some("2026-03-31"),
                "{text}"
            );
        }
        let phase = FieldType::OneOf(vec!["draft".into(), "signed".into()]);
        assert_eq!(known(&phase, "signed").as_deref(), Some("signed"));
    }

    #[test]
    fn what_is_not_of_its_type_is_unknown_and_says_so() {
        for (ty, text) in [
            (FieldType::YesNo, "perhaps"),
            (FieldType::Whole, "1.5"),
            (FieldType::Number, "1,234.50"),
            (FieldType::Number, "."),
            (FieldType::Number, "1e9"),
            (FieldType::Percent, "%"),
            (FieldType::Amount, "12 euros"),
            (FieldType::Amount, "EUR"),
            (FieldType::Date, "31/02/2026"),
            (FieldType::OneOf(vec!["draft".into()]), "Draft"),
        ] {
            let field = field(ty);
            let values = values(text);
            let reading = read(&field, &values, Currency::EUR);
            assert_eq!(reading.value, Value::Unknown, "{text}");
            assert_eq!(reading.unreadable, Some(text));
            let told = told(&field, &reading);
            let (kind, noted) = untold(&told).unwrap();
            assert_eq!(noted, text);
            assert_ne!(kind, "", "{told}");
        }
    }

    #[test]
    fn an_empty_value_is_unknown_without_a_word() {
        for text in ["", "   "] {
            let values = values(text);
            let reading = read(&field(FieldType::Text), &values, Currency::EUR);
            assert_eq!((reading.value, reading.unreadable), (Value::Unknown, None));
        }
    }

    #[test]
    fn a_field_that_was_renamed_still_reads_what_stands_under_its_old_name() {
        let mut values = BTreeMap::from([("zone".to_owned(), "Nord".to_owned())]);
        let field = field(FieldType::Text);
        assert_eq!(read(&field, &values, Currency::EUR).value, Value::text("Nord"));
        values.insert("region".to_owned(), "Sud".to_owned());
        assert_eq!(read(&field, &values, Currency::EUR).value, Value::text("Sud"));
    }

    #[test]
    fn days_are_days() {
        assert_eq!(day("29/02/2028"), Some(on("2028-02-29")));
        assert_eq!(day("2026-3-1x"), None);
    }

    proptest! {
        #[test]
        fn no_text_at_all_makes_it_fail(text in "\\PC{0,40}", digits in "[-+0-9 .,€%/A-Z]{0,40}") {
            for ty in [
                FieldType::YesNo,
                FieldType::Whole,
                FieldType::Number,
                FieldType::Percent,
                FieldType::Amount,
                FieldType::Date,
                FieldType::Text,
                FieldType::OneOf(vec!["a".into()]),
            ] {
                let field = field(ty);
                for noted in [&text, &digits] {
                    let values = values(noted);
                    let reading = read(&field, &values, Currency::EUR);
                    let is_noted = !noted.trim().is_empty();
                    prop_assert_eq!(
                        reading.unreadable.is_some(),
                        is_noted && reading.value == Value::Unknown
                    );
                }
            }
        }
    }
}
