//! `relance recall`.

use anyhow::Context as _;
use chrono::NaiveDate;
use relance_engine::store::StoreError;
use relance_engine::store::deliveries::Recall;

use super::{Context, Outcome, Usage, choose_company, stop};
use crate::many::Which;
use crate::terminal::outln;
use crate::work::Doer;

/// Recall all messages of a company that wait, before they leave
///
/// Examples:
///   relance recall "prices are wrong"                                      their invoices are reminded again tomorrow
///   relance recall "prices are wrong" --until 2026-04-01 --company ALFR    not before that day
///
/// Messages wait when `engine.undo_minutes` is set, while the sending is stopped, and while the mail server is down. None of
/// them leaves from the beginning of the command on. Their invoices are on hold until the day given; on that day the step is
/// decided anew, if it still holds. A single message is recalled on its page.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Why, for the others
    why: String,
    /// First day on which the invoices are reminded again; without it tomorrow
    #[arg(long, value_name = "DAY")]
    until: Option<NaiveDate>,
    /// Code of the company; needed when there are several
    #[arg(long)]
    company: Option<String>,
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let why = arguments.why.trim();
    if why.is_empty() {
        return Err(Usage("say why, for the others: relance recall \"prices are wrong\"".to_owned()).into());
    }
    let opened = context.open().await?;
    let company = choose_company(&opened, arguments.company.as_deref()).await?;
    let today = company.today(opened.engine.clock.now());
    let until = arguments.until.or(today.succ_opt()).unwrap_or(today);
    let actor = stop::actor();
    let doer = Doer {
        engine: &opened.engine,
        company: &company,
        actor: &actor,
    };
    let done = match doer.recall(&Which::All, Recall { until, why }).await {
        Ok(done) => done,
        Err(StoreError::Conflict { why, .. }) => return Err(Usage(why.en).into()),
        Err(error) => {
            return Err(error)
                .context("some messages may be recalled and others not; none leaves for an hour: try again");
        }
    };
    let value = serde_json::json!({
        "company": company.code, "recalled": done.done, "missed": done.missed, "until": until,
    });
    if !context.json(&value)? {
        outln!(
            "{}: {} messages recalled, their invoices are reminded again on {until}",
            company.code,
            done.done
        );
        if done.missed > 0 {
            outln!(
                "{} did not wait any more: they were sent or called off meanwhile",
                done.missed
            );
        }
    }
    opened.close().await;
    Ok(Outcome::Done)
}
