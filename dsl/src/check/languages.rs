//! The language of messages.

use super::Checker;
use super::settings::Settings;
use crate::ast::{self, BrokenKind, Spanned};
use crate::checked::LanguageChoice;
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::{Lang, Text};
use crate::parse::plain;
use crate::text;

/// Facts that give a language, as the chain names them.
pub(crate) const FACTS: [(&str, &str, LanguageChoice); 2] = [
    ("contact.language", "contact.langue", LanguageChoice::Contact),
    ("customer.language", "client.langue", LanguageChoice::Customer),
];

impl Checker<'_> {
    /// The chain of languages; that it ends with a fixed one, and only there.
    pub(super) fn languages(&mut self, chain: &[Spanned<ast::LanguageChoice>]) -> Vec<LanguageChoice> {
        let mut choices = Vec::new();
        for (i, choice) in chain.iter().enumerate() {
            match &choice.value {
                ast::LanguageChoice::Fact(fact) => choices.extend(self.language_fact(fact, choice)),
                ast::LanguageChoice::Fixed(code) => {
                    choices.extend(self.language_code(code, choice));
                    if let Some(next) = chain.get(i + 1) {
                        let d = Diagnostic::error(
                            &codes::LANGUAGE_UNREACHABLE,
                            next.span,
                            text!(
                                "This language is never reached.",
                                "Cette langue n'est jamais atteinte."
                            ),
                            text!("never reached", "jamais atteinte"),
                        )
                        .also(
                            choice.span,
                            text!(
                                "a fixed language always serves",
                                "une langue fixe convient toujours"
                            ),
                        )
                        .help(text!(
                            "put the fixed language last",
                            "mettez la langue fixe en dernier"
                        ));
                        self.report(d);
                        return choices;
                    }
                }
            }
        }
        if let Some(last) = chain.last()
            && matches!(last.value, ast::LanguageChoice::Fact(_))
        {
            let d = Diagnostic::error(
                &codes::LANGUAGE_NOT_FIXED,
                last.span,
                text!(
                    "The last language must be a fixed one: this one may be unknown.",
                    "La dernière langue doit être fixe : celle-ci peut être inconnue."
                ),
                text!("may be unknown", "peut être inconnue"),
            );
            self.report(d.help(text!(
                "add one, as in `else en`",
                "ajoutez-en une, comme dans `sinon fr`"
            )));
        }
        choices
    }

    fn language_fact(&mut self, fact: &str, at: &Spanned<ast::LanguageChoice>) -> Option<LanguageChoice> {
        let lang = self.lang(at.span.file);
        let word = plain(fact);
        let find = |lang: Lang| FACTS.iter().find(|(en, fr, _)| plain(lang.pick(en, fr)) == word);
        if find(lang).is_none()
            && let Some((en, fr, choice)) = find(lang.other())
        {
            self.other_language(fact, lang.pick(en, fr), at.span);
            return Some(choice.clone());
        }
        let found = find(lang);
        if found.is_none() {
            let message = text!(
                "`{fact}` does not give a language.",
                "`{fact}` ne donne pas de langue."
            );
            let label = text!("not a language", "pas une langue");
            let d = Diagnostic::error(&codes::UNKNOWN_LANGUAGE, at.span, message, label)
                .help(text!(
                    "write `contact.language`, `customer.language` or a code such as `fr`",
                    "écrivez `contact.langue`, `client.langue` ou un code comme `fr`"
                ))
                .suggest(
                    at.span,
                    likely(fact, FACTS.iter().map(|(en, fr, _)| lang.pick(*en, *fr))),
                );
            self.report(d);
        }
        found.map(|(_, _, choice)| choice.clone())
    }

    fn language_code(&mut self, code: &str, at: &Spanned<ast::LanguageChoice>) -> Option<LanguageChoice> {
        let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase());
        if is_code {
            return Some(LanguageChoice::Fixed(code.to_owned()));
        }
        let message = text!(
            "`{code}` is not a language code.",
            "`{code}` n'est pas un code de langue."
        );
        let label = text!("not a language code", "pas un code de langue");
        let d = Diagnostic::error(&codes::UNKNOWN_LANGUAGE, at.span, message, label);
        let lower = code.to_lowercase();
        let d = d.help(text!(
            "write two small letters, as `fr` or `en`",
            "écrivez deux minuscules, comme `fr` ou `en`"
        ));
        self.report(if lower.len() == 2 {
            d.fix(at.span, Text::same(lower))
        } else {
            d
        });
        None
    }

    /// That a scenario says in which language it speaks.
    pub(super) fn language_is_there(&mut self, scenario: &ast::Scenario, settings: &Settings) {
        let written = scenario
            .settings
            .iter()
            .any(|s| matches!(s.kind, ast::SettingKind::Language(_)));
        if written || !settings.language.is_empty() || self.may_be_hidden(&[BrokenKind::Setting]) {
            return;
        }
        let name = &scenario.declared.name.value;
        let message = text!(
            "Scenario `{name}` does not say in which language it writes.",
            "Le scénario `{name}` ne dit pas dans quelle langue il écrit."
        );
        let d = Diagnostic::error(
            &codes::LANGUAGE_MISSING,
            scenario.declared.name.span,
            message,
            text!("in which language?", "dans quelle langue ?"),
        );
        self.report(d.help(text!(
            "add, for example, `language contact.language else customer.language else fr`",
            "ajoutez, par exemple, `langue contact.langue sinon client.langue sinon fr`"
        )));
    }
}
