//! `relance company`.

use anyhow::Context as _;
use chrono_tz::Tz;
use relance_engine::media::email::mailbox;
use relance_engine::store::Upserted;
use relance_engine::store::companies::{self, NewCompany};
use relance_rules::dsl::money::Currency;

use super::{Context, Outcome, Usage};
use crate::terminal::outln;

/// Creditors: whose invoices are reminded
#[derive(Debug, clap::Subcommand)]
pub enum Action {
    /// Add a company, or change the one of this code
    Add(Add),
    /// List the companies
    List,
}

#[derive(Debug, clap::Args)]
pub struct Add {
    /// Short code: capital letters, digits, `_` and `-`
    code: String,
    /// Name
    #[arg(long)]
    name: String,
    /// Mailbox that messages come from, as "Acme <compta@acme.example>"
    #[arg(long)]
    sender: String,
    /// Mailbox for answers, when it is another one
    #[arg(long)]
    reply_to: Option<String>,
    /// Two-letter country code
    #[arg(long, default_value = "FR")]
    country: String,
    /// Currency of the books
    #[arg(long, default_value = "EUR", value_parser = |text: &str| Currency::new(text))]
    currency: Currency,
    /// Two-letter language code
    #[arg(long, default_value = "fr")]
    language: String,
    /// Time zone; its days are the days of the books
    #[arg(long, default_value = "Europe/Paris")]
    time_zone: Tz,
    /// Where to pay, in words or as an IBAN
    #[arg(long)]
    bank: Option<String>,
}

pub(super) async fn run(context: &Context, action: &Action) -> anyhow::Result<Outcome> {
    let opened = context.open().await?;
    let mut connection = opened.engine.pool.acquire().await?;
    match action {
        Action::Add(add) => {
            check(add)?;
            let new = NewCompany {
                code: add.code.clone(),
                name: add.name.clone(),
                country: add.country.clone(),
                currency: add.currency,
                language: add.language.clone(),
                time_zone: add.time_zone,
                sender: add.sender.clone(),
                reply_to: add.reply_to.clone(),
                bank: add.bank.clone(),
            };
            let (_, upserted) = companies::upsert(&mut connection, &new, opened.engine.clock.now())
                .await
                .context("the company was not stored")?;
            let word = match upserted {
                Upserted::New => "added",
                Upserted::Changed => "changed",
                Upserted::Unchanged => "unchanged",
            };
            if !context.json(&serde_json::json!({ "code": add.code, "company": word }))? {
                outln!("{}: {word}", add.code);
            }
        }
        Action::List => {
            let all = companies::list(&mut connection).await?;
            let value: Vec<_> = all
                .iter()
                .map(|c| {
                    serde_json::json!({
                        "code": c.code, "name": c.name, "country": c.country, "currency": c.currency,
                        "time_zone": c.time_zone.name(), "sender": c.sender,
                    })
                })
                .collect();
            if !context.json(&value)? {
                for c in &all {
                    outln!(
                        "{:<12} {}  {}  {}  {}",
                        c.code,
                        c.currency,
                        c.time_zone,
                        c.name,
                        c.sender
                    );
                }
            }
        }
    }
    drop(connection);
    opened.close().await;
    Ok(Outcome::Done)
}

fn check(add: &Add) -> Result<(), Usage> {
    let code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_' || c == '-';
    let lower2 = |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_lowercase());
    let upper2 = |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase());
    if add.code.is_empty() || add.code.len() > 20 || !add.code.chars().all(code) {
        return Err(Usage(format!(
            "`{}` cannot be a code: write up to 20 capital letters, digits, `_` or `-`, such as ACME",
            add.code
        )));
    }
    if !upper2(&add.country) {
        return Err(Usage(format!(
            "--country is `{}`: write two capital letters, such as FR",
            add.country
        )));
    }
    if !lower2(&add.language) {
        return Err(Usage(format!(
            "--language is `{}`: write two small letters, such as fr",
            add.language
        )));
    }
    for (flag, text) in [
        ("--sender", Some(&add.sender)),
        ("--reply-to", add.reply_to.as_ref()),
    ] {
        if let Some(text) = text.filter(|text| mailbox(text).is_err()) {
            return Err(Usage(format!(
                "{flag} is `{text}`: write a mailbox, such as \"Acme <compta@acme.example>\"; a name with a comma needs quotes: \"\\\"Acme, books\\\" <compta@acme.example>\""
            )));
        }
    }
    Ok(())
}
