//! What happens to the account, as the store would note it.

use relance_dsl::checked::{CallOutcome, Happening};
use relance_dsl::lang::Text;
use relance_dsl::money::Money;
use relance_dsl::text;
use rust_decimal::Decimal;

use super::carry::WaitingKind;
use super::world::{Promise, World};
use crate::days::plus_days;
use crate::decision::{Action, ActionKind};
use crate::facts::{HoldEnding, HoldKind, HoldSpan, Opening, Progress, ProgressState, Reach};
use crate::ids::InvoiceId;
use crate::promises::Grace;

/// Why something cannot happen.
pub(super) enum Cannot {
    /// There is nothing to answer yet: no call is open, nothing waits for approval, no mail has left.
    NothingToAnswer(Text),
    /// It is not possible, and the store would refuse it.
    Never(Text),
}

/// What a dispute is about when the test does not say.
const OTHER: &str = "other";

impl World<'_> {
    /// Lets something happen now.
    pub(super) fn happen(&mut self, what: &Happening) -> Result<(), Cannot> {
        match what {
            Happening::Dispute(name, category) => {
                let id = self.open_invoice(name)?;
                self.refuse_second(id, HoldKind::Disputed)?;
                self.hold(id, HoldKind::Disputed, None, category.as_deref().unwrap_or(OTHER));
            }
            Happening::RejectDispute(name) | Happening::AcceptDispute(name) => {
                let id = self.known(name)?;
                let ending = match what {
                    Happening::AcceptDispute(_) => HoldEnding::Accepted,
                    _ => HoldEnding::Rejected,
                };
                if !self.end_holds(id, HoldKind::Disputed, Some(ending)) {
                    return Err(Cannot::Never(text!(
                        "Nobody disputes {name} then.",
                        "Personne ne conteste {name} à ce moment."
                    )));
                }
            }
            Happening::Pay(name, amount) => self.pay(name, *amount)?,
            Happening::Credit(name, amount) => self.credit(name, *amount)?,
            Happening::Receive(amount) => self.receive(*amount),
            Happening::Promise {
                invoice,
                amount,
                until,
            } => self.promise(invoice, *amount, *until)?,
            Happening::Plan {
                invoices,
                instalments,
            } => self.agree(invoices, instalments)?,
            Happening::CancelPlan(name) => {
                let id = self.known(name)?;
                if !self.cancel_plan(id) {
                    return Err(Cannot::Never(text!(
                        "No payment plan runs for {name} then.",
                        "Aucun échéancier n'est en cours pour {name} à ce moment."
                    )));
                }
            }
            Happening::Hold(name, until) => {
                let id = self.known(name)?;
                let to = until.map(|day| plus_days(day, 1));
                self.hold(id, HoldKind::Manual, to, "");
            }
            Happening::Release(name) => {
                let id = self.known(name)?;
                let manual = self.end_holds(id, HoldKind::Manual, None);
                let credit = self.end_holds(id, HoldKind::CreditExpected, None);
                if !manual && !credit {
                    return Err(Cannot::Never(text!(
                        "{name} is not on hold then.",
                        "{name} n'est pas suspendue à ce moment."
                    )));
                }
            }
            Happening::CallGives(outcome) => self.answer_call(outcome)?,
            Happening::Approve(name) => self.answer_approval(name, ProgressState::Done)?,
            Happening::Refuse(name) => self.answer_approval(name, ProgressState::Failed)?,
            Happening::AskAgain(name) => self.ask_again(name)?,
            Happening::Bounce => self.bounce()?,
            Happening::Open(name) => self.open(name)?,
            Happening::Insolvent => {
                let from = self.today();
                self.facts.holds.push(HoldSpan {
                    kind: HoldKind::Insolvency,
                    from,
                    to: None,
                    note: String::new(),
                    id: 0,
                    ending: None,
                });
            }
        }
        Ok(())
    }

    /// An invoice that is in the books.
    pub(super) fn known(&self, name: &str) -> Result<InvoiceId, Cannot> {
        let id = self.names.get(name).copied();
        let in_books = |id: &InvoiceId| self.facts.invoices.iter().any(|i| i.id == *id);
        id.filter(in_books).ok_or_else(|| {
            Cannot::Never(text!(
                "{name} is not in the books yet.",
                "{name} n'est pas encore dans les livres."
            ))
        })
    }

    /// An invoice that is in the books and not settled.
    pub(super) fn open_invoice(&self, name: &str) -> Result<InvoiceId, Cannot> {
        let id = self.known(name)?;
        let open = |id: &InvoiceId| {
            let invoice = self.facts.invoices.iter().find(|i| i.id == *id);
            invoice.is_some_and(|i| i.balance.amount > Decimal::ZERO)
        };
        Some(id)
            .filter(open)
            .ok_or_else(|| Cannot::Never(text!("{name} is settled already.", "{name} est déjà soldée.")))
    }

    pub(super) fn hold(&mut self, id: InvoiceId, kind: HoldKind, to: Option<chrono::NaiveDate>, note: &str) {
        let from = self.today();
        self.held += 1;
        let span = HoldSpan {
            kind,
            from,
            to,
            note: note.to_owned(),
            id: self.held,
            ending: None,
        };
        if let Some(invoice) = self.invoice(id) {
            invoice.holds.push(span);
        }
    }

    /// There is one open dispute, and one open promise, of an invoice at most.
    fn refuse_second(&self, id: InvoiceId, kind: HoldKind) -> Result<(), Cannot> {
        let today = self.today();
        let mut holds = self
            .facts
            .invoices
            .iter()
            .filter(|i| i.id == id)
            .flat_map(|i| &i.holds);
        if holds.any(|h| h.kind == kind && h.to.is_none_or(|to| to > today)) {
            return Err(Cannot::Never(match kind {
                HoldKind::Promised => text!(
                    "There is an open promise on it already.",
                    "Une promesse est déjà en cours."
                ),
                _ => text!(
                    "There is an open dispute on it already.",
                    "Un litige est déjà ouvert."
                ),
            }));
        }
        Ok(())
    }

    fn promise(&mut self, name: &str, amount: Option<Money>, until: chrono::NaiveDate) -> Result<(), Cannot> {
        let id = self.open_invoice(name)?;
        self.refuse_second(id, HoldKind::Promised)?;
        if until < self.today() {
            return Err(Cannot::Never(text!(
                "A promise for a day that has passed.",
                "Une promesse pour un jour déjà passé."
            )));
        }
        let Some(balance) = self.invoice(id).map(|i| i.balance) else {
            return Ok(());
        };
        let promised = amount.unwrap_or(balance);
        if promised.currency != balance.currency
            || promised.amount <= Decimal::ZERO
            || promised.amount > balance.amount
        {
            return Err(Cannot::Never(text!(
                "Only {balance} of {name} is open.",
                "Il ne reste que {balance} à payer sur {name}."
            )));
        }
        let until = Grace::of(self.rulebook).last_day(until);
        let to = Some(plus_days(until, 1));
        self.hold(id, HoldKind::Promised, to, &promised.to_string());
        self.promises.push(Promise {
            invoice: id,
            until,
            left: promised,
        });
        Ok(())
    }

    /// The oldest open call is closed. What it gave changes nothing by itself, but that nobody answered: a dispute or a promise
    /// is a happening of its own.
    fn answer_call(&mut self, outcome: &CallOutcome) -> Result<(), Cannot> {
        let call = self.waiting.iter().position(|w| w.kind == WaitingKind::Call);
        let Some(call) = call else {
            return Err(Cannot::NothingToAnswer(text!(
                "No call is open then.",
                "Aucun appel n'est en cours à ce moment."
            )));
        };
        let call = self.waiting.remove(call).action;
        self.finish(&call);
        self.note_outcome(&call, outcome);
        Ok(())
    }

    fn note_outcome(&mut self, call: &Action, outcome: &CallOutcome) {
        for item in &call.items {
            let Some(invoice) = self.invoice(item.invoice) else {
                continue;
            };
            let same = |p: &&mut Progress| p.step == item.step && p.act == item.act;
            if let Some(entry) = invoice.progress.iter_mut().rev().find(same) {
                entry.outcome = Some(outcome.clone());
            }
        }
    }

    /// The oldest open approval of an invoice is given (`Done`) or refused (`Failed`).
    fn answer_approval(&mut self, name: &str, state: ProgressState) -> Result<(), Cannot> {
        let id = self.known(name)?;
        let asked = self.waiting.iter().position(|w| {
            matches!(w.kind, WaitingKind::Approval | WaitingKind::Expired)
                && w.action.items.iter().any(|item| item.invoice == id)
        });
        let Some(asked) = asked else {
            return Err(Cannot::NothingToAnswer(text!(
                "Nothing waits for approval for {name} then.",
                "Rien n'attend de validation pour {name} à ce moment."
            )));
        };
        let asked = self.waiting.remove(asked).action;
        self.mark(&asked, state);
        Ok(())
    }

    /// The oldest approval of an invoice that expired is to be asked for once more.
    fn ask_again(&mut self, name: &str) -> Result<(), Cannot> {
        let id = self.known(name)?;
        let expired = self.waiting.iter().position(|w| {
            w.kind == WaitingKind::Expired && w.action.items.iter().any(|item| item.invoice == id)
        });
        let Some(expired) = expired else {
            return Err(Cannot::NothingToAnswer(text!(
                "No approval for {name} has expired then.",
                "Aucune validation n'a expiré pour {name} à ce moment."
            )));
        };
        let expired = self.waiting.remove(expired).action;
        self.mark(&expired, ProgressState::Cancelled);
        Ok(())
    }

    /// The last message about an invoice that left by itself is opened. Nothing becomes of a second opening.
    fn open(&mut self, name: &str) -> Result<(), Cannot> {
        let id = self.known(name)?;
        let about = |action: &&Action| action.items.iter().any(|item| item.invoice == id);
        let Some(message) = self.mails.iter().rev().find(about).cloned() else {
            return Err(Cannot::NothingToAnswer(text!(
                "No message about {name} has left then.",
                "Aucun message au sujet de {name} n'est parti à ce moment."
            )));
        };
        self.note_opening(&message, Opening::Opened(self.now));
        Ok(())
    }

    /// The last mail comes back: its address cannot be used any more, and its step counts as not carried out.
    fn bounce(&mut self) -> Result<(), Cannot> {
        let Some(mail) = self.mails.pop() else {
            return Err(Cannot::NothingToAnswer(text!(
                "No mail has left then.",
                "Aucun email n'est parti à ce moment."
            )));
        };
        if let ActionKind::Email { contact, .. } = &mail.kind {
            for person in self.facts.contacts.iter_mut().filter(|c| c.id == *contact) {
                person.email = Reach::Bounced;
            }
        }
        self.mark(&mail, ProgressState::Failed);
        // What came back does not count as a message that the customer had.
        let same =
            |m: &crate::facts::SentMessage| m.scenario == mail.step.scenario && m.step == mail.step.step;
        if let Some(index) = self.facts.messages.iter().position(same) {
            self.facts.messages.remove(index);
        }
        Ok(())
    }
}
