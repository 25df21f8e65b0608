//! relance: reminders for unpaid invoices. The program's entrance; everything else is in the modules.

#![allow(
    clippy::disallowed_methods,
    reason = "the edge of the system: reads the clock, files and the environment"
)]

mod api;
mod cli;
mod database;
mod demo;
mod many;
mod preview;
mod settings;
mod telemetry;
mod terminal;
mod watching;
mod web;
mod work;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
