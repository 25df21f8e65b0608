//! `relance explain`.

use chrono::{DateTime, Utc};
use relance_engine::store::companies::{self, Company};
use relance_engine::store::facts;
use relance_engine::views::{customer, invoices};
use relance_rules::decide;
use relance_rules::decision::{ActionKind, Decision, Outlook};
use relance_rules::facts::AccountFacts;
use relance_rules::ids::{CustomerId, InvoiceId};
use relance_rules::priority;
use relance_rules::promises::Grace;
use relance_rules::reason::Reason;
use relance_rules::words::{self, Language};

use crate::database::Opened;
use crate::terminal::out;

use super::{Context, Format, Outcome, Usage, choose_company, parse_instant};

/// Say why an invoice or a customer is (not) reminded, and what comes next
///
/// Examples:
///   relance explain F-2026-0042
///   relance explain C00012 --company ALFR --language fr
///   relance explain F-2026-0042 --at 2026-04-01
///
/// The account is decided anew, by the rules in force, without writing or sending anything.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Number of an invoice or of a customer
    number: String,
    /// Code of the company; needed when the number is found in several
    #[arg(long)]
    company: Option<String>,
    /// Language of the reasons: fr or en
    #[arg(long, default_value = "en", value_parser = ["fr", "en"])]
    language: String,
    /// The moment that counts as now
    #[arg(long, value_name = "MOMENT", value_parser = parse_instant)]
    at: Option<DateTime<Utc>>,
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let opened = context.open_at(arguments.at).await?;
    let now = opened.engine.clock.now();
    let Some(in_force) = opened.engine.rulebooks.current() else {
        return Err(
            Usage("no rules are in force yet: start `relance serve --rules FOLDER` once".to_owned()).into(),
        );
    };
    let Found {
        company,
        customer,
        only,
    } = find(&opened, arguments).await?;
    let mut connection = opened.engine.pool.acquire().await?;
    let loaded = facts::load(
        &mut connection,
        &company,
        &[customer],
        &Grace::of(&in_force.rulebook),
        now,
    )
    .await?;
    drop(connection);
    let Some(facts) = loaded.first() else {
        return Err(missing(customer));
    };
    let decision = decide(&in_force.rulebook, facts, now);
    if context.format == Format::Json {
        context.json(&serde_json::json!({
            "company": company.code,
            "customer": facts.customer.number,
            "revision": in_force.revision,
            "at": now,
            "decision": decision,
        }))?;
    } else {
        let language = Language::of(&arguments.language);
        let told = Told {
            company: &company,
            facts,
            language,
        };
        out!("{}", told.text(&decision, only, in_force.revision, now));
    }
    opened.close().await;
    Ok(Outcome::Done)
}

/// Whose account is asked for.
struct Found {
    company: Company,
    customer: CustomerId,
    /// One invoice of it.
    only: Option<InvoiceId>,
}

/// Looks in the company that was named, else in all of them.
async fn find(opened: &Opened, arguments: &Arguments) -> anyhow::Result<Found> {
    let mut connection = opened.engine.pool.acquire().await?;
    let companies = match &arguments.company {
        Some(code) => vec![choose_company(opened, Some(code)).await?],
        None => companies::list(&mut connection).await?,
    };
    let number = &arguments.number;
    let mut found = Vec::new();
    for company in companies {
        let invoice = invoices::find(&mut connection, company.id, number).await?;
        let (customer, only) = match invoice {
            Some((invoice, customer, _)) => (customer, Some(invoice)),
            None => match customer::head(&mut connection, company.id, number).await? {
                Some(head) => (head.id, None),
                None => continue,
            },
        };
        found.push(Found {
            company,
            customer,
            only,
        });
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Usage(format!("there is neither an invoice nor a customer `{number}`")).into()),
        _ => {
            let codes: Vec<&str> = found.iter().map(|f| f.company.code.as_str()).collect();
            let codes = codes.join(", ");
            Err(Usage(format!(
                "several companies have `{number}`: say which with --company: {codes}"
            ))
            .into())
        }
    }
}

fn missing(customer: CustomerId) -> anyhow::Error {
    anyhow::anyhow!("the facts of customer {customer} could not be loaded")
}

/// A decision as text for people.
struct Told<'a> {
    company: &'a Company,
    facts: &'a AccountFacts,
    language: Language,
}

impl Told<'_> {
    fn text(
        &self,
        decision: &Decision,
        only: Option<InvoiceId>,
        revision: i64,
        now: DateTime<Utc>,
    ) -> String {
        let mut out = String::new();
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        let title = |named: &Option<relance_rules::decision::Named>| {
            named.as_ref().map_or_else(|| "-".to_owned(), |n| n.title.clone())
        };
        line(format!(
            "{} {} ({})",
            self.facts.customer.number, self.facts.customer.name, self.company.code
        ));
        line(format!(
            "rules revision {revision}, {}",
            words::instant(now, self.company.time_zone, self.language)
        ));
        let score = decision
            .score
            .as_ref()
            .map_or_else(|| "-".to_owned(), |s| format!("{} ({})", s.points, s.band.title));
        line(format!(
            "segment: {}   scenario: {}   score: {score}",
            title(&decision.segment),
            title(&decision.scenario)
        ));
        let today = self.company.today(now);
        let priority = priority::of_account(self.facts, decision.score.as_ref(), today);
        let worked_out = words::priority(&priority, self.company.currency, self.language);
        line(format!("priority: {worked_out}"));
        self.reasons(&decision.reasons, "  ", &mut line);
        for outlook in decision
            .outlook
            .iter()
            .filter(|o| only.is_none_or(|i| i == o.invoice))
        {
            line(String::new());
            line(self.invoice(outlook));
            self.reasons(&outlook.reasons, "  ", &mut line);
        }
        for action in decision
            .actions
            .iter()
            .filter(|a| only.is_none_or(|i| a.items.iter().any(|item| item.invoice == i)))
        {
            line(String::new());
            let medium = match &action.kind {
                ActionKind::Email {
                    template, language, ..
                } => format!("mail {template} ({language})"),
                ActionKind::Call { assign, .. } => format!("call by {assign}"),
                ActionKind::FixContact { assign, .. } => format!("address to be found by {assign}"),
                ActionKind::Webhook {
                    medium,
                    template,
                    language,
                    ..
                } => format!("{medium} {template} ({language})"),
                ActionKind::ByHand {
                    medium,
                    template,
                    language,
                    assign,
                    ..
                } => format!(
                    "{} {template} ({language}), sent by {assign}",
                    words::medium(medium, self.language)
                ),
                ActionKind::Task { name, assign, .. } => format!("task {name} for {assign}"),
                ActionKind::Approval { assign, .. } => format!("approval by {assign}"),
                ActionKind::HandOver { assign, .. } => format!("handed over to legal by {assign}"),
                ActionKind::Continue(_) => "dunning goes on elsewhere".to_owned(),
                ActionKind::CancelPlan => "payment plan called off".to_owned(),
                ActionKind::ExpectCredit => "credit note awaited".to_owned(),
                ActionKind::Hook { hook, gave, .. } => format!("hook {hook} gave [{}]", gave.join(", ")),
                ActionKind::Note { text } => format!("note {text:?}"),
                ActionKind::Notice { webhook, .. } => format!("told to {webhook}"),
            };
            line(format!(
                "NOW: {} - {medium}, {} invoice(s)",
                action.step.title,
                action.items.len()
            ));
            self.reasons(&action.reasons, "  ", &mut line);
        }
        if decision.outlook.is_empty() && decision.actions.is_empty() && decision.reasons.is_empty() {
            line("nothing is open".to_owned());
        }
        out
    }

    fn invoice(&self, outlook: &Outlook) -> String {
        let invoice = self.facts.invoices.iter().find(|i| i.id == outlook.invoice);
        let what = invoice.map_or_else(String::new, |i| {
            format!(
                "{}, {}, due {}",
                i.number,
                words::money(i.balance, self.language),
                words::date(i.due, self.language)
            )
        });
        let next = match (&outlook.next, outlook.next_on) {
            (Some(step), Some(on)) => format!("{} on {}", step.title, words::date(on, self.language)),
            (Some(step), None) => step.title.clone(),
            (None, _) => "nothing".to_owned(),
        };
        format!("{what} -> next: {next}")
    }

    fn reasons(&self, reasons: &[Reason], indent: &str, line: &mut impl FnMut(String)) {
        for reason in reasons {
            line(format!(
                "{indent}- {}",
                words::reason(reason, self.facts.company.time_zone, self.language)
            ));
            if let Some(source) = &reason.source {
                line(format!(
                    "{indent}    {}:{}  {}",
                    source.file, source.line, source.text
                ));
            }
        }
    }
}
