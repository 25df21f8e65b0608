//! The scenario language: text in, checked rulebook or diagnostics out.
//!
//! This crate knows no invoice, no database, no clock and no file system. What rules may talk about is handed in as a
//! [`vocabulary::Vocabulary`].

pub mod ast;
pub mod check;
pub mod checked;
pub mod codes;
pub mod diagnostic;
pub mod format;
pub mod lang;
pub mod money;
pub mod parse;
pub mod period;
pub mod span;
pub mod vocabulary;
