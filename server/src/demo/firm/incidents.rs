//! What goes wrong between a firm and its customers: disputes, credit notes, cash that says nothing, blocks, dead addresses.

use chrono::NaiveDate;
use relance_engine::store::holds::BlockKind;

use super::branch::Account;
use super::people::Size;
use super::rng::Dice;
use super::trade::{Habit, Sale};
use super::{Dispute, Hold, day};

/// A sale on its way to an invoice.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Index of the customer.
    pub account: usize,
    /// What was sold, and how it is paid.
    pub sale: Sale,
    /// The invoice's number.
    pub number: String,
    /// Days after the anchor, and cents, of a credit note against it.
    pub credit: Option<(i64, i64)>,
    complaint: Option<Complaint>,
}

#[derive(Debug, Clone, Copy)]
struct Complaint {
    opened: i64,
    closed: i64,
    accepted: bool,
    about: (&'static str, &'static str),
}

/// Categories of disputes with what customers say.
const COMPLAINTS: [(&str, &str); 6] = [
    ("price", "Le prix facturé ne correspond pas au devis."),
    ("delivery", "Il manque un carton à la livraison."),
    ("quality", "Deux suspensions sont arrivées rayées."),
    ("admin", "Le numéro de commande manque sur la facture."),
    ("delivery", "Livraison en retard de trois semaines."),
    ("price", "La remise de fin d'année n'est pas déduite."),
];

impl Draft {
    /// Whether the customer objects to it at some time.
    pub fn disputed(&self) -> bool {
        self.complaint.is_some()
    }

    /// A sale to a customer.
    pub fn new(account: usize, sale: Sale) -> Self {
        Self {
            account,
            sale,
            number: String::new(),
            credit: None,
            complaint: None,
        }
    }

    /// Larger orders have a number at the customer's.
    pub fn purchase_order(&self) -> Option<String> {
        (self.sale.cents > 100_000).then(|| format!("BC-{}", 10_000 + self.sale.cents % 90_000))
    }
}

/// Lets some invoices be disputed or credited, and has them paid accordingly.
pub fn strike(dice: &mut Dice, drafts: &mut [Draft]) {
    for draft in drafts {
        // Two rolls for each, whatever comes of them: the next invoice does not depend on this one.
        let (roll, mut own) = (
            dice.between(1, 1_000),
            Dice::seeded(dice.between(0, i64::MAX - 1).unsigned_abs()),
        );
        match roll {
            1..=32 => dispute(&mut own, draft),
            33..=55 => {
                let cents = draft.sale.cents * own.between(5, 15) / 100;
                draft.credit = Some((draft.sale.issued + own.between(3, 12), cents));
                pay_less(&mut draft.sale, cents);
            }
            _ => {}
        }
    }
}

/// The customer objects around the due date, is answered in time or weeks too late, and pays (what is left) after that.
fn dispute(dice: &mut Dice, draft: &mut Draft) {
    let opened = draft.sale.due + dice.between(-8, 20);
    let closed = opened + dice.between(2, 34);
    let accepted = dice.percent(50);
    let about = COMPLAINTS
        .get(usize::try_from(dice.between(0, 5)).unwrap_or(0))
        .copied()
        .unwrap_or(("admin", ""));
    draft.complaint = Some(Complaint {
        opened,
        closed,
        accepted,
        about,
    });
    if accepted {
        let cents = draft.sale.cents * dice.between(10, 40) / 100;
        draft.credit = Some((closed, cents));
        pay_less(&mut draft.sale, cents);
    }
    let later = closed + dice.between(3, 15);
    for (index, payment) in draft.sale.payments.iter_mut().enumerate() {
        payment.0 = payment.0.max(later + i64::try_from(index).unwrap_or(0));
    }
}

/// Takes the credit off the last payment; what is too much for it off the ones before.
fn pay_less(sale: &mut Sale, mut cents: i64) {
    for payment in sale.payments.iter_mut().rev() {
        let less = cents.min(payment.1);
        payment.1 -= less;
        cents -= less;
    }
    sale.payments.retain(|payment| payment.1 > 0);
}

/// The disputes, by day.
pub fn disputes(drafts: &[Draft], anchor: NaiveDate) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = drafts
        .iter()
        .filter_map(|draft| {
            let complaint = draft.complaint?;
            Some(Dispute {
                invoice: draft.number.clone(),
                opened: day(anchor, complaint.opened),
                category: complaint.about.0,
                note: complaint.about.1,
                closed: day(anchor, complaint.closed),
                accepted: complaint.accepted,
            })
        })
        .collect();
    disputes.sort_by_key(|dispute| dispute.opened);
    disputes
}

/// Two accounts that a person has stopped for a while, and one in insolvency proceedings.
pub fn holds(accounts: &[Account], late: &[usize], anchor: NaiveDate) -> Vec<Hold> {
    let blocks = [
        (
            3,
            BlockKind::Manual,
            -21,
            Some(12),
            "Direction en discussion avec le client sur un nouveau contrat.",
        ),
        (
            6,
            BlockKind::Insolvency,
            -33,
            None,
            "Redressement judiciaire ouvert ; créance à déclarer.",
        ),
        (
            9,
            BlockKind::Manual,
            -9,
            Some(20),
            "Sinistre chez le client : point prévu le mois prochain.",
        ),
    ];
    let mut holds: Vec<Hold> = blocks
        .into_iter()
        .filter_map(|(index, kind, from, to, note)| {
            let account = accounts.get(*late.get(index)?)?;
            Some(Hold {
                customer: account.customer.number.clone(),
                kind,
                from: day(anchor, from),
                to: to.map(|offset| day(anchor, offset)),
                note,
            })
        })
        .collect();
    holds.sort_by_key(|hold| hold.from);
    holds
}

/// Addresses that refuse mail: of one small customer, where nobody else is known, and of a larger one.
pub fn refused(accounts: &[Account], late: &[usize]) -> Vec<String> {
    [Size::Small, Size::Large]
        .into_iter()
        .filter_map(|size| {
            late.iter()
                .filter_map(|index| accounts.get(*index))
                .find(|account| account.size == size)
                .map(|account| account.address.clone())
        })
        .collect()
}

/// Transfers that name no invoice: days after the anchor, customer, cents.
pub fn cash_without_reference(dice: &mut Dice, accounts: &[Account]) -> Vec<(i64, usize, i64)> {
    accounts
        .iter()
        .enumerate()
        .filter(|(_, account)| account.size != Size::Small && account.habit != Habit::Prompt)
        .filter_map(|(index, _)| {
            let (chosen, on, cents) = (
                dice.percent(9),
                dice.between(-50, -2),
                dice.between(15_000, 160_000),
            );
            chosen.then_some((on, index, cents))
        })
        .collect()
}

/// Customers who owe something overdue today, in the order of their oldest invoice.
pub fn indebted(accounts: &[Account], drafts: &[Draft]) -> Vec<usize> {
    let mut found = Vec::new();
    for draft in drafts {
        let paid: i64 = draft
            .sale
            .payments
            .iter()
            .filter(|(on, _)| *on <= 0)
            .map(|(_, cents)| cents)
            .sum();
        let credited = draft.credit.map_or(0, |(_, cents)| cents);
        let overdue = draft.sale.due < -10 && draft.complaint.is_none() && paid + credited < draft.sale.cents;
        if overdue && draft.account < accounts.len() && !found.contains(&draft.account) {
            found.push(draft.account);
        }
    }
    found
}
