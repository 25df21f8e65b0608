//! Debtors who agree to pay in three parts: some keep to it, some after the first part do not.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::incidents::Draft;
use super::{Plan, day};

/// Kept to its end, and not: days from today to the days of the parts.
const COURSES: [Course; 2] = [
    Course {
        made: -34,
        parts: [-24, -6, 12],
        kept: true,
        note: "Trésorerie tendue après travaux ; trois virements convenus au téléphone.",
    },
    Course {
        made: -30,
        parts: [-23, -14, 2],
        kept: false,
        note: "Accord avec la gérante : un tiers tout de suite, le reste en deux fois.",
    },
];

/// So many of the latest payers have other troubles: blocks, addresses that do not work.
const OTHERS: usize = 10;

struct Course {
    made: i64,
    parts: [i64; 3],
    kept: bool,
    note: &'static str,
}

/// Agrees on plans with customers who pay late, one each, and has their invoices paid accordingly; what is not kept is paid long
/// after. Those who are late with most are left out: they have other troubles.
pub fn agree(late: &[usize], drafts: &mut [Draft], anchor: NaiveDate) -> Vec<Plan> {
    let mut taken: Vec<usize> = late.iter().take(OTHERS).copied().collect();
    let mut plans = Vec::new();
    for course in &COURSES {
        let fits =
            |draft: &&mut Draft| !taken.contains(&draft.account) && is_worth_a_plan(draft, course.made);
        let Some(draft) = drafts.iter_mut().find(fits) else {
            continue;
        };
        taken.push(draft.account);
        let third = draft.sale.cents / 3;
        let cents = [third, third, draft.sale.cents - 2 * third];
        let parts: Vec<(i64, i64)> = course.parts.into_iter().zip(cents).collect();
        draft.sale.payments = if course.kept {
            parts.clone()
        } else {
            vec![(course.parts[0], third), (75, draft.sale.cents - third)]
        };
        plans.push(Plan {
            invoice: draft.number.clone(),
            made: day(anchor, course.made),
            parts: parts
                .into_iter()
                .map(|(on, cents)| (day(anchor, on), Decimal::new(cents, 2)))
                .collect(),
            note: course.note,
        });
    }
    plans
}

/// Some hundred euros, overdue for a while when the plan is made, unpaid until then and undisputed.
fn is_worth_a_plan(draft: &Draft, made: i64) -> bool {
    let overdue = made - 45..made - 10;
    draft.sale.cents >= 60_000
        && overdue.contains(&draft.sale.due)
        && draft.sale.payments.iter().all(|(on, _)| *on > made)
        && draft.credit.is_none()
        && !draft.disputed()
}
