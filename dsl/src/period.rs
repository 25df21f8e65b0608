//! Lengths of time as credit managers write them.

use serde::{Deserialize, Serialize};

/// The unit of a [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// Calendar days.
    Days,
    /// Days on which the scenario's calendar is open.
    BusinessDays,
    /// Seven calendar days.
    Weeks,
    /// Calendar months; the 31st becomes the last day of a shorter month.
    Months,
}

/// A number of days, business days, weeks or months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// How many; bounded by the checker (at most 3660).
    pub count: u16,
    /// Of what.
    pub unit: PeriodUnit,
}
