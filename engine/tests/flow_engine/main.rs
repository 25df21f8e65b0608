//! The engine's flow with a real Postgres and a real SMTP conversation: review, delivery, crashes, refusals, reload.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

mod answers;
mod approvals;
mod attachments;
mod bell;
mod breaker;
mod charges;
mod claims;
mod companies;
mod complaints;
mod crashes;
mod doubts;
mod doubts_unasked;
mod effects;
mod end_to_end;
mod limits;
mod meters;
mod openings;
mod people;
mod pooler;
mod posts;
mod preview;
mod readiness;
mod recalls;
mod receiver;
mod refusals;
mod reload;
mod smtp;
mod standard;
mod stops;
mod tasks;
mod troubles;
mod words;
mod world;
