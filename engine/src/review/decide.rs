//! Facts of a batch, open work of people looked at again, and a decision for each account.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use chrono::{DateTime, Utc};
use relance_rules::approvals;
use relance_rules::decision::{Action, Decision};
use relance_rules::facts::{AccountFacts, ProgressState};
use relance_rules::ids::{ActionId, CustomerId};
use relance_rules::promises::Grace;
use relance_rules::reason::ReasonKind;
use relance_rules::rulebook::Rulebook;
use relance_rules::words::{self, Language};
use sqlx::PgConnection;
use tokio::time::Instant;

use crate::rulebooks::InForce;
use crate::store::actions::{self, StoredAction};
use crate::store::companies::Company;
use crate::store::{StoreError, facts};

/// A decided batch of one company.
pub(super) struct Decided {
    /// One for each account.
    pub accounts: Vec<Account>,
    /// Work that need not be done any more, with the reason in words.
    pub called_off: Vec<(ActionId, String)>,
    /// Approvals that nobody gave in time.
    pub expired: Vec<StoredAction>,
}

/// One account, decided.
pub(super) struct Account {
    /// What was known.
    pub facts: AccountFacts,
    /// What follows; or why nothing could be decided.
    pub decision: Result<Decision, String>,
    /// How long the decision took.
    pub took: Duration,
}

/// Decides a batch. Calls, letters and other work of people that no longer hold are found first, so that the decision knows of it.
pub(super) async fn all(
    connection: &mut PgConnection,
    company: &Company,
    in_force: &InForce,
    customers: &[CustomerId],
    now: DateTime<Utc>,
) -> Result<Decided, StoreError> {
    let grace = Grace::of(&in_force.rulebook);
    let mut facts = facts::load(&mut *connection, company, customers, &grace, now).await?;
    let mut calls: HashMap<CustomerId, Vec<StoredAction>> = HashMap::new();
    for call in actions::open_work(&mut *connection, company.id, customers).await? {
        calls.entry(call.customer).or_default().push(call);
    }
    let language = Language::of(&company.language);
    let mut called_off = Vec::new();
    let mut expired = Vec::new();
    let today = company.today(now);
    for facts in &mut facts {
        for call in calls.remove(&facts.customer.id).unwrap_or_default() {
            if let Some(why) = no_longer_holds(&in_force.rulebook, facts, &call.decided, language, now) {
                mark(facts, &call.decided, ProgressState::Cancelled);
                called_off.push((call.id, why));
            } else if approvals::has_expired(&call.decided.kind, today)
                && mark(facts, &call.decided, ProgressState::Expired)
            {
                expired.push(call);
            }
        }
    }
    let decide = |facts: AccountFacts| {
        let began = Instant::now();
        let decided = catch_unwind(AssertUnwindSafe(|| {
            relance_rules::decide(&in_force.rulebook, &facts, now)
        }));
        let decision = decided
            .map_err(|_| "the decision broke off; this is a mistake in relance, please report it".to_owned());
        Account {
            facts,
            decision,
            took: began.elapsed(),
        }
    };
    Ok(Decided {
        accounts: facts.into_iter().map(decide).collect(),
        called_off,
        expired,
    })
}

/// Why something need not be done any more. That it is night is no reason: it waits for a person.
fn no_longer_holds(
    rulebook: &Rulebook,
    facts: &AccountFacts,
    call: &Action,
    language: Language,
    now: DateTime<Utc>,
) -> Option<String> {
    let off = relance_rules::recheck(rulebook, facts, call, now).err()?;
    let only_the_hour = |kind: &ReasonKind| {
        matches!(
            kind,
            ReasonKind::OutsideWindow { .. } | ReasonKind::MessageLimit { .. }
        )
    };
    if off.reasons.iter().all(|reason| only_the_hour(&reason.kind)) {
        return None;
    }
    let why: Vec<String> = off
        .reasons
        .iter()
        .map(|reason| words::reason(reason, facts.company.time_zone, language))
        .collect();
    Some(why.join(" "))
}

/// Writes into the facts what becomes of work that waits for a person; whether anything changes by it.
fn mark(facts: &mut AccountFacts, work: &Action, state: ProgressState) -> bool {
    let mut changed = false;
    for invoice in &mut facts.invoices {
        let Some(item) = work.items.iter().find(|item| item.invoice == invoice.id) else {
            continue;
        };
        for entry in &mut invoice.progress {
            let same =
                entry.scenario == work.step.scenario && entry.step == item.step && entry.act == item.act;
            let open = matches!(entry.state, ProgressState::Pending | ProgressState::Expired);
            if same && open && entry.state != state {
                entry.state = state;
                changed = true;
            }
        }
    }
    changed
}
