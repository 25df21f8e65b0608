//! `GET /companies/{company}/customers/{number}/timeline`, `POST …/notes`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use relance_engine::store::StoreError;
use relance_engine::views::states::{ActionState, ActionWhat};
use relance_engine::views::timeline;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Asked, At, Body, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::{self, Reason};
use crate::web::auth::rank::{Collector, Viewer};
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(note))
}

/// Which part.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Before {
    /// Only what happened before the entry of this id.
    before: Option<i64>,
    /// How many at most, 1 to 500; 50 when it is not given.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<i64>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
struct Entry {
    /// Its place in the log.
    id: i64,
    /// When.
    at: DateTime<Utc>,
    /// As a sentence, in the language asked for.
    text: String,
    /// What, with its particulars.
    #[schema(value_type = Object)]
    event: serde_json::Value,
    /// Who: a login, a token, `import` or `engine`.
    actor: String,
    /// The invoice concerned, by number.
    invoice: Option<String>,
    /// The decision concerned.
    decision: Option<Decision>,
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
struct Decision {
    /// Scenario, by name.
    scenario: String,
    /// Step, by name.
    step: String,
    /// Title of the step.
    title: String,
    /// Level, for dunning.
    level: Option<i32>,
    /// `email`, `webhook`, `call`, `fix_contact`, `by_hand`, `task`, `approval`, `hand_over`, `continue`, `cancel_plan`, `expect_credit`,
    /// `hook`, `note` or `notice`.
    #[schema(value_type = String)]
    what: ActionWhat,
    /// `pending`, `done`, `in_doubt`, `failed`, `cancelled` or `expired`.
    #[schema(value_type = String)]
    state: ActionState,
    /// Under which revision of the rules.
    revision: i64,
    /// Why.
    reasons: Vec<Reason>,
    /// Why it was called off or failed, what a call gave.
    outcome: Option<String>,
    /// The invoices, by number.
    invoices: Vec<String>,
    /// The message, when it is one.
    message: Option<i64>,
}

/// What happened on an account, newest first
#[utoipa::path(get, path = "/companies/{company}/customers/{number}/timeline", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("number" = String, Path, description = "Number of the customer"), Before),
    responses((status = 200, body = Vec<Entry>), Refusals))]
async fn show(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At((company, number)): At<(String, String)>,
    Asked(before): Asked<Before>,
) -> Result<Json<Vec<Entry>>, ApiProblem> {
    let company = caller.company(&company).await?;
    let customer = caller.doer(&company).customer(&number).await?;
    let limit = before.limit.unwrap_or(50).clamp(1, 500);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let entries = timeline::of_customer(&mut connection, company.id, customer, before.before, limit).await?;
    let w = caller.words;
    let entries = entries.into_iter().map(|entry| Entry {
        id: entry.id,
        at: entry.at,
        text: w.event(&entry.kind),
        event: serde_json::to_value(&entry.kind).unwrap_or_default(),
        actor: entry.actor,
        invoice: entry.invoice,
        decision: entry.decision.map(|decision| Decision {
            scenario: decision.scenario,
            step: decision.step,
            title: decision.title,
            level: decision.level,
            what: decision.what,
            state: decision.state,
            revision: decision.revision,
            reasons: types::reasons(w, company.time_zone, &decision.reasons),
            outcome: decision.outcome,
            invoices: decision.invoices,
            message: decision.delivery.map(|id| id.0),
        }),
    });
    Ok(Json(entries.collect()))
}

/// A note to be added.
#[derive(Debug, Deserialize, ToSchema)]
struct NewNote {
    /// The text.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Add a note to an account
#[utoipa::path(post, path = "/companies/{company}/customers/{number}/notes", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("number" = String, Path, description = "Number of the customer")),
    request_body = NewNote,
    responses((status = 204, description = "It is added"), Refusals))]
async fn note(
    caller: Caller<Collector>,
    At((company, number)): At<(String, String)>,
    Body(new): Body<NewNote>,
) -> Result<StatusCode, ApiProblem> {
    let company = caller.company(&company).await?;
    let doer = caller.doer(&company);
    let customer = doer.customer(&number).await?;
    let text = new.text.trim();
    if text.is_empty() || text.len() > 4000 {
        return Err(ApiProblem::Unreadable(
            "`text` must have 1 to 4000 characters".to_owned(),
        ));
    }
    doer.note(customer, text).await?;
    Ok(StatusCode::NO_CONTENT)
}
