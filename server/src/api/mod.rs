//! The API.

use axum::Router;

use crate::web::state::App;

/// Routes of the API.
pub fn routes() -> Router<App> {
    Router::new()
}
