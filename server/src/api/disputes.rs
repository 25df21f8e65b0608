//! `POST /companies/{company}/invoices/{number}/disputes`, `POST /companies/{company}/disputes/{id}/close`

use axum::Json;
use axum::http::StatusCode;
use relance_rules::ids::DisputeId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{At, Body, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::Made;
use crate::web::auth::rank::Collector;
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open)).routes(routes!(close))
}

/// A dispute to be opened.
#[derive(Debug, Deserialize, ToSchema)]
struct NewDispute {
    /// What it is about, as `price` or `delivery`.
    #[schema(min_length = 1, max_length = 60)]
    category: String,
    /// In words.
    #[serde(default)]
    note: String,
}

/// Open a dispute
#[utoipa::path(post, path = "/companies/{company}/invoices/{number}/disputes", tag = "invoices", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("number" = String, Path, description = "Number of the invoice")),
    request_body = NewDispute,
    responses((status = 201, body = Made), Refusals))]
async fn open(
    caller: Caller<Collector>,
    At((company, number)): At<(String, String)>,
    Body(new): Body<NewDispute>,
) -> Result<(StatusCode, Json<Made>), ApiProblem> {
    let company = caller.company(&company).await?;
    let category = new.category.trim();
    if category.is_empty() || category.len() > 60 {
        return Err(ApiProblem::Unreadable(
            "`category` must have 1 to 60 characters".to_owned(),
        ));
    }
    let doer = caller.doer(&company);
    let (invoice, _, _) = doer.invoice(&number).await?;
    let id = doer.dispute(invoice, category, new.note.trim()).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.0 })))
}

/// How a dispute ends.
#[derive(Debug, Deserialize, ToSchema)]
struct Ending {
    /// The customer is right.
    accepted: bool,
}

/// Close a dispute
#[utoipa::path(post, path = "/companies/{company}/disputes/{id}/close", tag = "invoices", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the dispute")),
    request_body = Ending,
    responses((status = 204, description = "It is closed"), Refusals))]
async fn close(
    caller: Caller<Collector>,
    At((company, id)): At<(String, i64)>,
    Body(ending): Body<Ending>,
) -> Result<StatusCode, ApiProblem> {
    let company = caller.company(&company).await?;
    caller
        .doer(&company)
        .close_dispute(DisputeId(id), ending.accepted)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
