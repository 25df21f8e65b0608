//! `GET /companies`

use axum::Json;
use axum::extract::State;
use relance_engine::store::StoreError;
use relance_engine::store::companies;
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
    OpenApiRouter::new().routes(routes!(list))
}

/// A creditor.
#[derive(Debug, Serialize, ToSchema)]
struct Company {
    /// Short code: the company's name in all addresses.
    code: String,
    /// Name.
    name: String,
    /// Two-letter country code.
    country: String,
    /// Currency of the books.
    currency: String,
    /// Two-letter language code.
    language: String,
    /// Time zone of the books.
    time_zone: String,
}

/// The companies
#[utoipa::path(get, path = "/companies", tag = "companies", security(("bearer" = [])),
    responses((status = 200, body = Vec<Company>), Refusals))]
async fn list(State(app): State<App>, _: Caller<Viewer>) -> Result<Json<Vec<Company>>, ApiProblem> {
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let all = companies::list(&mut connection).await?;
    let all = all.into_iter().map(|company| Company {
        code: company.code,
        name: company.name,
        country: company.country,
        currency: company.currency.code().to_owned(),
        language: company.language,
        time_zone: company.time_zone.name().to_owned(),
    });
    Ok(Json(all.collect()))
}
