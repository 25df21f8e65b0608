//! A form with its token: what is posted from anywhere else than our own page is refused.

use axum::body::Bytes;
use axum::extract::{Form, FromRequest, FromRequestParts as _, Request};
use axum::http::header::CONTENT_TYPE;
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::text;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tower_sessions::Session;

use super::{secret, visitor};
use crate::web::draft::{Fields, Slot};
use crate::web::problem::Problem;
use crate::web::state::App;

/// The fields of a form whose token was the session's.
#[derive(Debug)]
pub struct Checked<T>(pub T);

#[derive(Debug, Deserialize)]
struct Token {
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<App> for Checked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let session = Session::from_request_parts(&mut parts, app)
            .await
            .map_err(|(_, why)| Problem::Broken(why.to_owned()))?;
        let slot = parts.extensions.get::<Slot>().cloned();
        let content_type = parts.headers.get(CONTENT_TYPE).cloned();
        let bytes = Bytes::from_request(Request::from_parts(parts, body), app)
            .await
            .map_err(|_| Problem::Form(unreadable()))?;
        let again = || {
            let mut request = Request::new(axum::body::Body::from(bytes.clone()));
            *request.method_mut() = axum::http::Method::POST;
            if let Some(value) = &content_type {
                request.headers_mut().insert(CONTENT_TYPE, value.clone());
            }
            request
        };
        let Form(token) = Form::<Token>::from_request(again(), app)
            .await
            .map_err(|_| Problem::Expired)?;
        if !secret::same(&token.csrf, &visitor::form_token(&session).await?) {
            return Err(Problem::Expired);
        }
        if let (Some(slot), Ok(Form(typed))) = (slot, Form::<Fields>::from_request(again(), app).await) {
            slot.keep(typed);
        }
        let Form(fields) = Form::<T>::from_request(again(), app)
            .await
            .map_err(|_| Problem::Form(unreadable()))?;
        Ok(Self(fields))
    }
}

/// What is said of a form in which something is missing, or stands where it cannot stand: the browser lets nobody send one.
fn unreadable() -> Text {
    text!(
        "A field is missing, or holds something that it cannot hold.",
        "Un champ manque, ou contient ce qu’il ne peut pas contenir."
    )
}
