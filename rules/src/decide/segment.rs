//! Which segment a customer is in.

use chrono::NaiveDate;
use relance_dsl::checked::Segment;

use crate::compiled::Slots;
use crate::eval::{Trace, holds};
use crate::facts::AccountFacts;
use crate::hooks::Calls;
use crate::rulebook::Rulebook;
use crate::tally::{MissingRate, Tally};
use crate::vocabulary::Scope;

/// The segment of a customer as of `today`, the same one that [`crate::decide()`] finds, without the reasons: for looking at many
/// customers at once. `None` when no line of the rules holds, or a hook failed.
pub fn segment_of<'r>(rulebook: &'r Rulebook, facts: &AccountFacts, today: NaiveDate) -> Option<&'r Segment> {
    let facts = &*rulebook.renames.read(facts);
    if let Some(segment) = by_hand(rulebook, facts) {
        return Some(segment);
    }
    let tally = Tally::of(facts, today);
    let calls = Calls::needed(rulebook);
    let scope = Scope {
        calls: calls.as_ref(),
        ..Scope::of_account(facts, today, &tally)
    };
    let mut slots = Slots::of(&scope);
    let segments = rulebook.checked.segments.iter().zip(&rulebook.compiled.segments);
    for (segment, when) in segments {
        let chosen = when.as_ref().is_none_or(|when| when.holds(&mut slots));
        if calls
            .as_ref()
            .is_some_and(|calls| calls.account_failure().is_some())
        {
            return None;
        }
        if chosen {
            return Some(segment);
        }
    }
    None
}

/// The segment that was set by hand on the customer, when the rulebook has it.
pub(crate) fn by_hand<'r>(rulebook: &'r Rulebook, facts: &AccountFacts) -> Option<&'r Segment> {
    let name = facts.customer.segment.as_deref()?;
    rulebook.checked.segments.iter().find(|s| s.name.name == name)
}

/// The first segment whose condition holds, with what was read for it; and the rates that were missing on the way there.
pub(crate) fn first<'r>(
    rulebook: &'r Rulebook,
    scope: &Scope<'_>,
) -> (Option<(&'r Segment, Trace)>, Vec<MissingRate>) {
    let mut slots = Slots::of(scope);
    let mut missing = Vec::new();
    let segments = rulebook.checked.segments.iter().zip(&rulebook.compiled.segments);
    for (segment, compiled) in segments {
        let chosen = compiled.as_ref().is_none_or(|when| when.holds(&mut slots));
        if !slots.take_missed() && !chosen {
            continue;
        }
        let mut trace = Trace::default();
        if let Some(when) = &segment.when {
            let held = holds(when, scope, &mut trace);
            debug_assert_eq!(held, chosen, "both evaluations say the same");
        }
        missing.append(&mut trace.missing);
        if chosen {
            return (Some((segment, trace)), missing);
        }
    }
    (None, missing)
}
