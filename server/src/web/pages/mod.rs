//! The pages: one file for each, with its routes.

pub mod admin;
pub mod customer;
pub mod customer_forms;
pub mod customers;
pub mod dashboard;
pub mod imports;
pub mod language;
pub mod login;
pub mod message;
pub mod messages;
pub mod opened;
pub mod plans;
pub mod preview;
pub mod question;
pub mod root;
pub mod rules;
pub mod sending;
pub mod statement;
pub mod task;
pub mod tasks;
