//! `/c/{company}/preview`: what the next runs would do, and why.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use chrono::{Days, NaiveDate};
use maud::{Markup, html};
use relance_engine::review::preview::{self, Line, Preview};
use relance_engine::store::companies::Company;
use relance_rules::words as rule_words;
use serde::Deserialize;

use crate::preview::{DAYS, until};
use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::reasons;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Accounts that are looked at.
const ACCOUNTS: u32 = 500;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/c/{company}/preview", get(show))
}

#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    until: String,
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let w = visitor.words;
    let today = company.today(app.now());
    let tomorrow = today.succ_opt().unwrap_or(today);
    let last = today.checked_add_days(Days::new(DAYS)).unwrap_or(today);
    let text = asked.until.trim();
    let day: Option<NaiveDate> = if text.is_empty() {
        Some(tomorrow)
    } else {
        text.parse().ok()
    };
    let end = day.and_then(|day| until(company, Some(day), app.now()));
    let found = match end {
        Some(end) => preview::preview(&app.engine, company, end, ACCOUNTS).await?,
        None => None,
    };
    let body = html! {
        h1 { (w.preview) }
        p .note { (w.preview_help) }
        form .filters method="get" {
            label { (w.until_when) " " input type="date" name="until" value=(day.unwrap_or(tomorrow)) min=(today) max=(last) required; }
            button { (w.look) }
        }
        @if day.is_none() { p .bad role="alert" { (w.bad_day(text)) } }
        @else if end.is_none() { p .bad role="alert" { (w.too_far(today, last)) } }
        @else if let Some(found) = &found { (told(w, company, found)) }
        @else { p .none { (w.no_rules) } }
    };
    Ok(layout::page(&visitor, company, Tab::Sending, w.preview, &body))
}

fn told(w: &Words, company: &Company, preview: &Preview) -> Markup {
    html! {
        dl .facts { dt { (w.accounts_looked_at) } dd { (preview.accounts) } }
        @if preview.more { p .note { (w.preview_more) } }
        @for day in &preview.days { p .late[day.asks] { (w.preview_day(day)) } }
        @if !preview.troubles.is_empty() {
            section { h2 { (w.not_decided) }
                ul { @for (customer, why) in &preview.troubles {
                    li { a href=(paths::customer(&company.code, customer)) { (customer) } (w.colon) " " (why) }
                } }
            }
        }
        @if preview.lines.is_empty() { p .none { (w.nothing_would_leave) } }
        @else {
            div .scroll { table .wide {
                thead { tr {
                    th scope="col" { (w.when_word) } th scope="col" { (w.customer) } th scope="col" { (w.step) }
                    th .num scope="col" { (w.level) } th scope="col" { (w.invoices) } th .num scope="col" { (w.open) }
                } }
                tbody { @for line in &preview.lines { (row(w, company, preview.revision, line)) } }
            } }
        }
    }
}

fn row(w: &Words, company: &Company, revision: i64, line: &Line) -> Markup {
    let what = match &line.medium {
        Some(medium) => rule_words::medium(medium, w.language).to_owned(),
        None => w.action_kind(line.kind),
    };
    html! {
        tr {
            td .when { (w.moment(line.at, company.time_zone)) }
            td { a href=(paths::customer(&company.code, &line.customer)) { (line.name) } }
            td { (line.title) br; small { (what) @if let Some(contact) = &line.contact { ", " (contact) } }
                (reasons::folded(w, company, Some(revision), &line.reasons)) }
            td .num { @if let Some(level) = line.level { (level) } }
            td { (line.invoices.join(", ")) }
            td .num { @for (place, sum) in line.open.iter().enumerate() { @if place > 0 { br; } (rule_words::money(*sum, w.language)) } }
        }
    }
}
