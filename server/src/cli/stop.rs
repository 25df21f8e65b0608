//! `relance stop` and `relance resume`.

use anyhow::Context as _;
use relance_engine::engine::Engine;
use relance_engine::store::companies::{self, Company};
use relance_engine::store::stops::{self, Scope};
use relance_engine::views::deliveries;
use relance_engine::views::states::DeliveryState;

use super::{Context, Outcome, Usage, choose_company};
use crate::database::Opened;
use crate::terminal::outln;

/// Stop the sending: of everything, or of one company
///
/// Examples:
///   relance stop "prices are wrong"                   nothing leaves any more
///   relance stop "prices are wrong" --company ALFR    of one company
///
/// When the command ends, no message is taken for sending any more, by whichever process; those being handed over at
/// this moment may still leave. Reviews go on. Every page says that the sending is stopped, by whom and why.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Stopping {
    /// Why, for the others
    why: String,
    /// Code of the company; without it, everything is stopped
    #[arg(long)]
    company: Option<String>,
}

/// Let the sending go on after `relance stop`
///
/// Examples:
///   relance resume                    ends the stop of everything
///   relance resume --company ALFR     ends the stop of one company
///
/// A stop of everything and one of a company are ended each by itself.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Resuming {
    /// Code of the company; without it, the stop of everything is ended
    #[arg(long)]
    company: Option<String>,
}

pub(super) async fn stop(context: &Context, arguments: &Stopping) -> anyhow::Result<Outcome> {
    let why = arguments.why.trim();
    if why.is_empty() {
        return Err(Usage("say why, for the others: relance stop \"prices are wrong\"".to_owned()).into());
    }
    let opened = context.open().await?;
    let company = chosen(&opened, arguments.company.as_deref()).await?;
    let now = opened.engine.clock.now();
    let new = stops::stop(&opened.engine.pool, scope(company.as_ref()), why, &actor(), now)
        .await
        .context("whether the sending is stopped is not known; try again")?;
    let waiting = waiting(&opened.engine, company.as_ref()).await?;
    let of = company.as_ref().map(|company| company.code.as_str());
    let value = serde_json::json!({ "company": of, "stopped": true, "new": new, "waiting": waiting });
    if !context.json(&value)? {
        let what = of.unwrap_or("everything");
        let word = if new { "stopped" } else { "was stopped already" };
        outln!("{what}: {word}; {waiting} messages wait");
    }
    opened.close().await;
    Ok(Outcome::Done)
}

pub(super) async fn resume(context: &Context, arguments: &Resuming) -> anyhow::Result<Outcome> {
    let opened = context.open().await?;
    let company = chosen(&opened, arguments.company.as_deref()).await?;
    let now = opened.engine.clock.now();
    let mut transaction = opened.engine.pool.begin().await?;
    let ended = stops::resume(&mut transaction, scope(company.as_ref()), &actor(), now).await?;
    let mut left = stops::in_force(&mut transaction).await?;
    transaction.commit().await?;
    if let Some(company) = &company {
        left.retain(|stop| stop.concerns(company.id));
    }
    let of = company.as_ref().map(|company| company.code.as_str());
    let value = serde_json::json!({ "company": of, "resumed": ended, "still_stopped": !left.is_empty() });
    if !context.json(&value)? {
        let what = of.unwrap_or("everything");
        let word = if ended { "goes on" } else { "was not stopped" };
        outln!("{what}: {word}");
        for stop in left {
            let by = format!(
                "since {} by {}: {}",
                stop.since.format("%Y-%m-%d %H:%M UTC"),
                stop.by,
                stop.why
            );
            match stop.scope {
                Scope::Everything => outln!("everything is still stopped, {by}"),
                Scope::Company(_) if company.is_some() => {}
                Scope::Company(_) => outln!("a company is still stopped, {by}"),
            }
        }
    }
    opened.close().await;
    Ok(Outcome::Done)
}

async fn chosen(opened: &Opened, code: Option<&str>) -> anyhow::Result<Option<Company>> {
    match code {
        Some(code) => Ok(Some(choose_company(opened, Some(code)).await?)),
        None => Ok(None),
    }
}

fn scope(company: Option<&Company>) -> Scope {
    company.map_or(Scope::Everything, |company| Scope::Company(company.id))
}

/// Who is at the command line.
pub(super) fn actor() -> String {
    let user = std::env::var("USER").ok().filter(|user| !user.is_empty());
    user.map_or_else(|| "shell".to_owned(), |user| format!("shell:{user}"))
}

/// How many messages wait, of a company or of all.
pub(super) async fn waiting(engine: &Engine, company: Option<&Company>) -> anyhow::Result<i64> {
    let mut connection = engine.pool.acquire().await?;
    let companies = match company {
        Some(company) => vec![company.clone()],
        None => companies::list(&mut connection).await?,
    };
    let mut waiting = 0;
    for company in companies {
        waiting += deliveries::count(&mut connection, company.id, DeliveryState::Queued).await?;
    }
    Ok(waiting)
}
