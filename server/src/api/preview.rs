//! `GET /companies/{company}/preview`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::review::preview;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Asked, At, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::{self, Amount, Reason};
use crate::preview::{DAYS, until};
use crate::web::auth::rank::Viewer;
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

/// How far to look ahead.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Ahead {
    /// Last day, in the books of the company; tomorrow when it is not given, 31 days ahead at most.
    until: Option<NaiveDate>,
    /// Accounts that are looked at, 1 to 2000; 500 when it is not given.
    #[param(minimum = 1, maximum = 2000)]
    limit: Option<u32>,
}

/// What the next runs would do.
#[derive(Debug, Serialize, ToSchema)]
struct Preview {
    /// The revision of the rules by which it was decided.
    revision: i64,
    /// The end of the last day.
    until: DateTime<Utc>,
    /// Accounts that were looked at.
    accounts: u32,
    /// There are more: ask with a greater `limit`, or for fewer days.
    more: bool,
    /// What would be done, in the order of time.
    lines: Vec<Line>,
    /// Accounts about which nothing can be decided.
    troubles: Vec<Trouble>,
    /// Messages by day.
    days: Vec<Day>,
}

/// Something that would be done.
#[derive(Debug, Serialize, ToSchema)]
struct Line {
    /// When it would be decided.
    at: DateTime<Utc>,
    /// The customer's number.
    customer: String,
    /// The customer's name.
    name: String,
    /// `email`, `webhook`, `by_hand`, `call`, `task`, `approval`, `hand_over` or `fix_contact`.
    kind: String,
    /// The medium's name in the rules, for what is posted or sent by a person.
    medium: Option<String>,
    /// To whom, when known.
    contact: Option<String>,
    /// Title of the step.
    step: String,
    /// Level, for dunning.
    level: Option<u8>,
    /// Numbers of the invoices.
    invoices: Vec<String>,
    /// What is open of them, by currency.
    open: Vec<Amount>,
    /// Why.
    reasons: Vec<Reason>,
}

/// An account about which nothing can be decided.
#[derive(Debug, Serialize, ToSchema)]
struct Trouble {
    /// The customer's number.
    customer: String,
    /// Why.
    why: String,
}

/// Messages of a day.
#[derive(Debug, Serialize, ToSchema)]
struct Day {
    /// Which.
    on: NaiveDate,
    /// Messages that would be decided.
    messages: i64,
    /// Messages of a usual busy day.
    usual: i64,
    /// Whether the breaker would stop the sending and ask.
    asks: bool,
}

/// What the next runs would do, without doing it
///
/// The accounts are decided by the rules in force at the moments at which they would be looked at, if nothing happened before. Nothing is
/// written. An account is followed until something is done about it.
#[utoipa::path(get, path = "/companies/{company}/preview", tag = "sending", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"), Ahead),
    responses((status = 200, body = Preview), Refusals))]
async fn show(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At(company): At<String>,
    Asked(ahead): Asked<Ahead>,
) -> Result<Json<Preview>, ApiProblem> {
    let company = caller.company(&company).await?;
    let limit = ahead.limit.unwrap_or(500);
    let Some(end) = until(&company, ahead.until, app.now()).filter(|_| (1..=2000).contains(&limit)) else {
        let write = format!("`until` is today or one of the {DAYS} days after it, `limit` is from 1 to 2000");
        return Err(ApiProblem::Unreadable(write));
    };
    let preview = preview::preview(&app.engine, &company, end, limit)
        .await?
        .ok_or_else(|| ApiProblem::NotFound("no rules are in force yet".to_owned()))?;
    let lines = preview.lines.into_iter().map(|line| Line {
        at: line.at,
        customer: line.customer,
        name: line.name,
        kind: line.kind.to_owned(),
        medium: line.medium,
        contact: line.contact,
        step: line.title,
        level: line.level,
        invoices: line.invoices,
        open: line.open.into_iter().map(Amount::from).collect(),
        reasons: types::reasons(caller.words, company.time_zone, &line.reasons),
    });
    let troubles = preview.troubles.into_iter();
    let days = preview.days.into_iter().map(|day| Day {
        on: day.on,
        messages: day.messages,
        usual: day.standing.usual,
        asks: day.asks,
    });
    Ok(Json(Preview {
        revision: preview.revision,
        until: end,
        accounts: preview.accounts,
        more: preview.more,
        lines: lines.collect(),
        troubles: troubles
            .map(|(customer, why)| Trouble { customer, why })
            .collect(),
        days: days.collect(),
    }))
}
