//! `POST /companies/{company}/invoices/{number}/promises`, `DELETE /companies/{company}/promises/{id}`

use axum::Json;
use axum::http::StatusCode;
use chrono::NaiveDate;
use relance_rules::ids::PromiseId;
use rust_decimal::Decimal;
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
    OpenApiRouter::new()
        .routes(routes!(take))
        .routes(routes!(withdraw))
}

/// A promise to be noted.
#[derive(Debug, Deserialize, ToSchema)]
struct NewPromise {
    /// The last day on which it is kept.
    pay_by: NaiveDate,
    /// How much, in the invoice's currency; without it all that is open.
    #[schema(value_type = Option<String>, example = "1234.50")]
    amount: Option<Decimal>,
}

/// Note a promise to pay
#[utoipa::path(post, path = "/companies/{company}/invoices/{number}/promises", tag = "invoices", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("number" = String, Path, description = "Number of the invoice")),
    request_body = NewPromise,
    responses((status = 201, body = Made), Refusals))]
async fn take(
    caller: Caller<Collector>,
    At((company, number)): At<(String, String)>,
    Body(new): Body<NewPromise>,
) -> Result<(StatusCode, Json<Made>), ApiProblem> {
    let company = caller.company(&company).await?;
    let doer = caller.doer(&company);
    let (invoice, _, _) = doer.invoice(&number).await?;
    let id = doer.promise(invoice, new.amount, new.pay_by).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.0 })))
}

/// Withdraw a promise
#[utoipa::path(delete, path = "/companies/{company}/promises/{id}", tag = "invoices", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the promise")),
    responses((status = 204, description = "It is withdrawn"), Refusals))]
async fn withdraw(
    caller: Caller<Collector>,
    At((company, id)): At<(String, i64)>,
) -> Result<StatusCode, ApiProblem> {
    let company = caller.company(&company).await?;
    caller.doer(&company).withdraw(PromiseId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
