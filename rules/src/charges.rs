//! What somebody who pays late owes beside the invoice: interest and the fixed fee.
//!
//! **A claim is stated, never booked.** It says all that an invoice has brought as of one day, so a notice that is written again
//! says the whole again, and nothing can be added twice. It is computed where a step is decided and once more in the moment before
//! its message leaves.
//!
//! How it is computed (France: Code de commerce L441-10 and D441-5, Code civil 1231-6; the EU: Directive 2011/7/EU, articles 3 and 6):
//!
//! - **Interest** is balance x rate x days / 365, in leap years too. It runs from the day after the due date, without a reminder, to
//!   the day of the claim, both included.
//! - **A payment counts from the day after it.** Money that comes ten days after the due date was ten days late: the day on which it
//!   was received is the last one with interest on it. So the days of all lines together are the days of delay.
//! - **A credit note counts from the beginning.** It says that the invoice asked for too much, and nobody owes interest on what he
//!   never owed. A claim made before it was higher; the next one is right again, since it states the whole.
//! - **A dispute stops nothing**: if the customer was right, a credit note follows; if not, the money was late all the time.
//! - **Lines.** A new one begins after each payment, on the first day of each half-year and of each dated rate. Each is rounded to the
//!   minor unit of the invoice's currency, half away from zero; the sum is the sum of the rounded lines, as whoever checks a notice
//!   adds them up.
//! - **A rate with a day** serves for its half-year. Where nobody entered one there is no claim: it is not guessed.
//! - **The fee** is asked for once for each invoice that was not paid in full on its due date. A part payment does not reduce it, it
//!   bears no interest, and it stays in its own currency whatever that of the invoice.
//! - **Insolvency** stops interest from its first day (Code de commerce L622-28), and there is no fee while it lasts, nor for an
//!   invoice that fell due in it (L441-10 II).
//! - **Consumers** are charged nothing here: no fee is due from them, and interest only from a formal notice on, at a rate of its own.

mod rates;
mod words;

use chrono::NaiveDate;
use relance_dsl::checked::{Act, ActKind, Charge, Charges, CheckedRulebook, Rates};
use relance_dsl::money::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::days::plus_days;
use crate::facts::{AccountFacts, CustomerKind, HoldKind, Invoice, SettledBy, Settlement};

pub use rates::HalfYear;
pub(crate) use words::{reasons, why_not};

/// Days of a year: also of one of 366, as banks and courts reckon.
const YEAR: i64 = 365;

/// All that an invoice has brought beside itself, as of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The day.
    pub on: NaiveDate,
    /// Interest, by time. No two lines have a day in common.
    pub lines: Vec<InterestLine>,
    /// The fixed fee, in its own currency.
    pub fee: Option<Money>,
}

impl Claim {
    /// Whether it asks for nothing.
    pub fn is_nothing(&self) -> bool {
        self.lines.is_empty() && self.fee.is_none()
    }

    /// All of it: one sum for each currency, that of the interest first.
    pub fn totals(&self) -> Vec<Money> {
        let mut totals: Vec<Money> = Vec::new();
        for amount in self.lines.iter().map(|line| line.amount).chain(self.fee) {
            match totals.iter_mut().find(|t| t.currency == amount.currency) {
                Some(total) => total.amount = total.amount.saturating_add(amount.amount),
                None => totals.push(amount),
            }
        }
        totals
    }
}

/// Interest of one stretch of time with one balance and one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestLine {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// How many days these are.
    pub days: u32,
    /// The balance in these days. More than zero.
    pub base: Money,
    /// Per cent a year.
    pub rate: Decimal,
    /// Interest, rounded to the minor unit of the currency, half away from zero.
    pub amount: Money,
}

/// Why nothing is claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// Consumers are not charged.
    Consumer,
    /// Nobody entered the rate of a half-year.
    RateMissing {
        /// Title of the table of charges.
        table: String,
        /// The half-year.
        half: HalfYear,
    },
}

/// What a step charges, and by which tables.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    interest: Option<&'a Charges>,
    fee: Option<&'a Charges>,
}

impl<'a> Terms<'a> {
    /// The terms of a step's acts; none when it charges nothing.
    pub fn of(rulebook: &'a CheckedRulebook, acts: &[Act]) -> Option<Self> {
        let mut terms = Self {
            interest: None,
            fee: None,
        };
        for act in acts {
            let ActKind::Charge { kinds, of } = &act.kind else {
                continue;
            };
            let table = rulebook.charges.iter().find(|table| table.name.name == *of);
            for kind in kinds {
                match kind {
                    Charge::LateInterest => terms.interest = terms.interest.or(table),
                    Charge::RecoveryFee => terms.fee = terms.fee.or(table),
                }
            }
        }
        (terms.interest.is_some() || terms.fee.is_some()).then_some(terms)
    }
}

/// An invoice as far as interest and fee depend on it.
#[derive(Debug, Clone)]
pub struct Debt<'a> {
    /// Due date.
    pub due: NaiveDate,
    /// Amount, with tax.
    pub amount: Money,
    /// What is open now.
    pub balance: Money,
    /// What was paid and credited, in any order.
    pub settlements: &'a [Settlement],
    /// The debtor is a consumer.
    pub consumer: bool,
    /// Insolvency of the debtor: first day, and first day after it.
    pub insolvent: Vec<(NaiveDate, Option<NaiveDate>)>,
}

impl<'a> Debt<'a> {
    /// An invoice of an account.
    pub fn of(facts: &AccountFacts, invoice: &'a Invoice) -> Self {
        let holds = facts.holds.iter().chain(&invoice.holds);
        Self {
            due: invoice.due,
            amount: invoice.amount,
            balance: invoice.balance,
            settlements: &invoice.settlements,
            consumer: facts.customer.kind == CustomerKind::Consumer,
            insolvent: holds
                .filter(|hold| hold.kind == HoldKind::Insolvency)
                .map(|hold| (hold.from, hold.to))
                .collect(),
        }
    }

    /// What was owed on the due date had nothing been paid: the amount less what was credited until a day, and less what was settled
    /// in a way that nobody noted (an invoice that came into the books with a smaller balance).
    fn owed(&self, on: NaiveDate) -> Decimal {
        let sum = |wanted: &dyn Fn(&&Settlement) -> bool| {
            self.settlements
                .iter()
                .filter(wanted)
                .fold(Decimal::ZERO, |sum, s| sum.saturating_add(s.amount.amount))
        };
        let credited = sum(&|s| s.by == SettledBy::CreditNote && s.on <= on);
        let open = self.amount.amount - self.balance.amount;
        let unknown = (open - sum(&|_| true)).max(Decimal::ZERO);
        (self.amount.amount - credited - unknown).max(Decimal::ZERO)
    }

    /// The balance that bears interest on a day: payments of that day do not count yet.
    fn base(&self, day: NaiveDate, owed: Decimal) -> Decimal {
        let paid = self
            .payments()
            .filter(|payment| payment.on < day)
            .fold(Decimal::ZERO, |sum, p| sum.saturating_add(p.amount.amount));
        (owed - paid).max(Decimal::ZERO)
    }

    fn payments(&self) -> impl Iterator<Item = &'a Settlement> {
        self.settlements.iter().filter(|s| s.by == SettledBy::Payment)
    }

    fn is_insolvent(&self, day: NaiveDate) -> bool {
        let mut spans = self.insolvent.iter();
        spans.any(|(from, to)| *from <= day && to.is_none_or(|to| day < to))
    }
}

/// All that an invoice has brought as of a day. Nothing is in it for one that was paid in time, or is not late yet.
///
/// For an invoice that was paid late it gives the interest to the day of payment: what became due stays due.
pub fn claim(terms: Terms<'_>, debt: &Debt<'_>, on: NaiveDate) -> Result<Claim, WhyNot> {
    if debt.consumer {
        return Err(WhyNot::Consumer);
    }
    let owed = debt.owed(on);
    let first = plus_days(debt.due, 1);
    let lines = match terms.interest {
        Some(table) => lines(table, debt, owed, first, on)?,
        None => Vec::new(),
    };
    let late = first <= on && debt.base(first, owed) > Decimal::ZERO;
    let barred = debt.is_insolvent(on) || debt.is_insolvent(debt.due);
    let fee = terms.fee.and_then(|table| table.fee);
    Ok(Claim {
        on,
        lines,
        fee: fee.filter(|_| late && !barred).map(Money::rounded),
    })
}

fn lines(
    table: &Charges,
    debt: &Debt<'_>,
    owed: Decimal,
    first: NaiveDate,
    on: NaiveDate,
) -> Result<Vec<InterestLine>, WhyNot> {
    let mut found = Vec::new();
    let begins = beginnings(&table.interest, debt, first, on);
    let ends = begins.iter().skip(1).map(|next| plus_days(*next, -1));
    for (from, to) in begins.iter().copied().zip(ends.chain([on])) {
        let base = debt.base(from, owed);
        if base <= Decimal::ZERO || debt.is_insolvent(from) {
            continue;
        }
        let rate = rates::on(&table.interest, from, first).map_err(|half| WhyNot::RateMissing {
            table: table
                .name
                .title
                .clone()
                .unwrap_or_else(|| table.name.name.clone()),
            half,
        })?;
        found.extend(line(from, to, Money::new(base, debt.amount.currency), rate));
    }
    Ok(found)
}

/// The first days of the lines, in order; none when interest has not begun.
fn beginnings(rates: &Rates, debt: &Debt<'_>, first: NaiveDate, on: NaiveDate) -> Vec<NaiveDate> {
    if first > on {
        return Vec::new();
    }
    let insolvency = debt.insolvent.iter();
    let mut days: Vec<NaiveDate> = [first]
        .into_iter()
        .chain(debt.payments().map(|payment| plus_days(payment.on, 1)))
        .chain(insolvency.flat_map(|(from, to)| [Some(*from), *to].into_iter().flatten()))
        .chain(rates::changes(rates, first, on))
        .filter(|day| (first..=on).contains(day))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// One line; none when it comes to nothing after rounding.
fn line(from: NaiveDate, to: NaiveDate, base: Money, rate: Decimal) -> Option<InterestLine> {
    let days = (to - from).num_days() + 1;
    let exact = base
        .amount
        .saturating_mul(rate)
        .saturating_mul(Decimal::from(days))
        / Decimal::from(100 * YEAR);
    let amount = Money::new(exact, base.currency).rounded();
    Some(InterestLine {
        from,
        to,
        days: u32::try_from(days).ok()?,
        base,
        rate,
        amount,
    })
    .filter(|line| line.amount.amount > Decimal::ZERO)
}
