//! The same history, played through `decide` and `recheck` as the engine does: looked at when something happened, and else only when
//! the last decision said.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use relance_rules::decision::{Action, ActionKind, Decision};
use relance_rules::dsl::checked::CallOutcome;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::facts::{
    AccountFacts, Company, Contact, Customer, CustomerKind, History as Behaviour, HoldKind, HoldSpan,
    Invoice, Opening, Progress, ProgressState, Rate, Reach, SentMessage, Work,
};
use relance_rules::ids::{ContactId, CustomerId, InvoiceId};
use relance_rules::promises::Grace;
use relance_rules::reason::ReasonKind;
use relance_rules::rulebook::Rulebook;
use relance_rules::{decide, recheck};
use rust_decimal::Decimal;

use super::coverage::variant;
use super::history::{Answer, Clock, Event, Fate, History, Mail, Person, Revision, What, days_on};
use super::invariants;

/// Something that waits for a person, or a mail of which nobody knows whether it left.
struct Waiting {
    action: Action,
    on: (NaiveDate, bool),
    well: bool,
    doubt: Option<DateTime<Utc>>,
}

pub struct Player<'h> {
    history: &'h History,
    rulebooks: &'h [Arc<Rulebook>],
    pub rulebook: Arc<Rulebook>,
    /// What the rules in force say, before they were written as text.
    pub rules: &'h Revision,
    pub facts: AccountFacts,
    pub now: DateTime<Utc>,
    pub zone: Tz,
    next: Option<DateTime<Utc>>,
    waiting: Vec<Waiting>,
    /// When the search for an address ends, and whether it ends well.
    looking: Option<((NaiveDate, bool), bool)>,
    looked: u64,
    tries: BTreeMap<String, u64>,
    happened: usize,
    pub lines: Vec<String>,
    /// How often `decide` was asked.
    pub decisions: u64,
    /// What became of mails and work, by name.
    pub fates: BTreeSet<String>,
    /// Which reasons were given, by name.
    pub reasons: BTreeSet<String>,
}

/// Plays a history under rulebooks that were built from its revisions.
pub fn play<'h>(history: &'h History, rulebooks: &'h [Arc<Rulebook>]) -> Player<'h> {
    let mut player = Player {
        history,
        rulebooks,
        rulebook: Arc::clone(&rulebooks[0]),
        rules: &history.revisions[0],
        facts: account(history),
        now: DateTime::UNIX_EPOCH,
        zone: zone(history),
        next: None,
        waiting: vec![],
        looking: None,
        looked: 0,
        tries: BTreeMap::new(),
        happened: 0,
        lines: vec![],
        decisions: 0,
        fates: BTreeSet::new(),
        reasons: BTreeSet::new(),
    };
    let mut asleep_until = history.start;
    for n in 0..history.days {
        let day = days_on(history.start, n);
        if day < asleep_until {
            continue;
        }
        for noon in [false, true] {
            player.until(player.before(day, noon), player.moment(day, noon));
            let (woken, sleep) = player.happen(n, noon);
            if woken {
                player.next = Some(player.now);
            }
            if let Some(days) = sleep {
                asleep_until = days_on(day, days);
            }
            if day < asleep_until {
                // Nothing runs; what should have been looked at is looked at when it runs again.
                player.now = player.moment(asleep_until, false) - chrono::TimeDelta::seconds(1);
                player.next = player
                    .next
                    .map(|next| next.max(player.moment(asleep_until, false)));
                break;
            }
            if player.next.is_some_and(|next| next <= player.now) {
                player.look();
            }
        }
    }
    player
}

/// The clock of the sending window.
fn zone(history: &History) -> Tz {
    match history.clock {
        Clock::Company => chrono_tz::Europe::Paris,
        Clock::Customer => history.zone.unwrap_or(chrono_tz::Europe::Paris),
        Clock::Tokyo => chrono_tz::Asia::Tokyo,
    }
}

fn account(history: &History) -> AccountFacts {
    AccountFacts {
        company: Company {
            code: "M".into(),
            name: "Model".into(),
            country: "FR".into(),
            currency: Currency::EUR,
            time_zone: chrono_tz::Europe::Paris,
        },
        customer: Customer {
            id: CustomerId(1),
            number: "C1".into(),
            name: "Customer".into(),
            kind: CustomerKind::Business,
            country: "FR".into(),
            language: history.language.map(Into::into),
            time_zone: history.zone,
            tags: vec![],
            credit_limit: None,
            segment: None,
            custom: BTreeMap::new(),
        },
        contacts: history.people.iter().map(contact).collect(),
        invoices: vec![],
        unallocated: vec![],
        history: Behaviour::default(),
        holds: vec![],
        messages: vec![],
        rates: vec![],
        fixing_contact: false,
    }
}

fn contact(person: &Person) -> Contact {
    Contact {
        id: ContactId(person.id),
        name: format!("Person {}", person.id),
        role: person.role.map(Into::into),
        main: person.main,
        language: person.language.map(Into::into),
        email: match person.mail {
            Mail::Usable => Reach::Usable,
            Mail::Absent => Reach::Absent,
            Mail::Bounced => Reach::Bounced,
            Mail::OptedOut => Reach::OptedOut,
        },
        has_phone: true,
    }
}

fn dollars_of_america() -> Currency {
    Currency::new("USD").unwrap()
}

fn euros(cents: i64, currency: Currency) -> Money {
    Money::new(Decimal::new(cents, 2), currency)
}

impl Player<'_> {
    /// The first moment at which all clocks show the day; or noon by the clock of the window.
    fn moment(&self, day: NaiveDate, noon: bool) -> DateTime<Utc> {
        let at = |time: NaiveTime, zone: Tz| {
            day.and_time(time)
                .and_local_timezone(zone)
                .earliest()
                .unwrap()
                .to_utc()
        };
        if noon {
            at(NaiveTime::from_hms_opt(12, 0, 0).unwrap(), self.zone)
        } else {
            at(NaiveTime::MIN, self.zone).max(at(NaiveTime::MIN, chrono_tz::Europe::Paris))
        }
    }

    /// Until when all looks come before what happens at such a moment: at midnight by one clock it is still the evening by another, and
    /// the model knows one morning only.
    fn before(&self, day: NaiveDate, noon: bool) -> DateTime<Utc> {
        if noon {
            return self.moment(day, true);
        }
        let midnight = |zone: Tz| {
            let first = day.and_time(NaiveTime::MIN).and_local_timezone(zone).earliest();
            first.unwrap().to_utc()
        };
        midnight(self.zone).min(midnight(chrono_tz::Europe::Paris))
    }

    /// The day on the clock of the window.
    pub fn day(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    fn noon(&self) -> bool {
        self.now >= self.moment(self.day(), true)
    }

    /// Looks whenever the last decision said so, up to a moment; then it is `end`.
    fn until(&mut self, before: DateTime<Utc>, end: DateTime<Utc>) {
        while let Some(next) = self.next.filter(|next| *next < before) {
            self.now = next.max(self.now);
            self.look();
        }
        self.now = end;
    }

    /// Calls off, decides and carries out until there is nothing more to do.
    fn look(&mut self) {
        for _ in 0..60 {
            self.call_off();
            let decision = decide(&self.rulebook, &self.facts, self.now);
            self.decisions += 1;
            invariants::of_decision(self, &decision);
            self.note(&decision);
            if decision.actions.is_empty() {
                self.next = decision.next_review_at;
                return;
            }
            self.carry_out(&decision);
        }
        panic!("decides without end at {}", self.now);
    }

    /// Notes what was given as a reason.
    fn note(&mut self, decision: &Decision) {
        let of_actions = decision.actions.iter().flat_map(|action| &action.reasons);
        let of_invoices = decision.outlook.iter().flat_map(|outlook| &outlook.reasons);
        for reason in of_actions.chain(of_invoices).chain(&decision.reasons) {
            let name = match &reason.kind {
                ReasonKind::Held { hold, .. } => format!("Held: {}", variant(hold)),
                kind => variant(kind),
            };
            if !self.reasons.contains(&name) {
                self.reasons.insert(name);
            }
        }
    }

    fn call_off(&mut self) {
        for waiting in std::mem::take(&mut self.waiting) {
            let only_the_hour = |kind: &ReasonKind| {
                matches!(
                    kind,
                    ReasonKind::OutsideWindow { .. } | ReasonKind::MessageLimit { .. }
                )
            };
            let off = recheck(&self.rulebook, &self.facts, &waiting.action, self.now);
            match off {
                Err(off)
                    if waiting.doubt.is_none() && !off.reasons.iter().all(|r| only_the_hour(&r.kind)) =>
                {
                    self.mark(&waiting.action, ProgressState::Cancelled, self.now);
                    let about = told(&waiting.action);
                    self.say(&format!("off: {about}"));
                }
                _ => self.waiting.push(waiting),
            }
        }
    }

    fn carry_out(&mut self, decision: &Decision) {
        for action in &decision.actions {
            if action.kind.work().is_some() {
                self.mark(action, ProgressState::Pending, self.now);
            }
        }
        for action in &decision.actions {
            let about = told(action);
            match &action.kind {
                ActionKind::Email {
                    contact, language, ..
                } => {
                    if recheck(&self.rulebook, &self.facts, action, self.now).is_err() {
                        self.mark(action, ProgressState::Cancelled, self.now);
                        continue;
                    }
                    self.say(&format!("{about} to {contact} in {language}"));
                    self.looking = None;
                    self.facts.fixing_contact = false;
                    self.mail(action, *contact, &about);
                }
                ActionKind::FixContact { .. } => {
                    let answer = self.history.answer("address", "", self.looked);
                    self.looked += 1;
                    self.looking = Some((self.when_answered(answer), answer.well));
                    self.facts.fixing_contact = true;
                    self.say("address wanted");
                }
                _ => {
                    let n = self.tries.entry(about.clone()).or_default();
                    *n += 1;
                    let answer = self.history.answer("work", &about, *n);
                    self.say(&about);
                    self.waiting.push(Waiting {
                        action: action.clone(),
                        on: self.when_answered(answer),
                        well: answer.well,
                        doubt: None,
                    });
                }
            }
        }
    }

    fn mail(&mut self, action: &Action, to: ContactId, about: &str) {
        let n = self.tries.entry(about.to_owned()).or_default();
        *n += 1;
        match self.history.fate(about, *n) {
            Fate::Sent => {
                self.mark(action, ProgressState::Done, self.now);
                self.sent(action);
            }
            Fate::Refused => {
                self.fates.insert("mail refused".into());
                self.mark(action, ProgressState::Failed, self.now);
                for person in self.facts.contacts.iter_mut().filter(|c| c.id == to) {
                    person.email = Reach::Bounced;
                }
            }
            Fate::Doubt(days, sent) => {
                self.fates.insert("mail in doubt".into());
                self.mark(action, ProgressState::InDoubt, self.now);
                self.sent(action);
                self.waiting.push(Waiting {
                    action: action.clone(),
                    on: (days_on(self.day(), days), false),
                    well: sent,
                    doubt: Some(self.now),
                });
            }
        }
    }

    fn sent(&mut self, action: &Action) {
        let message = SentMessage {
            at: self.now,
            scenario: action.step.scenario.clone(),
            step: action.step.step.clone(),
        };
        self.facts.messages.insert(0, message);
    }

    fn when_answered(&self, answer: Answer) -> (NaiveDate, bool) {
        match answer.days {
            0 if !self.noon() => (self.day(), true),
            0 => (days_on(self.day(), 1), false),
            days => (days_on(self.day(), days), false),
        }
    }

    /// Writes the state of an action into the progress of its invoices: of the cycle in which it was decided.
    fn mark(&mut self, action: &Action, state: ProgressState, at: DateTime<Utc>) {
        for item in &action.items {
            let mut invoices = self.facts.invoices.iter_mut();
            let Some(invoice) = invoices.find(|i| i.id == item.invoice && i.cycle == item.cycle) else {
                continue;
            };
            let open = |p: &&mut Progress| {
                p.step == item.step
                    && p.act == item.act
                    && matches!(p.state, ProgressState::Pending | ProgressState::InDoubt)
            };
            if let Some(entry) = invoice.progress.iter_mut().find(open) {
                entry.state = state;
                entry.at = at;
            } else {
                assert_eq!(state, ProgressState::Pending, "what ends was begun");
                invoice.progress.push(Progress {
                    scenario: action.step.scenario.clone(),
                    step: item.step.clone(),
                    level: item.level,
                    act: item.act,
                    work: action.kind.work().unwrap(),
                    outcome: None,
                    resumed: None,
                    until: None,
                    link: item.link,
                    opening: Opening::Unknown,
                    state,
                    at,
                });
            }
        }
    }

    fn say(&mut self, what: &str) {
        // Work is called off at midnight: of the window's clock, or of the company's, whichever its reason is read on.
        let company = self.now.with_timezone(&self.facts.company.time_zone).date_naive();
        self.lines.push(format!("{} {what}", self.day().max(company)));
    }

    // --- what happens ---------------------------------------------------------------------------------------------------

    /// Answers and events that have come: whether there were any, and how long nothing runs from now on.
    fn happen(&mut self, n: i64, noon: bool) -> (bool, Option<i64>) {
        let mut woken = self.answers(noon);
        let mut sleep = None;
        while let Some(event) = self.history.events.get(self.happened) {
            if (event.day, event.noon) > (n, noon) {
                break;
            }
            self.happened += 1;
            if let What::Sleep(days) = event.what {
                sleep = Some(days);
                continue;
            }
            self.event(event);
            woken = true;
        }
        (woken, sleep)
    }

    fn answers(&mut self, noon: bool) -> bool {
        let now = (self.day(), noon);
        let mut woken = false;
        for waiting in std::mem::take(&mut self.waiting) {
            if waiting.on > now {
                self.waiting.push(waiting);
                continue;
            }
            woken = true;
            let action = &waiting.action;
            if let Some(since) = waiting.doubt {
                self.mark(
                    action,
                    ProgressState::Done,
                    if waiting.well { since } else { self.now },
                );
                if !waiting.well {
                    let step = &action.step.step;
                    let counted = self
                        .facts
                        .messages
                        .iter()
                        .position(|m| m.at == since && m.step == *step);
                    self.facts.messages.remove(counted.unwrap());
                }
                continue;
            }
            let work = action.kind.work().unwrap();
            match (work, waiting.well) {
                (Work::Message | Work::MessageByHand | Work::HandOver | Work::Approval, false) => {
                    let what = if work == Work::Approval {
                        "approval refused"
                    } else {
                        "left undone"
                    };
                    self.fates.insert(what.into());
                    self.mark(action, ProgressState::Failed, self.now);
                }
                (Work::Call, false) => {
                    self.fates.insert("call unanswered".into());
                    self.mark(action, ProgressState::Done, self.now);
                    self.nobody_answered(action);
                }
                _ => self.mark(action, ProgressState::Done, self.now),
            }
            if waiting.well && work.is_message() {
                self.sent(action);
            }
        }
        if let Some((on, found)) = self.looking
            && on <= now
        {
            woken = true;
            self.looking = None;
            self.facts.fixing_contact = false;
            if found {
                self.facts.contacts[0].email = Reach::Usable;
            }
        }
        woken
    }

    fn nobody_answered(&mut self, call: &Action) {
        for item in &call.items {
            let mut invoices = self.facts.invoices.iter_mut();
            let Some(invoice) = invoices.find(|i| i.id == item.invoice && i.cycle == item.cycle) else {
                continue;
            };
            let same = |p: &&mut Progress| p.step == item.step && p.act == item.act;
            invoice.progress.iter_mut().rev().find(same).unwrap().outcome = Some(CallOutcome::NoAnswer);
        }
    }

    fn event(&mut self, event: &Event) {
        let day = self.day();
        match event.what.clone() {
            What::Book {
                invoice,
                amount,
                dollars,
                issued,
                due,
            } => {
                let currency = if dollars {
                    dollars_of_america()
                } else {
                    Currency::EUR
                };
                self.facts.invoices.push(Invoice {
                    id: InvoiceId(invoice),
                    number: format!("F{invoice:02}"),
                    issued: days_on(day, issued),
                    due: days_on(day, due),
                    amount: euros(amount, currency),
                    balance: euros(amount, currency),
                    known_since: day,
                    paid_on: None,
                    cycle: 1,
                    holds: vec![],
                    progress: vec![],
                    settlements: vec![],
                    plan: None,
                    custom: BTreeMap::new(),
                });
            }
            What::Pay { invoice, all } => self.settle(invoice, all, true),
            What::Credit { invoice, all } => self.settle(invoice, all, false),
            What::Reopen(number) => {
                if let Some(invoice) = self.invoice(number)
                    && invoice.balance.amount.is_zero()
                {
                    invoice.balance = invoice.amount;
                    invoice.paid_on = None;
                    invoice.cycle += 1;
                    invoice.progress.clear();
                }
            }
            What::Cash(euro) => self.facts.unallocated = vec![euros(euro * 100, Currency::EUR)],
            What::Dispute(invoice) => self.hold(invoice, HoldKind::Disputed, None),
            What::Settle(invoice) => self.end(invoice, HoldKind::Disputed),
            What::Promise { invoice, days } => {
                let last = Grace::of(&self.rulebook).last_day(days_on(day, days));
                self.hold(invoice, HoldKind::Promised, Some(days_on(last, 1)));
            }
            What::TakeBack(invoice) => self.end(invoice, HoldKind::Promised),
            What::Plan { invoice, days } => self.hold(invoice, HoldKind::OnPlan, Some(days_on(day, days))),
            What::Hold { invoice, days } => {
                self.hold(invoice, HoldKind::Manual, days.map(|n| days_on(day, n)));
            }
            What::Release(invoice) => self.end(invoice, HoldKind::Manual),
            What::HoldAccount(days) => {
                let to = days.map(|n| days_on(day, n));
                self.facts.holds.push(span(HoldKind::Manual, day, to));
            }
            What::Insolvency => self.facts.holds.push(span(HoldKind::Insolvency, day, None)),
            What::ReleaseAccount => end_all(&mut self.facts.holds, |_| true, day),
            What::OptOut(id) => {
                for person in self.facts.contacts.iter_mut().filter(|c| c.id.0 == id) {
                    person.email = Reach::OptedOut;
                }
            }
            What::Newcomer(role) => {
                let id = i64::try_from(self.facts.contacts.len()).unwrap() + 1;
                let person = Person {
                    id,
                    role: Some(role),
                    main: false,
                    language: None,
                    mail: Mail::Usable,
                };
                self.facts.contacts.push(contact(&person));
            }
            What::Segment(name) => self.facts.customer.segment = name.map(Into::into),
            What::Tag(tagged) => {
                self.facts.customer.tags = tagged.then(|| "key".to_owned()).into_iter().collect();
            }
            What::Rate(cents) => {
                self.facts.rates.retain(|rate| rate.on != day);
                self.facts.rates.push(Rate {
                    from: dollars_of_america(),
                    on: day,
                    rate: Decimal::new(cents, 2),
                });
            }
            What::Revision(n) => {
                self.rulebook = Arc::clone(&self.rulebooks[n]);
                self.rules = &self.history.revisions[n];
            }
            What::Sleep(_) => {}
        }
    }

    fn invoice(&mut self, number: i64) -> Option<&mut Invoice> {
        self.facts.invoices.iter_mut().find(|i| i.id.0 == number)
    }

    fn settle(&mut self, number: i64, all: bool, by_payment: bool) {
        let day = self.day();
        let Some(invoice) = self.invoice(number) else {
            return;
        };
        if invoice.balance.amount.is_zero() {
            return;
        }
        let half = (invoice.balance.amount / Decimal::TWO)
            .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::ToZero);
        invoice.balance.amount = if all { Decimal::ZERO } else { half };
        if by_payment && invoice.balance.amount.is_zero() {
            invoice.paid_on = Some(day);
        }
    }

    fn hold(&mut self, number: i64, kind: HoldKind, to: Option<NaiveDate>) {
        let day = self.day();
        let Some(invoice) = self.invoice(number) else {
            return;
        };
        let on = |h: &HoldSpan| h.from <= day && h.to.is_none_or(|to| day < to);
        let again = kind != HoldKind::Manual && invoice.holds.iter().any(|h| h.kind == kind && on(h));
        if !invoice.balance.amount.is_zero() && !again {
            invoice.holds.push(span(kind, day, to));
        }
    }

    fn end(&mut self, number: i64, kind: HoldKind) {
        let day = self.day();
        if let Some(invoice) = self.invoice(number) {
            end_all(&mut invoice.holds, |hold| hold.kind == kind, day);
        }
    }
}

fn span(kind: HoldKind, from: NaiveDate, to: Option<NaiveDate>) -> HoldSpan {
    HoldSpan {
        kind,
        from,
        to,
        note: String::new(),
        id: 0,
        ending: None,
    }
}

fn end_all(holds: &mut [HoldSpan], which: impl Fn(&HoldSpan) -> bool, day: NaiveDate) {
    for hold in holds.iter_mut().filter(|hold| which(hold)) {
        hold.to = Some(hold.to.map_or(day, |to| to.min(day)));
    }
}

/// The work and the invoices that it is for, by their numbers.
pub fn told(action: &Action) -> String {
    let name = match &action.kind {
        ActionKind::Email { .. } => "mail",
        ActionKind::ByHand { medium, .. } => medium,
        ActionKind::Call { .. } => "call",
        ActionKind::Task { .. } => "task",
        ActionKind::Approval { .. } => "approval",
        ActionKind::HandOver { .. } => "hand over",
        ActionKind::FixContact { .. } => "address wanted",
        ActionKind::Webhook { medium, .. } => medium,
        ActionKind::Continue(_) => "continue",
        ActionKind::CancelPlan => "cancel plan",
        ActionKind::ExpectCredit => "expect credit note",
        ActionKind::Hook { .. } => "hook",
        ActionKind::Note { .. } => "note",
        ActionKind::Notice { .. } => "notice",
    };
    let mut items: Vec<String> = action
        .items
        .iter()
        .map(|item| {
            let level = item.level.map_or(String::new(), |n| format!(" ({n})"));
            format!("F{:02} {}{level}", item.invoice.0, item.step)
        })
        .collect();
    items.sort();
    format!("{name} {}", items.join(", "))
}
