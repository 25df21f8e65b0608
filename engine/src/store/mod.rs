//! All SQL, one file for each aggregate.

pub mod accounts;
pub mod events;
