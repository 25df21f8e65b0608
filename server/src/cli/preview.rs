//! `relance preview`.

use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::review::preview::{self, Line, Preview};
use relance_engine::store::companies::Company;
use relance_rules::words::{self, Language};

use super::{Context, Outcome, Usage, choose_company, parse_instant};
use crate::preview::{DAYS, until};
use crate::terminal::outln;
use crate::web::words::Words;

/// Say what the next runs would do, without doing it: who would get what, and why
///
/// Examples:
///   relance preview                                    until the end of tomorrow
///   relance preview --until 2026-04-01 --language fr   until the end of that day
///
/// The accounts are decided by the rules in force at the moments at which they would be looked at, if nothing happened
/// before. Nothing is written or sent. An account is followed until something is done about it.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Last day that is looked at
    #[arg(long, value_name = "DAY")]
    until: Option<NaiveDate>,
    /// Code of the company; needed when there are several
    #[arg(long)]
    company: Option<String>,
    /// Language of the words: fr or en
    #[arg(long, default_value = "en", value_parser = ["fr", "en"])]
    language: String,
    /// The moment that counts as now
    #[arg(long, value_name = "MOMENT", value_parser = parse_instant)]
    at: Option<DateTime<Utc>>,
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let opened = context.open_at(arguments.at).await?;
    let company = choose_company(&opened, arguments.company.as_deref()).await?;
    let Some(end) = until(&company, arguments.until, opened.engine.clock.now()) else {
        let wrong = format!("--until must be today or one of the {DAYS} days after it");
        return Err(Usage(wrong).into());
    };
    let Some(preview) = preview::preview(&opened.engine, &company, end, u32::MAX).await? else {
        return Err(
            Usage("no rules are in force yet: start `relance serve --rules FOLDER` once".to_owned()).into(),
        );
    };
    let value = serde_json::json!({
        "company": company.code,
        "revision": preview.revision,
        "until": end,
        "accounts": preview.accounts,
        "lines": preview.lines.iter().map(|line| json(line, &company, &arguments.language)).collect::<Vec<_>>(),
        "troubles": preview.troubles.iter()
            .map(|(customer, why)| serde_json::json!({ "customer": customer, "why": why })).collect::<Vec<_>>(),
        "days": preview.days.iter().map(|day| serde_json::json!({
            "on": day.on, "messages": day.messages, "usual": day.standing.usual, "asks": day.asks,
        })).collect::<Vec<_>>(),
    });
    if !context.json(&value)? {
        tell(&preview, &company, &arguments.language);
    }
    opened.close().await;
    Ok(Outcome::Done)
}

fn json(line: &Line, company: &Company, language: &str) -> serde_json::Value {
    let reason = |reason| words::reason(reason, company.time_zone, Language::of(language));
    serde_json::json!({
        "at": line.at,
        "customer": line.customer,
        "name": line.name,
        "kind": line.kind,
        "medium": line.medium,
        "contact": line.contact,
        "step": line.title,
        "level": line.level,
        "invoices": line.invoices,
        "reasons": line.reasons.iter().map(reason).collect::<Vec<_>>(),
    })
}

fn tell(preview: &Preview, company: &Company, language: &str) {
    let (w, language) = (Words::of(language), Language::of(language));
    for line in &preview.lines {
        let what = line.medium.as_deref().map_or_else(
            || w.action_kind(line.kind),
            |medium| words::medium(medium, language).to_owned(),
        );
        let to = line
            .contact
            .as_deref()
            .map_or_else(String::new, |to| format!(" -> {to}"));
        let open: Vec<String> = line.open.iter().map(|sum| words::money(*sum, language)).collect();
        outln!(
            "{}  {} {}: {} ({what}{to}), {}, {}",
            words::instant(line.at, company.time_zone, language),
            line.customer,
            line.name,
            line.title,
            line.invoices.join(" "),
            open.join(" + ")
        );
        for reason in &line.reasons {
            outln!("    - {}", words::reason(reason, company.time_zone, language));
        }
    }
    for (customer, why) in &preview.troubles {
        outln!("{customer}: {why}");
    }
    outln!("{}{} {}", w.accounts_looked_at, w.colon, preview.accounts);
    for day in &preview.days {
        outln!("{}", w.preview_day(day));
    }
}
