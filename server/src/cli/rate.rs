//! `relance rate`.

use chrono::NaiveDate;
use relance_engine::store::{StoreError, Upserted, rates};
use relance_rules::dsl::money::Currency;
use rust_decimal::Decimal;

use super::{Context, Outcome, Usage, choose_company};
use crate::terminal::outln;

/// Store an exchange rate, by which amounts in another currency are read in the company's own
///
/// Examples:
///   relance rate USD 0.92 --from 2026-01-01
///   relance rate GBP 1.15 --from 2026-04-01 --company ALFR
///
/// One USD is 0.92 of the company's currency from that day on, until the next day for which a rate is given. Conditions
/// on amounts of a currency without a rate do not hold, and say so.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The other currency
    #[arg(value_parser = |text: &str| Currency::new(text))]
    currency: Currency,
    /// Units of the company's currency for one unit of the other
    rate: Decimal,
    /// First day on which the rate serves
    #[arg(long, value_name = "DAY")]
    from: NaiveDate,
    /// Code of the company; needed when there are several
    #[arg(long)]
    company: Option<String>,
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let opened = context.open().await?;
    let company = choose_company(&opened, arguments.company.as_deref()).await?;
    let now = opened.engine.clock.now();
    let Arguments {
        currency, rate, from, ..
    } = *arguments;
    let mut transaction = opened.engine.pool.begin().await?;
    let stored = match rates::upsert(&mut transaction, &company, currency, from, rate, now).await {
        Err(error @ StoreError::Conflict { .. }) => return Err(Usage(error.to_string()).into()),
        stored => stored?,
    };
    transaction.commit().await?;
    let word = match stored {
        Upserted::New => "added",
        Upserted::Changed => "changed",
        Upserted::Unchanged => "unchanged",
    };
    let value = serde_json::json!({
        "company": company.code, "currency": currency, "from": from, "rate": rate.to_string(), "result": word,
    });
    if !context.json(&value)? {
        outln!("1 {currency} = {rate} {} from {from}: {word}", company.currency);
    }
    opened.close().await;
    Ok(Outcome::Done)
}
