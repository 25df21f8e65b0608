//! Reasons, amounts and days in French and English.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use relance_dsl::checked::Tone;
use relance_dsl::money::Money;

use crate::facts::HoldKind;
use crate::reason::Reason;

/// A language that this program speaks itself. (Messages to customers can be in any language: those are templates.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

impl Language {
    /// French for `fr`, English for anything else.
    pub fn of(code: &str) -> Self {
        if code == "fr" { Self::Fr } else { Self::En }
    }
}

/// One reason as a sentence.
pub fn reason(reason: &Reason, _language: Language) -> String {
    format!("{:?}", reason.kind)
}

/// An amount: `1 234,50 €` (narrow no-break space in the number, no-break space before the sign) or `EUR 1,234.50`.
pub fn money(money: Money, _language: Language) -> String {
    money.to_string()
}

/// A day: `12 mars 2026`, `12 March 2026`.
pub fn date(date: NaiveDate, _language: Language) -> String {
    date.to_string()
}

/// A moment, on the clock of a zone, to the minute: `12 mars 2026 à 09:00`, `12 March 2026 at 09:00`.
pub fn instant(at: DateTime<Utc>, zone: Tz, _language: Language) -> String {
    at.with_timezone(&zone).to_string()
}

/// A hold: `litige`, `dispute`.
pub fn hold_kind(kind: HoldKind, _language: Language) -> &'static str {
    match kind {
        HoldKind::Disputed => "dispute",
        HoldKind::Promised => "promise",
        HoldKind::OnPlan => "plan",
        HoldKind::Manual => "manual",
        HoldKind::Insolvency => "insolvency",
    }
}

/// A tone: `courtois`, `courteous`.
pub fn tone(tone: Tone, _language: Language) -> &'static str {
    crate::rulebook::tone_name(tone)
}
