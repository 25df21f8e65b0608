//! `POST /companies/{company}/customers/{number}/holds`, `DELETE /companies/{company}/holds/{id}`

use axum::Json;
use axum::http::StatusCode;
use chrono::NaiveDate;
use relance_engine::store::holds::{self, BlockKind};
use relance_rules::ids::HoldId;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{At, Body, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::Made;
use crate::web::auth::rank::CreditManager;
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(set)).routes(routes!(end))
}

/// A hold to be set.
#[derive(Debug, Deserialize, ToSchema)]
struct NewHold {
    /// What stands against reminders.
    kind: HoldKind,
    /// One invoice, by number; without it the whole account.
    invoice: Option<String>,
    /// First day; without it today.
    from: Option<NaiveDate>,
    /// First day on which it no longer holds; without it until further notice.
    to: Option<NaiveDate>,
    /// Why, in words.
    #[schema(min_length = 1)]
    note: String,
}

/// What stands against reminders.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum HoldKind {
    /// Something else; the note says what.
    Manual,
    /// The debtor is in insolvency proceedings.
    Insolvency,
    /// The debtor pays by a plan.
    OnPlan,
}

/// Hold reminders for an account or an invoice
#[utoipa::path(post, path = "/companies/{company}/customers/{number}/holds", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("number" = String, Path, description = "Number of the customer")),
    request_body = NewHold,
    responses((status = 201, body = Made), Refusals))]
async fn set(
    caller: Caller<CreditManager>,
    At((company, number)): At<(String, String)>,
    Body(new): Body<NewHold>,
) -> Result<(StatusCode, Json<Made>), ApiProblem> {
    let company = caller.company(&company).await?;
    let doer = caller.doer(&company);
    let customer = doer.customer(&number).await?;
    let invoice = match &new.invoice {
        None => None,
        Some(invoice) => {
            let (id, owner, _) = doer.invoice(invoice).await?;
            if owner != customer {
                return Err(ApiProblem::NotFound(format!(
                    "customer {number} has no invoice {invoice}"
                )));
            }
            Some(id)
        }
    };
    let hold = holds::NewHold {
        customer,
        invoice,
        kind: match new.kind {
            HoldKind::Manual => BlockKind::Manual,
            HoldKind::Insolvency => BlockKind::Insolvency,
            HoldKind::OnPlan => BlockKind::OnPlan,
        },
        from: new.from,
        to: new.to,
        note: new.note,
    };
    let id = doer.hold(&hold).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.0 })))
}

/// End a hold
#[utoipa::path(delete, path = "/companies/{company}/holds/{id}", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the hold")),
    responses((status = 204, description = "It has ended"), Refusals))]
async fn end(
    caller: Caller<CreditManager>,
    At((company, id)): At<(String, i64)>,
) -> Result<StatusCode, ApiProblem> {
    let company = caller.company(&company).await?;
    caller.doer(&company).end_hold(HoldId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
