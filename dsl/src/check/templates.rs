//! Templates that acts name: whether they exist in every language and tone that can be asked for.

use std::collections::BTreeSet;

use super::Checker;
use super::settings::{Settings, TONES};
use crate::ast::Word;
use crate::checked::{LanguageChoice, TemplateUse, Tone};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::{Lang, Text};
use crate::text;

impl Checker<'_> {
    /// What to write when there is no template of a name: which ones there are, or how to get some.
    fn templates_there(&self, word: &str) -> Text {
        let there: BTreeSet<&str> = self
            .surroundings
            .templates
            .iter()
            .map(|t| t.name.as_str())
            .collect();
        if there.is_empty() {
            return text!(
                "write the file `templates/{word}.md`, or `use std.france` for the standard ones",
                "écrivez le fichier `templates/{word}.md`, ou `utiliser std.france` pour les modèles standard"
            );
        }
        let list = there.into_iter().collect::<Vec<_>>().join(", ");
        text!(
            "write the file `templates/{word}.md`, or name one that is there: {list}",
            "écrivez le fichier `templates/{word}.md`, ou nommez-en un qui existe : {list}"
        )
    }

    /// That a template exists in the language that always serves, in every tone that can be asked for.
    pub(super) fn template(&mut self, name: &Word, tone: Option<Tone>, settings: &Settings) {
        self.templates_used.push(TemplateUse {
            name: name.value.clone(),
            span: name.span,
            scenario: None,
            open_language: settings
                .language
                .iter()
                .any(|choice| !matches!(choice, LanguageChoice::Fixed(_))),
        });
        let word = &name.value;
        let Some(same) = self.templates.get(word.as_str()) else {
            let names = self.surroundings.templates.iter().map(|t| t.name.as_str());
            let d = Diagnostic::error(
                &codes::UNKNOWN_TEMPLATE,
                name.span,
                text!(
                    "There is no template `{word}`.",
                    "Il n'y a pas de modèle `{word}`."
                ),
                text!("unknown template", "modèle inconnu"),
            )
            .help(self.templates_there(word))
            .suggest(name.span, likely(word, names))
            .offer(&self.surroundings.offering(|o| &o.templates, word));
            self.report(d);
            return;
        };
        let Some(LanguageChoice::Fixed(language)) = settings.language.last() else {
            return;
        };
        let asked = tone.map_or_else(|| settings.possible_tones(), |tone| vec![tone]);
        let missing: Vec<Tone> = asked
            .into_iter()
            .filter(|tone| {
                !same.iter().any(|t| {
                    t.language.as_ref().is_none_or(|l| l == language)
                        && t.tone
                            .as_ref()
                            .is_none_or(|t| t == tone_name(*tone, Lang::English))
                })
            })
            .collect();
        let Some(first) = missing.first() else {
            return;
        };
        let list = |lang: Lang, or: &str| {
            let names: Vec<&str> = missing.iter().map(|t| tone_name(*t, lang)).collect();
            names.join(or)
        };
        let (en, fr) = (list(Lang::English, " or "), list(Lang::French, " ou "));
        let first = tone_name(*first, Lang::English);
        let d = Diagnostic::error(
            &codes::TEMPLATE_MISSING,
            name.span,
            text!(
                "Template `{word}` does not exist in language `{language}` and tone {en}, which this scenario can ask for.",
                "Le modèle `{word}` n'existe pas dans la langue `{language}` et le ton {fr}, que ce scénario peut demander."
            ),
            text!("a version is missing", "il manque une version"),
        );
        self.report(d.help(text!(
            "write the file `templates/{word}.{language}.md`, which serves every tone, or `templates/{word}.{language}.{first}.md`",
            "écrivez le fichier `templates/{word}.{language}.md`, qui vaut pour tous les tons, ou `templates/{word}.{language}.{first}.md`"
        )));
    }
}

fn tone_name(tone: Tone, lang: Lang) -> &'static str {
    TONES
        .iter()
        .find(|(_, _, t)| *t == tone)
        .map_or("", |(en, fr, _)| lang.pick(en, fr))
}
