//! `GET /sending`, `POST /sending/stop`, `POST /sending/resume`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::store::StoreError;
use relance_engine::store::companies;
use relance_engine::store::stops::{self, Scope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Body, Caller};
use super::problem::{ApiProblem, Refusals};
use crate::web::auth::rank::{CreditManager, Viewer};
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(stop))
        .routes(routes!(resume))
}

/// A stop of the sending that is in force.
#[derive(Debug, Serialize, ToSchema)]
struct Stop {
    /// Code of the company; none: everything is stopped.
    company: Option<String>,
    /// Since when.
    since: DateTime<Utc>,
    /// Who stopped it.
    by: String,
    /// Why.
    why: String,
    /// What the breaker asks, when it stopped the sending: resume to let all leave, or recall all that waits first.
    question: Option<Question>,
}

/// A run is far larger than usual.
#[derive(Debug, Serialize, ToSchema)]
struct Question {
    /// Its day, in the company's books.
    on: NaiveDate,
    /// Messages of that day when the sending was stopped.
    messages: i64,
    /// Messages of a usual busy day.
    usual: i64,
}

/// What keeps messages from leaving.
#[derive(Debug, Serialize, ToSchema)]
struct Sending {
    /// Stops in force, that of everything first.
    stops: Vec<Stop>,
}

/// Stops of the sending that are in force
#[utoipa::path(get, path = "/sending", tag = "sending", security(("bearer" = [])),
    responses((status = 200, body = Sending), Refusals))]
async fn list(State(app): State<App>, _: Caller<Viewer>) -> Result<Json<Sending>, ApiProblem> {
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let companies = companies::list(&mut connection).await?;
    let stops = stops::in_force(&mut connection).await?;
    let code = |scope: Scope| match scope {
        Scope::Everything => None,
        Scope::Company(id) => companies.iter().find(|c| c.id == id).map(|c| c.code.clone()),
    };
    let stops = stops.into_iter().map(|stop| Stop {
        company: code(stop.scope),
        since: stop.since,
        by: stop.by,
        why: stop.why,
        question: stop.question.map(|question| Question {
            on: question.on,
            messages: question.messages,
            usual: question.usual,
        }),
    });
    Ok(Json(Sending {
        stops: stops.collect(),
    }))
}

/// What is to be stopped.
#[derive(Debug, Deserialize, ToSchema)]
struct NewStop {
    /// Code of the company; without it everything.
    company: Option<String>,
    /// Why, in words; shown on every page.
    #[schema(min_length = 1)]
    why: String,
}

/// Stop the sending
///
/// When the answer comes, no message is taken for sending any more. What is stopped already stays so, with its reason.
#[utoipa::path(post, path = "/sending/stop", tag = "sending", security(("bearer" = [])),
    request_body = NewStop,
    responses((status = 204, description = "It is stopped"), Refusals))]
async fn stop(
    State(app): State<App>,
    caller: Caller<CreditManager>,
    Body(new): Body<NewStop>,
) -> Result<StatusCode, ApiProblem> {
    let why = new.why.trim();
    if why.is_empty() {
        return Err(ApiProblem::Unreadable(
            "`why` is empty: say why the sending is stopped".to_owned(),
        ));
    }
    let scope = scope(&caller, new.company.as_deref()).await?;
    stops::stop(&app.engine.pool, scope, why, &caller.actor, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What goes on.
#[derive(Debug, Deserialize, ToSchema)]
struct Resumed {
    /// Code of the company; without it the stop of everything is ended.
    company: Option<String>,
}

/// Let the sending go on
///
/// A stop of everything and one of a company are ended each by itself. What was not stopped stays as it is.
#[utoipa::path(post, path = "/sending/resume", tag = "sending", security(("bearer" = [])),
    request_body = Resumed,
    responses((status = 204, description = "There is no such stop any more"), Refusals))]
async fn resume(
    State(app): State<App>,
    caller: Caller<CreditManager>,
    Body(resumed): Body<Resumed>,
) -> Result<StatusCode, ApiProblem> {
    let scope = scope(&caller, resumed.company.as_deref()).await?;
    let mut tx = app.engine.pool.begin().await.map_err(StoreError::from)?;
    stops::resume(&mut tx, scope, &caller.actor, app.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn scope<R>(caller: &Caller<R>, company: Option<&str>) -> Result<Scope, ApiProblem> {
    Ok(match company {
        Some(code) => Scope::Company(caller.company(code).await?.id),
        None => Scope::Everything,
    })
}
