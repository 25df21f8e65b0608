//! What the next reviews would do, without doing any of it: the same decisions, at the moments at which they would be made.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::decision::{Action, ActionKind};
use relance_rules::dsl::money::Money;
use relance_rules::facts::AccountFacts;
use relance_rules::ids::{ContactId, CustomerId};
use relance_rules::reason::Reason;
use relance_rules::words::{self, Language};

use super::decide::{self, Account};
use super::write::SOONEST;
use crate::engine::Engine;
use crate::store::actions::kind_name;
use crate::store::breaker::{self, Standing};
use crate::store::companies::Company;
use crate::store::{StoreError, accounts};

/// Accounts that are decided together.
const TOGETHER: usize = 200;
/// An account that would be looked at more often than this without doing anything is left.
const LOOKS: u32 = 8;

/// What would be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The revision of the rules by which it was decided.
    pub revision: i64,
    /// Accounts that are looked at in that time.
    pub accounts: u32,
    /// More accounts are looked at in that time than were asked for: these are missing.
    pub more: bool,
    /// What would be done, in the order of time.
    pub lines: Vec<Line>,
    /// Accounts about which something cannot be decided, as when a hook fails: their numbers, and why, in the company's language.
    pub troubles: Vec<(String, String)>,
    /// Messages by day of the company's books.
    pub days: Vec<Day>,
}

/// Something that would be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// When it would be decided; a message leaves then, or when the time in which it can be recalled is over.
    pub at: DateTime<Utc>,
    /// The customer's number.
    pub customer: String,
    /// The customer's name.
    pub name: String,
    /// `email`, `webhook`, `by_hand`, `call`, `task`, `approval`, `hand_over` or `fix_contact`.
    pub kind: &'static str,
    /// The medium's name in the rules, for what is posted or sent by a person.
    pub medium: Option<String>,
    /// To whom, when known.
    pub contact: Option<String>,
    /// Title of the step.
    pub title: String,
    /// Level, for dunning.
    pub level: Option<u8>,
    /// Numbers of the invoices.
    pub invoices: Vec<String>,
    /// What is open of them, by currency.
    pub open: Vec<Money>,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Line {
    /// Whether it is a message that the program sends.
    pub fn is_message(&self) -> bool {
        matches!(self.kind, "email" | "webhook")
    }
}

/// Messages of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub on: NaiveDate,
    /// Messages that would be decided.
    pub messages: i64,
    /// Where the day stands already.
    pub standing: Standing,
    /// Whether the breaker would stop the sending and ask.
    pub asks: bool,
}

/// What would be done for a company until a moment, if nothing happened before: at most so many accounts are looked at. Nothing is
/// written, the transaction is read-only. None: no rules are in force.
///
/// An account is followed until something is done about it: what follows from that is not told.
pub async fn preview(
    engine: &Engine,
    company: &Company,
    until: DateTime<Utc>,
    limit: u32,
) -> Result<Option<Preview>, StoreError> {
    let Some(in_force) = engine.rulebooks.current() else {
        return Ok(None);
    };
    let now = engine.clock.now();
    let mut transaction = engine.pool.begin_with("begin read only").await?;
    let mut due = accounts::due_until(&mut transaction, company.id, until, i64::from(limit) + 1).await?;
    let more = due.len() > limit as usize;
    due.truncate(limit as usize);
    let mut preview = Preview {
        revision: in_force.revision,
        accounts: u32::try_from(due.len()).unwrap_or(u32::MAX),
        more,
        lines: Vec::new(),
        troubles: Vec::new(),
        days: Vec::new(),
    };
    let language = Language::of(&company.language);
    // Moments with the accounts that are looked at then, and how often they were looked at before.
    let mut moments: BTreeMap<DateTime<Utc>, Vec<(CustomerId, u32)>> = BTreeMap::new();
    for (customer, at) in due {
        moments.entry(at.max(now)).or_default().push((customer, 0));
    }
    while let Some((at, looked)) = moments.pop_first() {
        for part in looked.chunks(TOGETHER) {
            let customers: Vec<CustomerId> = part.iter().map(|(customer, _)| *customer).collect();
            let decided = decide::all(&mut transaction, company, &in_force, &customers, at).await?;
            for (account, (customer, looks)) in decided.accounts.iter().zip(part) {
                let before = preview.lines.len();
                let next = tell(&mut preview, account, language, at);
                let idle = preview.lines.len() == before;
                let next = next
                    .map(|next| next.max(at + SOONEST))
                    .filter(|next| *next <= until);
                if let Some(next) = next.filter(|_| idle && *looks < LOOKS) {
                    moments.entry(next).or_default().push((*customer, looks + 1));
                }
            }
        }
    }
    let mut days: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for line in preview.lines.iter().filter(|line| line.is_message()) {
        *days.entry(company.today(line.at)).or_default() += 1;
    }
    for (on, messages) in days {
        let standing = breaker::standing(&mut transaction, company.id, on).await?;
        let all = standing.messages.saturating_add(messages);
        let asks = engine
            .sending
            .breaker
            .is_some_and(|breaker| !breaker.allows(all, standing.usual, standing.agreed));
        preview.days.push(Day {
            on,
            messages,
            standing,
            asks,
        });
    }
    transaction.rollback().await?;
    Ok(Some(preview))
}

/// Adds what would be done for an account; gives when it is looked at next.
fn tell(
    preview: &mut Preview,
    account: &Account,
    language: Language,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let facts = &account.facts;
    match &account.decision {
        Ok(decision) => {
            let told = decision
                .actions
                .iter()
                .filter_map(|action| line(facts, action, at));
            preview.lines.extend(told);
            for reason in &decision.attention {
                let why = words::reason(reason, facts.company.time_zone, language);
                let trouble = (facts.customer.number.clone(), why);
                // An account is looked at on several days, and the same stands against it on each.
                if !preview.troubles.contains(&trouble) {
                    preview.troubles.push(trouble);
                }
            }
            decision.next_review_at
        }
        Err(why) => {
            preview
                .troubles
                .push((facts.customer.number.clone(), why.clone()));
            None
        }
    }
}

/// None: nobody outside the program sees it.
fn line(facts: &AccountFacts, action: &Action, at: DateTime<Utc>) -> Option<Line> {
    let (medium, contact): (Option<&String>, Option<ContactId>) = match &action.kind {
        ActionKind::Email { contact, .. } => (None, Some(*contact)),
        ActionKind::Webhook { medium, contact, .. } | ActionKind::ByHand { medium, contact, .. } => {
            (Some(medium), *contact)
        }
        ActionKind::Call { contact, .. } | ActionKind::Task { contact, .. } => (None, *contact),
        ActionKind::Approval { .. } | ActionKind::HandOver { .. } | ActionKind::FixContact { .. } => {
            (None, None)
        }
        ActionKind::Continue(_)
        | ActionKind::CancelPlan
        | ActionKind::ExpectCredit
        | ActionKind::Hook { .. }
        | ActionKind::Note { .. }
        | ActionKind::Notice { .. } => return None,
    };
    let contact = contact.and_then(|id| facts.contacts.iter().find(|contact| contact.id == id));
    let moved = |id| action.items.iter().any(|item| item.invoice == id);
    let invoices = facts.invoices.iter().filter(|invoice| moved(invoice.id));
    let mut open: Vec<Money> = Vec::new();
    for invoice in invoices.clone() {
        let balance = invoice.balance;
        // Those of another currency do not add up.
        let added = open
            .iter_mut()
            .find_map(|sum| sum.checked_add(balance).map(|new| *sum = new));
        if added.is_none() {
            open.push(balance);
        }
    }
    Some(Line {
        at,
        customer: facts.customer.number.clone(),
        name: facts.customer.name.clone(),
        kind: kind_name(&action.kind),
        medium: medium.cloned(),
        contact: contact.map(|contact| contact.name.clone()),
        title: action.step.title.clone(),
        level: action.step.level,
        invoices: invoices.map(|invoice| invoice.number.clone()).collect(),
        open,
        reasons: action.reasons.clone(),
    })
}
