//! The signed-in user of a page, with what every page needs.

use std::marker::PhantomData;
use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use relance_engine::store::StoreError;
use relance_engine::store::companies::{self, Company};
use relance_engine::store::stops::{self, Stop};
use relance_engine::store::users::{self, Role, User};
use relance_rules::ids::UserId;
use tower_sessions::Session;

use super::rank::Rank;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Key of the user's id in the session.
const USER: &str = "user";
/// Key of the form token in the session.
const CSRF: &str = "csrf";
/// Key of the language in the session, for pages without a user.
pub const LANGUAGE: &str = "language";

/// A signed-in user.
#[derive(Debug)]
pub struct Visitor {
    /// Who.
    pub user: User,
    /// The token that each of the visitor's forms carries.
    pub csrf: String,
    /// The words of the visitor's language.
    pub words: &'static Words,
    /// All companies, by code.
    pub companies: Vec<Company>,
    /// Stops of the sending that are in force.
    pub stops: Vec<Stop>,
}

impl Visitor {
    /// The company of this code.
    pub fn company(&self, code: &str) -> Result<&Company, Problem> {
        self.companies
            .iter()
            .find(|company| company.code == code)
            .ok_or(Problem::NotFound)
    }

    /// Whether the visitor may do what this role may.
    pub fn may(&self, role: Role) -> bool {
        self.user.role >= role
    }
}

/// A visitor whose role is at least `R`.
#[derive(Debug)]
pub struct As<R>(Visitor, PhantomData<R>);

impl<R> Deref for As<R> {
    type Target = Visitor;
    fn deref(&self) -> &Visitor {
        &self.0
    }
}

/// Why a visitor may not pass.
#[derive(Debug)]
pub enum Turned {
    /// To be signed in first; the address to come back to.
    SignIn(String),
    /// Something else.
    Problem(Problem),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(to) => Redirect::to(&to).into_response(),
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl<E: Into<Problem>> From<E> for Turned {
    fn from(error: E) -> Self {
        Self::Problem(error.into())
    }
}

impl<R: Rank> FromRequestParts<App> for As<R> {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let session = Session::from_request_parts(parts, app)
            .await
            .map_err(|(_, why)| Problem::Broken(why.to_owned()))?;
        let id: Option<i64> = session.get(USER).await.map_err(Problem::from)?;
        let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
        let user = match id {
            Some(id) => users::by_id(&mut connection, UserId(id)).await?,
            None => None,
        };
        let Some(user) = user.filter(|user| user.active) else {
            return Err(Turned::SignIn(sign_in_address(parts)));
        };
        if user.role < R::ROLE {
            return Err(Problem::Forbidden(R::ROLE).into());
        }
        let visitor = Visitor {
            csrf: form_token(&session).await?,
            words: Words::of(&user.language),
            companies: companies::list(&mut connection).await?,
            stops: stops::in_force(&mut connection).await?,
            user,
        };
        Ok(Self(visitor, PhantomData))
    }
}

/// The address of the sign-in page, which leads back to a page that is only read.
fn sign_in_address(parts: &Parts) -> String {
    let back = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    if parts.method == axum::http::Method::GET && back != "/" {
        format!("/login?next={}", crate::web::paths::encode(back))
    } else {
        "/login".to_owned()
    }
}

/// The form token of a session, made when there is none.
pub async fn form_token(session: &Session) -> Result<String, Problem> {
    if let Some(token) = session.get::<String>(CSRF).await? {
        return Ok(token);
    }
    let token = super::secret::random_text(32);
    session.insert(CSRF, &token).await?;
    Ok(token)
}

/// Signs a user in: a new session id and a new form token, so that nothing known before is worth anything.
pub async fn sign_in(session: &Session, user: &User) -> Result<(), Problem> {
    session.cycle_id().await?;
    session.insert(USER, user.id.0).await?;
    session.insert(CSRF, super::secret::random_text(32)).await?;
    session.insert(LANGUAGE, &user.language).await?;
    Ok(())
}
