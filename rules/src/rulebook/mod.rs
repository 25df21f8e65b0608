//! A rulebook as one immutable value: checked rules, templates, and a hash of all that it was made of.

mod build;
mod carried_out;
mod encoding;
mod mend;
mod offers;
mod parsed;
mod renames;
mod templates;
mod ways;

use std::collections::BTreeMap;
use std::sync::Arc;

use relance_dsl::checked::{Calendar, CheckedRulebook, Medium, Tone};
use relance_dsl::diagnostic::Diagnostic;
use relance_dsl::span::SourceMap;
use relance_dsl::vocabulary::TemplateName;

use crate::calendar::OpenDays;
use crate::compiled::Compiled;
use crate::hooks::Hooks;

pub use build::{build, build_again};
pub use encoding::damage;
pub use mend::{Mended, mend};
pub use parsed::Parsed;
pub use templates::is_misplaced_template;
pub use ways::Ways;

/// The files of a rulebook folder: path relative to it, with `/`, and text. Rule files end in `.relance`; templates stand in
/// `templates/` and end in `.md`, scripts of hooks in `hooks/` and end in `.rhai`. Anything else is ignored; what looks like a template
/// or a script elsewhere gets a warning. U+FFFD stands for what
/// was not UTF-8, and is an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);

/// What [`build`] gives: a rulebook exists only without errors; diagnostics may then still hold warnings.
#[derive(Debug, Clone)]
pub struct Built {
    /// The sources that the diagnostics point into.
    pub sources: Arc<SourceMap>,
    /// Errors and warnings, in source order.
    pub diagnostics: Vec<Diagnostic>,
    /// The rulebook; `None` when there is an error.
    pub rulebook: Option<Arc<Rulebook>>,
    /// What was read of the files, for [`build_again`].
    pub parsed: Parsed,
}

/// A rulebook that can be put in force.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// The rules.
    pub checked: CheckedRulebook,
    /// SHA-256 in hex over paths and texts of the rulebook's own files, without those that only hold tests, and of the standard files
    /// that it uses.
    pub content_hash: String,
    /// The conditions that are asked of every account, made ready for speed.
    pub(crate) compiled: Compiled,
    /// The hooks, ready to be called.
    pub(crate) hooks: Hooks,
    /// Names that changed since earlier revisions.
    pub(crate) renames: renames::Renames,
    /// What can leave by itself where it serves; everything, as it is built.
    ways: Ways,
    /// Templates of the rulebook itself.
    own: Shelf,
    /// Templates of the standard modules that it uses.
    standard: Shelf,
}

/// Templates by their names.
type Shelf = BTreeMap<TemplateName, TemplateText>;

/// A template file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateText {
    /// Its path, as `templates/reminder.fr.md`; standard ones start with `std/`.
    pub path: String,
    /// The whole text, front matter included.
    pub text: String,
}

impl Rulebook {
    /// The same rules in a place that has these ways out.
    pub fn with_ways(self, ways: Ways) -> Self {
        Self { ways, ..self }
    }

    /// What can leave by itself where it serves.
    pub fn ways(&self) -> &Ways {
        &self.ways
    }

    /// The template that serves a name in a language and a tone: the one for both, else for the language, else for the tone, else
    /// for all. The rulebook's own are tried before the standard ones. `None` when there is none in this language.
    pub fn template(&self, name: &str, language: &str, tone: Tone) -> Option<&TemplateText> {
        let tone = tone_name(tone);
        let wanted = |(language, tone): (Option<&str>, Option<&str>)| TemplateName {
            name: name.to_owned(),
            language: language.map(str::to_owned),
            tone: tone.map(str::to_owned),
        };
        let candidates = [
            (Some(language), Some(tone)),
            (Some(language), None),
            (None, Some(tone)),
            (None, None),
        ];
        let find = |shelf: &'_ Shelf| candidates.into_iter().map(wanted).find(|w| shelf.contains_key(w));
        let own = find(&self.own).and_then(|w| self.own.get(&w));
        own.or_else(|| find(&self.standard).and_then(|w| self.standard.get(&w)))
    }

    /// All templates, the standard ones that nothing shadows included.
    pub fn templates(&self) -> impl Iterator<Item = (&TemplateName, &TemplateText)> {
        let standard = self
            .standard
            .iter()
            .filter(|(name, _)| !self.own.contains_key(name));
        self.own.iter().chain(standard)
    }

    /// Business days where no scenario says which: those of the first scenario that names a calendar, else Monday to Friday.
    /// A promise is kept or broken, a dispute answered in time or not, whichever scenario serves the customer.
    pub fn business_days(&self) -> OpenDays {
        let mut named = self
            .checked
            .scenarios
            .iter()
            .filter_map(|s| s.send.calendar.as_deref());
        let calendar = named.next().and_then(|name| self.calendar(name));
        calendar.map_or_else(OpenDays::monday_to_friday, OpenDays::of)
    }

    /// The name of the address that messages of this medium of the rulebook's own are posted to, when it can be reached from here.
    pub fn webhook(&self, medium: &str) -> Option<&str> {
        let webhook = self.medium(medium)?.webhook.as_str();
        self.ways.has_webhook(webhook).then_some(webhook)
    }

    /// Media of the rulebook's own that nothing leads out for from here: a person sends their messages.
    pub fn without_way(&self) -> impl Iterator<Item = &Medium> {
        let media = self.checked.media.iter();
        media.filter(|medium| !self.ways.has_webhook(&medium.webhook))
    }

    /// A medium of the rulebook's own.
    pub fn medium(&self, name: &str) -> Option<&Medium> {
        self.checked.media.iter().find(|m| m.name.name == name)
    }

    /// The calendar of that name.
    pub fn calendar(&self, name: &str) -> Option<&Calendar> {
        self.checked.calendars.iter().find(|c| c.name.name == name)
    }
}

/// The tone's name in rules and in the names of template files.
pub fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Warm => "warm",
        Tone::Courteous => "courteous",
        Tone::Firm => "firm",
        Tone::Formal => "formal",
    }
}
