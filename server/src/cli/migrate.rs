//! `relance migrate`.

use super::{Context, Outcome};
use crate::terminal::outln;

/// Bring the database schema up to date (every other command does so too)
#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub(super) async fn run(context: &Context) -> anyhow::Result<Outcome> {
    let opened = context.open().await?;
    if !context.json(&serde_json::json!({ "migrated": true }))? {
        outln!("The schema is up to date.");
    }
    opened.close().await;
    Ok(Outcome::Done)
}
