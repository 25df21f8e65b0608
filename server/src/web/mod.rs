//! The pages: server-rendered, in French and English, without scripts.

mod assets;
pub mod auth;
pub mod download;
mod draft;
mod layout;
mod pages;
mod parts;
mod paths;
mod problem;
pub mod security;
pub mod state;
pub mod words;

use anyhow::Context as _;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::get;
use relance_engine::engine::Engine;
use tokio::net::TcpListener;
use tower_http::limit::RequestBodyLimitLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, SessionManagerLayer};

use crate::api;
use crate::settings::Settings;
use crate::watching;
use auth::session_store::PostgresSessions;
use state::App;

/// Largest body of a request, in bytes.
const LARGEST_BODY: usize = 1 << 20;

/// Serves pages and API until `shutdown` resolves; requests under way are answered first.
pub async fn serve(
    engine: Engine,
    settings: &Settings,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let router = router(App::new(engine), settings.server.secure_cookies());
    axum::serve(listener, router)
        .with_graceful_shutdown(shutdown)
        .await
        .context("serving stopped")
}

/// All routes with all layers.
pub fn router(app: App, secure_cookies: bool) -> Router {
    let sessions = SessionManagerLayer::new(PostgresSessions(app.engine.clone()))
        .with_name("relance")
        .with_secure(secure_cookies)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(Duration::hours(12)));
    let pages = Router::new()
        .merge(pages::root::routes())
        .merge(pages::login::routes())
        .merge(pages::language::routes())
        .merge(pages::dashboard::routes())
        .merge(pages::customers::routes())
        .merge(pages::customer::routes())
        .merge(pages::customer_forms::routes())
        .merge(pages::statement::routes())
        .merge(pages::plans::routes())
        .merge(pages::messages::routes())
        .merge(pages::message::routes())
        .merge(pages::sending::routes())
        .merge(pages::question::routes())
        .merge(pages::preview::routes())
        .merge(pages::tasks::routes())
        .merge(pages::task::routes())
        .merge(pages::imports::routes())
        .merge(pages::rules::routes())
        .merge(pages::admin::routes())
        .fallback(problem::fallback)
        .with_state(app.clone());
    // The layers stand around all routes together, so that a refused form can be answered with the page that it stands on.
    let pages = Router::new()
        .fallback_service(pages)
        .layer(from_fn(problem::pages))
        .layer(sessions);
    let of_state = app.clone();
    Router::new()
        .merge(watching::routes())
        .merge(pages::opened::routes())
        .route("/assets/relance.css", get(assets::stylesheet))
        .route("/assets/icon.svg", get(assets::icon))
        .nest("/api/v1", api::routes())
        .merge(pages)
        .layer(from_fn_with_state(of_state, ring))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(map_response(security::headers))
        .with_state(app)
}

/// Whatever a person or a program changed may be work: the workers of all processes look at once.
async fn ring(State(app): State<App>, request: Request, next: Next) -> Response {
    let changes = !request.method().is_safe();
    let response = next.run(request).await;
    let refused = response.status().is_client_error() || response.status().is_server_error();
    if changes && !refused {
        app.engine.bell.ring(&app.engine.pool);
    }
    response
}
