//! The account that is played: its facts, what waits for a person, and what was done.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::lang::Lang;
use relance_dsl::money::Money;

use super::act::Done;
use super::carry::Waiting;
use super::figures::{Books, Figures};
use super::givens::Start;
use super::payment_plan::Agreed;
use crate::days::{local_day, plus_days};
use crate::decide;
use crate::decision::{Action, Decision};
use crate::facts::{AccountFacts, HoldEnding, HoldKind, Invoice};
use crate::ids::InvoiceId;
use crate::rulebook::Rulebook;

/// A decision can lead to another at the same moment this often: then it is a circle, and time goes on.
const MOST_ROUNDS: usize = 20;

/// One account at one moment.
pub(super) struct World<'a> {
    pub rulebook: &'a Rulebook,
    pub facts: AccountFacts,
    pub now: DateTime<Utc>,
    /// The language of the test's file.
    pub lang: Lang,
    pub names: BTreeMap<String, InvoiceId>,
    /// Invoices that are not in the books yet.
    pub to_come: Vec<Invoice>,
    pub figures: Figures,
    pub books: Books,
    pub promises: Vec<Promise>,
    /// How many holds were noted: each has its number.
    pub held: i64,
    /// Payment plans, the oldest first; the ones that ended, too.
    pub plans: Vec<Agreed>,
    /// Invoices of which a part was paid, and not only credited.
    pub paid: Vec<InvoiceId>,
    /// What waits for a person, the oldest first.
    pub waiting: Vec<Waiting>,
    /// Mails that left, the oldest first.
    pub mails: Vec<Action>,
    pub done: Vec<Done>,
    /// What happened besides: how many acts had been done before, and in words.
    pub notes: Vec<(usize, String)>,
    /// The last decision of each day.
    pub decisions: BTreeMap<NaiveDate, Decision>,
}

/// A promise that is neither kept nor broken yet.
#[derive(Debug, Clone)]
pub(super) struct Promise {
    pub invoice: InvoiceId,
    pub until: NaiveDate,
    /// How much of it has still to be paid.
    pub left: Money,
}

impl<'a> World<'a> {
    pub(super) fn new(rulebook: &'a Rulebook, start: Start, lang: Lang) -> Self {
        Self {
            rulebook,
            facts: start.facts,
            now: DateTime::UNIX_EPOCH,
            lang,
            names: start.names,
            to_come: start.invoices,
            figures: start.figures,
            books: Books::default(),
            promises: Vec::new(),
            held: 0,
            plans: Vec::new(),
            paid: Vec::new(),
            waiting: Vec::new(),
            mails: Vec::new(),
            done: Vec::new(),
            notes: Vec::new(),
            decisions: BTreeMap::new(),
        }
    }

    /// Today, in the company's zone.
    pub(super) fn today(&self) -> NaiveDate {
        local_day(self.now, self.facts.company.time_zone)
    }

    /// Writes down something that happened today.
    pub(super) fn note(&mut self, what: &str) {
        self.notes
            .push((self.done.len(), format!("> {} {what}", self.today())));
    }

    /// A new day: invoices come into the books, promises of yesterday are broken.
    pub(super) fn begin_day(&mut self) {
        let today = self.today();
        let (known, to_come): (Vec<_>, Vec<_>) = std::mem::take(&mut self.to_come)
            .into_iter()
            .partition(|invoice| invoice.known_since <= today);
        self.to_come = to_come;
        for invoice in known {
            self.books.invoiced.push((invoice.issued, invoice.amount));
            self.facts.invoices.push(invoice);
        }
        self.facts.invoices.sort_by_key(|i| (i.due, i.id));
        let (open, broken): (Vec<_>, Vec<_>) = std::mem::take(&mut self.promises)
            .into_iter()
            .partition(|promise| promise.until >= today);
        self.promises = open;
        for promise in broken {
            let on = plus_days(promise.until, 1);
            self.books.broken.push(on);
            let of_it = self
                .invoice(promise.invoice)
                .into_iter()
                .flat_map(|i| &mut i.holds);
            for hold in of_it.filter(|h| h.kind == HoldKind::Promised && h.to == Some(on)) {
                hold.ending = hold.ending.or(Some(HoldEnding::Broken));
            }
            let number = self.number(promise.invoice);
            let broken = self.lang.pick("promise broken:", "promesse rompue :");
            self.note(&format!("{broken} {number}"));
        }
        self.tell_missed();
    }

    /// Decides and carries out until nothing is left to do at this moment. Gives the next moment to look.
    pub(super) fn look(&mut self) -> Option<DateTime<Utc>> {
        for _ in 0..MOST_ROUNDS {
            self.note_plans();
            self.call_off();
            self.facts.history = self.figures.history(&self.books, self.today());
            let decision = decide(self.rulebook, &self.facts, self.now);
            for action in &decision.actions {
                self.carry_out(action, &decision);
            }
            let (next, idle) = (decision.next_review_at, decision.actions.is_empty());
            self.decisions.insert(self.today(), decision);
            if idle {
                return next;
            }
        }
        None
    }

    /// An invoice of the account, by its identity.
    pub(super) fn invoice(&mut self, id: InvoiceId) -> Option<&mut Invoice> {
        self.facts.invoices.iter_mut().find(|i| i.id == id)
    }

    /// The number of an invoice.
    pub(super) fn number(&self, id: InvoiceId) -> String {
        let invoice = self.facts.invoices.iter().find(|i| i.id == id);
        invoice.map_or_else(String::new, |i| i.number.clone())
    }

    /// Ends the holds of a kind on an invoice that are not over yet. Gives whether there was one.
    pub(super) fn end_holds(&mut self, id: InvoiceId, kind: HoldKind, ending: Option<HoldEnding>) -> bool {
        let today = self.today();
        let Some(invoice) = self.invoice(id) else {
            return false;
        };
        let mut ended = false;
        let open = |to: Option<NaiveDate>| to.is_none_or(|to| to > today);
        for hold in invoice.holds.iter_mut().filter(|h| h.kind == kind && open(h.to)) {
            hold.to = Some(today.max(hold.from));
            hold.ending = ending;
            ended = true;
        }
        ended
    }
}
