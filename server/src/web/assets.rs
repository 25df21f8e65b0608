//! The stylesheet and the icon, built into the program.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

const STYLESHEET: &str = include_str!("assets/relance.css");
const ICON: &str = include_str!("assets/icon.svg");

/// The stylesheet's address; it changes with the content, so that browsers may keep it for ever.
pub fn stylesheet_address() -> String {
    // FNV-1a: any change gives another address; nobody attacks a stylesheet's name.
    let hash = STYLESHEET.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("/assets/relance.css?v={hash:016x}")
}

/// `GET /assets/relance.css`
pub async fn stylesheet() -> Response {
    kept("text/css; charset=utf-8", STYLESHEET)
}

/// `GET /assets/icon.svg`
pub async fn icon() -> Response {
    kept("image/svg+xml", ICON)
}

fn kept(content_type: &'static str, body: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, content_type),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, body).into_response()
}
