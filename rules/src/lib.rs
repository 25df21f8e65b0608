//! Facts in, decisions with reasons out.
//!
//! Pure: no database, no files, no clock, no randomness. The same input gives the same output; time is a parameter.

pub mod decision;
pub mod facts;
pub mod ids;
pub mod reason;

pub use relance_dsl as dsl;
