//! Tests in the language.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::{CallOutcome, Channel, Expr, Spanned, Word};
use crate::span::Span;

/// `test "..." { given ... on ... expect ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// What it shows.
    pub title: Word,
    /// In source order.
    pub lines: Vec<TestLine>,
    /// The head.
    pub span: Span,
    /// From the first word to the closing brace.
    pub whole: Span,
}

/// A line of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum TestLine {
    /// `given ...`
    Given(Given),
    /// `on 2026-02-10 ...`
    On(Scene),
    /// `expect ...`
    Expect(Expect),
}

/// `given customer { kind public, language de }`
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Whom or what.
    pub subject: Spanned<Subject>,
    /// What is known of it; nothing more of a rate.
    pub properties: Vec<Property>,
    /// All of it.
    pub span: Span,
}

/// What a test can start from.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// `company`
    Company,
    /// `customer`
    Customer,
    /// `account`: the figures of the customer's account, as `revenue_12m`.
    Account,
    /// `contact [role]`
    Contact(Option<Word>),
    /// `invoice F1`
    Invoice(Word),
    /// `rate USD 0.92 from 2026-01-01`
    Rate {
        /// The foreign currency.
        currency: Word,
        /// Units of the company's currency.
        rate: Spanned<Decimal>,
        /// The first day on which it serves; always when not written.
        from: Option<Spanned<NaiveDate>>,
    },
}

/// `amount 12 000 EUR`
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// What.
    pub name: Word,
    /// How much; several for a list.
    pub values: Vec<Expr>,
}

/// `on 2026-02-10 dispute F1 quality`
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The day.
    pub day: Spanned<NaiveDate>,
    /// The time of day, on the company's clock; 08:00 when not written.
    pub time: Option<Spanned<NaiveTime>>,
    /// What happens, in order.
    pub happenings: Vec<Happening>,
    /// All of it.
    pub span: Span,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// What.
    pub kind: HappeningKind,
    /// Where.
    pub span: Span,
}

/// What can happen. An invoice is named as in its `given`.
#[derive(Debug, Clone, PartialEq)]
pub enum HappeningKind {
    /// `dispute F1 quality`
    Dispute(Word, Option<Word>),
    /// `reject dispute F1`
    RejectDispute(Word),
    /// `accept dispute F1`
    AcceptDispute(Word),
    /// `pay F1 [amount]`
    Pay(Word, Option<Spanned<(Decimal, Word)>>),
    /// `promise F1 [amount] until 2026-03-01`
    Promise {
        /// Which invoice.
        invoice: Word,
        /// How much; all that is open when not written.
        amount: Option<Spanned<(Decimal, Word)>>,
        /// Until when.
        until: Spanned<NaiveDate>,
    },
    /// `plan F1 and F2 { 400 EUR on 2026-04-01, 300 EUR on 2026-05-01 }`
    Plan {
        /// Which invoices.
        invoices: Vec<Word>,
        /// What is to be paid, and by which day.
        instalments: Vec<Instalment>,
    },
    /// `cancel plan F1`
    CancelPlan(Word),
    /// `receive 500 EUR`: money that is not allocated.
    Receive(Spanned<(Decimal, Word)>),
    /// `credit F1 100 EUR`
    Credit(Word, Spanned<(Decimal, Word)>),
    /// `hold F1 [until day]`
    Hold(Word, Option<Spanned<NaiveDate>>),
    /// `release F1`
    Release(Word),
    /// `call gives no_answer`: of the oldest call that is open.
    CallGives(Spanned<CallOutcome>),
    /// `approve F1`: what waits for approval.
    Approve(Word),
    /// `refuse F1`
    Refuse(Word),
    /// `ask again F1`: the approval that nobody gave in time.
    AskAgain(Word),
    /// `bounce`: the last message comes back.
    Bounce,
    /// `open F1`: the last message about the invoice is opened.
    Open(Word),
    /// `insolvent`
    Insolvent,
}

/// `400 EUR on 2026-04-01`: a part of a payment plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Instalment {
    /// How much.
    pub amount: Spanned<(Decimal, Word)>,
    /// By which day.
    pub due: Spanned<NaiveDate>,
}

/// `expect ...`
#[derive(Debug, Clone, PartialEq)]
pub struct Expect {
    /// What.
    pub kind: ExpectKind,
    /// All of it.
    pub span: Span,
}

/// What can be expected.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectKind {
    /// `expect nothing [of F1] [from day to day | on day]`
    Nothing {
        /// Of one invoice only.
        of: Option<Word>,
        /// From which day.
        from: Option<Spanned<NaiveDate>>,
        /// To which day, inclusive.
        to: Option<Spanned<NaiveDate>>,
    },
    /// `expect segment key [on day]`
    Segment(Word, Option<Spanned<NaiveDate>>),
    /// `expect score fair [on day]`
    Band(Word, Option<Spanned<NaiveDate>>),
    /// `expect score 55 [on day]`
    Points(Spanned<Decimal>, Option<Spanned<NaiveDate>>),
    /// `expect 2026-01-28 email template prevenance in de`
    Act {
        /// What is done.
        what: Spanned<Expected>,
        /// For these invoices, all in one.
        of: Vec<Word>,
        /// For no others.
        alone: bool,
        /// On which day; on some day when not written.
        on: Option<Spanned<NaiveDate>>,
        /// In which language.
        language: Option<Word>,
        /// In which tone.
        tone: Option<Word>,
        /// What the reasons say.
        because: Option<Word>,
    },
    /// `expect late_interest 12.34 EUR of F1 on 2026-03-01`
    Charged {
        /// `late_interest` or `recovery_fee`.
        fee: bool,
        /// How much.
        amount: Spanned<(Decimal, Word)>,
        /// Of one invoice only.
        of: Option<Word>,
        /// On which day; on some day when not written.
        on: Option<Spanned<NaiveDate>>,
    },
    /// `expect timeline { "..." }`: everything that happens, to the letter.
    Timeline {
        /// The lines.
        lines: Vec<Word>,
        /// The last day; the last one of the test when not written.
        to: Option<Spanned<NaiveDate>>,
        /// The braces and what is between them, which `--accept` writes.
        braces: Span,
    },
}

/// An act that is expected.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// `level 1`
    Level(Spanned<Decimal>),
    /// `step prevenance`
    Step(Word),
    /// `thanks`
    Thanks,
    /// `call [script x]`
    Call(Option<Word>),
    /// `task [x]`
    Task(Option<Word>),
    /// `approval`
    Approval,
    /// `note ["x"]`
    Note(Option<Word>),
    /// `webhook ["x"]`
    Notice(Option<Word>),
    /// `hand over to legal`
    HandOver,
    /// `email [template x]`
    Message(Channel, Option<Word>),
}
