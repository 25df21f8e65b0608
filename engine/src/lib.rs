//! Decisions to durable effects: the Postgres store, the review and delivery loops, mail and posts, import and hot reload.
//!
//! This crate answers nobody: pages and routes are the server's. All SQL is in [`store`].

pub mod bell;
pub mod clock;
pub mod db;
pub mod deliver;
pub mod embedded;
pub mod engine;
pub mod import;
pub mod limits;
pub mod media;
pub mod message;
pub mod meters;
pub mod moments;
pub mod openings;
pub mod readiness;
pub mod review;
pub mod rulebooks;
pub mod run;
pub mod sending;
pub mod store;
pub mod views;

pub use relance_rules as rules;
