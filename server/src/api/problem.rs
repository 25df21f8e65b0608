//! Errors of the API: RFC 9457 problem details.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use relance_engine::store::StoreError;
use relance_engine::store::users::Role;
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::telemetry;

/// An error, in words.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// What kind of error, the same for all of its kind.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What is wrong in this case and what to do instead.
    detail: String,
}

/// The errors that any endpoint may give.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "describes responses")]
pub enum Refusals {
    /// There is no token, or it does not serve.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorized(#[to_schema] ProblemBody),
    /// The token's role does not suffice.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(#[to_schema] ProblemBody),
    /// There is no such company, customer, invoice ...
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] ProblemBody),
    /// It cannot be done as things stand.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] ProblemBody),
    /// The request cannot be read.
    #[response(status = 422, content_type = "application/problem+json")]
    Unreadable(#[to_schema] ProblemBody),
    /// The database cannot be reached at this moment.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(#[to_schema] ProblemBody),
}

/// What went wrong.
#[derive(Debug)]
pub enum ApiProblem {
    /// There is no token, or it does not serve.
    Unauthorized,
    /// The token's role does not suffice; which one would.
    Forbidden(Role),
    /// There is no such thing, in words.
    NotFound(String),
    /// It cannot be done as things stand, in words.
    Conflict(String),
    /// The request cannot be read, in words.
    Unreadable(String),
    /// The database cannot be reached, for the log.
    Busy(String),
    /// A fault of the program, for the log.
    Broken(String),
}

impl From<StoreError> for ApiProblem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::NotFound { .. } => Self::NotFound(error.to_string()),
            StoreError::Conflict { .. } => Self::Conflict(error.to_string()),
            _ if error.is_temporary() => Self::Busy(telemetry::chain(&error)),
            _ => Self::Broken(telemetry::chain(&error)),
        }
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let (status, title, detail) = match self {
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "a token is needed",
                "send `Authorization: Bearer <token>`; `relance token create` makes one".to_owned(),
            ),
            Self::Forbidden(role) => (
                StatusCode::FORBIDDEN,
                "the token's role does not suffice",
                format!("this needs a token of role {}", role.word()),
            ),
            Self::NotFound(detail) => (StatusCode::NOT_FOUND, "not found", detail),
            Self::Conflict(detail) => (StatusCode::CONFLICT, "it cannot be done as things stand", detail),
            Self::Unreadable(detail) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "the request cannot be read",
                detail,
            ),
            Self::Busy(why) => {
                tracing::warn!("the API could not answer: {why}");
                let detail = "nothing was changed; try again in a moment".to_owned();
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "the database does not answer",
                    detail,
                )
            }
            Self::Broken(why) => {
                tracing::error!("the API could not answer: {why}");
                let detail = "the server's log says what".to_owned();
                (StatusCode::INTERNAL_SERVER_ERROR, "something went wrong", detail)
            }
        };
        let body = ProblemBody {
            title,
            status: status.as_u16(),
            detail,
        };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// For addresses that do not exist.
pub async fn fallback() -> ApiProblem {
    ApiProblem::NotFound("there is no such endpoint; see /api/v1/openapi.json".to_owned())
}
