//! What is known about one customer account at one moment: the input of [`crate::decide()`].
//!
//! Plain values. The engine loads them with set-based queries; tests write them by hand.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use relance_dsl::checked::{CallOutcome, Resume};
use relance_dsl::money::{Currency, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::ids::{ContactId, CustomerId, InvoiceId};

/// Everything that a decision about one account may depend on, besides the rulebook and the time.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountFacts {
    /// The creditor.
    pub company: Company,
    /// The debtor.
    pub customer: Customer,
    /// People at the customer.
    pub contacts: Vec<Contact>,
    /// Open invoices, and those paid in the last 60 days (for thanks). No credit notes.
    pub invoices: Vec<Invoice>,
    /// Payments and credit notes of the customer that are not allocated to an invoice, one sum for each currency,
    /// positive when in the customer's favour.
    pub unallocated: Vec<Money>,
    /// Payment behaviour.
    pub history: History,
    /// Blocks on the whole account, past and present.
    pub holds: Vec<HoldSpan>,
    /// Messages to this account that were sent (or may have been: in doubt), newest first, at least of the last 90 days.
    pub messages: Vec<SentMessage>,
    /// Rates by which amounts in other currencies are read in the company's currency.
    pub rates: Vec<Rate>,
    /// A task to find someone who can be written to is open: it is not asked for a second time.
    pub fixing_contact: bool,
}

/// The creditor.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// Short code, as `ALFR`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Two-letter country code.
    pub country: String,
    /// Reporting currency.
    pub currency: Currency,
    /// Time zone.
    pub time_zone: Tz,
}

/// The debtor.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// Identity.
    pub id: CustomerId,
    /// Number in the customer's books at the creditor, as `C00012`.
    pub number: String,
    /// Name.
    pub name: String,
    /// Business, public body or consumer.
    pub kind: CustomerKind,
    /// Two-letter country code.
    pub country: String,
    /// Two-letter language code, when noted.
    pub language: Option<String>,
    /// Time zone, when noted.
    pub time_zone: Option<Tz>,
    /// Free tags.
    pub tags: Vec<String>,
    /// Most that the customer may owe.
    pub credit_limit: Option<Money>,
    /// Segment set by hand, which wins over the rules when the rulebook has it.
    pub segment: Option<String>,
    /// Fields of the firm's own, by name, as they were imported.
    pub custom: BTreeMap<String, String>,
}

/// What kind of debtor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    /// A company or a professional.
    Business,
    /// A public body.
    Public,
    /// A private person.
    Consumer,
}

/// A person at the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Identity.
    pub id: ContactId,
    /// Name.
    pub name: String,
    /// A role of the vocabulary, as `accounts_payable`; none for a contact without a role.
    pub role: Option<String>,
    /// The customer's main contact.
    pub main: bool,
    /// Two-letter language code, when noted.
    pub language: Option<String>,
    /// May mail be sent to this contact?
    pub email: Reach,
    /// Is there a telephone number?
    pub has_phone: bool,
}

/// Whether a contact can be reached by a medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// There is an address and nothing stands against it.
    Usable,
    /// No address.
    Absent,
    /// The last message was refused for good.
    Bounced,
    /// The contact asked not to be written to.
    OptedOut,
}

/// An invoice (or an instalment of one).
#[derive(Debug, Clone, PartialEq)]
pub struct Invoice {
    /// Identity.
    pub id: InvoiceId,
    /// Number, as printed on it.
    pub number: String,
    /// Day of issue.
    pub issued: NaiveDate,
    /// Due date.
    pub due: NaiveDate,
    /// Amount, with tax.
    pub amount: Money,
    /// What is still open: amount less allocations. Never negative.
    pub balance: Money,
    /// The day on which the store first knew of it, in the company's time zone.
    pub known_since: NaiveDate,
    /// The day on which the balance became zero through a payment; none while open, or when settled by a credit note only.
    pub paid_on: Option<NaiveDate>,
    /// How often this invoice has been reopened after it was settled, plus 1.
    pub cycle: i32,
    /// Disputes, promises, payment plans, manual holds on this invoice, past and present.
    pub holds: Vec<HoldSpan>,
    /// What has been done or is under way for this invoice in this cycle, oldest first.
    pub progress: Vec<Progress>,
    /// What was paid or credited, oldest first.
    pub settlements: Vec<Settlement>,
    /// The payment plan that it is on, or was on last.
    pub plan: Option<PaymentPlan>,
    /// Fields of the firm's own, by name, as they were imported.
    pub custom: BTreeMap<String, String>,
}

/// A part of an invoice that was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settlement {
    /// The day on which the money was received, or the credit note issued.
    pub on: NaiveDate,
    /// How much, in the invoice's currency. Positive.
    pub amount: Money,
    /// By what.
    pub by: SettledBy,
}

/// By what a part of an invoice was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SettledBy {
    /// Money came in.
    Payment,
    /// The creditor asks for less.
    CreditNote,
}

/// What a debtor agreed to pay in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentPlan {
    /// The store's number of it; 0 when it has none.
    pub id: i64,
    /// The day on which it was agreed.
    pub made_on: NaiveDate,
    /// Its parts, by day.
    pub instalments: Vec<Instalment>,
    /// What has come in for it since: parts of its invoices that were paid or credited, and money of the customer that nobody has
    /// allocated yet. Its days are not before the one on which it was agreed.
    pub paid: Vec<Settlement>,
    /// The day on which it ended: called off, or paid.
    pub ended_on: Option<NaiveDate>,
}

/// A part of a payment plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// To be paid by this day.
    pub due: NaiveDate,
    /// How much, in the invoice's currency.
    pub amount: Money,
}

/// A stretch of time in which something stands against dunning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldSpan {
    /// What stands against it.
    pub kind: HoldKind,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it no longer holds; none: until someone ends it. For a promise: the day after its date plus grace,
    /// or the day on which it was kept, broken or withdrawn.
    pub to: Option<NaiveDate>,
    /// In words, for reasons: the dispute's category, the hold's note, the amount promised.
    pub note: String,
    /// The store's number of the dispute, promise, plan or block, unique among those of one kind; 0 when it has none.
    pub id: i64,
    /// How it ended; none while it lasts, and for what ends by its day alone.
    pub ending: Option<HoldEnding>,
}

/// How something that stood against dunning ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldEnding {
    /// The promise was kept.
    Kept,
    /// The promise was broken.
    Broken,
    /// The promise was withdrawn.
    Withdrawn,
    /// The customer was right.
    Accepted,
    /// The customer was in the wrong.
    Rejected,
}

/// The kinds of holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    /// An open dispute.
    Disputed,
    /// A promise to pay.
    Promised,
    /// A payment plan.
    OnPlan,
    /// Set by a person.
    Manual,
    /// The debtor is in insolvency proceedings.
    Insolvency,
    /// The customer was right in a dispute: a credit note is awaited.
    CreditExpected,
}

/// One act of a step of a scenario that was decided for an invoice: one entry for each action item that moves the invoice,
/// so a step with a mail and a call has two, and an act that was called off and came again has one for each try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Scenario, by name.
    pub scenario: String,
    /// Step, by name; `thanks` for thanks.
    pub step: String,
    /// Level, for dunning.
    pub level: Option<u8>,
    /// Which act of that step, from 0 ([`crate::decision::ActionItem::act`]).
    pub act: u16,
    /// What kind of work it was when it was decided, whatever the rules say in its place now.
    pub work: Work,
    /// What a call gave, once it is closed.
    pub outcome: Option<CallOutcome>,
    /// Where dunning goes on, for work of the kinds [`Work::Continue`] and [`Work::Hook`].
    pub resumed: Option<Resumed>,
    /// The last day on which an approval can be given; none for all other work.
    pub until: Option<NaiveDate>,
    /// Which link of its chain it was, from 0: what is written first, then what stands after each `else`.
    pub link: u16,
    /// Whether the customer opened the message.
    pub opening: Opening,
    /// How far it has come.
    pub state: ProgressState,
    /// When it was carried out (sent, called), or decided when that is still open.
    pub at: DateTime<Utc>,
}

/// Whether a message was opened, as far as anybody can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Opening {
    /// Nobody can know: it went without a way to tell, or is no message at all. What is not known is never taken for unopened.
    #[default]
    Unknown,
    /// It left with a way to tell, and nobody told yet.
    NotYet,
    /// It was opened, for the first time then.
    Opened(DateTime<Utc>),
}

/// Dunning goes on elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// Where.
    pub at: Resume,
    /// Not before this day, local to the sending window.
    pub not_before: NaiveDate,
}

/// What kind of work an act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// A message that leaves by itself: one that failed came back.
    Message,
    /// A message that a person sends: one that failed was not sent.
    MessageByHand,
    /// A call.
    Call,
    /// A task.
    Task,
    /// Somebody's agreement to the other acts of the step: done when it was given, failed when it was refused.
    Approval,
    /// The invoice goes to the legal department.
    HandOver,
    /// Dunning goes on elsewhere: [`Progress::resumed`] says where.
    Continue,
    /// The payment plan was called off.
    CancelPlan,
    /// A credit note is awaited from then on.
    ExpectCredit,
    /// A hook was asked, and what it gave is being done; [`Progress::resumed`] says where dunning goes on when it says so.
    Hook,
    /// A note in the customer's history.
    Note,
    /// A post to a system of the firm's own: nothing waits for it.
    Notice,
}

impl Work {
    /// Whether it is a message, by whatever medium.
    pub fn is_message(self) -> bool {
        matches!(self, Self::Message | Self::MessageByHand)
    }
}

/// How far a decided step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgressState {
    /// Waiting to be sent or called.
    Pending,
    /// Carried out.
    Done,
    /// Nobody knows whether the message left.
    InDoubt,
    /// Could not be carried out for good: refused address. The step may be tried with another contact.
    Failed,
    /// Called off before it was carried out: paid, disputed ... The step may come again.
    Cancelled,
    /// An approval that nobody gave in time: the step waits until somebody gives or refuses it after all, or has it asked for again.
    Expired,
}

/// A message that reached, or may have reached, the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMessage {
    /// When.
    pub at: DateTime<Utc>,
    /// The scenario's name.
    pub scenario: String,
    /// The step's name; `thanks` for thanks.
    pub step: String,
}

/// Payment behaviour over the last twelve months.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// Invoices paid in full in the last 12 months.
    pub paid_12m: u32,
    /// Of these, on the due date or before.
    pub on_time_12m: u32,
    /// Average days between due date and payment of these, negative when early; none when nothing was paid. Rounded to 2 digits.
    pub average_days_late: Option<Decimal>,
    /// Promises broken in the last 12 months.
    pub broken_promises_12m: u32,
    /// Invoiced in the last 12 months less credit notes, one sum for each currency.
    pub invoiced_12m: Vec<Money>,
}

/// One unit of `from` is `rate` units of the company's currency, from a day on until the next one given.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// The foreign currency.
    pub from: Currency,
    /// First day on which it serves.
    pub on: NaiveDate,
    /// Units of the company's currency.
    pub rate: Decimal,
}

/// Facts for unit tests, written by hand.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A day, from ISO text.
    pub fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// An amount in euro.
    pub fn euro(amount: i64) -> Money {
        Money::new(Decimal::from(amount), Currency::EUR)
    }

    /// An account with one invoice of 1000 EUR due on 2026-03-01, in which every fact is known.
    pub fn account() -> AccountFacts {
        AccountFacts {
            company: Company {
                code: "ALFR".into(),
                name: "Atelier Lumière".into(),
                country: "FR".into(),
                currency: Currency::EUR,
                time_zone: chrono_tz::Europe::Paris,
            },
            customer: Customer {
                id: CustomerId(1),
                number: "C00001".into(),
                name: "Moulin Vert".into(),
                kind: CustomerKind::Business,
                country: "FR".into(),
                language: Some("fr".into()),
                time_zone: None,
                tags: vec!["strategic".into()],
                credit_limit: Some(euro(5000)),
                segment: None,
                custom: BTreeMap::new(),
            },
            contacts: vec![Contact {
                id: ContactId(1),
                name: "Anne Petit".into(),
                role: Some("accounts_payable".into()),
                main: true,
                language: Some("fr".into()),
                email: Reach::Usable,
                has_phone: true,
            }],
            invoices: vec![Invoice {
                id: InvoiceId(1),
                number: "F1".into(),
                issued: day("2026-01-30"),
                due: day("2026-03-01"),
                amount: euro(1000),
                balance: euro(1000),
                known_since: day("2026-01-30"),
                paid_on: None,
                cycle: 1,
                holds: vec![],
                progress: vec![],
                settlements: vec![],
                plan: None,
                custom: BTreeMap::new(),
            }],
            unallocated: vec![],
            history: History {
                paid_12m: 10,
                on_time_12m: 7,
                average_days_late: Some(Decimal::new(425, 2)),
                broken_promises_12m: 0,
                invoiced_12m: vec![euro(12_000)],
            },
            holds: vec![],
            messages: vec![],
            rates: vec![],
            fixing_contact: false,
        }
    }
}
