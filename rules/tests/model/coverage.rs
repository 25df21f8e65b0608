//! What the histories held and what was decided in them, so that a run which shows nothing is seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Debug, Write};

use super::history::History;
use super::player::Player;

/// In how many histories each thing was seen.
#[derive(Debug, Default)]
pub struct Coverage {
    pub histories: u64,
    pub decisions: u64,
    pub deeds: u64,
    /// What happened to the customer, and what became of mails and work.
    pub happened: BTreeMap<String, u64>,
    /// What was done.
    pub done: BTreeMap<String, u64>,
    /// Why.
    pub reasons: BTreeMap<String, u64>,
}

impl Coverage {
    /// Adds a history that was played.
    pub fn add(&mut self, history: &History, player: Player<'_>) {
        self.histories += 1;
        self.decisions += player.decisions;
        self.deeds += player.lines.len() as u64;
        let mut happened = player.fates;
        let came = history.events.iter().filter(|event| event.day < history.days);
        happened.extend(came.map(|event| variant(&event.what)));
        if history.events.iter().any(|event| event.noon) {
            happened.insert("AtNoon".into());
        }
        // A line is the day, the work, and what it is about.
        let work = |line: &str| {
            let words = line.split(' ').skip(1);
            let work: Vec<&str> = words.take_while(|word| !word.starts_with('F')).collect();
            work.join(" ")
        };
        let done: BTreeSet<String> = player.lines.iter().map(|line| work(line)).collect();
        count(&mut self.happened, happened);
        count(&mut self.done, done);
        count(&mut self.reasons, player.reasons);
    }

    /// Adds what another thread saw.
    pub fn and(mut self, other: Self) -> Self {
        self.histories += other.histories;
        self.decisions += other.decisions;
        self.deeds += other.deeds;
        for (all, more) in [
            (&mut self.happened, other.happened),
            (&mut self.done, other.done),
            (&mut self.reasons, other.reasons),
        ] {
            for (name, n) in more {
                *all.entry(name).or_default() += n;
            }
        }
        self
    }

    /// What was seen in no history, of what should have been.
    pub fn missing(&self) -> Vec<&'static str> {
        let tables = [
            (&self.happened, HAPPENS.as_slice()),
            (&self.done, IS_DONE.as_slice()),
            (&self.reasons, IS_A_REASON.as_slice()),
        ];
        let absent = tables
            .into_iter()
            .flat_map(|(seen, names)| names.iter().filter(|name| !seen.contains_key(**name)));
        absent.copied().collect()
    }

    /// As tables.
    pub fn told(&self) -> String {
        let mut text = String::new();
        for (head, table) in [
            ("happened in", &self.happened),
            ("done in", &self.done),
            ("a reason in", &self.reasons),
        ] {
            for (name, n) in table {
                writeln!(text, "{head:<12} {n:>9} histories: {name}").unwrap();
            }
        }
        text
    }
}

/// What happens often enough to be seen in each run of the tests.
const HAPPENS: [&str; 25] = [
    "Book",
    "Pay",
    "Credit",
    "Reopen",
    "Cash",
    "Dispute",
    "Settle",
    "Promise",
    "TakeBack",
    "Plan",
    "Hold",
    "Release",
    "HoldAccount",
    "Insolvency",
    "OptOut",
    "Newcomer",
    "Segment",
    "Tag",
    "Rate",
    "Revision",
    "Sleep",
    "mail refused",
    "mail in doubt",
    "approval refused",
    "call unanswered",
];

const IS_DONE: [&str; 10] = [
    "mail",
    "letter",
    "sms",
    "call",
    "task",
    "approval",
    "hand over",
    "address wanted",
    "off: call",
    "off: letter",
];

const IS_A_REASON: [&str; 29] = [
    "SegmentChosen",
    "SegmentByHand",
    "Held: Disputed",
    "Held: Promised",
    "Held: OnPlan",
    "Held: Manual",
    "CoveredByUnallocated",
    "SmallBalance",
    "MessageLimit",
    "OutsideWindow",
    "UnderWay",
    "InDoubt",
    "ClockStopped",
    "CountsFromLevel",
    "EnteredAtLevel",
    "MovedToBusinessDay",
    "ConditionNotMet",
    "CourtesyDropped",
    "WaitsForApproval",
    "ApprovalRefused",
    "CallAgain",
    "NoUsableContact",
    "RateMissing",
    "HandedOver",
    "AllLevelsDone",
    "Grouped",
    "PaidInFull",
    "TriedToday",
    "MessageUnderWay",
];

fn count(table: &mut BTreeMap<String, u64>, seen: BTreeSet<String>) {
    for name in seen {
        *table.entry(name).or_default() += 1;
    }
}

/// The name of a variant, and nothing of what is in it.
pub fn variant(of: &impl Debug) -> String {
    struct First(String);
    impl Write for First {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
            self.0.push_str(&text[..end]);
            // What follows the name is not asked for.
            Err(fmt::Error)
        }
    }
    let mut first = First(String::new());
    let _ = write!(first, "{of:?}");
    first.0
}
