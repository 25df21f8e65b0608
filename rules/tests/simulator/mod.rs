//! Plays days through `decide`, carries out what was decided, and writes down what happened, for people to read.

#![allow(dead_code, reason = "each test file uses its own part of the simulator")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::decision::{Action, ActionKind, Decision};
use relance_rules::dsl::diagnostic::render;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::facts::{
    AccountFacts, Company, Contact, Customer, CustomerKind, History, HoldKind, HoldSpan, Invoice, Opening,
    Progress, ProgressState, Reach, SentMessage, Work,
};
use relance_rules::ids::{ContactId, CustomerId, InvoiceId};
use relance_rules::rulebook::{Files, Rulebook, build};
use relance_rules::words::{self, Language};
use relance_rules::{decide, recheck};
use rust_decimal::Decimal;

/// A day, from ISO text.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An amount in euro.
pub fn euro(amount: i64) -> Money {
    Money::new(Decimal::from(amount), Currency::EUR)
}

/// A rulebook from one rule file, with the templates that the tests use. What is wrong with it is shown.
pub fn rulebook(rules: &str) -> Arc<Rulebook> {
    rulebook_with(rules, &[])
}

/// The same with more templates.
pub fn rulebook_with(rules: &str, templates: &[&str]) -> Arc<Rulebook> {
    rulebook_of(rules, templates, &[])
}

/// The same with more templates, and with scripts of hooks.
pub fn rulebook_of(rules: &str, templates: &[&str], scripts: &[(&str, &str)]) -> Arc<Rulebook> {
    let mut files = Files::default();
    let scripts = scripts
        .iter()
        .map(|(name, text)| (format!("hooks/{name}"), (*text).to_owned()));
    files.0.extend(scripts);
    files.0.insert("rules.relance".into(), rules.into());
    let standard = [
        "courtesy.fr.md",
        "courtesy.en.md",
        "statement.fr.md",
        "statement.en.md",
        "reminder.fr.md",
        "reminder.en.md",
        "last.fr.md",
        "last.en.md",
        "script.fr.md",
        "thanks.fr.md",
    ];
    for name in standard.iter().chain(templates) {
        files.0.insert(format!("templates/{name}"), "text".into());
    }
    let built = build(&files);
    let shown = render(&built.diagnostics, &built.sources, false, None);
    built.rulebook.unwrap_or_else(|| panic!("{shown}"))
}

/// The scenario that most tests play.
pub const STANDARD: &str = r#"
edition 2026
use std.france

segments {
  key   "Key accounts"   when account.revenue_12m >= 500 000 EUR
  small "Small accounts" otherwise
}

score payer from 0 to 100 start 60 {
  add 20      when account.on_time_rate_12m >= 90 %
  subtract 1  per day of account.average_days_late above 5, at most 30
  subtract 15 when account.broken_promises_12m >= 1
  bands { good from 70, fair from 40, poor }
}

scenario standard "Standard" for small, key {
  language  contact.language else customer.language else fr
  tone      courteous; firm when score is poor
  send      on business days of france, 09:00 to 17:30, company time
  contact   role accounts_payable else role buyer else main
  group     by customer
  ignore    invoices under 15 EUR
  limit     1 message per 5 days
  entry     at level 1
  hold      while disputed, promised, on plan, or unallocated cash covers it

  courtesy {
    step ahead "Word ahead" 5 business days before due { email template courtesy }
  }
  dunning {
    level 1 statement "Statement" 3 days after due     { email template statement }
    level 2 reminder  "Reminder"  8 days after level 1 { email template reminder }
    level 3 call      "Call"      7 days after level 2 { call script script assign collector }
    level 4 last      "Last word" 8 days after level 3 when account.overdue >= 150 EUR { email template last tone firm }
  }
  thanks { when paid in full { email template thanks, at most once per 30 days } }
}
"#;

/// A customer in Paris with one contact, at a moment.
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
            tags: vec![],
            credit_limit: None,
            segment: None,
            custom: BTreeMap::new(),
        },
        contacts: vec![contact(1, "Anne Petit", Some("accounts_payable"), true)],
        invoices: vec![],
        unallocated: vec![],
        history: History::default(),
        holds: vec![],
        messages: vec![],
        rates: vec![],
        fixing_contact: false,
    }
}

/// A person who can be written to and called.
pub fn contact(id: i64, name: &str, role: Option<&str>, main: bool) -> Contact {
    Contact {
        id: ContactId(id),
        name: name.into(),
        role: role.map(Into::into),
        main,
        language: Some("fr".into()),
        email: Reach::Usable,
        has_phone: true,
    }
}

/// What became of one action.
#[derive(Debug, Clone)]
pub struct Done {
    pub at: DateTime<Utc>,
    pub action: Action,
}

/// One account, its rules and its clock.
pub struct Simulator {
    pub rulebook: Arc<Rulebook>,
    pub facts: AccountFacts,
    pub now: DateTime<Utc>,
    pub transcript: String,
    pub done: Vec<Done>,
    /// How often `decide` was asked.
    pub decisions: usize,
    /// Called after each decision that was checked, before its actions are carried out.
    pub watch: fn(&Simulator, &Decision),
}

impl Simulator {
    /// Starts at midnight of a day in Paris.
    pub fn new(rulebook: Arc<Rulebook>, start: &str) -> Self {
        let mut simulator = Self {
            rulebook,
            facts: account(),
            now: DateTime::UNIX_EPOCH,
            transcript: String::new(),
            done: Vec::new(),
            decisions: 0,
            watch: |_, _| {},
        };
        simulator.now = simulator.midnight(day(start));
        simulator
    }

    /// The standard scenario.
    pub fn standard(start: &str) -> Self {
        Self::new(rulebook(STANDARD), start)
    }

    pub fn midnight(&self, day: NaiveDate) -> DateTime<Utc> {
        let zone = self.facts.company.time_zone;
        day.and_hms_opt(0, 0, 0)
            .unwrap()
            .and_local_timezone(zone)
            .earliest()
            .unwrap()
            .to_utc()
    }

    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.facts.company.time_zone).date_naive()
    }

    pub fn note(&mut self, text: &str) {
        let local = self.now.with_timezone(&self.facts.company.time_zone);
        writeln!(self.transcript, "{}  {text}", local.format("%a %Y-%m-%d %H:%M")).unwrap();
    }

    /// An invoice becomes known today.
    pub fn invoice(&mut self, number: &str, amount: i64, due: &str) {
        let id = i64::try_from(self.facts.invoices.len()).unwrap() + 1;
        let due = day(due);
        let known_since = self.today();
        self.facts.invoices.push(Invoice {
            id: InvoiceId(id),
            number: number.into(),
            issued: (due - chrono::Days::new(30)).min(known_since),
            due,
            amount: euro(amount),
            balance: euro(amount),
            known_since,
            paid_on: None,
            cycle: 1,
            holds: vec![],
            progress: vec![],
            settlements: vec![],
            plan: None,
            custom: BTreeMap::new(),
        });
        self.note(&format!("{number} of {amount} EUR, due {due}, becomes known"));
    }

    pub fn invoice_mut(&mut self, number: &str) -> &mut Invoice {
        self.facts
            .invoices
            .iter_mut()
            .find(|i| i.number == number)
            .unwrap()
    }

    pub fn pay(&mut self, number: &str, amount: i64) {
        let today = self.today();
        let invoice = self.invoice_mut(number);
        invoice.balance.amount -= Decimal::from(amount);
        if invoice.balance.amount.is_zero() {
            invoice.paid_on = Some(today);
        }
        self.note(&format!("{amount} EUR paid on {number}"));
    }

    /// A hold begins today; `to` is its first free day.
    pub fn hold(&mut self, number: &str, kind: HoldKind, to: Option<&str>) {
        let from = self.today();
        let span = HoldSpan {
            kind,
            from,
            to: to.map(day),
            note: String::new(),
            id: 0,
            ending: None,
        };
        self.invoice_mut(number).holds.push(span);
        let until = to.map_or(String::new(), |to| format!(" until {to}"));
        self.note(&format!(
            "{number} on hold: {}{until}",
            words::hold_kind(kind, Language::En)
        ));
    }

    /// All holds of an invoice end today.
    pub fn release(&mut self, number: &str) {
        let today = self.today();
        for hold in &mut self.invoice_mut(number).holds {
            hold.to = Some(hold.to.map_or(today, |to| to.min(today)));
        }
        self.note(&format!("{number} released"));
    }

    /// Plays until midnight of a day: looks at the account now, and whenever its next review says.
    pub fn until(&mut self, end: &str) -> &mut Self {
        let end = self.midnight(day(end));
        self.play(end);
        self
    }

    /// Plays until a moment.
    pub fn play(&mut self, end: DateTime<Utc>) {
        loop {
            let next = self.step();
            let next = next.unwrap_or(end).min(end);
            assert!(next > self.now || end <= self.now, "no progress at {}", self.now);
            if next >= end {
                self.now = end;
                return;
            }
            self.now = next;
        }
    }

    /// Decides and carries out until nothing is left to do at this moment; gives the next moment to look.
    pub fn step(&mut self) -> Option<DateTime<Utc>> {
        for _ in 0..20 {
            let decision = decide(&self.rulebook, &self.facts, self.now);
            self.decisions += 1;
            (self.watch)(self, &decision);
            if decision.actions.is_empty() {
                return decision.next_review_at;
            }
            for action in &decision.actions {
                self.carry_out(action);
            }
        }
        panic!("decides without end at {}", self.now);
    }

    fn carry_out(&mut self, action: &Action) {
        self.mark(action, ProgressState::Pending);
        let pending = recheck(&self.rulebook, &self.facts, action, self.now);
        assert_eq!(pending, Ok(()), "called off at once");
        self.mark(action, ProgressState::Done);
        if action.kind.work().is_some_and(Work::is_message) {
            let message = SentMessage {
                at: self.now,
                scenario: action.step.scenario.clone(),
                step: action.step.step.clone(),
            };
            self.facts.messages.insert(0, message);
        }
        if let ActionKind::FixContact { .. } = action.kind {
            self.facts.fixing_contact = true;
        }
        let line = self.say(action);
        self.note(&line);
        self.done.push(Done {
            at: self.now,
            action: action.clone(),
        });
    }

    /// Writes the state of an action into the progress of its invoices.
    pub fn mark(&mut self, action: &Action, state: ProgressState) {
        if !action.moves() {
            return;
        }
        for item in &action.items {
            let at = self.now;
            let invoice = self
                .facts
                .invoices
                .iter_mut()
                .find(|i| i.id == item.invoice)
                .unwrap();
            let same = |p: &&mut Progress| {
                p.step == item.step && p.act == item.act && p.state == ProgressState::Pending
            };
            if let Some(entry) = invoice.progress.iter_mut().find(same) {
                entry.state = state;
                entry.at = at;
            } else {
                invoice.progress.push(Progress {
                    scenario: action.step.scenario.clone(),
                    step: item.step.clone(),
                    level: item.level,
                    act: item.act,
                    work: action.kind.work().unwrap(),
                    outcome: None,
                    resumed: match &action.kind {
                        ActionKind::Continue(resumed) => Some(*resumed),
                        ActionKind::Hook { resumed, .. } => *resumed,
                        _ => None,
                    },
                    until: match &action.kind {
                        ActionKind::Approval { until, .. } => Some(*until),
                        _ => None,
                    },
                    link: item.link,
                    opening: Opening::Unknown,
                    state,
                    at,
                });
            }
        }
    }

    fn say(&self, action: &Action) -> String {
        let name = |id: ContactId| {
            let contact = self.facts.contacts.iter().find(|c| c.id == id).unwrap();
            contact.name.clone()
        };
        let mut text = match &action.kind {
            ActionKind::Email {
                contact,
                template,
                language,
                tone,
                ..
            } => format!("EMAIL {template} ({language}, {tone:?}) to {}:", name(*contact)),
            ActionKind::Call {
                assign, due, contact, ..
            } => {
                let whom = contact.map_or("nobody known".to_owned(), name);
                format!("CALL {whom}, by {assign} until {due}:")
            }
            ActionKind::Webhook {
                medium,
                contact,
                template,
                language,
                tone,
                ..
            } => {
                let whom = contact.map_or("nobody known".to_owned(), name);
                format!("POST {medium} {template} ({language}, {tone:?}) to {whom}:")
            }
            ActionKind::ByHand {
                medium,
                contact,
                template,
                language,
                tone,
                due,
                ..
            } => {
                let whom = contact.map_or("nobody known".to_owned(), name);
                format!("BY HAND {medium} {template} ({language}, {tone:?}) to {whom}, until {due}:")
            }
            ActionKind::Task {
                name, assign, due, ..
            } => format!("TASK {name}, by {assign} until {due}:"),
            ActionKind::Approval { assign, due, until } => {
                format!("APPROVAL by {assign} until {due}, expires after {until}:")
            }
            ActionKind::HandOver { assign, due } => format!("HAND OVER, by {assign} until {due}:"),
            ActionKind::FixContact { assign, due } => format!("FIX CONTACT, by {assign} until {due}:"),
            ActionKind::Continue(resumed) => {
                format!("CONTINUE {:?} from {}:", resumed.at, resumed.not_before)
            }
            ActionKind::CancelPlan => "CANCEL PLAN:".to_owned(),
            ActionKind::ExpectCredit => "EXPECT CREDIT NOTE:".to_owned(),
            ActionKind::Hook { hook, gave, .. } => format!("HOOK {hook} [{}]:", gave.join(", ")),
            ActionKind::Note { text } => format!("NOTE {text:?}:"),
            ActionKind::Notice { webhook, body } => format!("NOTICE {webhook} {body}:"),
        };
        for item in &action.items {
            let invoice = self.facts.invoices.iter().find(|i| i.id == item.invoice).unwrap();
            let level = item.level.map_or(String::new(), |l| format!(" level {l}"));
            write!(text, " {} {}{level},", invoice.number, item.step).unwrap();
        }
        text.pop();
        text
    }

    /// Writes down what comes next and why.
    pub fn outlook(&mut self) -> &mut Self {
        let decision = decide(&self.rulebook, &self.facts, self.now);
        self.note("--- outlook");
        let zone = self.facts.company.time_zone;
        let mut lines = Vec::new();
        for line in &decision.outlook {
            let invoice = self.facts.invoices.iter().find(|i| i.id == line.invoice).unwrap();
            let next = line
                .next
                .as_ref()
                .map_or("nothing".to_owned(), |n| n.title.clone());
            let on = line.next_on.map_or("without a day".to_owned(), |d| d.to_string());
            lines.push(format!("      {}: {next}, {on}", invoice.number));
            for reason in &line.reasons {
                lines.push(format!("        {}", words::reason(reason, zone, Language::En)));
            }
        }
        let next = decision
            .next_review_at
            .map_or("when something happens".to_owned(), |at| {
                words::instant(at, zone, Language::En)
            });
        lines.push(format!("      looked at again: {next}"));
        self.transcript.push_str(&lines.join("\n"));
        self.transcript.push('\n');
        self
    }

    /// What was carried out for an invoice: day and step.
    pub fn steps_of(&self, number: &str) -> Vec<(NaiveDate, String)> {
        let id = self
            .facts
            .invoices
            .iter()
            .find(|i| i.number == number)
            .unwrap()
            .id;
        let zone = self.facts.company.time_zone;
        self.done
            .iter()
            .flat_map(|d| {
                let items = d.action.items.iter().filter(move |i| i.invoice == id);
                items.map(move |i| (d.at.with_timezone(&zone).date_naive(), i.step.clone()))
            })
            .collect()
    }

    /// The mails that left.
    pub fn mails(&self) -> Vec<&Done> {
        self.done
            .iter()
            .filter(|d| matches!(d.action.kind, ActionKind::Email { .. }))
            .collect()
    }
}
