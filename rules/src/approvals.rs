//! How long somebody has to agree to a step, and what becomes of an approval that nobody gives: it expires, and the step is never
//! carried out by silence.

use chrono::NaiveDate;
use relance_dsl::period::{Period, PeriodUnit};

use crate::calendar::OpenDays;
use crate::days::plus_days;
use crate::decision::ActionKind;
use crate::stops::after;

/// The name under which tests of the language know the task that follows an expired approval.
pub const EXPIRED: &str = "expired_approval";

/// How long an approval can be given when the rules do not say: two weeks of work. Long enough for somebody's holidays to be bridged
/// by whoever stands in, short enough that the step still means what it says.
pub const USUAL: Period = Period {
    count: 10,
    unit: PeriodUnit::BusinessDays,
};

/// An approval is wished for within so many days when the rules do not say.
const WISHED_WITHIN: i64 = 2;

/// The day by which an approval is wished for, and the last one on which it can be given: the same when the rules name it.
pub fn days(asked: NaiveDate, within: Option<Period>, business: &OpenDays) -> (NaiveDate, NaiveDate) {
    let until = after(asked, within.unwrap_or(USUAL), business);
    let due = if within.is_some() {
        until
    } else {
        plus_days(asked, WISHED_WITHIN).min(until)
    };
    (due, until)
}

/// Whether what was decided is an approval that can no longer be given on a day of the company's clock.
pub fn has_expired(kind: &ActionKind, today: NaiveDate) -> bool {
    matches!(kind, ActionKind::Approval { until, .. } if *until < today)
}

/// The role that looks after an approval which somebody in this role has not given: whoever stands above.
pub fn above(role: &str) -> &'static str {
    match role {
        "credit_manager" | "cfo" => "cfo",
        _ => "credit_manager",
    }
}
