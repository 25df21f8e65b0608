//! How long a promise to pay may still be kept.

use chrono::NaiveDate;
use relance_dsl::period::Period;

use crate::calendar::OpenDays;
use crate::rulebook::Rulebook;
use crate::stops::after;

/// The tolerance of a rulebook for promises: they are broken only when it has passed, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grace {
    period: Option<Period>,
    business: OpenDays,
}

impl Default for Grace {
    /// None: a promise is kept on its day or not at all.
    fn default() -> Self {
        Self {
            period: None,
            business: OpenDays::monday_to_friday(),
        }
    }
}

impl Grace {
    /// What a rulebook allows. Its business days are those of the first scenario that names a calendar, else Monday to Friday: a
    /// promise is kept or broken whichever scenario serves the customer.
    pub fn of(rulebook: &Rulebook) -> Self {
        let mut named = rulebook
            .checked
            .scenarios
            .iter()
            .filter_map(|s| s.send.calendar.as_deref());
        let calendar = named.next().and_then(|name| rulebook.calendar(name));
        Self {
            period: rulebook.checked.promises.grace,
            business: calendar.map_or_else(OpenDays::monday_to_friday, OpenDays::of),
        }
    }

    /// The last day on which a promise for a day is still kept.
    pub fn last_day(&self, pay_by: NaiveDate) -> NaiveDate {
        self.period
            .map_or(pay_by, |period| after(pay_by, period, &self.business))
    }
}
