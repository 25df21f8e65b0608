//! A history: rules, and what happens to one customer, day by day. Plain values, so that one can be made smaller.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use chrono_tz::Tz;

use super::random::stirred;

/// All that a run depends on.
#[derive(Debug, Clone)]
pub struct History {
    /// Decides what becomes of mails and work.
    pub seed: u64,
    /// The revisions of the rules, the first one in force from the beginning.
    pub revisions: Vec<Revision>,
    pub start: NaiveDate,
    /// How many days are played.
    pub days: i64,
    pub clock: Clock,
    /// The customer's own clock.
    pub zone: Option<Tz>,
    pub language: Option<&'static str>,
    pub people: Vec<Person>,
    pub events: Vec<Event>,
    /// Mails that come to no good end, and work that is answered late or otherwise, out of a hundred.
    pub trouble: u64,
}

/// One revision: a scenario for `small`, and perhaps one for `key`.
#[derive(Debug, Clone)]
pub struct Revision {
    pub small: Scenario,
    pub key: Option<Scenario>,
    /// Days of grace for promises; business days when true.
    pub grace: Option<(i64, bool)>,
    pub promises: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Scenario {
    /// Whether messages leave on business days of the calendar only.
    pub business: bool,
    pub chain: Vec<Choice>,
    pub by_invoice: bool,
    /// In euro.
    pub ignore: Option<i64>,
    pub limit: Option<(usize, Period)>,
    pub entry: usize,
    pub disputed: bool,
    pub promised: bool,
    pub on_plan: bool,
    pub cash: bool,
    /// The period counts before the due date.
    pub courtesy: Vec<Step>,
    pub levels: Vec<Step>,
    pub then: Option<Step>,
    /// `Some(None)`: as often as there is reason to.
    pub thanks: Option<Option<Period>>,
}

/// The clock of the sending windows. With the zones that histories have, it shows the company's day while a window is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    Company,
    Customer,
    Tokyo,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Role(&'static str),
    Main,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub name: String,
    pub was: Vec<String>,
    pub timing: Timing,
    pub when: Option<When>,
    pub acts: Vec<Act>,
}

#[derive(Debug, Clone, Copy)]
pub enum Timing {
    BeforeDue(Period),
    AfterDue(Period),
    AfterIssue(Period),
    /// After this level, counted from 1.
    AfterLevel(Period, usize),
}

#[derive(Debug, Clone, Copy)]
pub struct Period {
    pub count: i64,
    pub unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Days,
    BusinessDays,
    Weeks,
    Months,
}

/// In euro, or days.
#[derive(Debug, Clone, Copy)]
pub enum When {
    OverdueAtLeast(i64),
    BalanceAtLeast(i64),
    OpenInvoicesAbove(i64),
    DaysOverdueAbove(i64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Mail { instead: Vec<Instead> },
    Letter,
    Call { again: Option<(Period2, usize)> },
    Task,
    Approve,
    HandOver,
}

/// A period of so many days, or business days when true.
pub type Period2 = (i64, bool);

/// What is done when a mail came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    Sms,
    Call,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub id: i64,
    pub role: Option<&'static str>,
    pub main: bool,
    pub language: Option<&'static str>,
    pub mail: Mail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mail {
    Usable,
    Absent,
    Bounced,
    OptedOut,
}

#[derive(Debug, Clone)]
pub struct Event {
    /// Days after the start.
    pub day: i64,
    /// At noon, or before the window opens.
    pub noon: bool,
    pub what: What,
}

/// What happens. Invoices are known by their numbers; days are counted from the day of the event.
#[derive(Debug, Clone)]
pub enum What {
    Book {
        invoice: i64,
        /// In cents.
        amount: i64,
        dollars: bool,
        issued: i64,
        due: i64,
    },
    /// All of it, or the half.
    Pay {
        invoice: i64,
        all: bool,
    },
    Credit {
        invoice: i64,
        all: bool,
    },
    /// A payment was taken back: the invoice is open again.
    Reopen(i64),
    /// Unallocated cash, in euro.
    Cash(i64),
    Dispute(i64),
    Settle(i64),
    Promise {
        invoice: i64,
        days: i64,
    },
    TakeBack(i64),
    Plan {
        invoice: i64,
        days: i64,
    },
    Hold {
        invoice: i64,
        days: Option<i64>,
    },
    Release(i64),
    HoldAccount(Option<i64>),
    Insolvency,
    ReleaseAccount,
    OptOut(i64),
    Newcomer(&'static str),
    /// Set by hand.
    Segment(Option<&'static str>),
    /// The customer gets or loses the tag of key accounts.
    Tag(bool),
    /// Cents of a euro for a dollar.
    Rate(i64),
    Revision(usize),
    /// Nothing runs for so many days.
    Sleep(i64),
}

/// What becomes of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Sent,
    Refused,
    /// Nobody knows; after so many days somebody says that it was sent, or that it was not and is to be left.
    Doubt(i64, bool),
}

/// What a person says of some work, after so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    pub days: i64,
    /// Done as it should be: sent, reached, approved, found. Otherwise not sent, nobody there, refused, nothing found.
    pub well: bool,
}

impl History {
    /// What becomes of the mail about a step of an invoice, tried for the n-th time.
    pub fn fate(&self, about: &str, n: u64) -> Fate {
        let number = self.number("mail", about, n);
        if number % 100 >= self.trouble {
            return Fate::Sent;
        }
        match (number / 100) % 3 {
            0 => Fate::Doubt(1 + i64::try_from((number / 1000) % 9).unwrap(), number % 7 < 4),
            _ => Fate::Refused,
        }
    }

    /// What a person says of work.
    pub fn answer(&self, kind: &str, about: &str, n: u64) -> Answer {
        let number = self.number(kind, about, n);
        let days = i64::try_from((number / 1000) % 6).unwrap();
        let late = (number / 100).is_multiple_of(10);
        Answer {
            days: if late { days + 20 } else { days },
            // What stands in for a mail that came back is done.
            well: number % 100 >= self.trouble || about.starts_with("sms"),
        }
    }

    fn number(&self, kind: &str, about: &str, n: u64) -> u64 {
        let start = stirred(self.seed ^ n.wrapping_mul(0x9E37_79B9));
        let bytes = kind.bytes().chain(about.bytes());
        bytes.fold(start, |sum, byte| stirred(sum ^ u64::from(byte)))
    }
}

/// Whether the calendar of the rules is open: Monday to Friday, but for four holidays.
pub fn works_open(day: NaiveDate) -> bool {
    let easter_mondays = [(2026, 4, 6), (2027, 3, 29), (2028, 4, 17), (2029, 4, 2)];
    let fixed = [(1, 1), (5, 1), (12, 25)];
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
        && !fixed.contains(&(day.month(), day.day()))
        && !easter_mondays.contains(&(day.year(), day.month(), day.day()))
}

/// Monday to Friday.
pub fn weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// So many days later.
pub fn days_on(day: NaiveDate, count: i64) -> NaiveDate {
    day + TimeDelta::days(count)
}

impl Revision {
    /// As it is written in a file.
    pub fn text(&self, clock: Clock) -> String {
        let mut text = String::from(
            "edition 2026\n\
             calendar works \"Works\" {\n  closed on saturday\n  closed on sunday\n\
             \x20 holiday \"New year\" on 1 january\n  holiday \"May\" on 1 may\n  holiday \"Christmas\" on 25 december\n\
             \x20 holiday \"Easter Monday\" 1 day after easter\n}\n\
             segments {\n  key when customer has tag \"key\"\n  small otherwise\n}\n",
        );
        if self.grace.is_some() || self.promises.is_some() {
            let grace = self
                .grace
                .map(|(n, business)| format!("grace {n} {}days", if business { "business " } else { "" }));
            let most = self.promises.map(|n| format!("at most {n} per invoice"));
            let parts: Vec<String> = grace.into_iter().chain(most).collect();
            writeln!(text, "promises {{ {} }}", parts.join("; ")).unwrap();
        }
        self.small.write(&mut text, "small", clock);
        if let Some(key) = &self.key {
            key.write(&mut text, "key", clock);
        }
        text
    }
}

impl Scenario {
    fn write(&self, text: &mut String, segment: &str, clock: Clock) {
        writeln!(text, "scenario of_{segment} for {segment} {{").unwrap();
        writeln!(text, "  language contact.language else customer.language else en").unwrap();
        let days = if self.business {
            "on business days of works"
        } else {
            "every day"
        };
        let clock = match clock {
            Clock::Company => "company time",
            Clock::Customer => "customer time",
            Clock::Tokyo => "Asia/Tokyo time",
        };
        writeln!(text, "  send {days}, 08:30 to 17:30, {clock}").unwrap();
        let chain: Vec<String> = self
            .chain
            .iter()
            .map(|choice| match choice {
                Choice::Role(role) => format!("role {role}"),
                Choice::Main => "main".to_owned(),
            })
            .collect();
        writeln!(text, "  contact {}", chain.join(" else ")).unwrap();
        writeln!(
            text,
            "  group by {}",
            if self.by_invoice { "invoice" } else { "customer" }
        )
        .unwrap();
        if let Some(under) = self.ignore {
            writeln!(text, "  ignore invoices under {under} EUR").unwrap();
        }
        if let Some((count, per)) = self.limit {
            let messages = if count == 1 { "message" } else { "messages" };
            writeln!(text, "  limit {count} {messages} per {}", per.text()).unwrap();
        }
        if !self.levels.is_empty() {
            writeln!(text, "  entry at level {}", self.entry).unwrap();
        }
        let holds: Vec<&str> = [
            (self.disputed, "disputed"),
            (self.promised, "promised"),
            (self.on_plan, "on plan"),
            (self.cash, "unallocated cash covers it"),
        ]
        .into_iter()
        .filter_map(|(wanted, word)| wanted.then_some(word))
        .collect();
        match holds.split_last() {
            // All of them is what holds without a word.
            None | Some((_, [_, _, _])) => {}
            Some((last, [])) => writeln!(text, "  hold while {last}").unwrap(),
            Some((last, others)) => writeln!(text, "  hold while {} or {last}", others.join(", ")).unwrap(),
        }
        if !self.courtesy.is_empty() {
            text.push_str("  courtesy {\n");
            for step in &self.courtesy {
                step.write(text, "step");
            }
            text.push_str("  }\n");
        }
        if !self.levels.is_empty() {
            text.push_str("  dunning {\n");
            for (step, n) in self.levels.iter().zip(1..) {
                step.write(text, &format!("level {n}"));
            }
            if let Some(then) = &self.then {
                let Timing::AfterLevel(period, _) = then.timing else {
                    unreachable!()
                };
                let when = then
                    .when
                    .map_or(String::new(), |when| format!(" when {}", when.text()));
                let was = was(&then.was);
                let acts = acts(&then.acts);
                writeln!(
                    text,
                    "    then {}{was} after {}{when} {{ {acts} }}",
                    then.name,
                    period.text()
                )
                .unwrap();
            }
            text.push_str("  }\n");
        }
        if let Some(often) = self.thanks {
            let often = often.map_or(String::new(), |p| format!(", at most once per {}", p.text()));
            writeln!(
                text,
                "  thanks {{ when paid in full {{ email template thanks{often} }} }}"
            )
            .unwrap();
        }
        text.push_str("}\n");
    }

    /// The levels, and what follows the last one.
    pub fn ladder(&self) -> impl Iterator<Item = &Step> {
        self.levels.iter().chain(&self.then)
    }

    /// All steps.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.courtesy.iter().chain(self.ladder())
    }

    /// Whether messages may leave on a day.
    pub fn open(&self, day: NaiveDate) -> bool {
        !self.business || works_open(day)
    }

    /// What a business day is when days are counted.
    pub fn business_day(&self, day: NaiveDate) -> bool {
        if self.business {
            works_open(day)
        } else {
            weekday(day)
        }
    }
}

impl Period {
    pub fn text(self) -> String {
        let (one, many) = match self.unit {
            Unit::Days => ("day", "days"),
            Unit::BusinessDays => ("business day", "business days"),
            Unit::Weeks => ("week", "weeks"),
            Unit::Months => ("month", "months"),
        };
        format!("{} {}", self.count, if self.count == 1 { one } else { many })
    }
}

impl When {
    fn text(self) -> String {
        match self {
            Self::OverdueAtLeast(n) => format!("account.overdue >= {n} EUR"),
            Self::BalanceAtLeast(n) => format!("invoice.balance >= {n} EUR"),
            Self::OpenInvoicesAbove(n) => format!("account.open_invoices > {n}"),
            Self::DaysOverdueAbove(n) => format!("invoice.days_overdue > {n}"),
        }
    }
}

impl Step {
    fn write(&self, text: &mut String, head: &str) {
        let timing = match self.timing {
            Timing::BeforeDue(p) => format!("{} before due", p.text()),
            Timing::AfterDue(p) if p.count == 0 => "on due".to_owned(),
            Timing::AfterDue(p) => format!("{} after due", p.text()),
            Timing::AfterIssue(p) => format!("{} after issue", p.text()),
            Timing::AfterLevel(p, n) => format!("{} after level {n}", p.text()),
        };
        let when = self
            .when
            .map_or(String::new(), |when| format!(" when {}", when.text()));
        let (was, acts) = (was(&self.was), acts(&self.acts));
        writeln!(text, "    {head} {}{was} {timing}{when} {{ {acts} }}", self.name).unwrap();
    }
}

fn was(names: &[String]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!(" was {}", names.join(", "))
    }
}

fn acts(acts: &[Act]) -> String {
    let words = acts.iter().map(|act| match act {
        Act::Mail { instead } => {
            let mut text = "email template mail".to_owned();
            for instead in instead {
                text.push_str(match instead {
                    Instead::Sms => " else sms template mail when bounced",
                    Instead::Call => " else call script mail when bounced",
                });
            }
            text
        }
        Act::Letter => "letter template mail".to_owned(),
        Act::Call { again: None } => "call script mail".to_owned(),
        Act::Call {
            again: Some(((days, business), most)),
        } => format!(
            "call script mail on no_answer retry after {days} {}days, at most {most} times",
            if *business { "business " } else { "" }
        ),
        Act::Task => "task look_into".to_owned(),
        Act::Approve => "approve by cfo".to_owned(),
        Act::HandOver => "hand over to legal".to_owned(),
    });
    words.collect::<Vec<_>>().join("; ")
}
