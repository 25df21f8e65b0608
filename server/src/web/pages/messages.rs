//! `/c/{company}/messages`: messages by state.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::views::deliveries::{self, DeliveryLine};
use relance_engine::views::states::DeliveryState;
use serde::Deserialize;

use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::pager;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/c/{company}/messages", get(show))
}

#[derive(Debug, Deserialize)]
struct Asked {
    state: Option<String>,
    page: Option<i64>,
}

/// The states that the page offers.
const STATES: [DeliveryState; 5] = [
    DeliveryState::Sent,
    DeliveryState::Queued,
    DeliveryState::InDoubt,
    DeliveryState::Failed,
    DeliveryState::Cancelled,
];

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let state = asked
        .state
        .as_deref()
        .and_then(|word| word.parse().ok())
        .unwrap_or(DeliveryState::Sent);
    let offset = pager::offset(asked.page);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let (lines, total) = deliveries::list(&mut connection, company.id, state, offset, pager::PAGE).await?;
    let w = visitor.words;
    let body = html! {
        h1 { (w.messages) small { (total) } }
        nav .tabs aria-label=(w.state) { @for other in STATES {
            a href={ "?state=" (other.word()) } aria-current=[(other == state).then_some("true")] { (w.delivery_state(other)) }
        } }
        @if lines.is_empty() { p .none { (w.no_message) } }
        @else { (table(w, company, &lines)) }
        (pager::links(w, offset, total, |page| format!("?state={}&page={page}", state.word())))
    };
    Ok(layout::page(&visitor, company, Tab::Messages, w.messages, &body))
}

fn table(w: &Words, company: &Company, lines: &[DeliveryLine]) -> Markup {
    html! {
        div .scroll { table .wide {
            thead { tr {
                th scope="col" { (w.day) } th scope="col" { (w.customer) } th scope="col" { (w.subject) }
                th .num scope="col" { (w.level) } th scope="col" .optional { (w.recipient) }
            } }
            tbody { @for line in lines { tr {
                td .when { (w.moment(line.sent_at.unwrap_or(line.created_at), company.time_zone)) }
                td { a href=(paths::customer(&company.code, &line.customer)) { (line.customer_name) } }
                td { a href=(paths::message(&company.code, line.id)) { (line.subject.as_deref().unwrap_or(&line.title)) }
                    @if let (Some(error), true) = (&line.last_error, line.sent_at.is_none()) { br; small .late { (error) } } }
                td .num { @if let Some(level) = line.level { (level) } }
                td .optional { @if let Some(recipient) = &line.recipient { (recipient) } }
            } } }
        } }
    }
}
