//! `GET /companies/{company}/imports`, `GET …/imports/{id}`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use relance_engine::import::Notice;
use relance_engine::store::StoreError;
use relance_engine::views::imports::{self, ImportLine};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Asked, At, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::Part;
use crate::web::auth::rank::Viewer;
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

/// One run of an import.
#[derive(Debug, Serialize, ToSchema)]
struct Import {
    /// Identity.
    id: i64,
    /// Folder or file, as given.
    source: String,
    /// From.
    started_at: DateTime<Utc>,
    /// To; none while it runs or when it was cut off.
    finished_at: Option<DateTime<Utc>>,
    /// By whom.
    actor: String,
    /// Kind of file -> read, new, changed, unchanged, rejected.
    #[schema(value_type = Object)]
    counts: serde_json::Value,
    /// What was noticed and is no reason to refuse a line: objects with a `notice`, `undeclared` or `unreadable`.
    #[schema(value_type = Vec<Object>)]
    notices: Vec<Notice>,
    /// Refused lines.
    rejects: i64,
}

impl From<ImportLine> for Import {
    fn from(line: ImportLine) -> Self {
        Self {
            id: line.id,
            source: line.source,
            started_at: line.started_at,
            finished_at: line.finished_at,
            actor: line.actor,
            counts: line.counts,
            notices: line.notices,
            rejects: line.rejects,
        }
    }
}

/// An import with refused lines.
#[derive(Debug, Serialize, ToSchema)]
struct ImportDetail {
    /// As in the list.
    import: Import,
    /// Refused lines, in the order of the files.
    rejects: Vec<Reject>,
}

/// A refused line.
#[derive(Debug, Serialize, ToSchema)]
struct Reject {
    /// File.
    file: String,
    /// Line, from 1, the header included.
    line: i32,
    /// Column.
    field: Option<String>,
    /// What stands there.
    value: Option<String>,
    /// What is wrong and what is expected.
    reason: String,
}

/// Imports, newest first
#[utoipa::path(get, path = "/companies/{company}/imports", tag = "imports", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"), Part),
    responses((status = 200, body = Vec<Import>), Refusals))]
async fn list(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At(company): At<String>,
    Asked(part): Asked<Part>,
) -> Result<Json<Vec<Import>>, ApiProblem> {
    let company = caller.company(&company).await?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let lines = imports::list(&mut connection, company.id, part.offset(), part.limit()).await?;
    Ok(Json(lines.into_iter().map(Import::from).collect()))
}

/// One import, with the lines that it refused
#[utoipa::path(get, path = "/companies/{company}/imports/{id}", tag = "imports", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the import"), Part),
    responses((status = 200, body = ImportDetail), Refusals))]
async fn show(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At((company, id)): At<(String, i64)>,
    Asked(part): Asked<Part>,
) -> Result<Json<ImportDetail>, ApiProblem> {
    let company = caller.company(&company).await?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let line = imports::load(&mut connection, company.id, id)
        .await?
        .ok_or_else(|| ApiProblem::NotFound(format!("there is no import {id}")))?;
    let rejects = imports::rejects(&mut connection, company.id, id, part.offset(), part.limit()).await?;
    Ok(Json(ImportDetail {
        import: line.into(),
        rejects: rejects
            .into_iter()
            .map(|reject| Reject {
                file: reject.file,
                line: reject.line,
                field: reject.field,
                value: reject.value,
                reason: reject.reason,
            })
            .collect(),
    }))
}
