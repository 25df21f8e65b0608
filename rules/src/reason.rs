//! Why: reasons as data, rendered in words elsewhere.

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::Attachment;
use relance_dsl::money::Money;
use relance_dsl::span::{SourceMap, Span};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::charges::InterestLine;
use crate::facts::HoldKind;
use crate::hooks::HookFailure;
use crate::occurrence::Occurrence;

/// A line of the rules, with its text, so that a reason can be read when the file has changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// File, relative to the rulebook folder.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// The line's text, trimmed, at most 200 characters.
    pub text: String,
}

/// A fact that was read, with its value in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactRead {
    /// Path, as `account.overdue`.
    pub fact: String,
    /// Its value, plain (`1234.50 EUR`, `true`, `unknown`), at most 200 characters.
    pub value: String,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What.
    #[serde(flatten)]
    pub kind: ReasonKind,
    /// The line of the rules that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRef>,
    /// The facts that were read for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactRead>,
}

/// What a reason says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum ReasonKind {
    /// This segment's condition held first.
    SegmentChosen {
        /// Title.
        segment: String,
    },
    /// The segment was set by hand on the customer.
    SegmentByHand {
        /// Title.
        segment: String,
    },
    /// No segment holds: no scenario serves this customer.
    NoSegment,
    /// No scenario serves the segment.
    NoScenario {
        /// Title.
        segment: String,
    },
    /// Where the score starts.
    ScoreStart {
        /// Points.
        points: i32,
    },
    /// A line of the score gave points.
    ScoreLine {
        /// Points, signed.
        points: i32,
    },
    /// The score was held within its range.
    ScoreTotal {
        /// Points.
        points: i32,
        /// Title of the band.
        band: String,
    },
    /// The step is due.
    StepDue {
        /// Title.
        step: String,
        /// Level.
        level: Option<u8>,
        /// Day on which it became due.
        on: NaiveDate,
    },
    /// The step is not due yet.
    StepLater {
        /// Title.
        step: String,
        /// Level.
        level: Option<u8>,
        /// Day on which it will be.
        on: NaiveDate,
    },
    /// The day of the step was moved off a closed day.
    MovedToBusinessDay {
        /// From.
        from: NaiveDate,
        /// To.
        to: NaiveDate,
        /// Calendar.
        calendar: String,
    },
    /// The step counts from the day the previous level was really carried out.
    CountsFromLevel {
        /// Which level.
        level: u8,
        /// Carried out on.
        on: NaiveDate,
    },
    /// Days on hold do not count for the step's delay.
    ClockStopped {
        /// How many days.
        days: i64,
    },
    /// A courtesy step is dropped: its day had passed when the invoice became known, or the invoice is due.
    CourtesyDropped {
        /// Title.
        step: String,
        /// Its day.
        on: NaiveDate,
    },
    /// An invoice first seen overdue starts at the entry level.
    EnteredAtLevel {
        /// The level.
        level: u8,
    },
    /// The step's condition does not hold (yet).
    ConditionNotMet {
        /// Title of the step.
        step: String,
    },
    /// The condition of one act of a step does not hold: the rest of the step is done without it.
    ActLeftOut {
        /// Title of the step.
        step: String,
    },
    /// Something stands against dunning.
    Held {
        /// What.
        hold: HoldKind,
        /// Since.
        from: NaiveDate,
        /// Until (exclusive), when known.
        to: Option<NaiveDate>,
        /// In words, at most 200 characters.
        note: String,
    },
    /// Cash or credits of the customer that are not allocated cover the invoice.
    CoveredByUnallocated {
        /// How much is unallocated.
        unallocated: Money,
    },
    /// The balance is below what the scenario cares for.
    SmallBalance {
        /// Balance.
        balance: Money,
        /// Limit.
        limit: Money,
    },
    /// The limit on messages to one account is reached.
    MessageLimit {
        /// The first moment at which the next may leave.
        until: DateTime<Utc>,
    },
    /// It is outside the sending window.
    OutsideWindow {
        /// When it opens.
        opens: DateTime<Utc>,
    },
    /// A message or task for the invoice is under way.
    UnderWay {
        /// Title or name of the step.
        step: String,
        /// Since.
        since: DateTime<Utc>,
    },
    /// A message may or may not have left; a person must say.
    InDoubt {
        /// Name of the step.
        step: String,
        /// Since.
        since: DateTime<Utc>,
    },
    /// Nobody can be written to.
    NoUsableContact,
    /// The last level has been carried out.
    AllLevelsDone,
    /// Several invoices share one message; the highest level speaks.
    Grouped {
        /// How many invoices.
        invoices: u32,
        /// The level that speaks.
        level: Option<u8>,
    },
    /// The contact that was chosen.
    ContactChosen {
        /// Name.
        contact: String,
    },
    /// The language that was chosen.
    LanguageChosen {
        /// Two letters.
        language: String,
    },
    /// The tone that was chosen.
    ToneChosen {
        /// Tone, in English.
        tone: String,
    },
    /// The invoice was paid in full: thanks.
    PaidInFull {
        /// On.
        on: NaiveDate,
    },
    /// Thanks are not sent again so soon.
    ThankedLately {
        /// When.
        on: NaiveDate,
    },
    /// There is nothing open.
    NothingOpen,
    /// A rate is missing: an amount could not be read in the company's currency.
    RateMissing {
        /// Currency.
        currency: String,
        /// Day.
        on: NaiveDate,
    },
    /// A number that a condition needed is not known; used with `facts`.
    Unknown {
        /// Path of the fact.
        fact: String,
    },
    /// A score line of so much for each unit.
    PerUnit {
        /// The value that was read.
        value: Decimal,
        /// Points, signed.
        points: i32,
    },
    /// A step that was decided is called off: the invoice has been paid or credited.
    Settled {
        /// Number of the invoice.
        invoice: String,
    },
    /// A step that was decided is called off: the invoice is not due for it any more.
    NoLongerDue {
        /// Number of the invoice.
        invoice: String,
        /// Name of the step.
        step: String,
    },
    /// The contact cannot be written to any more.
    ContactUnusable,
    /// The step was tried today and could not be carried out; it is tried again on another day.
    TriedToday {
        /// Title of the step.
        step: String,
    },
    /// A later courtesy step took the place of this one.
    CourtesySuperseded {
        /// Title of the step.
        step: String,
    },
    /// A message to the account is still under way, and the limit leaves no room for another.
    MessageUnderWay,
    /// The invoice is not in anybody's care: the scenario has no step for it.
    NoStep,
    /// The step is done only after somebody has agreed.
    ApprovalNeeded {
        /// Title of the step.
        step: String,
        /// Role of the user.
        by: String,
    },
    /// Somebody was asked to agree to the step.
    WaitsForApproval {
        /// Title of the step.
        step: String,
        /// Role of the user.
        by: String,
        /// Since.
        since: DateTime<Utc>,
    },
    /// Nobody agreed to the step in time.
    ApprovalExpired {
        /// Title of the step.
        step: String,
        /// Role of the user.
        by: String,
        /// The last day on which it could be given.
        until: NaiveDate,
    },
    /// Somebody agreed to the step.
    Approved {
        /// On.
        on: NaiveDate,
    },
    /// Somebody refused the step.
    ApprovalRefused {
        /// Title of the step.
        step: String,
        /// On.
        on: NaiveDate,
        /// The day on which it is asked for again.
        again: NaiveDate,
    },
    /// The invoice was handed over to the legal department.
    HandedOver {
        /// On.
        on: NaiveDate,
    },
    /// Nobody answered the call: it is made again.
    CallAgain {
        /// Title of the step.
        step: String,
        /// On.
        on: NaiveDate,
    },
    /// Something goes with the message.
    Attached {
        /// What.
        what: Attachment,
    },
    /// A message that has something after `else` was not opened yet.
    OpeningAwaited {
        /// Name of its template.
        template: String,
        /// The day from which it counts as not opened.
        until: NaiveDate,
    },
    /// A message that has something after `else` was opened: nothing is done instead of it.
    MessageOpened {
        /// Name of its template.
        template: String,
        /// When it was opened first.
        on: NaiveDate,
    },
    /// Nobody can tell whether a message that has something after `else` was opened: nothing is done instead of it.
    OpeningUnknown {
        /// Name of its template.
        template: String,
    },
    /// The customer has promised more often than promises stop the clock.
    PromisesUsedUp {
        /// How many do for one invoice.
        most: u16,
    },
    /// An instalment of the payment plan of the invoice was not paid in time: the plan stops nothing any more.
    PlanMissed {
        /// Which, from 1.
        instalment: u32,
        /// Of how many.
        of: u32,
        /// How much it is.
        amount: Money,
        /// Its day.
        due: NaiveDate,
    },
    /// A letter that a person has not sent yet tells a balance that is no longer true.
    BalanceChanged {
        /// Number of the invoice.
        invoice: String,
    },
    /// A hook was called; used with the facts that it read.
    HookGave {
        /// Its name.
        hook: String,
        /// What it gave, plain, at most 200 characters.
        output: String,
    },
    /// A hook failed: nothing is sent for what it was asked about.
    HookFailed(HookFailure),
    /// A hook said that nothing of the step is done.
    HookSkips {
        /// Its name.
        hook: String,
        /// Title of the step.
        step: String,
    },
    /// A hook said that the step comes later; it is asked again on each day until then.
    HookDelays {
        /// Its name.
        hook: String,
        /// Title of the step.
        step: String,
        /// The day on which it comes at the latest.
        until: NaiveDate,
    },
    /// A hook said that dunning goes on at a later level.
    HookJumps {
        /// Its name.
        hook: String,
        /// Title of the step, of which nothing is done.
        step: String,
        /// At which level.
        level: u8,
        /// Titles of the levels between, which are left out with it.
        left_out: Vec<String>,
    },
    /// A hook asked for a tone that another invoice in the same message decides.
    HookToneShared {
        /// Number of the invoice that it asked for.
        invoice: String,
        /// The tone, in English.
        tone: String,
    },
    /// Dunning goes on at this level because a hook said so.
    Jumped {
        /// Which.
        level: u8,
        /// Not before this day.
        on: NaiveDate,
    },
    /// The hook that makes the body of a message makes another one now.
    BodyChanged {
        /// The medium.
        medium: String,
    },
    /// What a hook wants told to another system cannot be posted: its address is not in the server's settings.
    NoticeUnset {
        /// Name of the address.
        webhook: String,
    },
    /// Something happened that the rules answer to.
    Happened {
        /// What.
        event: Occurrence,
        /// On.
        on: NaiveDate,
    },
    /// The answer to an event goes first.
    AnswersFirst {
        /// Title of the step that waits.
        step: String,
    },
    /// Dunning goes on by the answer to an event.
    Resumed {
        /// The event.
        event: Option<Occurrence>,
        /// At which level; where it stopped, when none.
        level: Option<u8>,
        /// Not before this day.
        on: NaiveDate,
    },
    /// Interest on an invoice that is paid late, for one stretch of time.
    InterestOwed {
        /// Number of the invoice.
        invoice: String,
        /// Days, balance, rate and amount.
        line: InterestLine,
    },
    /// What more interest there is on an invoice of which very many stretches of time were told.
    MoreInterestOwed {
        /// Number of the invoice.
        invoice: String,
        /// How many stretches of time.
        lines: u32,
        /// Their interest together.
        amount: Money,
    },
    /// The fixed fee for an invoice that is paid late.
    FeeOwed {
        /// Number of the invoice.
        invoice: String,
        /// How much.
        fee: Money,
    },
    /// The step charges, and consumers are not charged.
    ConsumerNotCharged {
        /// Number of the invoice.
        invoice: String,
    },
    /// The step waits: nobody entered the rate of interest of a half-year.
    InterestRateMissing {
        /// Title of the step.
        step: String,
        /// Title of the table of charges.
        table: String,
        /// First day of the half-year.
        from: NaiveDate,
    },
    /// The message is sent by a person.
    SentByHand {
        /// The medium, as in [`crate::decision::ActionKind::ByHand`].
        medium: String,
    },
    /// A message cannot be posted: its address is not in the server's settings.
    WebhookUnset {
        /// The medium.
        medium: String,
        /// Name of the address.
        webhook: String,
    },
    /// The receiver refused the message for good: a person sends it.
    WebhookRefused {
        /// The medium.
        medium: String,
    },
}

impl Reason {
    /// A reason that no line of the rules says.
    pub fn plain(kind: ReasonKind) -> Self {
        Self {
            kind,
            source: None,
            facts: Vec::new(),
        }
    }

    /// A reason that a line of the rules says.
    pub fn said_by(kind: ReasonKind, source: SourceRef) -> Self {
        Self {
            source: Some(source),
            ..Self::plain(kind)
        }
    }

    /// With the facts that were read for it.
    pub fn with_facts(self, facts: Vec<FactRead>) -> Self {
        Self { facts, ..self }
    }
}

/// Most characters of a value, a note or a text that are kept with a reason.
const KEPT: usize = 200;

/// A text, cut to what is kept with reasons.
pub(crate) fn bounded(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(KEPT) {
        text.truncate(at);
        text.push('…');
    }
    text
}

impl SourceRef {
    /// Most characters of a line that are kept.
    const LONGEST: usize = 200;

    /// The line in which a span starts.
    pub fn of(sources: &SourceMap, span: Span) -> Self {
        let place = sources.place(span);
        Self {
            file: place.file,
            line: place.line,
            text: sources
                .line_text(span)
                .trim()
                .chars()
                .take(Self::LONGEST)
                .collect(),
        }
    }
}
