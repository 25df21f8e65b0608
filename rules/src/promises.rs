//! How long a promise to pay, or an instalment of a payment plan, may still be kept.

use chrono::NaiveDate;
use relance_dsl::period::Period;

use crate::calendar::OpenDays;
use crate::rulebook::Rulebook;
use crate::stops::after;

/// The tolerance of a rulebook: a promise is broken, and an instalment missed, only when it has passed, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grace {
    promise: Option<Period>,
    instalment: Option<Period>,
    business: OpenDays,
}

impl Default for Grace {
    /// None: a promise is kept on its day or not at all.
    fn default() -> Self {
        Self {
            promise: None,
            instalment: None,
            business: OpenDays::monday_to_friday(),
        }
    }
}

impl Grace {
    /// What a rulebook allows, in its own business days ([`Rulebook::business_days`]).
    pub fn of(rulebook: &Rulebook) -> Self {
        Self {
            promise: rulebook.checked.promises.grace,
            instalment: rulebook.checked.plans.missed_after,
            business: rulebook.business_days(),
        }
    }

    /// The last day on which a promise for a day is still kept.
    pub fn last_day(&self, pay_by: NaiveDate) -> NaiveDate {
        self.after(pay_by, self.promise)
    }

    /// The last day on which an instalment for a day is not missed.
    pub fn last_day_of_instalment(&self, due: NaiveDate) -> NaiveDate {
        self.after(due, self.instalment)
    }

    fn after(&self, day: NaiveDate, period: Option<Period>) -> NaiveDate {
        period.map_or(day, |period| after(day, period, &self.business))
    }
}
