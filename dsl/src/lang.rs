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

    /// The language that a rule file is written in, as far as its first lines tell: for messages about a file that
    /// could not be read to the end, or not at all.
    ///
    /// The edition line says it (`édition 2026`, `edition 2026 fr`); where it does not, the first word of a statement that only one
    /// language has. English when nothing tells.
    pub fn of_source(text: &str) -> Self {
        let mut lines = text
            .trim_start_matches('\u{feff}')
            .lines()
            .take(MOST_LINES)
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("//"))
            .peekable();
        if let Some(language) = lines.peek().and_then(|line| Self::of_edition(line)) {
            return language;
        }
        lines.find_map(Self::of_words).unwrap_or_default()
    }

    /// The language that an edition line names; none when it is another line, or leaves the language open.
    fn of_edition(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("édition"), _, _) => Some(Self::French),
            (Some("edition"), _, Some("fr" | "french" | "français" | "francais")) => Some(Self::French),
            (Some("edition"), _, Some("en" | "english" | "anglais")) => Some(Self::English),
            _ => None,
        }
    }

    /// The first word of a line, outside of texts and comments, that stands in one vocabulary only.
    fn of_words(line: &str) -> Option<Self> {
        let code = line.split("//").next().unwrap_or_default();
        let outside_texts = code.split('"').step_by(2);
        outside_texts
            .flat_map(|part| part.split(|c: char| !c.is_alphanumeric() && c != '_'))
            .find_map(|word| {
                if FRENCH.contains(&word) {
                    return Some(Self::French);
                }
                ENGLISH.contains(&word).then_some(Self::English)
            })
    }
}

/// So many lines of a file are looked at for its language.
const MOST_LINES: usize = 200;

/// Words of statements that are English only.
const ENGLISH: &[&str] = &[
    "use",
    "calendar",
    "disputes",
    "promises",
    "plans",
    "medium",
    "hook",
    "when",
    "otherwise",
    "for",
    "language",
    "send",
    "courtesy",
    "dunning",
    "thanks",
    "step",
    "level",
    "add",
    "subtract",
    "bands",
    "closed",
    "holiday",
    "given",
    "expect",
];

/// Words of statements that are French only.
const FRENCH: &[&str] = &[
    "utiliser",
    "scénario",
    "calendrier",
    "litiges",
    "promesses",
    "échéanciers",
    "echeanciers",
    "canal",
    "fonction",
    "frais",
    "si",
    "sinon",
    "pour",
    "langue",
    "envoyer",
    "prévenance",
    "prevenance",
    "remerciement",
    "étape",
    "etape",
    "niveau",
    "ajouter",
    "retirer",
    "tranches",
    "fermé",
    "férié",
    "ferie",
    "soit",
    "attendre",
];

/// A sentence, or a part of one, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
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

/// A [`Text`] from two format strings with the same arguments: `text!("No role `{name}`.", "Aucun rôle `{name}`.")`.
#[macro_export]
macro_rules! text {
    ($en:literal, $fr:literal $(, $($arg:tt)*)?) => {
        $crate::lang::Text::new(format!($en $(, $($arg)*)?), format!($fr $(, $($arg)*)?))
    };
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_edition_line_says_the_language() {
        for text in [
            "édition 2026",
            "edition 2026 fr\nuse std.france",
            "edition 2026 français",
            "edition 2026 francais // essai",
            "\u{feff}// en tête\n\n  édition 2026\n",
        ] {
            assert_eq!(Lang::of_source(text), Lang::French, "{text}");
        }
        for text in [
            "edition 2026 en\nutiliser std.france",
            "edition 2026 english\nutiliser std.france",
        ] {
            assert_eq!(Lang::of_source(text), Lang::English, "{text}");
        }
    }

    #[test]
    fn without_it_the_first_word_of_one_language_says_it() {
        for text in [
            "edition 2026\nscenario a pour b {\n  langue fr\n  tone firm",
            "segments {\n  petit si compte.échu > 5 EUR\n  sinon {",
            "// use std.france\nutiliser std.france\nuse std.france",
            "prévenance{",
        ] {
            assert_eq!(Lang::of_source(text), Lang::French, "{text}");
        }
        for text in [
            "edition 2026\nuse std.france\nutiliser std.france",
            "scenario a for b {\n  language fr\n  ton ferme",
            "level 1 all",
        ] {
            assert_eq!(Lang::of_source(text), Lang::English, "{text}");
        }
    }

    #[test]
    fn a_file_that_says_nothing_is_english() {
        for text in [
            "",
            "// édition 2026",
            "segments { petit otherwise }",
            "édito",
            "tons",
        ] {
            assert_eq!(Lang::of_source(text), Lang::English, "{text}");
        }
    }

    #[test]
    fn only_the_first_lines_are_looked_at() {
        let after = |lines: usize| format!("{}utiliser std.france", "\n".repeat(lines));
        assert_eq!(Lang::of_source(&after(199)), Lang::French);
        assert_eq!(Lang::of_source(&after(200)), Lang::English);
    }
}
