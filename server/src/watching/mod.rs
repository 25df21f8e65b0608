//! What supervisors, load balancers and Prometheus ask a process; beside the pages, or alone where a process only works.

pub mod health;
mod metrics;

use anyhow::Context as _;
use axum::Router;
use axum::middleware::map_response;
use relance_engine::engine::Engine;
use tokio::net::TcpListener;

use crate::web::security;
use crate::web::state::App;

/// The routes.
pub fn routes() -> Router<App> {
    Router::new().merge(health::routes()).merge(metrics::routes())
}

/// Answers on these routes alone, until `shutdown` resolves.
pub async fn serve(
    engine: Engine,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let router = routes()
        .layer(map_response(security::headers))
        .with_state(App::new(engine));
    axum::serve(listener, router)
        .with_graceful_shutdown(shutdown)
        .await
        .context("serving stopped")
}
