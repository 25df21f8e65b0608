//! `POST /language`: the other language, from now on.

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Redirect;
use axum::routing::post;
use relance_engine::store::StoreError;
use relance_engine::store::users;
use serde::Deserialize;
use tower_sessions::Session;

use crate::web::auth::form::Checked;
use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::{As, LANGUAGE};
use crate::web::draft;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/language", post(switch))
}

#[derive(Debug, Deserialize)]
struct Fields {
    language: String,
}

async fn switch(
    State(app): State<App>,
    visitor: As<Viewer>,
    session: Session,
    headers: HeaderMap,
    Checked(fields): Checked<Fields>,
) -> Result<Redirect, Problem> {
    let language = Words::of(&fields.language).code;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    users::set_language(&mut connection, visitor.user.id, language).await?;
    session.insert(LANGUAGE, language).await?;
    Ok(Redirect::to(&back(&headers)))
}

/// The page that the form was on: the path of the referrer.
fn back(headers: &HeaderMap) -> String {
    let referrer = headers
        .get(axum::http::header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<axum::http::Uri>().ok());
    let path = referrer
        .as_ref()
        .and_then(|uri| uri.path_and_query())
        .map(|p| p.as_str());
    let path = paths::local(path);
    // A form that was refused was answered under its own address, where there is no page.
    draft::page_of(path).unwrap_or_else(|| path.to_owned())
}
