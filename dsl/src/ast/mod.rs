//! What was written, as a typed tree with places. Names are not resolved and nothing is checked yet.

mod act;
mod calendar;
mod declare;
mod expr;
mod field;
mod scenario;
mod score;
mod step;
mod test;

pub use act::{
    Act, ActKind, Attachment, Call, CallOutcome, Channel, Fallback, FallbackKind, Message, Outcome,
    OutcomeKind, Resume, Task, Unreached,
};
pub use calendar::{Calendar, CalendarLine, HolidayDay};
pub use declare::{
    Charge, Charges, DisputeCategory, Disputes, Hook, HookType, InterestLine, Medium, Plans, Promises,
    Reaction, Turn,
};
pub use expr::{AggregateKind, Expr, ExprKind, HookCall};
pub use field::{Field, FieldType, Fields};
pub use scenario::{
    ContactChoice, Event, EventKind, Grouping, HoldKind, LanguageChoice, Scenario, SendDays, SendTime,
    Setting, SettingKind, Then, ToneCase, ZoneChoice,
};
pub use score::{Band, Points, Score, ScoreLine};
pub use step::{Anchor, Direction, Step, Thanks, Timing};
pub use test::{
    Expect, ExpectKind, Expected, Given, Happening, HappeningKind, Instalment, Property, Scene, Subject,
    Test, TestLine,
};

use crate::lang::Lang;
use crate::span::{FileId, Span};

/// Something with the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The thing.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// A word (a name, a dotted path, a text without its quotes) and its place.
pub type Word = Spanned<String>;

/// A name that is declared, with the title for people that may follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// The name in the rules.
    pub name: Word,
    /// The title in quotes.
    pub title: Option<Word>,
    /// Names that it had in earlier revisions, after `was`.
    pub was: Vec<Word>,
}

/// A length of time as written: the unit is `None` when it was forgotten (which has been reported).
pub type Period = Spanned<crate::period::Period>;

/// One file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Which one.
    pub id: FileId,
    /// The language that it is written in.
    pub lang: Lang,
    /// The year after `edition`, when written.
    pub edition: Option<Spanned<u32>>,
    /// Everything that could be understood, in source order.
    pub items: Vec<Item>,
    /// What could not be understood. Each has been reported by the parser; the checker keeps quiet about names that may
    /// have been declared in there.
    pub broken: Vec<Broken>,
    /// Did the parser report an error? Then no rulebook is made, even when nothing is missing from the tree.
    pub has_errors: bool,
}

impl File {
    /// The modules that this file uses, as `std.france`, with their places.
    pub fn uses(&self) -> impl Iterator<Item = (&str, Span)> {
        self.items.iter().filter_map(|item| match item {
            Item::Use(word) => Some((word.value.as_str(), word.span)),
            _ => None,
        })
    }
}

/// A top-level statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `use std.france`
    Use(Word),
    /// `fields { ... }`
    Fields(Fields),
    /// `segments { ... }`
    Segments(Segments),
    /// `score payer from 0 to 100 start 60 { ... }`
    Score(Score),
    /// `scenario ... { ... }`
    Scenario(Box<Scenario>),
    /// `calendar ... { ... }`
    Calendar(Calendar),
    /// `hook trend(account) -> whole number`
    Hook(Hook),
    /// `charges france { ... }`
    Charges(Charges),
    /// `disputes { ... }`
    Disputes(Disputes),
    /// `promises { ... }`
    Promises(Promises),
    /// `plans { ... }`
    Plans(Plans),
    /// `medium whatsapp = webhook "whatsapp"`
    Medium(Medium),
    /// `test "..." { ... }`
    Test(Box<Test>),
}

/// The segments.
#[derive(Debug, Clone, PartialEq)]
pub struct Segments {
    /// In the order in which they are tried.
    pub segments: Vec<Segment>,
    /// The word `segments`.
    pub span: Span,
}

/// One segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its name.
    pub declared: Declared,
    /// The condition; `None` for `otherwise`.
    pub when: Option<Expr>,
    /// The whole line.
    pub span: Span,
}

/// What kind of thing a piece of text that was not understood would have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BrokenKind {
    /// Unknown: anything may be missing.
    Anything,
    /// The segments or one of them.
    Segment,
    /// The score, one of its lines or its bands.
    Score,
    /// A scenario's head, or all of it.
    Scenario,
    /// Something inside a scenario, other than a step.
    Setting,
    /// A step or something inside it.
    Step,
    /// A calendar or a line of it.
    Calendar,
    /// Fields, charges, disputes, promises, plans, a medium or a hook.
    Declaration,
    /// A test or a line of it.
    Test,
}

/// A piece of text that was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// What it would have been.
    pub kind: BrokenKind,
    /// Where.
    pub span: Span,
}
