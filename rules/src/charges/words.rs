//! Claims as reasons.

use super::{Claim, WhyNot};
use crate::facts::Invoice;
use crate::reason::{Reason, ReasonKind};

/// What is claimed for an invoice, line by line.
pub(crate) fn reasons(invoice: &Invoice, claim: &Claim) -> Vec<Reason> {
    let number = || invoice.number.clone();
    let interest = claim.lines.iter().map(|line| ReasonKind::InterestOwed {
        invoice: number(),
        line: *line,
    });
    let fee = claim.fee.map(|fee| ReasonKind::FeeOwed {
        invoice: number(),
        fee,
    });
    interest.chain(fee).map(Reason::plain).collect()
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
