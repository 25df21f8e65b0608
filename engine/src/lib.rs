//! Decisions to durable effects: the Postgres store, the review and delivery loops, mail, import and hot reload.
//!
//! This crate knows no HTTP. All SQL is in [`store`].

pub mod clock;
pub mod db;
pub mod embedded;
pub mod import;
pub mod store;
pub mod views;

pub use relance_rules as rules;
