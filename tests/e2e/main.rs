//! End to end: the program as it is built, a real Postgres, a real SMTP conversation, a real browser.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

mod api;
mod attachments;
mod breaker;
mod browser;
mod checks;
mod cli;
mod formatting;
mod limits;
mod metrics;
mod openings;
mod pages;
mod pipes;
mod readiness;
mod runs;
mod tutorial;
mod undo;
mod world;
