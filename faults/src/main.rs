//! The fault campaign. Real workers over a real Postgres and a mail server that keeps its own log; everything fails at random, workers at
//! every named moment too; each simulated evening an oracle compares what arrived with what the store says and what was committed when.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program at the edge, for people and for the gate: it reads files, kills processes and prints a report"
)]

mod campaign;
mod chaos;
mod clock;
mod crew;
mod database;
mod oracle;
mod portfolio;
mod quiet;
mod report;
mod rules;
mod witness;
mod worker;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

/// Let everything fail, and count what goes wrong
#[derive(Debug, Parser)]
enum Command {
    /// Days of chaos with quiet evenings; ends with 1 when a promise was broken
    Campaign(campaign::Arguments),
    /// A worker of the campaign
    #[command(hide = true)]
    Worker(worker::Arguments),
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    match Command::parse() {
        Command::Campaign(arguments) => {
            let report = campaign::run(&arguments).await?;
            println!("{report}");
            Ok(if report.is_clean() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        Command::Worker(arguments) => {
            // The database may be down just now: another worker is started in its place.
            Ok(match worker::work(arguments).await {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::FAILURE,
            })
        }
    }
}
