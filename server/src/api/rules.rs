//! `GET /rules`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use relance_engine::store::StoreError;
use relance_engine::views::rules;
use relance_rules::dsl::diagnostic::{PlacedDiagnostic, Severity};
use relance_rules::dsl::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::problem::{ApiProblem, Refusals};
use crate::web::auth::rank::Viewer;
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

/// How the rules stand.
#[derive(Debug, Serialize, ToSchema)]
struct Rules {
    /// What is in force.
    in_force: Option<InForce>,
    /// The last change that was refused, until a good one comes.
    rejection: Option<Rejection>,
}

/// What is in force.
#[derive(Debug, Serialize, ToSchema)]
struct InForce {
    /// Revision.
    revision: i64,
    /// Hash of all texts.
    content_hash: String,
    /// Since.
    since: DateTime<Utc>,
    /// By whom.
    by: String,
    /// Its files.
    files: Vec<String>,
}

/// A refused change.
#[derive(Debug, Serialize, ToSchema)]
struct Rejection {
    /// When.
    at: DateTime<Utc>,
    /// What is wrong with it.
    problems: Vec<RuleProblem>,
}

/// A mistake in the rules.
#[derive(Debug, Serialize, ToSchema)]
struct RuleProblem {
    /// Stable code, as `RL0101`.
    code: String,
    /// `error` or `warning`.
    #[schema(value_type = String)]
    severity: Severity,
    /// What is wrong.
    message: String,
    /// File.
    file: String,
    /// Line, from 1.
    line: u32,
    /// Column, from 1.
    column: u32,
    /// The source line.
    source: String,
    /// What to do instead.
    help: Option<String>,
}

impl From<PlacedDiagnostic> for RuleProblem {
    fn from(diagnostic: PlacedDiagnostic) -> Self {
        Self {
            code: diagnostic.code.to_string(),
            severity: diagnostic.severity,
            message: diagnostic.message,
            file: diagnostic.place.file,
            line: diagnostic.place.line,
            column: diagnostic.place.column,
            source: diagnostic.line,
            help: diagnostic.help,
        }
    }
}

/// How the rules stand: what is in force, what was refused and why
#[utoipa::path(get, path = "/rules", tag = "rules", security(("bearer" = [])),
    responses((status = 200, body = Rules), Refusals))]
async fn show(State(app): State<App>, caller: Caller<Viewer>) -> Result<Json<Rules>, ApiProblem> {
    let status = app.engine.rulebooks.status();
    let in_force = match status.in_force {
        None => None,
        Some(rules) => {
            let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
            let files = rules::files(&mut connection, rules.revision).await?;
            Some(InForce {
                revision: rules.revision,
                content_hash: rules.rulebook.content_hash.clone(),
                since: rules.since,
                by: rules.by.clone(),
                files: files.unwrap_or_default().into_keys().collect(),
            })
        }
    };
    let lang = Lang::of_code(caller.words.code).unwrap_or_default();
    Ok(Json(Rules {
        in_force,
        rejection: status.rejection.map(|rejection| Rejection {
            at: rejection.at,
            problems: rejection
                .diagnostics
                .into_iter()
                .map(|problem| RuleProblem::from(problem.told_in(lang)))
                .collect(),
        }),
    }))
}
