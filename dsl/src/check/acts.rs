//! What steps do: templates, scripts and roles.

use super::Checker;
use super::settings::Settings;
use crate::ast::{self, BrokenKind, Word};
use crate::checked::{Act, ActKind, LanguageChoice, Tone};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::span::Span;

/// To whom a call is assigned when nothing is written.
const COLLECTOR: &str = "collector";

impl Checker<'_> {
    /// One thing that a step does.
    pub(super) fn act(&mut self, act: &ast::Act, settings: &Settings) -> Act {
        let kind = match &act.kind {
            ast::ActKind::Email(email) => {
                let tone = email.tone.as_ref().and_then(|t| self.tone(t));
                self.template(&email.template, tone, settings);
                ActKind::Email {
                    template: email.template.value.clone(),
                    tone,
                }
            }
            ast::ActKind::Call(call) => {
                if let Some(script) = &call.script {
                    self.template(script, None, settings);
                }
                if let Some(role) = &call.assign {
                    self.role(role);
                }
                if let Some(within) = &call.within {
                    self.needs_calendar(within, settings);
                }
                ActKind::Call {
                    script: call.script.as_ref().map(|s| s.value.clone()),
                    assign: call
                        .assign
                        .as_ref()
                        .map_or_else(|| COLLECTOR.to_owned(), |a| a.value.clone()),
                    within: call.within.as_ref().map(|p| p.value),
                }
            }
        };
        Act { kind, span: act.span }
    }

    /// That a step does something at all.
    pub(super) fn has_acts(&mut self, acts: &[ast::Act], span: Span, what: &str) {
        if acts.is_empty() && !self.may_be_hidden(&[BrokenKind::Step]) {
            let message = format!("{what} does nothing.");
            let d = Diagnostic::error(&codes::STEP_WITHOUT_ACTS, span, message, "does nothing");
            self.report(d.help("write what is done, as in `{ email template reminder }`"));
        }
    }

    fn role(&mut self, role: &Word) {
        let roles = self.vocabulary.roles;
        if roles.iter().any(|(name, _)| *name == role.value) {
            return;
        }
        let names: Vec<&str> = roles.iter().map(|(name, _)| *name).collect();
        let message = format!("There is no role `{}`.", role.value);
        let d = Diagnostic::error(&codes::UNKNOWN_ROLE, role.span, message, "unknown role")
            .help(format!("the roles are: {}", names.join(", ")))
            .suggest(role.span, likely(&role.value, names));
        self.report(d);
    }

    /// That a template exists in the language that always serves, in every tone that can be asked for.
    fn template(&mut self, name: &Word, tone: Option<Tone>, settings: &Settings) {
        let Some(same) = self.templates.get(name.value.as_str()) else {
            let message = format!("There is no template `{}`.", name.value);
            let names = self.surroundings.templates.iter().map(|t| t.name.as_str());
            let d = Diagnostic::error(&codes::UNKNOWN_TEMPLATE, name.span, message, "unknown template")
                .help(format!(
                    "write the file `templates/{}.md`, or `use std.france` for the standard ones",
                    name.value
                ))
                .suggest(name.span, likely(&name.value, names));
            self.report(d);
            return;
        };
        let Some(LanguageChoice::Fixed(language)) = settings.language.last() else {
            return;
        };
        let asked = tone.map_or_else(|| settings.possible_tones(), |tone| vec![tone]);
        let missing: Vec<&str> = asked
            .into_iter()
            .map(tone_name)
            .filter(|tone| {
                !same.iter().any(|t| {
                    t.language.as_ref().is_none_or(|l| l == language)
                        && t.tone.as_ref().is_none_or(|t| t == tone)
                })
            })
            .collect();
        if let [first, ..] = missing.as_slice() {
            let message = format!(
                "Template `{}` does not exist in language `{language}` and tone {}, which this scenario can ask for.",
                name.value,
                missing.join(" or ")
            );
            let d = Diagnostic::error(
                &codes::TEMPLATE_MISSING,
                name.span,
                message,
                "a version is missing",
            );
            self.report(d.help(format!(
                "write the file `templates/{0}.{language}.md`, which serves every tone, or `templates/{0}.{language}.{first}.md`",
                name.value
            )));
        }
    }
}

fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Warm => "warm",
        Tone::Courteous => "courteous",
        Tone::Firm => "firm",
        Tone::Formal => "formal",
    }
}
