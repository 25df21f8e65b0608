//! Claims of an action that was decided before, as of this moment.

use chrono::{DateTime, Utc};

use super::{Claim, Debt, Terms, claim};
use crate::days::local_day;
use crate::decision::{Action, ActionItem};
use crate::facts::AccountFacts;
use crate::rulebook::Rulebook;

/// An action with what it claims as of this moment, for the words of its message: a payment that came in since it was decided
/// changes the lines.
///
/// An invoice of which nothing can be claimed keeps no claim; whether the step may still be carried out is for
/// [`crate::recheck()`] to say, which is asked first.
pub fn restated(rulebook: &Rulebook, facts: &AccountFacts, action: &Action, now: DateTime<Utc>) -> Action {
    let mut action = action.clone();
    let scenario = action.step.scenario.clone();
    for item in &mut action.items {
        item.claim = of(rulebook, facts, &scenario, item, now);
    }
    action
}

fn of(
    rulebook: &Rulebook,
    facts: &AccountFacts,
    scenario: &str,
    item: &ActionItem,
    now: DateTime<Utc>,
) -> Option<Claim> {
    let scenario = rulebook
        .checked
        .scenarios
        .iter()
        .find(|s| s.name.name == scenario)?;
    let mut steps = scenario.courtesy.iter().chain(scenario.ladder());
    let step = steps.find(|step| step.name.name == item.step)?;
    let terms = Terms::of(&rulebook.checked, &step.acts)?;
    let invoice = facts.invoices.iter().find(|i| i.id == item.invoice)?;
    let on = local_day(now, facts.company.time_zone);
    let claim = claim(terms, &Debt::of(facts, invoice), on).ok()?;
    Some(claim).filter(|claim| !claim.is_nothing())
}
