//! The last look before a message leaves.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::days::local_day;
use crate::decide::bearings::Bearings;
use crate::decide::standing::Ready;
use crate::decide::{Allowance, Case, answers, body, happened, standing, thanks};
use crate::decision::{Action, ActionItem, ActionKind};
use crate::facts::{AccountFacts, ProgressState, Reach};
use crate::hooks::Calls;
use crate::ids::ContactId;
use crate::reason::{Reason, ReasonKind};
use crate::rulebook::Rulebook;
use crate::tally::Tally;

/// An action is called off; the account is to be decided anew.
#[derive(Debug, Clone, PartialEq)]
pub struct CallOff {
    /// Why. Never empty.
    pub reasons: Vec<Reason>,
}

/// Says whether an action still holds, with the facts and the rules of this moment: its invoices are open and due for the same step,
/// under whatever name the rules know it now, nothing stands against it, its contact can be written to, its window is open.
///
/// `facts` may show the action itself as pending in the invoices' progress. A balance that only became smaller is no reason to
/// call off: the message is rendered with the balance of this moment.
pub fn recheck(
    rulebook: &Rulebook,
    facts: &AccountFacts,
    action: &Action,
    now: DateTime<Utc>,
) -> Result<(), CallOff> {
    let action = &*rulebook.renames.read_action(action);
    let facts = as_if_undecided(&rulebook.renames.read(facts), action);
    let today = local_day(now, facts.company.time_zone);
    let tally = Tally::of(&facts, today);
    let calls = Calls::needed(rulebook);
    let bearings = Bearings::of(rulebook, &facts, &tally, today, calls.as_ref());
    let settled = match action.kind {
        // What was decided is told, whatever came of the invoices since.
        ActionKind::Notice { .. } => Vec::new(),
        _ => settled(&facts, action),
    };
    if !settled.is_empty() && (settled.len() == action.items.len() || action.moves()) {
        return Err(CallOff { reasons: settled });
    }
    if action.is_of_hook() {
        // Decided once: neither another day nor another answer of the hook takes it back.
        return Ok(());
    }
    let Some(case) = Case::of(rulebook, &facts, now, &tally, &bearings) else {
        let reasons = vec![bearings.why_unserved()];
        return Err(CallOff { reasons });
    };
    let reasons = match &action.kind {
        ActionKind::FixContact { .. }
        | ActionKind::Continue(_)
        | ActionKind::CancelPlan
        | ActionKind::ExpectCredit
        | ActionKind::Hook { .. }
        | ActionKind::Note { .. }
        | ActionKind::Notice { .. } => Vec::new(),
        ActionKind::Call { .. }
        | ActionKind::Task { .. }
        | ActionKind::Approval { .. }
        | ActionKind::HandOver { .. } => not_due(&case, action),
        ActionKind::ByHand { .. } => {
            let mut reasons = not_due(&case, action);
            reasons.extend(balances_changed(&facts, action));
            reasons
        }
        ActionKind::Email { contact, .. } => {
            let mut reasons = not_due(&case, action);
            let usable = |reach| reach == Reach::Usable;
            if !facts.contacts.iter().any(|c| c.id == *contact && usable(c.email)) {
                reasons.push(Reason::plain(ReasonKind::ContactUnusable));
            }
            reasons.extend(no_room(&case));
            reasons
        }
        ActionKind::Webhook {
            medium,
            webhook,
            contact,
            body,
            ..
        } => {
            let mut reasons = not_due(&case, action);
            if body_changed(&case, action, medium, *contact, body.as_deref()) {
                reasons.push(Reason::plain(ReasonKind::BodyChanged {
                    medium: medium.clone(),
                }));
            }
            if case.rulebook.webhook(medium) != Some(webhook) {
                reasons.push(Reason::plain(ReasonKind::WebhookUnset {
                    medium: medium.clone(),
                    webhook: webhook.clone(),
                }));
            }
            let may = |id| {
                facts
                    .contacts
                    .iter()
                    .any(|c| c.id == id && c.email != Reach::OptedOut)
            };
            if contact.is_some_and(|id| !may(id)) {
                reasons.push(Reason::plain(ReasonKind::ContactUnusable));
            }
            reasons.extend(no_room(&case));
            reasons
        }
    };
    if reasons.is_empty() {
        Ok(())
    } else {
        Err(CallOff { reasons })
    }
}

impl Action {
    /// Whether it moves its invoices: a message or a call does, a task to find a contact does not.
    pub fn moves(&self) -> bool {
        self.kind.work().is_some()
    }
}

/// The facts as they would be had this action not been decided: its step counts as called off for its invoices.
fn as_if_undecided(facts: &AccountFacts, action: &Action) -> AccountFacts {
    let mut facts = facts.clone();
    let asks = matches!(action.kind, ActionKind::Approval { .. });
    for invoice in &mut facts.invoices {
        let Some(item) = action.items.iter().find(|i| i.invoice == invoice.id) else {
            continue;
        };
        let itself = |state| match state {
            ProgressState::Pending => true,
            // One that has expired is looked at as if it could still be given, which it can, on a person's word.
            ProgressState::Expired => asks,
            _ => false,
        };
        for entry in &mut invoice.progress {
            if entry.step == item.step && itself(entry.state) {
                entry.state = ProgressState::Cancelled;
            }
        }
    }
    facts
}

/// Whether an item is about an invoice that has been paid.
fn is_for_paid(item: &ActionItem) -> bool {
    item.step == thanks::STEP || happened::is_answer_to_payment(&item.step)
}

/// The items whose invoice is no longer open in the cycle in which it was decided; for thanks, no longer paid.
fn settled(facts: &AccountFacts, action: &Action) -> Vec<Reason> {
    let gone = |item: &&ActionItem| {
        let invoice = facts.invoices.iter().find(|i| i.id == item.invoice);
        !is_for_paid(item)
            && invoice.is_none_or(|i| i.cycle != item.cycle || i.balance.amount <= Decimal::ZERO)
    };
    let reason = |item: &ActionItem| {
        let number = facts.invoices.iter().find(|i| i.id == item.invoice);
        Reason::plain(ReasonKind::Settled {
            invoice: number.map_or_else(|| item.invoice.to_string(), |i| i.number.clone()),
        })
    };
    action.items.iter().filter(gone).map(reason).collect()
}

/// The balances that a letter does not tell any more: its words lie with a person since it was decided.
fn balances_changed(facts: &AccountFacts, action: &Action) -> Vec<Reason> {
    let changed = |item: &ActionItem| {
        let invoice = facts.invoices.iter().find(|i| i.id == item.invoice)?;
        let kind = ReasonKind::BalanceChanged {
            invoice: invoice.number.clone(),
        };
        (!is_for_paid(item) && invoice.balance != item.balance).then(|| Reason::plain(kind))
    };
    action.items.iter().filter_map(changed).collect()
}

/// Why items are no longer due for their step.
fn not_due(case: &Case<'_>, action: &Action) -> Vec<Reason> {
    let thanked = thanks::due(case);
    let answers = answers::due(case);
    let mut reasons = Vec::new();
    for item in &action.items {
        let invoice = case.facts.invoices.iter().find(|i| i.id == item.invoice);
        let mut why = Vec::new();
        let due = match invoice {
            None => false,
            Some(invoice) if item.step == thanks::STEP => {
                thanked.ready.iter().any(|r| r.invoice.id == invoice.id) && invoice.cycle == item.cycle
            }
            Some(invoice) if happened::is_answer(&item.step) => {
                let same = |r: &Ready<'_>| r.invoice.id == invoice.id && r.name == item.step.as_str();
                answers.ready.iter().any(same) && invoice.cycle == item.cycle
            }
            Some(invoice) => {
                let standing = standing::of(case, invoice);
                why = standing.reasons;
                standing.ready.is_some_and(|r| is_due(&r, item))
            }
        };
        if !due {
            reasons.push(Reason::plain(ReasonKind::NoLongerDue {
                invoice: invoice.map_or_else(|| item.invoice.to_string(), |i| i.number.clone()),
                step: item.step.clone(),
            }));
            reasons.extend(why);
        }
    }
    reasons
}

/// Whether the hook that made the body of a message makes another one with the facts of now: an amount that is no longer true is not
/// posted.
fn body_changed(
    case: &Case<'_>,
    action: &Action,
    medium: &str,
    contact: Option<ContactId>,
    body: Option<&str>,
) -> bool {
    // The first of those that stand where the action stands is the one that spoke.
    let spoke = |item: &&ActionItem| item.step == action.step.step && item.act == action.act;
    let speaker = action.items.iter().find(spoke);
    let invoice = speaker.and_then(|item| case.facts.invoices.iter().find(|i| i.id == item.invoice));
    let contact = case.facts.contacts.iter().find(|c| Some(c.id) == contact);
    match invoice.and_then(|invoice| body::of(case, invoice, medium, contact)) {
        Some(Ok(now)) => Some(now.as_str()) != body,
        Some(Err(_)) => true,
        None => body.is_some(),
    }
}

/// Whether the step that is ready is that of an item, and the condition of its own that the act may have still holds.
fn is_due(ready: &Ready<'_>, item: &ActionItem) -> bool {
    let conditional = ready
        .acts
        .get(usize::from(item.act))
        .is_some_and(|a| a.when.is_some());
    ready.name == item.step.as_str() && (!conditional || ready.open.contains(&item.act))
}

/// The window has closed, or other messages have used up the limit.
fn no_room(case: &Case<'_>) -> Option<Reason> {
    if case.window.closes(case.now).is_none() {
        let opens = case.window.opens(case.now)?;
        return Some(case.because(ReasonKind::OutsideWindow { opens }));
    }
    let allowance = Allowance::of(case);
    if allowance.has_room(1) {
        return None;
    }
    let kind = allowance
        .next_room(case, 1)
        .map_or(ReasonKind::MessageUnderWay, |until| ReasonKind::MessageLimit {
            until,
        });
    Some(case.because(kind))
}
