//! The two languages of the rule files, and of what is said about them.

use serde::{Deserialize, Serialize};

/// A language of rule files and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
}

impl Lang {
    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The language with this two-letter code.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::English),
            "fr" => Some(Self::French),
            _ => None,
        }
    }

    /// TEMP
    pub fn of_source(text: &str) -> Self {
        if text.contains("édition") {
            Self::French
        } else {
            Self::English
        }
    }

    /// One of two, by language.
    pub fn pick<T>(self, english: T, french: T) -> T {
        match self {
            Self::English => english,
            Self::French => french,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        self.pick(Self::French, Self::English)
    }
}

/// A sentence, or a part of one, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text {
    /// In English.
    pub en: String,
    /// In French.
    pub fr: String,
}

impl Text {
    /// A sentence in both languages.
    pub fn new(en: impl Into<String>, fr: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            fr: fr.into(),
        }
    }

    /// Something that reads alike in both, as a word of the source.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            en: text.clone(),
            fr: text,
        }
    }

    /// In one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.fr)
    }
}

impl From<&str> for Text {
    fn from(s: &str) -> Self {
        Self::same(s)
    }
}
impl From<String> for Text {
    fn from(s: String) -> Self {
        Self::same(s)
    }
}

/// A [`Text`] from two format strings with the same arguments: `text!("No role `{name}`.", "Aucun rôle `{name}`.")`.
#[macro_export]
macro_rules! text {
    ($en:literal, $fr:literal $(, $($arg:tt)*)?) => {
        $crate::lang::Text::new(format!($en $(, $($arg)*)?), format!($fr $(, $($arg)*)?))
    };
}
