//! In which language and in which tone a message speaks.

use relance_dsl::checked::{LanguageChoice, Tone};

use super::case::Case;
use crate::eval::{Trace, holds};
use crate::facts::Contact;
use crate::reason::{Reason, ReasonKind};
use crate::rulebook::tone_name;

/// Language and tone of one message, with the reasons.
pub(crate) struct Voice {
    pub language: String,
    pub tone: Tone,
    pub reasons: Vec<Reason>,
}

/// Chooses them for a template; `said` is the tone that the act itself asks for.
pub(crate) fn of(
    case: &Case<'_>,
    contact: Option<&Contact>,
    template: Option<&str>,
    said: Option<Tone>,
) -> Voice {
    let mut trace = Trace::default();
    let scope = case.scope(None);
    let case_holding = said.is_none().then(|| {
        let mut tones = case.scenario.tones.iter();
        tones.find(|(when, _)| holds(when, &scope, &mut trace))
    });
    let setting = case.scenario.written.tone;
    let (tone, span) = match (said, case_holding.flatten()) {
        (Some(tone), _) => (tone, None),
        (None, Some((when, tone))) => (*tone, Some(when.span)),
        (None, None) => (case.scenario.default_tone, setting),
    };
    let language = language(case, contact, template, tone);
    let tone_reason = Reason {
        kind: ReasonKind::ToneChosen {
            tone: tone_name(tone).to_owned(),
        },
        source: span.map(|span| case.source(span)),
        facts: trace.facts,
    };
    let language_reason = case.because(ReasonKind::LanguageChosen {
        language: language.clone(),
    });
    Voice {
        language,
        tone,
        reasons: vec![language_reason, tone_reason],
    }
}

/// The first candidate that is known and in which the template exists; else the last one, which always has it.
fn language(case: &Case<'_>, contact: Option<&Contact>, template: Option<&str>, tone: Tone) -> String {
    let known = |choice: &LanguageChoice| match choice {
        LanguageChoice::Contact => contact.and_then(|c| c.language.clone()),
        LanguageChoice::Customer => case.facts.customer.language.clone(),
        LanguageChoice::Fixed(language) => Some(language.clone()),
    };
    let written = |language: &String| {
        template.is_none_or(|name| case.rulebook.template(name, language, tone).is_some())
    };
    let candidates = || case.scenario.language.iter().filter_map(known);
    candidates()
        .find(written)
        .or_else(|| candidates().next_back())
        .unwrap_or_default()
}
