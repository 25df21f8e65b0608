//! `/c/{company}/sending`: what holds the sending up, and the kill switch.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::breaker;
use relance_engine::store::companies::Company;
use relance_engine::store::stops::{self, Scope, Stop};
use relance_engine::store::users::Role;
use relance_engine::views::deliveries;
use relance_engine::views::states::DeliveryState;
use relance_rules::dsl::lang::Text;
use serde::Deserialize;

use super::question;
use crate::web::auth::form::Checked;
use crate::web::auth::rank::{CreditManager, Viewer};
use crate::web::auth::visitor::{As, Visitor};
use crate::web::draft::Draft;
use crate::web::layout::{self, Tab};
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;

/// Stops that are shown, the latest first.
const SHOWN: i64 = 20;

/// Steps that are shown of what waits.
const STEPS: i64 = 12;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/c/{company}/sending", get(show))
        .route("/c/{company}/sending/stop", post(stop))
        .route("/c/{company}/sending/resume", post(resume))
}

#[derive(Debug, Deserialize)]
struct Asked {
    done: Option<String>,
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    draft: Draft,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let waiting = deliveries::count(&mut connection, company.id, DeliveryState::Queued).await?;
    let past = stops::of_company(&mut connection, company.id, SHOWN).await?;
    let standing = breaker::standing(&mut connection, company.id, company.today(app.now())).await?;
    let steps = match question::open(&visitor, company) {
        Some(_) => deliveries::waiting_by_step(&mut connection, company.id, STEPS).await?,
        None => Vec::new(),
    };
    drop(connection);
    let w = visitor.words;
    let body = html! {
        h1 { (w.sending) }
        (draft.told())
        @if let Some(done) = asked.done.as_deref().and_then(|word| w.done(word)) { p .good role="status" { (done) } }
        @if !visitor.stops.iter().any(|stop| stop.concerns(company.id)) { p { (w.runs_freely) } }
        dl .facts {
            dt { (w.waiting_messages) } dd { a href={ (paths::company(&code, "messages")) "?state=queued" } { (waiting) } }
        }
        p { a href=(paths::company(&code, "preview")) { (w.preview) } }
        (question::ask(&visitor, company, standing, &steps, &app))
        @if visitor.may(Role::CreditManager) { (switch(&visitor, company)) }
        section { h2 { (w.past_stops) } (history(&visitor, company, &past)) }
    };
    Ok(layout::page(&visitor, company, Tab::Sending, w.sending, &body))
}

/// The kill switch: a form to stop what is not stopped, a button to go on with what is.
fn switch(visitor: &Visitor, company: &Company) -> Markup {
    let w = visitor.words;
    // A question of the breaker has buttons of its own.
    let stopped = |scope| {
        let mut stops = visitor.stops.iter();
        stops.any(|stop| stop.scope == scope && stop.question.is_none())
    };
    let (this, everything) = (stopped(Scope::Company(company.id)), stopped(Scope::Everything));
    let address = |act: &str| paths::company(&company.code, &format!("sending/{act}"));
    html! {
        @if this || everything {
            form .buttons method="post" action=(address("resume")) { (layout::csrf(visitor))
                @if this { button name="scope" value="company" { (w.resume_this) } }
                @if everything { button name="scope" value="everything" { (w.resume_everything) } }
            }
        }
        @if !(this && everything) {
            section { h2 { (w.stop_sending) }
                p .note { (w.stop_help) }
                form .stack method="post" action=(address("stop")) { (layout::csrf(visitor))
                    label { (w.why) input name="why" required maxlength="200"; }
                    div .buttons {
                        @if !this { button name="scope" value="company" { (w.stop_this) } }
                        @if !everything { button name="scope" value="everything" { (w.stop_everything) } }
                    }
                }
            }
        }
    }
}

fn history(visitor: &Visitor, company: &Company, past: &[Stop]) -> Markup {
    let w = visitor.words;
    let moment = |at| w.moment(at, company.time_zone);
    html! {
        @if past.is_empty() { p .none { (w.no_stop) } }
        @else {
            div .scroll { table .wide {
                thead { tr { th scope="col" { (w.since) } th scope="col" { (w.by) } th scope="col" { (w.why) } th scope="col" { (w.state) } } }
                tbody { @for stop in past { tr {
                    td .when { (moment(stop.since)) }
                    td { (stop.by) }
                    td { (stop.why) " " small {
                        @match stop.scope { Scope::Everything => (w.of_all_companies), Scope::Company(_) => (w.of_this_company) } } }
                    td { @match &stop.ended {
                        Some((at, by)) => { (w.until_when) " " (moment(*at)) ", " (by) }
                        None => { span .tag.bad { (w.in_force_still) } }
                    } }
                } } }
            } }
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Company,
    Everything,
}

impl What {
    fn scope(self, company: &Company) -> Scope {
        match self {
            Self::Company => Scope::Company(company.id),
            Self::Everything => Scope::Everything,
        }
    }
}

#[derive(Debug, Deserialize)]
struct StopFields {
    scope: What,
    why: String,
}

async fn stop(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path(code): Path<String>,
    Checked(fields): Checked<StopFields>,
) -> Result<Redirect, Problem> {
    let company = visitor.company(&code)?;
    let why = fields.why.trim();
    if why.is_empty() {
        return Err(Problem::Form(Text::same(visitor.words.why_needed.to_owned())));
    }
    let scope = fields.scope.scope(company);
    stops::stop(&app.engine.pool, scope, why, &visitor.user.login, app.now()).await?;
    Ok(back(&code, "stopped"))
}

#[derive(Debug, Deserialize)]
struct ResumeFields {
    scope: What,
}

async fn resume(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path(code): Path<String>,
    Checked(fields): Checked<ResumeFields>,
) -> Result<Redirect, Problem> {
    let company = visitor.company(&code)?;
    let scope = fields.scope.scope(company);
    let mut tx = app.engine.pool.begin().await.map_err(StoreError::from)?;
    stops::resume(&mut tx, scope, &visitor.user.login, app.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(back(&code, "resumed"))
}

fn back(code: &str, done: &str) -> Redirect {
    Redirect::to(&paths::company(code, &format!("sending?done={done}")))
}
