//! Claims of an action that was decided before, as of this moment.

use chrono::{DateTime, Utc};

use crate::charges::{self, Claim, Debt, Terms};
use crate::days::local_day;
use crate::decide::bearings::Bearings;
use crate::decide::{Case, happened};
use crate::decision::{Action, ActionItem};
use crate::facts::AccountFacts;
use crate::hooks::Calls;
use crate::rulebook::Rulebook;
use crate::tally::Tally;

/// An action with what it claims as of this moment, for the words of its message: a payment that came in since it was decided
/// changes the lines. Scenario and steps are those of the rules of this moment, under whatever names they are known now.
///
/// An invoice of which nothing can be claimed keeps no claim; whether the step may still be carried out is for
/// [`crate::recheck()`] to say, which is asked first.
pub fn restated(rulebook: &Rulebook, facts: &AccountFacts, action: &Action, now: DateTime<Utc>) -> Action {
    let mut stated = action.clone();
    for item in &mut stated.items {
        item.claim = None;
    }
    // Without a table nothing is charged.
    if rulebook.checked.charges.is_empty() {
        return stated;
    }
    let facts = &*rulebook.renames.read(facts);
    let today = local_day(now, facts.company.time_zone);
    let tally = Tally::of(facts, today);
    let calls = Calls::needed(rulebook);
    let bearings = Bearings::of(rulebook, facts, &tally, today, calls.as_ref());
    if let Some(case) = Case::of(rulebook, facts, now, &tally, &bearings) {
        let known = rulebook.renames.read_action(action);
        for (item, known) in stated.items.iter_mut().zip(&known.items) {
            item.claim = claim(&case, known);
        }
    }
    stated
}

fn claim(case: &Case<'_>, item: &ActionItem) -> Option<Claim> {
    let invoice = case.facts.invoices.iter().find(|i| i.id == item.invoice)?;
    let mut steps = case.scenario.courtesy.iter().chain(case.scenario.ladder());
    let acts = if happened::is_answer(&item.step) {
        // Kept under what happened, not under a name of the rules.
        let happened = happened::to(case, invoice);
        happened.iter().find(|h| h.key == item.step)?.acts
    } else {
        &steps.find(|step| step.name.name == item.step)?.acts
    };
    let terms = Terms::of(&case.rulebook.checked, acts)?;
    let claim = charges::claim(terms, &Debt::of(case.facts, invoice), case.today).ok()?;
    Some(claim).filter(|claim| !claim.is_nothing())
}
