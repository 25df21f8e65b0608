//! Names of the rules with the titles that people read.

use std::sync::Arc;

use relance_engine::rulebooks::InForce;
use relance_engine::views::invoices::DisputeLine;
use relance_rules::disputes::{self, Answer};
use relance_rules::dsl::checked::{CheckedRulebook, Field, FieldOwner, Name};

use crate::web::words::{CATEGORIES, Words};

/// Titles by the rules in force; what they do not know is shown by its name.
#[derive(Debug, Clone)]
pub struct Titles(Option<Arc<InForce>>);

impl Titles {
    /// Of the rules in force.
    pub fn new(in_force: Option<Arc<InForce>>) -> Self {
        Self(in_force)
    }

    fn rules(&self) -> Option<&CheckedRulebook> {
        self.0.as_ref().map(|in_force| &in_force.rulebook.checked)
    }

    /// The segments, name and title, in the order of the rules.
    pub fn segments(&self) -> Vec<(String, String)> {
        self.rules()
            .into_iter()
            .flat_map(|rules| &rules.segments)
            .map(|segment| (segment.name.name.clone(), title(&segment.name).to_owned()))
            .collect()
    }

    /// The categories of disputes that the rules declare, by name and title; those of the pages when there are none.
    pub fn categories(&self, w: &Words) -> Vec<(String, String)> {
        let declared = self
            .rules()
            .into_iter()
            .flat_map(|rules| &rules.disputes.categories);
        let mut all: Vec<_> = declared
            .map(|c| (c.name.name.clone(), title(&c.name).to_owned()))
            .collect();
        if all.is_empty() {
            all.extend(CATEGORIES.map(|category| (category.to_owned(), w.category(category).to_owned())));
        }
        all
    }

    /// Of a category of disputes.
    pub fn category<'a>(&'a self, w: &'a Words, category: &'a str) -> &'a str {
        let titled = self
            .0
            .as_ref()
            .map(|in_force| disputes::title(&in_force.rulebook, category));
        titled
            .filter(|title| *title != category)
            .unwrap_or_else(|| w.category(category))
    }

    /// Who answers a dispute, and by when, as the rules in force say.
    pub fn answer(&self, dispute: &DisputeLine) -> Option<Answer> {
        let in_force = self.0.as_ref()?;
        disputes::answer(&in_force.rulebook, &dispute.category, dispute.opened_on)
    }

    /// Of a segment.
    pub fn segment<'a>(&'a self, name: &'a str) -> &'a str {
        self.find(name, |rules| rules.segments.iter().map(|s| &s.name).collect())
    }

    /// Of a scenario.
    pub fn scenario<'a>(&'a self, name: &'a str) -> &'a str {
        self.find(name, |rules| rules.scenarios.iter().map(|s| &s.name).collect())
    }

    /// Of a band of the score.
    pub fn band<'a>(&'a self, name: &'a str) -> &'a str {
        self.find(name, |rules| {
            rules
                .score
                .iter()
                .flat_map(|s| &s.bands)
                .map(|b| &b.name)
                .collect()
        })
    }

    /// Of a step of a scenario.
    pub fn step<'a>(&'a self, scenario: Option<&str>, step: &'a str, w: &Words) -> &'a str {
        if step == "thanks" {
            return w.thanks;
        }
        self.find(step, |rules| {
            rules
                .scenarios
                .iter()
                .filter(|s| scenario.is_none_or(|name| s.name.name == name))
                .flat_map(|s| s.courtesy.iter().chain(&s.levels))
                .map(|s| &s.name)
                .collect()
        })
    }

    /// The fields of the firm's own that the rules declare for customers or for invoices, in their order.
    pub fn fields(&self, of: FieldOwner) -> Vec<Arc<Field>> {
        let fields = self.rules().into_iter().flat_map(|rules| &rules.fields);
        fields.filter(|field| field.of == of).cloned().collect()
    }

    fn find<'a>(&'a self, name: &'a str, names: impl Fn(&'a CheckedRulebook) -> Vec<&'a Name>) -> &'a str {
        self.rules()
            .into_iter()
            .flat_map(names)
            .find(|n| n.name == name)
            .map_or(name, title)
    }
}

fn title(name: &Name) -> &str {
    name.title.as_deref().unwrap_or(&name.name)
}
