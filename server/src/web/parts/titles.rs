//! Names of the rules with the titles that people read.

use std::sync::Arc;

use relance_engine::rulebooks::InForce;
use relance_rules::dsl::checked::{CheckedRulebook, Field, FieldOwner, Name};

use crate::web::words::Words;

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
