//! Who calls: the bearer of a token. And readers of requests whose errors are problem details.

use std::marker::PhantomData;

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use relance_engine::store::StoreError;
use relance_engine::store::companies::{self, Company};
use relance_engine::store::tokens;
use relance_engine::store::users::Role;

use super::problem::ApiProblem;
use crate::web::auth::rank::Rank;
use crate::web::auth::secret;
use crate::web::state::App;
use crate::web::words::{Words, of_header};
use crate::work::Doer;

/// The bearer of a token whose role is at least `R`.
#[derive(Debug)]
pub struct Caller<R> {
    /// `token:` and its name, for the events.
    pub actor: String,
    /// What the token may do.
    pub role: Role,
    /// The words of the language asked for.
    pub words: &'static Words,
    app: App,
    rank: PhantomData<R>,
}

impl<R> Caller<R> {
    /// The company of this code.
    pub async fn company(&self, code: &str) -> Result<Company, ApiProblem> {
        let mut connection = self.app.engine.pool.acquire().await.map_err(StoreError::from)?;
        companies::by_code(&mut connection, code)
            .await?
            .ok_or_else(|| ApiProblem::NotFound(format!("there is no company {code}")))
    }

    /// The caller at work in a company's books.
    pub fn doer<'a>(&'a self, company: &'a Company) -> Doer<'a> {
        Doer {
            engine: &self.app.engine,
            company,
            actor: &self.actor,
        }
    }
}

impl<R: Rank> FromRequestParts<App> for Caller<R> {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or(ApiProblem::Unauthorized)?;
        let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
        let found = tokens::authenticate(&mut connection, &secret::hash(token), app.now())
            .await?
            .ok_or(ApiProblem::Unauthorized)?;
        if found.role < R::ROLE {
            return Err(ApiProblem::Forbidden(R::ROLE));
        }
        Ok(Self {
            actor: format!("token:{}", found.name),
            role: found.role,
            words: of_header(&parts.headers),
            app: app.clone(),
            rank: PhantomData,
        })
    }
}

impl From<JsonRejection> for ApiProblem {
    fn from(rejection: JsonRejection) -> Self {
        Self::Unreadable(rejection.body_text())
    }
}
impl From<QueryRejection> for ApiProblem {
    fn from(rejection: QueryRejection) -> Self {
        Self::Unreadable(rejection.body_text())
    }
}
impl From<PathRejection> for ApiProblem {
    fn from(rejection: PathRejection) -> Self {
        Self::Unreadable(rejection.body_text())
    }
}

/// A JSON body.
#[derive(Debug, FromRequest)]
#[from_request(via(axum::Json), rejection(ApiProblem))]
pub struct Body<T>(pub T);

/// Values of the query.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiProblem))]
pub struct Asked<T>(pub T);

/// Values of the path.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiProblem))]
pub struct At<T>(pub T);
