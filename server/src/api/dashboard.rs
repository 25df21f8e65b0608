//! `GET /companies/{company}/dashboard`

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use relance_engine::store::StoreError;
use relance_engine::views::ageing::{Ageing as AgeingView, AgingBucket};
use relance_engine::views::dashboard;
use relance_rules::dsl::money::Money;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{At, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::Amount;
use crate::web::auth::rank::Viewer;
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

/// What is owed, what is to be done, what leaves.
#[derive(Debug, Serialize, ToSchema)]
struct Dashboard {
    /// The day in the books.
    today: NaiveDate,
    /// In the company's currency, by the rates of the day, without the currencies of `without_rate`.
    converted: Ageing,
    /// As invoiced.
    by_currency: Vec<Ageing>,
    /// Currencies for which no rate is known.
    without_rate: Vec<String>,
    /// Open tasks.
    open_tasks: i64,
    /// Of these, to be done today or before.
    due_tasks: i64,
    /// Messages that left today.
    sent_today: i64,
    /// Messages that wait to leave.
    queued: i64,
    /// Messages of which nobody knows whether they left.
    in_doubt: i64,
    /// Accounts that the last review could not decide.
    trouble: i64,
    /// Open disputes.
    disputes: i64,
    /// Open promises.
    promises: i64,
    /// What is planned on each of the seven days from today.
    planned: Vec<PlannedDay>,
}

/// Open invoices by how long they have been due.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ageing {
    /// All that is open.
    outstanding: Amount,
    /// What is past its due date.
    overdue: Amount,
    /// The stretches, the youngest first.
    buckets: Vec<Bucket>,
}

/// One stretch.
#[derive(Debug, Serialize, ToSchema)]
struct Bucket {
    /// `not_due`, `up_to30`, `up_to60`, `up_to90` or `over90` days.
    #[schema(value_type = String)]
    bucket: AgingBucket,
    /// How many invoices.
    invoices: i64,
    /// Their open amounts.
    amount: Amount,
}

/// Steps planned on a day.
#[derive(Debug, Serialize, ToSchema)]
struct PlannedDay {
    /// The day; the first stands also for what was due before.
    day: NaiveDate,
    /// Customers to be approached.
    customers: i64,
    /// Invoices concerned.
    invoices: i64,
}

impl From<&AgeingView> for Ageing {
    fn from(view: &AgeingView) -> Self {
        Self {
            outstanding: view.outstanding().into(),
            overdue: view.overdue().into(),
            buckets: AgingBucket::ALL
                .into_iter()
                .zip(&view.buckets)
                .map(|(bucket, of)| Bucket {
                    bucket,
                    invoices: of.invoices,
                    amount: Money::new(of.amount, view.currency).into(),
                })
                .collect(),
        }
    }
}

/// What is owed, what is to be done, what leaves
#[utoipa::path(get, path = "/companies/{company}/dashboard", tag = "companies", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company")),
    responses((status = 200, body = Dashboard), Refusals))]
async fn show(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At(company): At<String>,
) -> Result<Json<Dashboard>, ApiProblem> {
    let company = caller.company(&company).await?;
    let (today, start) = app.today(&company);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let board = dashboard::load(&mut connection, company.id, company.currency, today, start).await?;
    let (portfolio, figures) = (&board.portfolio, &board.figures);
    Ok(Json(Dashboard {
        today,
        converted: (&portfolio.converted).into(),
        by_currency: portfolio.by_currency.iter().map(Ageing::from).collect(),
        without_rate: portfolio
            .without_rate
            .iter()
            .map(|c| c.code().to_owned())
            .collect(),
        open_tasks: figures.open_tasks,
        due_tasks: figures.due_tasks,
        sent_today: figures.sent_today,
        queued: figures.queued,
        in_doubt: figures.in_doubt,
        trouble: figures.trouble,
        disputes: figures.disputes,
        promises: figures.promises,
        planned: board
            .planned
            .iter()
            .map(|day| PlannedDay {
                day: day.day,
                customers: day.customers,
                invoices: day.invoices,
            })
            .collect(),
    }))
}
