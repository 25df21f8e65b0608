//! Facts in, decisions with reasons out.
//!
//! Pure: no database, no files, no clock, no randomness. The same input gives the same output; time is a parameter.
//!
//! - [`rulebook::build`] makes a rulebook of rule files and templates, or says what is wrong with them;
//! - [`decide()`] says what is to be done now for one account, what comes next for each invoice, and why;
//! - [`recheck()`] says in the moment before sending whether an action still holds;
//! - [`charges`] says what is owed beside an invoice that is paid late;
//! - [`proof`] plays the tests of a rulebook;
//! - [`words`] puts reasons, amounts and days into French and English.

pub mod approvals;
pub mod calendar;
pub mod charges;
mod compiled;
pub mod custom;
mod days;
pub mod decide;
pub mod decision;
pub mod disputes;
pub mod eval;
pub mod facts;
pub mod hooks;
pub mod ids;
pub mod occurrence;
pub mod plans;
pub mod priority;
pub mod promises;
pub mod proof;
pub mod reason;
pub mod recheck;
pub mod restate;
pub mod rulebook;
mod stops;
pub mod tally;
pub mod value;
pub mod vocabulary;
pub mod window;
pub mod words;

pub use decide::{decide, segment_of};
pub use recheck::{CallOff, recheck};
pub use relance_dsl as dsl;
pub use restate::restated;
