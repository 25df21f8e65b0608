//! `GET /companies/{company}/customers`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::store::StoreError;
use relance_engine::views::customers::{self, CustomerQuery, CustomerSort};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Asked, At, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::{Amount, Part};
use crate::web::auth::rank::Viewer;
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which customers.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Part of a name or number, or the beginning of an invoice number.
    search: Option<String>,
    /// Only customers with something overdue.
    overdue_only: Option<bool>,
    /// Only this segment, by name.
    segment: Option<String>,
    /// By what: name (when it is not given), number, outstanding, overdue, oldest or score.
    sort: Option<String>,
    /// The other way round.
    descending: Option<bool>,
}

/// A page of customers.
#[derive(Debug, Serialize, ToSchema)]
struct Customers {
    /// How many there are in all.
    total: i64,
    /// The customers.
    customers: Vec<Customer>,
}

/// A customer in a list.
#[derive(Debug, Serialize, ToSchema)]
struct Customer {
    /// Number: the customer's name in all addresses.
    number: String,
    /// Name.
    name: String,
    /// Two-letter country code.
    country: String,
    /// Segment of the last review, by name.
    segment: Option<String>,
    /// Payer score of the last review.
    score: Option<i32>,
    /// Band of the score, by name.
    band: Option<String>,
    /// What is open, in the company's currency.
    outstanding: Amount,
    /// What is overdue, in the company's currency.
    overdue: Amount,
    /// Some amounts are in a currency without a rate and are not in these sums.
    incomplete: bool,
    /// Due date of the oldest overdue invoice.
    oldest_due: Option<NaiveDate>,
    /// Open invoices.
    open_invoices: i64,
    /// The nearest planned day.
    next_on: Option<NaiveDate>,
    /// When the last message left.
    last_sent: Option<DateTime<Utc>>,
    /// The last review could not decide.
    trouble: bool,
}

/// Customers, searched and sorted
#[utoipa::path(get, path = "/companies/{company}/customers", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"), Wanted, Part),
    responses((status = 200, body = Customers), Refusals))]
async fn list(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At(company): At<String>,
    Asked(wanted): Asked<Wanted>,
    Asked(part): Asked<Part>,
) -> Result<Json<Customers>, ApiProblem> {
    let company = caller.company(&company).await?;
    let sort = match &wanted.sort {
        None => CustomerSort::Name,
        Some(word) => CustomerSort::ALL
            .into_iter()
            .find(|sort| sort.word() == word)
            .ok_or_else(|| {
                ApiProblem::Unreadable(format!(
                    "`sort` is `{word}`: write name, number, outstanding, overdue, oldest or score"
                ))
            })?,
    };
    let query = CustomerQuery {
        search: wanted.search.as_deref().unwrap_or_default().trim(),
        overdue_only: wanted.overdue_only.unwrap_or(false),
        segment: wanted.segment.as_deref(),
        sort,
        descending: wanted.descending.unwrap_or(false),
        offset: part.offset(),
        limit: part.limit(),
    };
    let (today, _) = app.today(&company);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let page = customers::list(&mut connection, company.id, company.currency, today, &query).await?;
    Ok(Json(Customers {
        total: page.total,
        customers: page
            .rows
            .into_iter()
            .map(|row| Customer {
                number: row.number,
                name: row.name,
                country: row.country,
                segment: row.segment,
                score: row.score,
                band: row.band,
                outstanding: row.outstanding.into(),
                overdue: row.overdue.into(),
                incomplete: row.incomplete,
                oldest_due: row.oldest_due,
                open_invoices: row.open_invoices,
                next_on: row.next_on,
                last_sent: row.last_sent,
                trouble: row.trouble,
            })
            .collect(),
    }))
}
