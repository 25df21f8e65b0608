//! The reference model: what the language says, played with plain loops, one day after the other. It is slow and has no clever part. It is
//! written from docs/language.md and knows nothing of `decide`.
//!
//! A day has three moments: the morning, before the window opens; its opening; and noon. What happens, happens in the morning or at noon.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use super::history::{
    Act, Answer, Choice, Event, Fate, History, Instead, Mail, Period, Person, Revision, Scenario, Step,
    Timing, Unit, What, When, days_on, weekday, works_open,
};

/// No delay and no hold of a history reaches this far.
const NEVER: i64 = 2000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Disputed,
    Promised,
    OnPlan,
    Manual,
    Insolvency,
}

/// A stretch of days; `to` is the first free one.
#[derive(Debug, Clone)]
struct Hold {
    kind: Kind,
    from: NaiveDate,
    to: Option<NaiveDate>,
}

impl Hold {
    fn on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

#[derive(Debug, Clone)]
struct Invoice {
    issued: NaiveDate,
    due: NaiveDate,
    /// In cents.
    amount: i64,
    balance: i64,
    dollars: bool,
    known: NaiveDate,
    paid: Option<NaiveDate>,
    /// Rises when it is opened again.
    cycle: u32,
    holds: Vec<Hold>,
    /// What became of the acts of each step, by the step's name when it was decided and the act's place.
    acts: BTreeMap<(String, usize), Track>,
    /// The level that a step had when it was decided.
    levels: BTreeMap<String, usize>,
}

/// What became of one act for one invoice.
#[derive(Debug, Clone, Default)]
struct Track {
    done: Option<NaiveDate>,
    /// The highest level at which it was carried out.
    level: Option<usize>,
    waits: bool,
    doubt: bool,
    /// The days on which a mail was refused, or an approval.
    failed: Vec<NaiveDate>,
    /// The days on which somebody said that it was not done.
    left: Vec<NaiveDate>,
    /// The days on which nobody answered the call.
    unanswered: Vec<NaiveDate>,
    /// It asks for approval.
    approval: bool,
    handover: bool,
}

impl Track {
    fn carried_out(&mut self, day: NaiveDate, item: &Item) {
        self.done = Some(day);
        self.level = self.level.max(item.level);
    }

    /// This and what became of the act under another name.
    fn and(mut self, other: &Self) -> Self {
        self.done = self.done.max(other.done);
        self.level = self.level.max(other.level);
        self.waits |= other.waits;
        self.doubt |= other.doubt;
        for (days, more) in [
            (&mut self.failed, &other.failed),
            (&mut self.left, &other.left),
            (&mut self.unanswered, &other.unanswered),
        ] {
            days.extend(more);
            days.sort();
        }
        self.approval |= other.approval;
        self.handover |= other.handover;
        self
    }
}

/// What can be done together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Medium {
    Mail,
    ByHand(&'static str),
    Call,
    Task,
    /// For a step.
    Approval(String),
    HandOver,
}

/// Dunning first, thanks last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Dunning,
    Courtesy,
    Thanks,
}

/// A step that is due for an invoice now.
#[derive(Debug, Clone)]
struct Due {
    invoice: i64,
    family: Family,
    step: String,
    level: Option<usize>,
    /// Of courtesy: days from the step's day to the due date.
    lead: i64,
    due: NaiveDate,
    /// What is to be done now: place and medium.
    acts: Vec<(usize, Medium)>,
}

/// One invoice of something that is done.
#[derive(Debug, Clone)]
struct Item {
    invoice: i64,
    step: String,
    level: Option<usize>,
    act: usize,
    /// When it was begun.
    balance: i64,
    cycle: u32,
}

/// Something that was begun.
#[derive(Debug, Clone)]
struct Work {
    medium: Medium,
    items: Vec<Item>,
    /// When the answer comes.
    on: (NaiveDate, bool),
    well: bool,
}

/// A mail in doubt.
#[derive(Debug, Clone)]
struct Doubt {
    items: Vec<Item>,
    since: NaiveDate,
    on: NaiveDate,
    sent: bool,
}

pub struct Model<'h> {
    history: &'h History,
    rules: &'h Revision,
    day: NaiveDate,
    noon: bool,
    invoices: BTreeMap<i64, Invoice>,
    /// In cents.
    cash: i64,
    rate: Option<i64>,
    account: Vec<Hold>,
    people: Vec<Person>,
    by_hand: Option<&'static str>,
    tagged: bool,
    /// The days of messages that the customer has, or may have; and whether they were thanks.
    messages: Vec<(NaiveDate, bool)>,
    work: Vec<Work>,
    doubts: Vec<Doubt>,
    /// Somebody looks for an address.
    looking: Option<((NaiveDate, bool), bool)>,
    looked: u64,
    tries: BTreeMap<String, u64>,
    happened: usize,
    /// What was done, one line each.
    pub lines: Vec<String>,
}

/// Plays a history.
pub fn play(history: &History) -> Vec<String> {
    let mut model = Model {
        history,
        rules: &history.revisions[0],
        day: history.start,
        noon: false,
        invoices: BTreeMap::new(),
        cash: 0,
        rate: None,
        account: vec![],
        people: history.people.clone(),
        by_hand: None,
        tagged: false,
        messages: vec![],
        work: vec![],
        doubts: vec![],
        looking: None,
        looked: 0,
        tries: BTreeMap::new(),
        happened: 0,
        lines: vec![],
    };
    let mut asleep_until = history.start;
    for n in 0..history.days {
        model.day = days_on(history.start, n);
        if model.day < asleep_until {
            continue;
        }
        for noon in [false, true] {
            model.noon = noon;
            if let Some(days) = model.happen(n) {
                asleep_until = days_on(model.day, days);
            }
            if model.day < asleep_until {
                break;
            }
            model.call_off();
            model.speak();
        }
    }
    model.lines
}

impl<'h> Model<'h> {
    // --- what happens ---------------------------------------------------------------------------------------------------

    /// Answers and events that have come; how long nothing runs from now on, if that happens.
    fn happen(&mut self, n: i64) -> Option<i64> {
        self.answers();
        let mut sleep = None;
        while let Some(event) = self.history.events.get(self.happened) {
            if (event.day, event.noon) > (n, self.noon) {
                break;
            }
            self.happened += 1;
            if let What::Sleep(days) = event.what {
                sleep = Some(days);
                continue;
            }
            self.event(event);
        }
        sleep
    }

    fn event(&mut self, event: &Event) {
        let day = self.day;
        match event.what.clone() {
            What::Book {
                invoice,
                amount,
                dollars,
                issued,
                due,
            } => {
                let new = Invoice {
                    issued: days_on(day, issued),
                    due: days_on(day, due),
                    amount,
                    balance: amount,
                    dollars,
                    known: day,
                    paid: None,
                    cycle: 0,
                    holds: vec![],
                    acts: BTreeMap::new(),
                    levels: BTreeMap::new(),
                };
                self.invoices.insert(invoice, new);
            }
            What::Pay { invoice, all } => self.settle(invoice, all, true),
            What::Credit { invoice, all } => self.settle(invoice, all, false),
            What::Reopen(invoice) => {
                if let Some(invoice) = self.invoices.get_mut(&invoice)
                    && invoice.balance == 0
                {
                    invoice.balance = invoice.amount;
                    invoice.paid = None;
                    invoice.cycle += 1;
                    // It is dunned as if for the first time.
                    invoice.acts.clear();
                    invoice.levels.clear();
                }
            }
            What::Cash(euro) => self.cash = euro * 100,
            What::Dispute(invoice) => self.hold(invoice, Kind::Disputed, None),
            What::Settle(invoice) => self.end(invoice, Kind::Disputed),
            What::Promise { invoice, days } => {
                let last = self.grace(days_on(day, days));
                self.hold(invoice, Kind::Promised, Some(days_on(last, 1)));
            }
            What::TakeBack(invoice) => self.end(invoice, Kind::Promised),
            What::Plan { invoice, days } => self.hold(invoice, Kind::OnPlan, Some(days_on(day, days))),
            What::Hold { invoice, days } => {
                self.hold(invoice, Kind::Manual, days.map(|n| days_on(day, n)));
            }
            What::Release(invoice) => self.end(invoice, Kind::Manual),
            What::HoldAccount(days) => {
                let to = days.map(|n| days_on(day, n));
                self.account.push(Hold {
                    kind: Kind::Manual,
                    from: day,
                    to,
                });
            }
            What::Insolvency => self.account.push(Hold {
                kind: Kind::Insolvency,
                from: day,
                to: None,
            }),
            What::ReleaseAccount => {
                for hold in &mut self.account {
                    hold.to = Some(hold.to.map_or(day, |to| to.min(day)));
                }
            }
            What::OptOut(id) => {
                for person in self.people.iter_mut().filter(|p| p.id == id) {
                    person.mail = Mail::OptedOut;
                }
            }
            What::Newcomer(role) => self.people.push(Person {
                id: i64::try_from(self.people.len()).unwrap() + 1,
                role: Some(role),
                main: false,
                language: None,
                mail: Mail::Usable,
            }),
            What::Segment(name) => self.by_hand = name,
            What::Tag(tagged) => self.tagged = tagged,
            What::Rate(cents) => self.rate = Some(cents),
            What::Revision(n) => self.rules = &self.history.revisions[n],
            What::Sleep(_) => {}
        }
    }

    fn settle(&mut self, number: i64, all: bool, by_payment: bool) {
        let day = self.day;
        let Some(invoice) = self.invoices.get_mut(&number) else {
            return;
        };
        if invoice.balance == 0 {
            return;
        }
        invoice.balance = if all { 0 } else { invoice.balance / 2 };
        if invoice.balance == 0 && by_payment {
            invoice.paid = Some(day);
        }
    }

    /// There is one dispute, one promise and one plan at a time, and none of what is settled.
    fn hold(&mut self, number: i64, kind: Kind, to: Option<NaiveDate>) {
        let day = self.day;
        let Some(invoice) = self.invoices.get_mut(&number) else {
            return;
        };
        let again = kind != Kind::Manual && invoice.holds.iter().any(|h| h.kind == kind && h.on(day));
        if invoice.balance > 0 && !again {
            invoice.holds.push(Hold { kind, from: day, to });
        }
    }

    fn end(&mut self, number: i64, kind: Kind) {
        let day = self.day;
        let Some(invoice) = self.invoices.get_mut(&number) else {
            return;
        };
        for hold in invoice.holds.iter_mut().filter(|h| h.kind == kind) {
            hold.to = Some(hold.to.map_or(day, |to| to.min(day)));
        }
    }

    /// The last day on which a promise is still kept. Business days are those of the first scenario that names a calendar.
    fn grace(&self, until: NaiveDate) -> NaiveDate {
        let Some((count, business)) = self.rules.grace else {
            return until;
        };
        let calendar = self.rules.small.business || self.rules.key.as_ref().is_some_and(|key| key.business);
        let open = |day| if calendar { works_open(day) } else { weekday(day) };
        let (mut day, mut left) = (until, count);
        while left > 0 {
            day = days_on(day, 1);
            if !business || open(day) {
                left -= 1;
            }
        }
        day
    }

    /// What people say of their work, and of mails in doubt.
    fn answers(&mut self) {
        let now = (self.day, self.noon);
        for work in std::mem::take(&mut self.work) {
            if work.on > now {
                self.work.push(work);
                continue;
            }
            for item in &work.items {
                let day = self.day;
                let track = self.track(item);
                track.waits = false;
                match (&work.medium, work.well) {
                    (Medium::Call, false) => {
                        track.unanswered.push(day);
                        track.level = track.level.max(item.level);
                    }
                    (Medium::Approval(_), false) => track.failed.push(day),
                    (Medium::ByHand(_) | Medium::HandOver, false) => track.left.push(day),
                    _ => track.carried_out(day, item),
                }
            }
            if work.well && matches!(work.medium, Medium::ByHand(_)) {
                self.messages.push((self.day, false));
            }
        }
        for doubt in std::mem::take(&mut self.doubts) {
            if doubt.on > self.day {
                self.doubts.push(doubt);
                continue;
            }
            let day = if doubt.sent { doubt.since } else { self.day };
            let thanks = doubt.items[0].step == "thanks";
            for item in &doubt.items {
                // An invoice that was opened again has forgotten it.
                if self.invoices[&item.invoice].cycle == item.cycle {
                    let track = self.track(item);
                    track.doubt = false;
                    track.carried_out(day, item);
                }
            }
            if !doubt.sent {
                let counted = self.messages.iter().position(|m| *m == (doubt.since, thanks));
                self.messages.remove(counted.unwrap());
            }
        }
        if let Some((on, found)) = self.looking
            && on <= now
        {
            self.looking = None;
            if found {
                self.people[0].mail = Mail::Usable;
            }
        }
    }

    fn track(&mut self, item: &Item) -> &mut Track {
        let invoice = self.invoices.get_mut(&item.invoice).unwrap();
        invoice.acts.entry((item.step.clone(), item.act)).or_default()
    }

    // --- who the customer is --------------------------------------------------------------------------------------------

    fn scenario(&self) -> Option<&'h Scenario> {
        let segment = self.by_hand.unwrap_or(if self.tagged { "key" } else { "small" });
        if segment == "key" {
            self.rules.key.as_ref()
        } else {
            Some(&self.rules.small)
        }
    }

    /// The first of the chain for whom it is possible; the only one there is counts as the main one.
    fn choose(&self, scenario: &Scenario, fits: impl Fn(&Person) -> bool) -> Option<&Person> {
        for choice in &scenario.chain {
            for person in &self.people {
                let chosen = match choice {
                    Choice::Role(role) => person.role == Some(role),
                    Choice::Main => person.main || self.people.len() == 1,
                };
                if chosen && fits(person) {
                    return Some(person);
                }
            }
        }
        None
    }

    fn mail_to(&self, scenario: &Scenario) -> Option<&Person> {
        self.choose(scenario, |person| person.mail == Mail::Usable)
    }

    /// Whether there is somebody for a message. A letter goes to the firm; a text message to a person, but to none who asked not to be
    /// written to, unless the scenario knows nobody at all.
    fn somebody(&self, scenario: &Scenario, medium: &Medium) -> bool {
        match medium {
            Medium::Mail => self.mail_to(scenario).is_some(),
            Medium::ByHand("sms") => {
                self.choose(scenario, |_| true).is_none()
                    || self
                        .choose(scenario, |person| person.mail != Mail::OptedOut)
                        .is_some()
            }
            _ => true,
        }
    }

    /// The first language that is known and has a template: there are French and English ones.
    fn language(&self, person: Option<&Person>) -> &'static str {
        let known = [person.and_then(|p| p.language), self.history.language, Some("en")];
        known
            .into_iter()
            .flatten()
            .find(|l| ["fr", "en"].contains(l))
            .unwrap()
    }

    // --- what stands against an invoice ---------------------------------------------------------------------------------

    /// Whether a hold that counts covers a day.
    fn held(&self, scenario: &Scenario, invoice: &Invoice, day: NaiveDate) -> bool {
        let mut promises = 0;
        for hold in &invoice.holds {
            let counts = match hold.kind {
                Kind::Disputed => scenario.disputed,
                Kind::OnPlan => scenario.on_plan,
                Kind::Manual | Kind::Insolvency => true,
                Kind::Promised => {
                    // One that was taken back on the same day was none.
                    promises += usize::from(hold.to != Some(hold.from));
                    scenario.promised && self.rules.promises.is_none_or(|most| promises <= most)
                }
            };
            if counts && hold.on(day) {
                return true;
            }
        }
        self.account.iter().any(|hold| hold.on(day))
    }

    /// The invoices that unallocated cash would pay, the oldest due date first: in full, or but for what is ignored.
    fn covered(&self, scenario: &Scenario) -> BTreeSet<i64> {
        let mut covered = BTreeSet::new();
        if !scenario.cash {
            return covered;
        }
        // In cents; without a line about it nothing is too little to ask for.
        let asked_from = scenario.ignore.map_or(1, |euro| euro * 100);
        let mut left = self.cash;
        let mut open: Vec<_> = self
            .invoices
            .iter()
            .filter(|(_, i)| i.balance >= asked_from && !i.dollars)
            .collect();
        open.sort_by_key(|(number, i)| (i.due, **number));
        for (number, invoice) in open {
            if left > 0 && invoice.balance - left < asked_from {
                left = (left - invoice.balance).max(0);
                covered.insert(*number);
            }
        }
        covered
    }

    /// In hundredths of a euro cent; none without a rate.
    fn in_euro(&self, invoice: &Invoice) -> Option<i64> {
        if invoice.dollars {
            Some(invoice.balance * self.rate?)
        } else {
            Some(invoice.balance * 100)
        }
    }

    fn small(&self, scenario: &Scenario, invoice: &Invoice) -> bool {
        let limit = scenario.ignore.map(|euro| euro * 10_000);
        limit.is_some_and(|limit| self.in_euro(invoice).is_some_and(|balance| balance < limit))
    }

    fn when(&self, when: Option<When>, invoice: &Invoice) -> bool {
        let open = || self.invoices.values().filter(|i| i.balance > 0);
        match when {
            None => true,
            Some(When::OverdueAtLeast(euro)) => {
                let mut sum = 0;
                for invoice in open().filter(|i| i.due < self.day) {
                    let Some(balance) = self.in_euro(invoice) else {
                        return false;
                    };
                    sum += balance;
                }
                sum >= euro * 10_000
            }
            Some(When::BalanceAtLeast(euro)) => self
                .in_euro(invoice)
                .is_some_and(|balance| balance >= euro * 10_000),
            Some(When::OpenInvoicesAbove(n)) => i64::try_from(open().count()).unwrap() > n,
            Some(When::DaysOverdueAbove(n)) => (self.day - invoice.due).num_days().max(0) > n,
        }
    }

    // --- days -----------------------------------------------------------------------------------------------------------

    /// The day that lies a period after another; days on which the invoice is on hold do not count. None when they never end.
    fn after(
        &self,
        scenario: &Scenario,
        invoice: Option<&Invoice>,
        day: NaiveDate,
        period: Period,
    ) -> Option<NaiveDate> {
        let mut left = match period.unit {
            Unit::Days | Unit::BusinessDays => period.count,
            Unit::Weeks => 7 * period.count,
            Unit::Months => {
                let plain = day + Months::new(u32::try_from(period.count).unwrap());
                (plain - day).num_days()
            }
        };
        let mut at = day;
        while left > 0 {
            at = days_on(at, 1);
            if (at - day).num_days() > NEVER {
                return None;
            }
            let counts = period.unit != Unit::BusinessDays || scenario.business_day(at);
            if counts && !invoice.is_some_and(|invoice| self.held(scenario, invoice, at)) {
                left -= 1;
            }
        }
        Some(at)
    }

    fn before(&self, scenario: &Scenario, day: NaiveDate, period: Period) -> NaiveDate {
        match period.unit {
            Unit::Days => days_on(day, -period.count),
            Unit::Weeks => days_on(day, -7 * period.count),
            Unit::Months => day - Months::new(u32::try_from(period.count).unwrap()),
            Unit::BusinessDays => {
                let (mut at, mut left) = (day, period.count);
                while left > 0 {
                    at = days_on(at, -1);
                    if scenario.business_day(at) {
                        left -= 1;
                    }
                }
                at
            }
        }
    }

    /// The first day from this one on that is open and not on hold.
    fn moved_on(&self, scenario: &Scenario, invoice: &Invoice, day: NaiveDate) -> Option<NaiveDate> {
        (0..NEVER)
            .map(|n| days_on(day, n))
            .find(|at| scenario.open(*at) && !self.held(scenario, invoice, *at))
    }

    // --- what was done --------------------------------------------------------------------------------------------------

    /// The name that a step has now.
    fn name_now(&self, name: &str) -> String {
        let all = || {
            [Some(&self.rules.small), self.rules.key.as_ref()]
                .into_iter()
                .flatten()
                .flat_map(Scenario::steps)
        };
        if all().any(|step| step.name == name) {
            return name.to_owned();
        }
        let renamed = all().find(|step| step.was.iter().any(|was| was == name));
        renamed.map_or_else(|| name.to_owned(), |step| step.name.clone())
    }

    /// What became of the acts of a step, but for its approvals, under all names that it had.
    fn tracks(&self, invoice: &Invoice, step: &str) -> BTreeMap<usize, Track> {
        let mut tracks: BTreeMap<usize, Track> = BTreeMap::new();
        for ((name, act), track) in &invoice.acts {
            if !track.approval && (name == step || self.name_now(name) == step) {
                let so_far = tracks.remove(act).unwrap_or_default();
                tracks.insert(*act, so_far.and(track));
            }
        }
        tracks
    }

    /// Whether an act is done, and since when.
    fn act_done(act: Option<&Act>, track: &Track) -> Option<NaiveDate> {
        if let Some(done) = track.done {
            return Some(done);
        }
        if track.waits {
            return None;
        }
        // A call that nobody answered counts as made, unless the rules make it again. Of calls that the rules know no more, the last one
        // counts: from then on the customer is left alone for as long as they say.
        match act {
            None => track.unanswered.last().copied(),
            Some(Act::Call {
                again: Some((_, most)),
            }) => track.unanswered.get(*most).copied(),
            Some(_) => track.unanswered.first().copied(),
        }
    }

    /// The day on which all acts of a step of the rules were done.
    fn step_done(&self, invoice: &Invoice, step: &Step) -> Option<NaiveDate> {
        let mut last = None;
        let tracks = self.tracks(invoice, &step.name);
        for (place, act) in step
            .acts
            .iter()
            .enumerate()
            .filter(|(_, act)| **act != Act::Approve)
        {
            // An act that the rules gained later is not made up for.
            if let Some(track) = tracks.get(&place) {
                last = last.max(Some(Self::act_done(Some(act), track)?));
            }
        }
        last
    }

    /// Whether something of a dunning step waits for somebody, or nobody knows whether it was done.
    fn under_way(&self, scenario: &Scenario, invoice: &Invoice) -> bool {
        invoice.acts.iter().any(|((name, _), track)| {
            let then = scenario
                .then
                .as_ref()
                .is_some_and(|then| then.name == self.name_now(name));
            let dunning = invoice.levels.contains_key(name) || then;
            dunning && !track.approval && (track.waits || track.doubt)
        })
    }

    /// The steps that the rules know no more and of which something was done: at which level then, and on which day.
    fn forgotten(&self, scenario: &Scenario, invoice: &Invoice) -> Vec<(usize, NaiveDate)> {
        let mut found = Vec::new();
        for name in invoice.levels.keys() {
            if scenario.ladder().any(|step| step.name == self.name_now(name)) {
                continue;
            }
            let tracks = self.tracks(invoice, name);
            let day = tracks
                .values()
                .filter_map(|track| Self::act_done(None, track))
                .max();
            let level = tracks.values().filter_map(|track| track.level).max();
            found.extend(level.zip(day));
        }
        found
    }

    /// The day on which something was done last of a level that is not done whole, but for this step.
    fn in_part(&self, scenario: &Scenario, invoice: &Invoice, but: &Step) -> Option<NaiveDate> {
        let steps = scenario
            .ladder()
            .filter(|step| step.name != but.name && self.step_done(invoice, step).is_none());
        let days = steps.flat_map(|step| self.tracks(invoice, &step.name).into_values());
        days.filter_map(|track| track.done).max()
    }

    /// The highest level that was carried out, and the day of the last one.
    fn reached(&self, scenario: &Scenario, invoice: &Invoice) -> Option<(usize, NaiveDate)> {
        let mut reached = None;
        for (step, n) in scenario.ladder().zip(1..) {
            if let Some(day) = self.step_done(invoice, step) {
                reached = Some((n, day));
            }
        }
        let forgotten = self.forgotten(scenario, invoice);
        match reached {
            // What the rules know no more was said to the customer all the same.
            Some((n, day)) => Some((n, forgotten.iter().map(|(_, day)| *day).fold(day, NaiveDate::max))),
            // Only when none is known, by the number that it had.
            None => {
                let (level, day) = forgotten.into_iter().max()?;
                let level = level.min(scenario.levels.len());
                (level > 0).then_some((level, day))
            }
        }
    }

    fn handed_over(&self, scenario: &Scenario, invoice: &Invoice) -> bool {
        let over = invoice
            .acts
            .iter()
            .find(|(_, track)| track.handover && track.done.is_some());
        over.is_some_and(|((name, _), _)| {
            let now = self.name_now(name);
            let step = scenario.steps().find(|step| step.name == now);
            step.is_none_or(|step| self.step_done(invoice, step).is_some())
        })
    }

    // --- the day of a level ---------------------------------------------------------------------------------------------

    /// The day of a level, counted from the due date or the day of issue alone.
    fn counted_from_due(
        &self,
        scenario: &Scenario,
        invoice: &Invoice,
        level: usize,
        holds: bool,
    ) -> Option<NaiveDate> {
        let step = scenario.ladder().nth(level - 1)?;
        let held = holds.then_some(invoice);
        match step.timing {
            Timing::BeforeDue(_) => None,
            Timing::AfterDue(period) => self.after(scenario, held, invoice.due, period),
            Timing::AfterIssue(period) => self.after(scenario, held, invoice.issued, period),
            Timing::AfterLevel(period, from) => {
                let day = self.counted_from_due(scenario, invoice, from, holds)?;
                self.after(scenario, held, day, period)
            }
        }
    }

    /// The level that comes next, and its day; no day when a hold without an end stands before it.
    fn next_level(
        &self,
        scenario: &'h Scenario,
        invoice: &Invoice,
    ) -> Option<(usize, &'h Step, Option<NaiveDate>)> {
        if scenario.levels.is_empty() {
            return None;
        }
        let reached = self.reached(scenario, invoice);
        let late = reached.is_none() && invoice.known > invoice.due;
        let n = match reached {
            Some((n, _)) => n + 1,
            None if late => scenario.entry,
            None => 1,
        };
        let step = scenario.ladder().nth(n - 1)?;
        let in_part = self.in_part(scenario, invoice, step);
        let last = reached.map(|(_, day)| day).max(in_part);
        let day = match (reached, last) {
            (Some(_), Some(last)) => self.spaced(scenario, invoice, n, step, last),
            _ => {
                let day = self.counted_from_due(scenario, invoice, n, true);
                let day = match (step.timing, in_part) {
                    (Timing::AfterLevel(period, _), Some(part)) => {
                        let spaced = self.after(scenario, Some(invoice), part, period);
                        day.zip(spaced).map(|(day, spaced)| day.max(spaced))
                    }
                    _ => day,
                };
                if late {
                    day.map(|day| day.max(invoice.known))
                } else {
                    day
                }
            }
        };
        let day = day.map(|day| last.map_or(day, |last| day.max(days_on(last, 1))));
        Some((n, step, day.and_then(|day| self.moved_on(scenario, invoice, day))))
    }

    /// The day of a level by what was really done before, `last` being the day of the last one.
    fn spaced(
        &self,
        scenario: &Scenario,
        invoice: &Invoice,
        n: usize,
        step: &Step,
        last: NaiveDate,
    ) -> Option<NaiveDate> {
        if let Timing::AfterLevel(period, from) = step.timing {
            // From the level that it names. When that one was never carried out, or the rules have lost the last one, from the last one.
            let named = scenario
                .ladder()
                .nth(from - 1)
                .and_then(|step| self.step_done(invoice, step));
            let lost = self
                .forgotten(scenario, invoice)
                .iter()
                .any(|(_, day)| *day == last)
                || self.in_part(scenario, invoice, step) == Some(last);
            let anchor = if lost { last } else { named.unwrap_or(last) };
            return self.after(scenario, Some(invoice), anchor, period);
        }
        // One that counts from the due date keeps its distance to the one before it.
        let planned = self.counted_from_due(scenario, invoice, n, true)?;
        let plain = self.counted_from_due(scenario, invoice, n, false)?;
        let before = self.counted_from_due(scenario, invoice, n - 1, false)?;
        let distance = (plain - before).num_days().max(1);
        let spaced = self.after(
            scenario,
            Some(invoice),
            last,
            Period {
                count: distance,
                unit: Unit::Days,
            },
        )?;
        Some(planned.max(spaced))
    }

    // --- what is due ----------------------------------------------------------------------------------------------------

    /// The step that is due for an open invoice today, if nothing stands against it, and since when.
    fn due_step(
        &self,
        scenario: &'h Scenario,
        covered: &BTreeSet<i64>,
        number: i64,
        invoice: &Invoice,
    ) -> Option<(&'h Step, Option<usize>, Family, NaiveDate)> {
        if self.handed_over(scenario, invoice)
            || self.under_way(scenario, invoice)
            || self.held(scenario, invoice, self.day)
            || covered.contains(&number)
            || self.small(scenario, invoice)
        {
            return None;
        }
        if let Some((n, step, Some(day))) = self.next_level(scenario, invoice)
            && day <= self.day
        {
            let level = (n <= scenario.levels.len()).then_some(n);
            return self
                .when(step.when, invoice)
                .then_some((step, level, Family::Dunning, day));
        }
        if self.reached(scenario, invoice).is_some() {
            return None;
        }
        let (step, day) = self.courtesy(scenario, invoice)?;
        self.when(step.when, invoice)
            .then_some((step, None, Family::Courtesy, day))
    }

    /// The courtesy step whose day has come: the last one of them, if it was not missed and none after it was begun.
    fn courtesy(&self, scenario: &'h Scenario, invoice: &Invoice) -> Option<(&'h Step, NaiveDate)> {
        let mut steps: Vec<(NaiveDate, &Step)> = Vec::new();
        for step in &scenario.courtesy {
            let Timing::BeforeDue(period) = step.timing else {
                continue;
            };
            let mut day = self.before(scenario, invoice.due, period);
            while !scenario.open(day) {
                day = days_on(day, -1);
            }
            steps.push((day, step));
        }
        steps.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
        for (day, step) in steps {
            let begun = self
                .tracks(invoice, &step.name)
                .values()
                .any(|track| track.waits || track.doubt);
            if begun || self.step_done(invoice, step).is_some() {
                return None;
            }
            let missed = invoice.known > day || self.day > invoice.due.max(day);
            if !missed && day <= self.day {
                return Some((step, day));
            }
        }
        None
    }

    /// What an act of a step comes to now.
    fn medium(&self, scenario: &Scenario, invoice: &Invoice, step: &Step, place: usize) -> Medium {
        match &step.acts[place] {
            Act::Mail { instead } => {
                let tracks = self.tracks(invoice, &step.name);
                let failed = tracks.get(&place).map_or(0, |track| track.failed.len());
                let fallback = if failed > 0 || self.mail_to(scenario).is_none() {
                    instead.first()
                } else {
                    None
                };
                match fallback {
                    None => Medium::Mail,
                    Some(Instead::Sms) => Medium::ByHand("sms"),
                    Some(Instead::Call) => Medium::Call,
                }
            }
            Act::Letter => Medium::ByHand("letter"),
            Act::Call { .. } => Medium::Call,
            Act::Task => Medium::Task,
            Act::Approve => Medium::Approval(step.name.clone()),
            Act::HandOver => Medium::HandOver,
        }
    }

    /// The acts of a due step that are to be done now; none when it has to wait.
    fn acts_now(&self, scenario: &Scenario, invoice: &Invoice, step: &Step) -> Vec<(usize, Medium)> {
        // What became of an act under all names that its step had.
        let own = |place: usize| {
            let of_step = |name: &str| name == step.name || self.name_now(name) == step.name;
            let tracks = invoice.acts.iter();
            tracks
                .filter(move |((name, at), _)| *at == place && of_step(name))
                .map(|(_, track)| track)
                .fold(None, |all: Option<Track>, track| {
                    Some(all.unwrap_or_default().and(track))
                })
        };
        // First the approvals.
        let mut asks = Vec::new();
        for place in (0..step.acts.len()).filter(|place| step.acts[*place] == Act::Approve) {
            let Some(track) = own(place) else {
                asks.push((place, self.medium(scenario, invoice, step, place)));
                continue;
            };
            if track.waits {
                return vec![];
            }
            if track.done.is_some() {
                continue;
            }
            match track.failed.last() {
                Some(refused) if self.day < days_on(*refused, 30) => return vec![],
                _ => asks.push((place, self.medium(scenario, invoice, step, place))),
            }
        }
        if !asks.is_empty() {
            return asks;
        }
        let mut acts = Vec::new();
        for place in (0..step.acts.len()).filter(|place| step.acts[*place] != Act::Approve) {
            let medium = self.medium(scenario, invoice, step, place);
            if let Some(track) = own(place) {
                // A letter that was not sent, and a case that was not handed over, come again on another day.
                // A mail is tried once a day with each contact.
                let refused = track.failed.iter().filter(|day| **day == self.day).count();
                let enough = medium == Medium::Mail
                    && self.mail_to(scenario).is_some()
                    && refused >= self.people.len();
                let today = track.left.last() == Some(&self.day) || enough;
                if Self::act_done(Some(&step.acts[place]), &track).is_some() || track.waits || today {
                    continue;
                }
                if let (
                    Act::Call {
                        again: Some(((days, business), _)),
                    },
                    Some(last),
                ) = (&step.acts[place], track.unanswered.last())
                {
                    let unit = if *business { Unit::BusinessDays } else { Unit::Days };
                    let mut day = self
                        .after(scenario, None, *last, Period { count: *days, unit })
                        .unwrap();
                    while !scenario.open(day) {
                        day = days_on(day, 1);
                    }
                    if day > self.day {
                        continue;
                    }
                }
            }
            acts.push((place, medium));
        }
        acts
    }

    /// All that is due now, the most urgent first.
    fn due(&self, scenario: &'h Scenario) -> Vec<Due> {
        let covered = self.covered(scenario);
        let mut all = Vec::new();
        for (number, invoice) in self.invoices.iter().filter(|(_, i)| i.balance > 0) {
            let Some((step, level, family, day)) = self.due_step(scenario, &covered, *number, invoice) else {
                continue;
            };
            let lead = if family == Family::Courtesy {
                (invoice.due - day).num_days()
            } else {
                0
            };
            let acts = self.acts_now(scenario, invoice, step);
            if !acts.is_empty() {
                all.push(Due {
                    invoice: *number,
                    family,
                    step: step.name.clone(),
                    level,
                    lead,
                    due: invoice.due,
                    acts,
                });
            }
        }
        all.extend(self.thanks(scenario));
        all.sort_by_key(|due| {
            // What follows the last level is higher than all levels.
            let level = if due.family == Family::Dunning {
                due.level.unwrap_or(99)
            } else {
                0
            };
            (
                due.family,
                std::cmp::Reverse(level),
                due.lead,
                due.due,
                due.invoice,
            )
        });
        all
    }

    /// Thanks, within ten days after the payment, for what was known before it was paid.
    fn thanks(&self, scenario: &Scenario) -> Vec<Due> {
        let Some(often) = scenario.thanks else {
            return vec![];
        };
        let begun = |i: &Invoice| {
            i.acts
                .get(&("thanks".to_owned(), 0))
                .is_some_and(|t| t.waits || t.doubt)
        };
        if let Some(period) = often {
            let last = self
                .messages
                .iter()
                .filter(|(_, thanks)| *thanks)
                .map(|(day, _)| *day)
                .max();
            let again = last.map(|day| self.after(scenario, None, day, period).unwrap());
            if again.is_some_and(|again| self.day < again) || self.invoices.values().any(begun) {
                return vec![];
            }
        }
        let mut all = Vec::new();
        for (number, invoice) in &self.invoices {
            let Some(paid) = invoice.paid.filter(|_| invoice.balance == 0) else {
                continue;
            };
            let careful = |h: &Hold| matches!(h.kind, Kind::Manual | Kind::Insolvency) && h.on(self.day);
            let track = invoice.acts.get(&("thanks".to_owned(), 0));
            let thanked = track.is_some_and(|t| t.done.is_some() || t.doubt);
            // Tried once a day with each contact, as all mails.
            let tried = |t: &Track| t.failed.iter().filter(|day| **day == self.day).count();
            let enough = track.is_some_and(|t| tried(t) >= self.people.len());
            if paid < invoice.known
                || self.day > days_on(paid, 10)
                || thanked
                || enough
                || self.handed_over(scenario, invoice)
                || self.account.iter().chain(&invoice.holds).any(careful)
            {
                continue;
            }
            all.push(Due {
                invoice: *number,
                family: Family::Thanks,
                step: "thanks".to_owned(),
                level: None,
                lead: 0,
                due: invoice.due,
                acts: vec![(0, Medium::Mail)],
            });
        }
        all
    }

    // --- what is done ---------------------------------------------------------------------------------------------------

    /// Work of people that is not due any more is called off.
    fn call_off(&mut self) {
        for work in std::mem::take(&mut self.work) {
            if self.still_due(&work) {
                self.work.push(work);
                continue;
            }
            for item in &work.items {
                if self.invoices[&item.invoice].cycle == item.cycle {
                    self.track(item).waits = false;
                }
            }
            self.say(&format!("off: {}", told(&work.medium, &work.items)));
        }
    }

    /// Whether all invoices of some work are due for it still, as if it had not been begun.
    fn still_due(&self, work: &Work) -> bool {
        let Some(scenario) = self.scenario() else {
            return false;
        };
        let covered = self.covered(scenario);
        work.items.iter().all(|item| {
            let mut invoice = self.invoices[&item.invoice].clone();
            for ((name, _), track) in &mut invoice.acts {
                if *name == item.step {
                    track.waits = false;
                }
            }
            let letter = matches!(work.medium, Medium::ByHand(_));
            if letter && invoice.balance != item.balance
                || invoice.balance == 0
                || invoice.cycle != item.cycle
            {
                return false;
            }
            let due = self.due_step(scenario, &covered, item.invoice, &invoice);
            due.is_some_and(|(due, ..)| due.name == self.name_now(&item.step))
        })
    }

    /// All that can be done now is done.
    fn speak(&mut self) {
        let Some(scenario) = self.scenario().filter(|scenario| scenario.open(self.day)) else {
            return;
        };
        for _ in 0..50 {
            let groups = self.groups(scenario);
            if groups.is_empty() {
                return;
            }
            let to = self.mail_to(scenario).map(|person| person.id);
            for (medium, items) in groups {
                // Whoever has refused a mail since gets no other one: it is decided anew whom to write to.
                if medium == Medium::Mail && self.mail_to(scenario).map(|person| person.id) != to {
                    self.decided(&medium, &items);
                    continue;
                }
                self.carry_out(scenario, medium, items);
            }
            self.call_off();
        }
        panic!("the model speaks without end");
    }

    /// What is done now, grouped: the account speaks once. Nothing more than the limit allows, the most urgent first.
    fn groups(&mut self, scenario: &'h Scenario) -> Vec<(Medium, Vec<Item>)> {
        let mut groups: BTreeMap<(Family, Medium, Option<i64>), Vec<_>> = BTreeMap::new();
        let waiting = self.work.iter().any(|w| matches!(w.medium, Medium::ByHand(_)));
        let mut left = match scenario.limit {
            None => usize::MAX,
            Some(_) if waiting => 0,
            Some((most, per)) => {
                let counts = |day: NaiveDate| self.after(scenario, None, day, per).unwrap() > self.day;
                most.saturating_sub(self.messages.iter().filter(|(day, _)| counts(*day)).count())
            }
        };
        let mut nobody = Vec::new();
        for due in self.due(scenario) {
            if due
                .acts
                .iter()
                .any(|(_, medium)| !self.somebody(scenario, medium))
            {
                if due.family != Family::Thanks {
                    nobody.push(due.invoice);
                }
                continue;
            }
            let together =
                due.family == Family::Thanks && scenario.thanks.is_some_and(|often| often.is_some());
            let alone = (scenario.by_invoice && !together).then_some(due.invoice);
            let key = |medium: &Medium| (due.family, medium.clone(), alone);
            let message = |medium: &Medium| matches!(medium, Medium::Mail | Medium::ByHand(_));
            let media: BTreeSet<&Medium> = due
                .acts
                .iter()
                .map(|(_, medium)| medium)
                .filter(|m| message(m))
                .collect();
            let new = media
                .iter()
                .filter(|medium| !groups.contains_key(&key(medium)))
                .count();
            if new > left {
                continue;
            }
            left -= new;
            for (place, medium) in &due.acts {
                let item = Item {
                    invoice: due.invoice,
                    step: due.step.clone(),
                    level: due.level,
                    act: *place,
                    balance: self.invoices[&due.invoice].balance,
                    cycle: self.invoices[&due.invoice].cycle,
                };
                groups.entry(key(medium)).or_default().push(item);
            }
        }
        if !nobody.is_empty() && self.looking.is_none() {
            let answer = self.history.answer("address", "", self.looked);
            self.looked += 1;
            self.looking = Some((self.when_answered(answer), answer.well));
            self.say("address wanted");
        }
        groups
            .into_iter()
            .map(|((_, medium, _), items)| (medium, items))
            .collect()
    }

    fn when_answered(&self, answer: Answer) -> (NaiveDate, bool) {
        match answer.days {
            0 if !self.noon => (self.day, true),
            0 => (days_on(self.day, 1), false),
            days => (days_on(self.day, days), false),
        }
    }

    /// From now on the acts are part of the step for these invoices, whatever the rules say later.
    fn decided(&mut self, medium: &Medium, items: &[Item]) {
        for item in items {
            if let Some(level) = item.level {
                self.invoices
                    .get_mut(&item.invoice)
                    .unwrap()
                    .levels
                    .insert(item.step.clone(), level);
            }
            let track = self.track(item);
            track.approval |= matches!(medium, Medium::Approval(_));
            track.handover |= *medium == Medium::HandOver;
        }
    }

    fn carry_out(&mut self, scenario: &Scenario, medium: Medium, items: Vec<Item>) {
        let about = told(&medium, &items);
        self.decided(&medium, &items);
        if medium == Medium::Mail {
            let Some(person) = self.mail_to(scenario) else {
                return;
            };
            let (id, language) = (person.id, self.language(Some(person)));
            self.say(&format!("{about} to {id} in {language}"));
            self.looking = None;
            self.mail(id, &about, items);
            return;
        }
        let n = self.tries.entry(about.clone()).or_default();
        *n += 1;
        let answer = self.history.answer("work", &about, *n);
        self.say(&about);
        for item in &items {
            self.track(item).waits = true;
        }
        let on = self.when_answered(answer);
        self.work.push(Work {
            medium,
            items,
            on,
            well: answer.well,
        });
    }

    fn mail(&mut self, to: i64, about: &str, items: Vec<Item>) {
        let n = self.tries.entry(about.to_owned()).or_default();
        *n += 1;
        let (fate, day) = (self.history.fate(about, *n), self.day);
        for item in &items {
            let track = self.track(item);
            match fate {
                Fate::Sent => track.carried_out(day, item),
                Fate::Refused => track.failed.push(day),
                Fate::Doubt(..) => track.doubt = true,
            }
        }
        let thanks = items[0].step == "thanks";
        match fate {
            Fate::Sent => self.messages.push((day, thanks)),
            Fate::Refused => {
                for person in self.people.iter_mut().filter(|p| p.id == to) {
                    person.mail = Mail::Bounced;
                }
            }
            Fate::Doubt(days, sent) => {
                self.messages.push((day, thanks));
                self.doubts.push(Doubt {
                    items,
                    since: day,
                    on: days_on(day, days),
                    sent,
                });
            }
        }
    }

    fn say(&mut self, what: &str) {
        self.lines.push(format!("{} {what}", self.day));
    }
}

/// The work and the invoices that it is for, by their numbers.
fn told(medium: &Medium, items: &[Item]) -> String {
    let name = match medium {
        Medium::Mail => "mail",
        Medium::ByHand(name) => name,
        Medium::Call => "call",
        Medium::Task => "task",
        Medium::Approval(_) => "approval",
        Medium::HandOver => "hand over",
    };
    let mut items: Vec<String> = items
        .iter()
        .map(|item| {
            let level = item.level.map_or(String::new(), |n| format!(" ({n})"));
            format!("F{:02} {}{level}", item.invoice, item.step)
        })
        .collect();
    items.sort();
    format!("{name} {}", items.join(", "))
}
