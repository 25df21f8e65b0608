//! Names that changed: `level 2 reminder was relance_2`. What was carried out under an old name counts under the new one, so that
//! cases keep their place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use relance_dsl::checked::{CheckedRulebook, Name, Scenario};

use crate::decision::Action;
use crate::facts::AccountFacts;

/// Old names and the new ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Renames {
    steps: BTreeMap<String, String>,
    segments: BTreeMap<String, String>,
}

impl Renames {
    /// Gathers them. A name that still stands for something is not an old one; of two that had one name, the first has it.
    pub(crate) fn of(rulebook: &CheckedRulebook) -> Self {
        let steps = rulebook.scenarios.iter().flat_map(steps_of);
        Self {
            steps: gathered(steps),
            segments: gathered(rulebook.segments.iter().map(|s| &s.name)),
        }
    }

    /// The facts of an account under the names of now.
    pub(crate) fn read<'a>(&self, facts: &'a AccountFacts) -> Cow<'a, AccountFacts> {
        let is_old = |names: &BTreeMap<String, String>, name: &str| names.contains_key(name);
        let old_step = || {
            let progress = facts.invoices.iter().flat_map(|i| &i.progress);
            !self.steps.is_empty() && progress.into_iter().any(|p| is_old(&self.steps, &p.step))
        };
        let segment = facts.customer.segment.as_ref();
        if !old_step() && !segment.is_some_and(|s| is_old(&self.segments, s)) {
            return Cow::Borrowed(facts);
        }
        let mut facts = facts.clone();
        if let Some(segment) = &mut facts.customer.segment {
            renew(&self.segments, segment);
        }
        for progress in facts.invoices.iter_mut().flat_map(|i| &mut i.progress) {
            renew(&self.steps, &mut progress.step);
        }
        Cow::Owned(facts)
    }

    /// What was decided, under the names of now: work that lies with a person stays with that person when its step is renamed.
    pub(crate) fn read_action<'a>(&self, action: &'a Action) -> Cow<'a, Action> {
        if !action
            .items
            .iter()
            .any(|item| self.steps.contains_key(&item.step))
        {
            return Cow::Borrowed(action);
        }
        let mut action = action.clone();
        renew(&self.steps, &mut action.step.step);
        for item in &mut action.items {
            renew(&self.steps, &mut item.step);
        }
        Cow::Owned(action)
    }
}

fn steps_of(scenario: &Scenario) -> impl Iterator<Item = &Name> {
    let steps = scenario.courtesy.iter().chain(scenario.ladder());
    steps.map(|step| &step.name)
}

fn gathered<'a>(names: impl Iterator<Item = &'a Name>) -> BTreeMap<String, String> {
    let names: Vec<&Name> = names.collect();
    let now: BTreeSet<&str> = names.iter().map(|n| n.name.as_str()).collect();
    let mut renames = BTreeMap::new();
    for name in names {
        for old in name.was.iter().filter(|old| !now.contains(old.as_str())) {
            renames.entry(old.clone()).or_insert_with(|| name.name.clone());
        }
    }
    renames
}

fn renew(names: &BTreeMap<String, String>, name: &mut String) {
    if let Some(new) = names.get(name) {
        name.clone_from(new);
    }
}
