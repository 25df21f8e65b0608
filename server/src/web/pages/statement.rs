//! `/c/{company}/customers/{number}/statement.pdf`: all that is open of an account today, as the customer gets it.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use relance_engine::store::StoreError;
use relance_engine::views::{customer, statement};

use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::download;
use crate::web::problem::Problem;
use crate::web::state::App;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/c/{company}/customers/{number}/statement.pdf", get(show))
}

/// In the customer's language, when one is noted; else in the company's.
async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path((code, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let company = visitor.company(&code)?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let head = customer::head(&mut connection, company.id, &number)
        .await?
        .ok_or(Problem::NotFound)?;
    let language = head.language.as_deref().unwrap_or(&company.language);
    let (grace, now) = (app.grace(), app.now());
    let statement = statement::of(&mut connection, company, head.id, language, &grace, now)
        .await?
        .ok_or(Problem::NotFound)?;
    Ok(download::pdf(&statement.name, statement.pdf))
}
