//! Until when a preview looks ahead.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone as _, Utc};
use relance_engine::store::companies::Company;

/// So many days ahead at most: what lies further off depends too much on what happens until then.
pub const DAYS: u64 = 31;

/// The end of a day of the company's books; of tomorrow, when none is given. None: the day has passed, or is more than [`DAYS`] ahead.
pub fn until(company: &Company, day: Option<NaiveDate>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = company.today(now);
    let last = today.checked_add_days(Days::new(DAYS))?;
    let day = day.or(today.succ_opt())?;
    if day < today || day > last {
        return None;
    }
    let midnight = day.succ_opt()?.and_time(NaiveTime::MIN);
    // Where the clock is changed at midnight, the earlier of both, or an hour later.
    let zone = company.time_zone;
    let end = zone.from_local_datetime(&midnight).earliest();
    let end = end.or_else(|| {
        zone.from_local_datetime(&(midnight + chrono::TimeDelta::hours(1)))
            .earliest()
    });
    Some(end?.with_timezone(&Utc))
}
