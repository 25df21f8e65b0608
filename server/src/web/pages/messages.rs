//! `/c/{company}/messages`: messages by state.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::deliveries::Recall;
use relance_engine::store::users::Role;
use relance_engine::views::deliveries::{self, DeliveryLine};
use relance_engine::views::states::DeliveryState;
use relance_rules::dsl::text;
use relance_rules::ids::DeliveryId;
use serde::Deserialize;

use crate::web::auth::form::Checked;
use crate::web::auth::rank::{CreditManager, Viewer};
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::chosen::{self, Chosen};
use crate::web::parts::pager;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;
use crate::work::Doer;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/c/{company}/messages", get(show))
        .route("/c/{company}/messages/many", post(many))
}

#[derive(Debug, Deserialize)]
struct Asked {
    state: Option<String>,
    page: Option<i64>,
    done: Option<String>,
    #[serde(default)]
    count: u32,
    #[serde(default)]
    missed: u32,
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
    drop(connection);
    let (w, now) = (visitor.words, app.now());
    let body = html! {
        h1 { (w.messages) small { (total) } }
        nav .tabs aria-label=(w.state) { @for other in STATES {
            a href={ "?state=" (other.word()) } aria-current=[(other == state).then_some("true")] { (w.delivery_state(other)) }
        } }
        @if let Some(done) = asked.done.as_deref().and_then(|word| w.done_to_many(word, asked.count, asked.missed)) {
            p .good role="status" { (done) }
        }
        @if lines.is_empty() { p .none { (w.no_message) } }
        @else if state == DeliveryState::Queued && visitor.may(Role::CreditManager) {
            form method="post" action={ (paths::company(&code, "messages")) "/many" } { (layout::csrf(&visitor))
                (table(w, company, &lines, now, true))
                (acts(w, company.today(now)))
            }
        }
        @else { (table(w, company, &lines, now, false)) }
        (pager::links(w, offset, total, |page| format!("?state={}&page={page}", state.word())))
    };
    Ok(layout::page(&visitor, company, Tab::Messages, w.messages, &body))
}

fn table(
    w: &Words,
    company: &Company,
    lines: &[DeliveryLine],
    now: DateTime<Utc>,
    choosable: bool,
) -> Markup {
    html! {
        div .scroll { table .wide {
            thead { tr {
                @if choosable { th scope="col" { span .hidden { (w.choose) } } }
                th scope="col" { (w.day) } th scope="col" { (w.customer) } th scope="col" { (w.subject) }
                th .num scope="col" { (w.level) } th scope="col" .optional { (w.recipient) }
            } }
            tbody { @for line in lines { tr {
                @if choosable { td { (chosen::tick(w, line.id, &line.title)) } }
                td .when { (w.moment(line.sent_at.unwrap_or(line.created_at), company.time_zone))
                    @if line.state == DeliveryState::Queued && line.not_before > now {
                        br; small { (w.not_before) " " (w.moment(line.not_before, company.time_zone)) }
                    } }
                td { a href=(paths::customer(&company.code, &line.customer)) { (line.customer_name) } }
                td { a href=(paths::message(&company.code, line.id)) { (line.subject.as_deref().unwrap_or(&line.title)) }
                    @if let (Some(error), true) = (&line.last_error, line.sent_at.is_none()) { br; small .late { (error) } } }
                td .num { @if let Some(level) = line.level { (level) } }
                td .optional { @if let Some(recipient) = &line.recipient { (recipient) } }
            } } }
        } }
    }
}

/// What can be done with messages that wait.
fn acts(w: &Words, today: NaiveDate) -> Markup {
    html! {
        div .many {
            (recall_fields(w, today))
            div .buttons {
                button name="act" value="recall" { (w.recall_many) }
                button name="act" value="recall_all" { (w.recall_all) }
            }
            div .buttons {
                button .small name="act" value="release" { (w.release_many) }
                button .small name="act" value="release_all" { (w.release_all) }
            }
        }
    }
}

/// Until when, and why.
pub fn recall_fields(w: &Words, today: NaiveDate) -> Markup {
    let tomorrow = today.succ_opt().unwrap_or(today);
    html! {
        p .note { (w.recall_help) }
        div .inline {
            label { (w.recall_until) " " input type="date" name="until" required value=(tomorrow) min=(tomorrow); }
            label { (w.why) " " small { (w.may_be_empty) } " " input name="why" maxlength="200"; }
        }
    }
}

async fn many(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path(code): Path<String>,
    Checked(fields): Checked<Vec<(String, String)>>,
) -> Result<Redirect, Problem> {
    let chosen = Chosen(fields);
    let doer = Doer {
        engine: &app.engine,
        company: visitor.company(&code)?,
        actor: &visitor.user.login,
    };
    let act = chosen.text("act");
    let which = chosen.which(act.ends_with("_all"), DeliveryId);
    let (word, done) = match act {
        "recall" | "recall_all" => {
            let recall = Recall {
                until: chosen.day("until", visitor.words)?,
                why: chosen.text("why"),
            };
            ("recalled", doer.recall(&which, recall).await?)
        }
        "release" | "release_all" => ("released", doer.release(&which).await?),
        _ => {
            return Err(Problem::Form(text!(
                "the form does not say what is to be done",
                "le formulaire ne dit pas ce qu’il faut faire"
            )));
        }
    };
    let page = format!("messages?state=queued&done={word}&{}", chosen::told(done));
    Ok(Redirect::to(&paths::company(&code, &page)))
}
