//! `/o/{token}.gif`: tells that a message was opened. Whoever asks gets the same image of one point, whatever the token is worth.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::Method;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::routing::{MethodFilter, on};

use crate::telemetry;
use crate::web::state::App;

/// One transparent point, as a GIF of 43 bytes.
const POINT: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// Routes of this page.
pub fn routes() -> Router<App> {
    let methods = MethodFilter::GET.or(MethodFilter::HEAD).or(MethodFilter::POST);
    Router::new().route("/o/{image}", on(methods, show))
}

/// Who only asks for the headers has not shown the message.
async fn show(
    State(app): State<App>,
    method: Method,
    Path(image): Path<String>,
) -> ([(HeaderName, &'static str); 1], &'static [u8]) {
    let token = image.strip_suffix(".gif").unwrap_or(&image);
    if method != Method::HEAD
        && let Err(error) = app.engine.openings.note(&app.engine.pool, token, app.now()).await
    {
        tracing::warn!("an opening was not noted: {}", telemetry::chain(&error));
    }
    ([(CONTENT_TYPE, "image/gif")], POINT)
}
