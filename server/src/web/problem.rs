//! What can go wrong with a page, and the friendly page that says so.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::{Extensions, HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;
use relance_engine::store::StoreError;
use relance_engine::store::users::Role;
use relance_rules::dsl::lang::Text;
use tower_sessions::Session;

use super::auth::visitor::LANGUAGE;
use super::draft::{self, Refused, Slot};
use super::layout;
use super::words::{Words, of_header};
use crate::telemetry;

/// What went wrong.
#[derive(Debug, Clone)]
pub enum Problem {
    /// There is no such page, company, customer ...
    NotFound,
    /// The user's role does not suffice; which one would.
    Forbidden(Role),
    /// The form's token is not the session's: the page is too old.
    Expired,
    /// The form cannot be read, in words.
    Form(Text),
    /// It cannot be done as things stand, in words.
    Refused(Text),
    /// The database cannot be reached at this moment.
    Busy(String),
    /// A fault of the program, for the log.
    Broken(String),
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Expired => StatusCode::FORBIDDEN,
            Self::Form(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self, w: &Words) -> (&'static str, String) {
        match self {
            Self::NotFound => (w.not_found, w.not_found_help.to_owned()),
            Self::Forbidden(role) => (w.forbidden, format!("{} {}.", w.forbidden_help, w.role(*role))),
            Self::Expired => (w.form_expired, w.form_expired_help.to_owned()),
            Self::Form(why) => (w.form_unreadable, w.of_text(why).to_owned()),
            Self::Refused(why) => (w.refused, w.of_text(why).to_owned()),
            Self::Busy(_) => (w.busy, w.busy_help.to_owned()),
            Self::Broken(_) => (w.broken, w.broken_help.to_owned()),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::NotFound { .. } => Self::NotFound,
            StoreError::Conflict { .. } => Self::Refused(error.told()),
            _ if error.is_temporary() => Self::Busy(telemetry::chain(&error)),
            _ => Self::Broken(telemetry::chain(&error)),
        }
    }
}

impl From<tower_sessions::session::Error> for Problem {
    fn from(error: tower_sessions::session::Error) -> Self {
        Self::Busy(telemetry::chain(&error))
    }
}

impl IntoResponse for Problem {
    /// A bare response that carries the problem; [`pages`] makes the page, in the visitor's language.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Makes a friendly page of each problem, and one line in the log of each failure. A form that was refused is answered with the page
/// on which it stands: with the reason, and what was typed.
pub async fn pages(request: Request, next: Next) -> Response {
    let mut request = request;
    let slot = Slot::default();
    request.extensions_mut().insert(slot.clone());
    let again = Again::of(&request, &next);
    let session = request.extensions().get::<Session>().cloned();
    let header = of_header(request.headers());
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>().cloned() else {
        return response;
    };
    match &problem {
        Problem::Busy(why) => tracing::warn!(%path, "the page was not served: {why}"),
        Problem::Broken(why) => tracing::error!(%path, "the page was not served: {why}"),
        _ => {}
    }
    let language = match session {
        Some(session) => session.get::<String>(LANGUAGE).await.ok().flatten(),
        None => None,
    };
    let w = language.map_or(header, |code| Words::of(&code));
    let (title, help) = problem.words(w);
    if let (Problem::Form(_) | Problem::Refused(_), Some(fields)) = (&problem, slot.fields()) {
        let refused = Refused {
            action: path,
            fields,
            why: format!("{title}{} {help}", w.colon),
        };
        if let Some(page) = again.show(refused).await {
            return (problem.status(), page).into_response();
        }
    }
    let body = html! {
        main .alone {
            h1 { (title) }
            p { (help) }
            p { a href="/" { (w.to_first_page) } }
        }
    };
    (problem.status(), layout::bare(w, title, &body)).into_response()
}

/// The page on which a form stands, to be asked for once more.
struct Again {
    page: Option<String>,
    headers: HeaderMap,
    extensions: Extensions,
    next: Next,
}

impl Again {
    fn of(request: &Request, next: &Next) -> Self {
        let posted = request.method() == Method::POST;
        let mut headers = request.headers().clone();
        for of_the_body in [CONTENT_TYPE, CONTENT_LENGTH, TRANSFER_ENCODING] {
            headers.remove(of_the_body);
        }
        Self {
            page: draft::page_of(request.uri().path()).filter(|_| posted),
            headers,
            extensions: request.extensions().clone(),
            next: next.clone(),
        }
    }

    /// The page with what was typed; none when there is none, or the visitor may not see it.
    async fn show(self, refused: Refused) -> Option<Response> {
        let mut request = Request::get(self.page?).body(Body::empty()).ok()?;
        *request.headers_mut() = self.headers;
        *request.extensions_mut() = self.extensions;
        request.extensions_mut().insert(refused);
        let page = self.next.run(request).await;
        (page.status() == StatusCode::OK).then_some(page)
    }
}

/// The page for addresses that do not exist.
pub async fn fallback() -> Problem {
    Problem::NotFound
}
