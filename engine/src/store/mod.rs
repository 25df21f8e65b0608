//! All SQL, one file for each aggregate.

pub mod accounts;
pub mod actions;
pub mod allocations;
pub mod breaker;
pub mod companies;
pub mod contacts;
pub mod custom;
pub mod customers;
pub mod deliveries;
pub mod disputes;
mod error;
pub mod events;
pub mod facts;
pub mod holds;
pub mod imports;
pub mod installation;
pub mod invoices;
pub mod payments;
pub mod plans;
pub mod positions;
pub mod promises;
pub mod rates;
pub mod revisions;
pub(crate) mod server;
pub mod sessions;
pub mod statistics;
pub mod stops;
pub mod tasks;
pub mod tokens;
pub mod turns;
pub mod users;
pub(crate) mod values;

pub use error::StoreError;

/// What an upsert did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Upserted {
    /// It was not there before.
    New,
    /// It was there and is different now.
    Changed,
    /// It was there as it is: nothing was written, nobody was woken.
    Unchanged,
}
