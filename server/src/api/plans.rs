//! `GET`, `POST /companies/{company}/customers/{number}/plans`, `POST /companies/{company}/plans/{id}/cancel`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use relance_engine::store::plans::{NewPlan as StoreNewPlan, Parts, PlanState as StoreState, StoredPlan};
use relance_rules::ids::PaymentPlanId;
use relance_rules::plans::{ShareState, shares};
use relance_rules::promises::Grace;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{At, Body, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::{Amount, Made};
use crate::web::auth::rank::{CreditManager, Viewer};
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, make))
        .routes(routes!(cancel))
}

/// A payment plan.
#[derive(Debug, Serialize, ToSchema)]
struct PaymentPlan {
    /// Identity.
    id: i64,
    /// Its invoices, by number.
    invoices: Vec<String>,
    /// `running`, `kept` or `cancelled`.
    #[schema(value_type = String)]
    state: &'static str,
    /// The day on which it was made.
    made_on: NaiveDate,
    /// Who made it.
    made_by: String,
    /// The day on which it ended.
    ended_on: Option<NaiveDate>,
    /// In words.
    note: String,
    /// Its parts, in the order of their days.
    instalments: Vec<Instalment>,
}

/// A part of a payment plan.
#[derive(Debug, Serialize, ToSchema)]
struct Instalment {
    /// To be paid by this day.
    due: NaiveDate,
    /// How much.
    amount: Amount,
    /// What has come in for it.
    paid: Amount,
    /// `paid`, `due`, `late` (it may still be paid) or `missed`.
    #[schema(value_type = String)]
    state: &'static str,
}

impl PaymentPlan {
    fn of(stored: StoredPlan, grace: &Grace, today: NaiveDate) -> Self {
        let parts = shares(&stored.plan, grace, today);
        let instalments = stored.plan.instalments.iter().zip(parts);
        Self {
            id: stored.id.0,
            invoices: stored.invoices.into_iter().map(|i| i.number).collect(),
            state: match stored.state {
                StoreState::Running => "running",
                StoreState::Kept => "kept",
                StoreState::Cancelled => "cancelled",
            },
            made_on: stored.plan.made_on,
            made_by: stored.made_by,
            ended_on: stored.plan.ended_on,
            note: stored.note,
            instalments: instalments
                .map(|(instalment, share)| Instalment {
                    due: instalment.due,
                    amount: instalment.amount.into(),
                    paid: share.paid.into(),
                    state: match share.state {
                        ShareState::Paid(_) => "paid",
                        ShareState::Due => "due",
                        ShareState::Late => "late",
                        ShareState::Missed => "missed",
                    },
                })
                .collect(),
        }
    }
}

/// The payment plans of a customer
#[utoipa::path(get, path = "/companies/{company}/customers/{number}/plans", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("number" = String, Path, description = "Number of the customer")),
    responses((status = 200, body = Vec<PaymentPlan>), Refusals))]
async fn list(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At((company, number)): At<(String, String)>,
) -> Result<Json<Vec<PaymentPlan>>, ApiProblem> {
    let company = caller.company(&company).await?;
    let doer = caller.doer(&company);
    let customer = doer.customer(&number).await?;
    let (today, grace) = (app.today(&company).0, app.grace());
    let plans = doer.plans(customer).await?.into_iter();
    Ok(Json(plans.map(|p| PaymentPlan::of(p, &grace, today)).collect()))
}

/// A payment plan to be made: either `instalments`, or `parts` and `first`.
#[derive(Debug, Deserialize, ToSchema)]
struct NewPlan {
    /// Open invoices of the customer in one currency, by number.
    #[schema(min_items = 1)]
    invoices: Vec<String>,
    /// What is to be paid by which day.
    #[serde(default)]
    instalments: Vec<NewInstalment>,
    /// So many equal parts of what is open, one each month.
    parts: Option<usize>,
    /// The day of the first of them.
    first: Option<NaiveDate>,
    /// In words; must say why when the instalments are together not what is open.
    #[serde(default)]
    note: String,
}

/// A part of it.
#[derive(Debug, Deserialize, ToSchema)]
struct NewInstalment {
    /// To be paid by this day.
    due: NaiveDate,
    /// How much, in the invoices' currency.
    #[schema(value_type = String, example = "400.00")]
    amount: Decimal,
}

/// Agree a payment plan
#[utoipa::path(post, path = "/companies/{company}/customers/{number}/plans", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("number" = String, Path, description = "Number of the customer")),
    request_body = NewPlan,
    responses((status = 201, body = Made), Refusals))]
async fn make(
    caller: Caller<CreditManager>,
    At((company, number)): At<(String, String)>,
    Body(new): Body<NewPlan>,
) -> Result<(StatusCode, Json<Made>), ApiProblem> {
    let company = caller.company(&company).await?;
    let doer = caller.doer(&company);
    let customer = doer.customer(&number).await?;
    let mut invoices = Vec::with_capacity(new.invoices.len());
    for invoice in &new.invoices {
        let (id, owner, _) = doer.invoice(invoice).await?;
        if owner != customer {
            let why = format!("customer {number} has no invoice {invoice}");
            return Err(ApiProblem::NotFound(why));
        }
        invoices.push(id);
    }
    let parts = match (new.instalments.is_empty(), new.parts, new.first) {
        (false, None, None) => {
            let written = new.instalments.into_iter();
            Parts::Written(written.map(|i| (i.due, i.amount)).collect())
        }
        (true, Some(count), Some(first)) => Parts::Equal { count, first },
        _ => {
            let why = "write either `instalments`, or `parts` and `first`";
            return Err(ApiProblem::Unreadable(why.to_owned()));
        }
    };
    let new = StoreNewPlan {
        invoices,
        parts,
        note: new.note,
    };
    let id = doer.plan(&new).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.0 })))
}

/// Why a plan is cancelled.
#[derive(Debug, Deserialize, ToSchema)]
struct Cancelled {
    /// In words.
    #[serde(default)]
    why: String,
}

/// Cancel a payment plan
#[utoipa::path(post, path = "/companies/{company}/plans/{id}/cancel", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the payment plan")),
    request_body = Cancelled,
    responses((status = 204, description = "It is cancelled"), Refusals))]
async fn cancel(
    caller: Caller<CreditManager>,
    At((company, id)): At<(String, i64)>,
    Body(cancelled): Body<Cancelled>,
) -> Result<StatusCode, ApiProblem> {
    let company = caller.company(&company).await?;
    let doer = caller.doer(&company);
    doer.cancel_plan(PaymentPlanId(id), cancelled.why.trim()).await?;
    Ok(StatusCode::NO_CONTENT)
}
