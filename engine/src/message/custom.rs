//! Fields of the firm's own in messages: `customer.custom.region`, `invoice.custom.contract`.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use minijinja::value::Value;
use relance_rules::custom;
use relance_rules::dsl::checked::{Field, FieldOwner, FieldType};
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::value::Value as Fact;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::language::MessageLanguage;
use super::values::{Amount, Day};

/// A field that the rules declare, with what is noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomWord {
    /// Its name in the rules.
    pub name: String,
    /// Its value; none when nothing is noted, or what is noted cannot be read as what the rules declare.
    pub value: Option<CustomValue>,
}

/// What a field can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomValue {
    /// Yes or no.
    Truth(bool),
    /// A number.
    Number(Decimal),
    /// The same, per cent.
    Percent(Decimal),
    /// An amount.
    Amount(Money),
    /// A day.
    Day(NaiveDate),
    /// A text, or a value of a list.
    Text(String),
}

/// The declared fields of customers or of invoices, with the values of one of them.
pub(super) fn words(
    fields: &[Arc<Field>],
    of: FieldOwner,
    values: &BTreeMap<String, String>,
    company: Currency,
) -> Vec<CustomWord> {
    let fields = fields.iter().filter(|field| field.of == of);
    fields
        .map(|field| CustomWord {
            name: field.name.name.clone(),
            value: value(&field.ty, custom::read(field, values, company).value),
        })
        .collect()
}

fn value(ty: &FieldType, fact: Fact<'_>) -> Option<CustomValue> {
    match fact {
        Fact::YesNo(yes) => Some(CustomValue::Truth(yes)),
        Fact::Number(number) if *ty == FieldType::Percent => Some(CustomValue::Percent(number)),
        Fact::Number(number) => Some(CustomValue::Number(number)),
        Fact::Money(money) => Some(CustomValue::Amount(money)),
        Fact::Date(day) => Some(CustomValue::Day(day)),
        Fact::Text(text) => Some(CustomValue::Text(text.to_owned())),
        Fact::Unknown | Fact::Texts(_) | Fact::Currency(_) => None,
    }
}

/// A value of each kind, or nothing, for trying templates.
pub(super) fn samples(
    fields: &[Arc<Field>],
    of: FieldOwner,
    known: bool,
    company: Currency,
) -> Vec<CustomWord> {
    let sample = |ty: &FieldType| match ty {
        FieldType::YesNo => CustomValue::Truth(true),
        FieldType::Whole | FieldType::Number => CustomValue::Number(Decimal::from(1234)),
        FieldType::Percent => CustomValue::Percent(Decimal::new(125, 1)),
        FieldType::Amount => CustomValue::Amount(Money::new(Decimal::new(123_450, 2), company)),
        FieldType::Date => CustomValue::Day(NaiveDate::from_yo_opt(2026, 31).unwrap_or_default()),
        FieldType::Text => CustomValue::Text("Sample".to_owned()),
        FieldType::OneOf(values) => CustomValue::Text(values.first().cloned().unwrap_or_default()),
    };
    let fields = fields.iter().filter(|field| field.of == of);
    fields
        .map(|field| CustomWord {
            name: field.name.name.clone(),
            value: known.then(|| sample(&field.ty)),
        })
        .collect()
}

/// The fields as templates read them, by name. What is not known is there, and none.
pub(super) fn named(words: &[CustomWord], language: MessageLanguage) -> Value {
    let shown = |value: &CustomValue| match value {
        CustomValue::Truth(yes) => Value::from(*yes),
        // Whole numbers can be compared and counted; others would be binary fractions.
        CustomValue::Number(number) => match number.to_i64().filter(|_| number.is_integer()) {
            Some(whole) => Value::from(whole),
            None => Value::from(language.number(*number)),
        },
        CustomValue::Percent(number) => Value::from(format!("{}\u{a0}%", language.number(*number))),
        CustomValue::Amount(money) => Value::from_object(Amount {
            money: *money,
            language,
        }),
        CustomValue::Day(date) => Value::from_object(Day {
            date: *date,
            language,
        }),
        CustomValue::Text(text) => Value::from(text.as_str()),
    };
    let words = words.iter().map(|word| {
        let value = word.value.as_ref().map_or(Value::from(()), shown);
        (word.name.clone(), value)
    });
    Value::from(words.collect::<BTreeMap<String, Value>>())
}
