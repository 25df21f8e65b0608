//! Disputes: who answers them, and by when.

use chrono::NaiveDate;
use relance_dsl::checked::DisputeCategory;
use rust_decimal::Decimal;

use crate::days::plus_days;
use crate::facts::{HoldEnding, HoldKind, HoldSpan, Invoice, SettledBy};
use crate::rulebook::Rulebook;
use crate::stops::after;

/// Who answers a dispute, and by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The department, as the rules name it.
    pub owner: String,
    /// The last day on which the answer is in time.
    pub by: NaiveDate,
}

/// Who answers a dispute of a category that was opened on a day, and by when: business days are those of
/// [`Rulebook::business_days`]. `None`: the rules declare no such category, and nobody is late.
pub fn answer(rulebook: &Rulebook, category: &str, opened_on: NaiveDate) -> Option<Answer> {
    let declared = declared(rulebook, category)?;
    Some(Answer {
        owner: declared.owner.clone(),
        by: after(opened_on, declared.within, &rulebook.business_days()),
    })
}

/// Whether the credit note of an accepted dispute is still to come: the invoice is open, and no credit note has been set against it since
/// the dispute began. Who makes the note first and accepts the dispute then, on the same day or later, has made it.
pub fn awaits_credit(invoice: &Invoice) -> bool {
    let accepted =
        |hold: &&HoldSpan| hold.kind == HoldKind::Disputed && hold.ending == Some(HoldEnding::Accepted);
    let disputed_from = invoice.holds.iter().filter(accepted).map(|hold| hold.from).max();
    let has_come = disputed_from.is_some_and(|from| {
        let mut settlements = invoice.settlements.iter();
        settlements.any(|part| part.by == SettledBy::CreditNote && part.on >= from)
    });
    invoice.balance.amount > Decimal::ZERO && !has_come
}

/// The first day on which the answer to a dispute is late. `None` for other holds, and for a category without a time limit.
pub fn late_on(rulebook: &Rulebook, dispute: &HoldSpan) -> Option<NaiveDate> {
    if dispute.kind != HoldKind::Disputed {
        return None;
    }
    let answer = answer(rulebook, &dispute.note, dispute.from)?;
    Some(plus_days(answer.by, 1))
}

/// Whether a dispute is open on a day, and the answer to it late. Gives the first day on which it was.
pub fn late(rulebook: &Rulebook, dispute: &HoldSpan, today: NaiveDate) -> Option<NaiveDate> {
    let on = late_on(rulebook, dispute)?;
    let open = dispute.to.is_none_or(|closed| closed > today);
    (on <= today && open).then_some(on)
}

/// The title of a category, as the rules give it; the category itself when they have none, or do not know it.
pub fn title<'a>(rulebook: &'a Rulebook, category: &'a str) -> &'a str {
    let title = declared(rulebook, category).and_then(|declared| declared.name.title.as_deref());
    title.unwrap_or(category)
}

fn declared<'a>(rulebook: &'a Rulebook, category: &str) -> Option<&'a DisputeCategory> {
    let mut all = rulebook.checked.disputes.categories.iter();
    all.find(|declared| declared.name.name == category)
}
