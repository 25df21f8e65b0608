//! `/health`: for load balancers and supervisors.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use relance_engine::store::StoreError;
use relance_engine::store::companies;
use serde_json::{Value, json};

use crate::web::state::App;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/health", get(show))
}

/// 200 when the database answers and rules are in force or awaited; 503 when the database does not answer.
async fn show(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let answer = async {
        let mut connection = app.engine.pool.acquire().await?;
        companies::list(&mut connection).await
    };
    let result: Result<_, StoreError> = answer.await;
    let revision = app.engine.rulebooks.current().map(|rules| rules.revision);
    match result {
        Ok(_) => (
            StatusCode::OK,
            Json(json!({ "status": "ok", "rules_revision": revision })),
        ),
        Err(error) => {
            tracing::warn!("health: {}", crate::telemetry::chain(&error));
            (
                StatusCode::SERVICE_UNAVAILABLE,
                Json(json!({ "status": "no database", "rules_revision": revision })),
            )
        }
    }
}
