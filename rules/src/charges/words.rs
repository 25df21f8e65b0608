//! Claims as reasons.

use relance_dsl::money::Money;

use super::{Claim, WhyNot};
use crate::facts::Invoice;
use crate::reason::{Reason, ReasonKind, SourceRef};

/// Lines of interest of one invoice that are told one by one.
const TOLD: usize = 50;

/// What is claimed for an invoice, line by line, and the line of the rules that charges it. Of an invoice with very many payments the last
/// lines are told as one sum.
pub(crate) fn reasons(invoice: &Invoice, claim: &Claim, source: Option<SourceRef>) -> Vec<Reason> {
    let number = || invoice.number.clone();
    let told = if claim.lines.len() > TOLD + 1 {
        TOLD
    } else {
        claim.lines.len()
    };
    let (lines, others) = claim.lines.split_at(told);
    let interest = lines.iter().map(|line| ReasonKind::InterestOwed {
        invoice: number(),
        line: *line,
    });
    let others = others.first().map(|first| ReasonKind::MoreInterestOwed {
        invoice: number(),
        lines: u32::try_from(others.len()).unwrap_or(u32::MAX),
        amount: Money::new(
            others.iter().map(|line| line.amount.amount).sum(),
            first.amount.currency,
        ),
    });
    let fee = claim.fee.map(|fee| ReasonKind::FeeOwed {
        invoice: number(),
        fee,
    });
    let told = interest.chain(others).chain(fee);
    told.map(|kind| Reason {
        kind,
        source: source.clone(),
        facts: Vec::new(),
    })
    .collect()
}

/// Why nothing is claimed for an invoice by a step with this title.
pub(crate) fn why_not(invoice: &Invoice, step: String, why: WhyNot) -> Reason {
    Reason::plain(match why {
        WhyNot::Consumer => ReasonKind::ConsumerNotCharged {
            invoice: invoice.number.clone(),
        },
        WhyNot::RateMissing { table, half } => ReasonKind::InterestRateMissing {
            step,
            table,
            from: half.begins(),
        },
    })
}
