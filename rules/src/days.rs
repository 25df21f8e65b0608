//! Arithmetic on days and local time that never fails, whatever the input.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Days beyond this are as good as never; it keeps every sum of a day and a period inside of what can be computed.
pub const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2500, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// No day is before this one.
pub const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The day `count` days later, or earlier when negative, kept between [`FIRST_DAY`] and [`LAST_DAY`].
pub fn plus_days(day: NaiveDate, count: i64) -> NaiveDate {
    let days = Days::new(count.unsigned_abs());
    let moved = if count < 0 {
        day.checked_sub_days(days).unwrap_or(FIRST_DAY)
    } else {
        day.checked_add_days(days).unwrap_or(LAST_DAY)
    };
    moved.clamp(FIRST_DAY, LAST_DAY)
}

/// The same day of a month `count` months later, or earlier when negative; the 31st becomes the last day of a shorter month.
pub fn plus_months(day: NaiveDate, count: i64) -> NaiveDate {
    let months = Months::new(u32::try_from(count.unsigned_abs()).unwrap_or(u32::MAX));
    let moved = if count < 0 {
        day.checked_sub_months(months).unwrap_or(FIRST_DAY)
    } else {
        day.checked_add_months(months).unwrap_or(LAST_DAY)
    };
    moved.clamp(FIRST_DAY, LAST_DAY)
}

/// The day that the clock of a zone shows at a moment.
pub fn local_day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The first moment of a day on the clock of a zone. (Not always midnight: some zones skip it when summer time begins.)
pub fn start_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    first_moment(day.and_time(NaiveTime::MIN), zone)
}

/// The first moment at which the clock of a zone shows `local`; when it skips `local`, the moment of the jump.
pub fn first_moment(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    zone.from_local_datetime(&local)
        .earliest()
        .map_or_else(|| end_of_gap(local, zone), |at| at.with_timezone(&Utc))
}

/// The last moment at which the clock of a zone shows `local`; when it skips `local`, the moment of the jump.
pub fn last_moment(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    zone.from_local_datetime(&local)
        .latest()
        .map_or_else(|| end_of_gap(local, zone), |at| at.with_timezone(&Utc))
}

/// The moment at which the clock jumps over `local`, found by halving; it shows later times from there on.
fn end_of_gap(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let shows = |seconds: i64| {
        let at = local.and_utc() + TimeDelta::seconds(seconds);
        at.with_timezone(&zone).naive_local()
    };
    // Zones lie within 26 hours of UTC; at `before` the clock is not there yet, at `after` it has passed.
    let (mut before, mut after) = (-26 * 3600, 26 * 3600);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if shows(middle) < local {
            before = middle;
        } else {
            after = middle;
        }
    }
    local.and_utc() + TimeDelta::seconds(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_skipped_time_is_the_moment_of_the_jump() {
        let paris = chrono_tz::Europe::Paris;
        let jump: DateTime<Utc> = "2026-03-29T01:00:00Z".parse().unwrap();
        for skipped in [
            "2026-03-29T02:00:00",
            "2026-03-29T02:30:00",
            "2026-03-29T02:59:59",
        ] {
            assert_eq!(first_moment(at(skipped), paris), jump, "{skipped}");
            assert_eq!(last_moment(at(skipped), paris), jump, "{skipped}");
        }
    }

    #[test]
    fn a_repeated_time_has_a_first_and_a_last_moment() {
        let paris = chrono_tz::Europe::Paris;
        let twice = at("2026-10-25T02:30:00");
        assert_eq!(
            first_moment(twice, paris).to_rfc3339(),
            "2026-10-25T00:30:00+00:00"
        );
        assert_eq!(
            last_moment(twice, paris).to_rfc3339(),
            "2026-10-25T01:30:00+00:00"
        );
    }

    #[test]
    fn a_day_can_begin_after_midnight() {
        // Beirut goes to summer time at midnight.
        let start = start_of("2024-03-31".parse().unwrap(), chrono_tz::Asia::Beirut);
        assert_eq!(start.to_rfc3339(), "2024-03-30T22:00:00+00:00");
        // Samoa had no 30 December 2011.
        let start = start_of("2011-12-30".parse().unwrap(), chrono_tz::Pacific::Apia);
        assert_eq!(
            start,
            start_of("2011-12-31".parse().unwrap(), chrono_tz::Pacific::Apia)
        );
    }

    #[test]
    fn months_end_on_their_last_day_and_days_stay_in_range() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(plus_months(day("2026-01-31"), 1), day("2026-02-28"));
        assert_eq!(plus_months(day("2026-03-31"), -1), day("2026-02-28"));
        assert_eq!(plus_days(NaiveDate::MAX, 1), LAST_DAY);
        assert_eq!(plus_days(NaiveDate::MIN, -1), FIRST_DAY);
        assert_eq!(plus_months(day("2400-01-01"), i64::MAX), LAST_DAY);
    }
}
