//! Reasons, amounts and days in French and English.

mod english;
mod french;
mod occurrences;
mod priorities;

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use relance_dsl::checked::{Field, FieldOwner, FieldType, Tone};
use relance_dsl::lang::Lang;
use relance_dsl::money::{Currency, Money};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::custom;
use crate::facts::HoldKind;
use crate::reason::{FactRead, Reason};
use crate::value::Value;
use crate::vocabulary::VOCABULARY;
pub use occurrences::occurrence;
pub use priorities::priority;

/// Between the groups of three digits of a French number: a narrow space that does not break.
const NARROW: char = '\u{202F}';
/// Before the sign of a currency in French, and within guillemets: a space that does not break.
const NO_BREAK: char = '\u{A0}';

/// A language that this program speaks itself. (Messages to customers can be in any language: those are templates.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        lang.pick(Self::En, Self::Fr)
    }
}

impl Language {
    /// French for `fr`, English for anything else.
    pub fn of(code: &str) -> Self {
        if code == "fr" { Self::Fr } else { Self::En }
    }
}

/// One reason as a sentence, with moments on the clock of a zone, and the facts that were read for it.
pub fn reason(reason: &Reason, zone: Tz, language: Language) -> String {
    let sentence = match language {
        Language::Fr => french::sentence(&reason.kind, zone),
        Language::En => english::sentence(&reason.kind, zone),
    };
    if reason.facts.is_empty() {
        return sentence;
    }
    let facts: Vec<_> = reason.facts.iter().map(|f| fact(f, language)).collect();
    format!(
        "{sentence} ({})",
        facts.join(match language {
            Language::Fr => "\u{A0}; ",
            Language::En => "; ",
        })
    )
}

/// A fact that was read: `account.overdue = EUR 1,234.50`, `compte.échu = 1 234,50 €`.
pub fn fact(read: &FactRead, language: Language) -> String {
    format!(
        "{} = {}",
        fact_path(&read.fact, language),
        fact_value(&read.value, language)
    )
}

/// What is noted for a field of the firm's own, as a language writes it: the value, or what cannot be read as its type. None when
/// nothing is noted. An amount without a currency is in that of the company.
pub fn custom_value(
    field: &Field,
    values: &BTreeMap<String, String>,
    company: Currency,
    language: Language,
) -> Option<String> {
    let reading = custom::read(field, values, company);
    if reading.value == Value::Unknown && reading.unreadable.is_none() {
        return None;
    }
    if let Value::Text(text) = reading.value {
        return Some(text.to_owned());
    }
    let shown = fact_value(&custom::told(field, &reading), language);
    let percent = field.ty == FieldType::Percent && reading.unreadable.is_none();
    Some(match language {
        Language::Fr if percent => format!("{shown}{NO_BREAK}%"),
        Language::En if percent => format!("{shown}%"),
        _ => shown,
    })
}

/// The path of a fact as a language writes it.
fn fact_path(path: &str, language: Language) -> Cow<'_, str> {
    if language == Language::En {
        return path.into();
    }
    if let Some(hook) = path.strip_prefix("hook ") {
        return format!("fonction {hook}").into();
    }
    if let Some(known) = VOCABULARY.facts.iter().find(|f| f.path == path) {
        return known.path_fr.into();
    }
    match FieldOwner::of_path(path, Lang::English) {
        Some((owner, name)) => owner.path_of(name).fr.into(),
        None => path.into(),
    }
}

/// The plain value of a fact, written as the language writes it.
fn fact_value(plain: &str, language: Language) -> String {
    let as_money = plain
        .split_once(' ')
        .and_then(|(amount, currency)| Some(Money::new(amount.parse().ok()?, Currency::new(currency).ok()?)));
    if let Some(money_value) = as_money {
        return money(money_value, language);
    }
    if let Some((kind, noted)) = custom::untold(plain) {
        return match language {
            Language::En => format!("\"{noted}\", which is no {kind}"),
            Language::Fr => format!(
                "«{NO_BREAK}{noted}{NO_BREAK}», illisible comme {}",
                custom::kind_fr(kind)
            ),
        };
    }
    if let Ok(day) = plain.parse::<NaiveDate>() {
        return date(day, language);
    }
    if let Ok(n) = plain.parse::<Decimal>() {
        return number(n, language);
    }
    match (plain, language) {
        ("yes", Language::Fr) => "oui".to_owned(),
        ("no", Language::Fr) => "non".to_owned(),
        ("unknown", Language::Fr) => "inconnu".to_owned(),
        _ => VOCABULARY
            .enumerations
            .iter()
            .flat_map(|e| e.values)
            .find(|(english, _)| *english == plain && language == Language::Fr)
            .map_or(plain, |(_, french)| french)
            .to_owned(),
    }
}

/// A number with its own digits: `1 234,5`, `1,234.5`.
pub fn number(n: Decimal, language: Language) -> String {
    let n = n.normalize();
    digits(n, n.scale(), language)
}

/// An amount, rounded to the minor unit of its currency, half away from zero: `1 234,50 €` or `1 234,50 USD` (narrow no-break
/// space between groups, no-break space before the currency), `EUR 1,234.50`.
pub fn money(money: Money, language: Language) -> String {
    let number = digits(money.amount, money.currency.minor_units(), language);
    match language {
        Language::Fr if money.currency == Currency::EUR => format!("{number}{NO_BREAK}€"),
        Language::Fr => format!("{number}{NO_BREAK}{}", money.currency),
        Language::En => format!("{} {number}", money.currency),
    }
}

/// A number with so many decimals, as the language writes it.
fn digits(n: Decimal, decimals: u32, language: Language) -> String {
    match language {
        Language::Fr => grouped(n, decimals, NARROW, ','),
        Language::En => grouped(n, decimals, ',', '.'),
    }
}

/// A number with so many decimals, rounded half away from zero: `group` parts its groups of three digits, `point` its decimals. For
/// languages that [`Language`] does not have.
pub fn grouped(n: Decimal, decimals: u32, group: char, point: char) -> String {
    let rounded = n.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let plain = format!("{:.*}", decimals as usize, rounded.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        text.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

/// A day: `12 mars 2026`, `1er mars 2026`, `12 March 2026`.
pub fn date(date: NaiveDate, language: Language) -> String {
    let months = match language {
        Language::Fr => french::MONTHS,
        Language::En => english::MONTHS,
    };
    let month = months.get(date.month0() as usize).copied().unwrap_or_default();
    let day = match (date.day(), language) {
        (1, Language::Fr) => "1er".to_owned(),
        (day, _) => day.to_string(),
    };
    format!("{day} {month} {}", date.year())
}

/// A moment, on the clock of a zone, to the minute: `12 mars 2026 à 09:00`, `12 March 2026 at 09:00`. In UTC it says so.
pub fn instant(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let local = at.with_timezone(&zone);
    let day = date(local.date_naive(), language);
    let at = match language {
        Language::Fr => "à",
        Language::En => "at",
    };
    let utc = if zone == Tz::UTC { " UTC" } else { "" };
    format!("{day} {at} {}{utc}", local.format("%H:%M"))
}

/// Why an invoice is disputed; a category of the user's own is shown as it is.
pub fn dispute_category(category: &str, language: Language) -> &str {
    let pick = |fr: &'static str, en: &'static str| match language {
        Language::Fr => fr,
        Language::En => en,
    };
    match category {
        "price" => pick("prix", "price"),
        "quantity" => pick("quantité", "quantity"),
        "quality" => pick("qualité", "quality"),
        "delivery" => pick("livraison", "delivery"),
        "order" => pick("bon de commande manquant", "missing order number"),
        "paid" => pick("déjà payé", "paid already"),
        "other" => pick("autre", "other"),
        own => own,
    }
}

/// What is noted of a hold: the category of a dispute and the amount of a promise in the language, other notes as they are.
pub(crate) fn hold_note(hold: HoldKind, note: &str, language: Language) -> String {
    match hold {
        HoldKind::Disputed => dispute_category(note, language).to_owned(),
        HoldKind::Promised | HoldKind::OnPlan => fact_value(note, language),
        HoldKind::Manual | HoldKind::Insolvency | HoldKind::CreditExpected => note.to_owned(),
    }
}

/// A hold: `litige`, `dispute`.
pub fn hold_kind(kind: HoldKind, language: Language) -> &'static str {
    match (kind, language) {
        (HoldKind::Disputed, Language::Fr) => "litige",
        (HoldKind::Promised, Language::Fr) => "promesse de paiement",
        (HoldKind::OnPlan, Language::Fr) => "échéancier",
        (HoldKind::Manual, Language::Fr) => "suspension manuelle",
        (HoldKind::Insolvency, Language::Fr) => "procédure collective",
        (HoldKind::CreditExpected, Language::Fr) => "avoir attendu",
        (HoldKind::Disputed, Language::En) => "dispute",
        (HoldKind::Promised, Language::En) => "promise to pay",
        (HoldKind::OnPlan, Language::En) => "payment plan",
        (HoldKind::Manual, Language::En) => "manual hold",
        (HoldKind::Insolvency, Language::En) => "insolvency proceedings",
        (HoldKind::CreditExpected, Language::En) => "credit note awaited",
    }
}

/// A tone: `courtois`, `courteous`.
pub fn tone(tone: Tone, language: Language) -> &'static str {
    match (tone, language) {
        (Tone::Warm, Language::Fr) => "chaleureux",
        (Tone::Courteous, Language::Fr) => "courtois",
        (Tone::Firm, Language::Fr) => "ferme",
        (Tone::Formal, Language::Fr) => "formel",
        (tone, Language::En) => crate::rulebook::tone_name(tone),
    }
}

/// A role of a user to whom tasks are assigned, readable: `credit manager`, `responsable crédit`. One that the vocabulary does not
/// have is given as it is.
pub fn role(role: &str, language: Language) -> String {
    let known = VOCABULARY.roles.iter().find(|(english, _)| *english == role);
    let name = match (known, language) {
        (Some((_, french)), Language::Fr) => french,
        _ => role,
    };
    name.replace('_', " ")
}

/// The medium of a message that a person sends: `lettre recommandée`, `registered letter`; one of the rulebook's own as it is called.
pub fn medium(name: &str, language: Language) -> &str {
    match (name, language) {
        ("sms", _) => "SMS",
        ("letter", Language::Fr) => "courrier",
        ("letter", Language::En) => "letter",
        ("registered_letter", Language::Fr) => "lettre recommandée",
        ("registered_letter", Language::En) => "registered letter",
        _ => name,
    }
}

/// A language by its two letters, as a word: `français`, `French`; the letters when there is no word for it here.
pub fn language_name(code: &str, language: Language) -> &str {
    match (code, language) {
        ("fr", Language::Fr) => "français",
        ("en", Language::Fr) => "anglais",
        ("de", Language::Fr) => "allemand",
        ("es", Language::Fr) => "espagnol",
        ("it", Language::Fr) => "italien",
        ("nl", Language::Fr) => "néerlandais",
        ("fr", Language::En) => "French",
        ("en", Language::En) => "English",
        ("de", Language::En) => "German",
        ("es", Language::En) => "Spanish",
        ("it", Language::En) => "Italian",
        ("nl", Language::En) => "Dutch",
        _ => code,
    }
}

/// A tone by its name in the rules.
fn tone_by_name(name: &str, language: Language) -> &str {
    [Tone::Warm, Tone::Courteous, Tone::Firm, Tone::Formal]
        .into_iter()
        .find(|t| crate::rulebook::tone_name(*t) == name)
        .map_or(name, |t| tone(t, language))
}

#[cfg(test)]
mod tests;
