//! What tests share: databases of their own on a private Postgres cluster, and short ways to fill them.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

mod database;
pub mod past;
pub mod pooler;
pub mod portfolio;

pub use database::TestDb;

use chrono::{DateTime, Utc};

/// A moment written as `2026-03-02 09:30`, in UTC.
pub fn at(text: &str) -> DateTime<Utc> {
    chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .expect("a moment like 2026-03-02 09:30")
        .and_utc()
}

/// A day written as `2026-03-02`.
pub fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day like 2026-03-02")
}
