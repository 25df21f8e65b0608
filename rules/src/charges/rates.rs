//! The rate of interest on a day.

use std::iter::successors;

use chrono::{Datelike, NaiveDate};
use relance_dsl::checked::Rates;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A half of a calendar year: rates of late payment are fixed for it, in all of the EU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HalfYear {
    /// The year.
    pub year: i32,
    /// From 1 July on.
    pub second: bool,
}

impl HalfYear {
    /// The half-year of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            second: day.month() > 6,
        }
    }

    /// Its first day.
    pub fn begins(self) -> NaiveDate {
        let month = if self.second { 7 } else { 1 };
        NaiveDate::from_ymd_opt(self.year, month, 1).unwrap_or(NaiveDate::MAX)
    }

    fn next(self) -> Self {
        Self {
            year: if self.second { self.year + 1 } else { self.year },
            second: !self.second,
        }
    }
}

/// The rate of a day, per cent a year, for lateness that began on `first`; the half-year of which nobody entered one.
pub(super) fn on(rates: &Rates, day: NaiveDate, first: NaiveDate) -> Result<Decimal, HalfYear> {
    let (rates, day) = match rates {
        Rates::Agreed(rate) => return Ok(*rate),
        Rates::None => return Err(HalfYear::of(day)),
        Rates::Dated { rates, first_day } => (rates, if *first_day { first } else { day }),
    };
    let half = HalfYear::of(day);
    let begun = rates.iter().rev().find(|rate| rate.from <= day);
    begun
        .filter(|rate| HalfYear::of(rate.from) == half)
        .map(|rate| rate.rate)
        .ok_or(half)
}

/// The days on which another rate may begin: each half-year and each rate's first day. None where one rate serves for all.
pub(super) fn changes(rates: &Rates, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let Rates::Dated {
        rates,
        first_day: false,
    } = rates
    else {
        return Vec::new();
    };
    let half_years = successors(Some(HalfYear::of(first)), |half| Some(half.next()))
        .map(HalfYear::begins)
        .take_while(|day| *day <= last);
    half_years.chain(rates.iter().map(|rate| rate.from)).collect()
}
