//! `/login`, `/logout`.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::{sessions, users};
use serde::Deserialize;
use tower_sessions::Session;

use crate::web::auth::form::Checked;
use crate::web::auth::password;
use crate::web::auth::visitor::{self, LANGUAGE};
use crate::web::layout;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::{Words, of_header};

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/login", get(show).post(sign_in))
        .route("/logout", post(sign_out))
}

#[derive(Debug, Deserialize)]
struct Asked {
    next: Option<String>,
    lang: Option<String>,
}

async fn show(session: Session, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Markup, Problem> {
    let w = match &asked.lang {
        Some(code) => {
            let w = Words::of(code);
            session.insert(LANGUAGE, w.code).await?;
            w
        }
        None => language(&session, &headers).await?,
    };
    let token = visitor::form_token(&session).await?;
    Ok(form(w, &token, paths::local(asked.next.as_deref()), "", None))
}

#[derive(Debug, Deserialize)]
struct Fields {
    login: String,
    password: String,
    next: Option<String>,
}

async fn sign_in(
    State(app): State<App>,
    session: Session,
    headers: HeaderMap,
    Checked(fields): Checked<Fields>,
) -> Result<Response, Problem> {
    let w = language(&session, &headers).await?;
    let next = paths::local(fields.next.as_deref()).to_owned();
    let login = fields.login.trim().to_owned();
    let token = visitor::form_token(&session).await?;
    let again = |status: StatusCode, why: String| {
        Ok((status, form(w, &token, &next, &login, Some(&why))).into_response())
    };
    let now = chrono::Utc::now();
    if let Some(seconds) = app.throttle.wait(&login, now) {
        return again(StatusCode::TOO_MANY_REQUESTS, w.too_many(seconds));
    }
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let found = users::credentials(&mut connection, &login).await?;
    let (id, hash) = found.map_or((None, None), |(id, hash)| (Some(id), Some(hash)));
    if !verified(&app, fields.password, hash).await? {
        app.throttle.failed(&login, now);
        tracing::warn!(%login, "wrong login or password");
        return again(StatusCode::UNAUTHORIZED, w.wrong_password.to_owned());
    }
    let user = match id {
        Some(id) => users::by_id(&mut connection, id).await?,
        None => None,
    };
    let Some(user) = user else {
        return again(StatusCode::UNAUTHORIZED, w.wrong_password.to_owned());
    };
    app.throttle.succeeded(&login);
    // Whoever comes in sweeps the floor: sessions that serve no more go.
    sessions::delete_expired(&mut connection, now).await?;
    visitor::sign_in(&session, &user).await?;
    Ok(Redirect::to(&next).into_response())
}

/// Verifies off the async threads, few at a time.
async fn verified(app: &App, given: String, hash: Option<String>) -> Result<bool, Problem> {
    let broken = |e: &dyn std::fmt::Display| Problem::Broken(format!("the password was not verified: {e}"));
    let _permit = app.hashing.acquire().await.map_err(|e| broken(&e))?;
    tokio::task::spawn_blocking(move || password::verify(&given, hash.as_deref()))
        .await
        .map_err(|e| broken(&e))
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn sign_out(session: Session, Checked(Nothing {}): Checked<Nothing>) -> Result<Redirect, Problem> {
    session.flush().await?;
    Ok(Redirect::to("/login"))
}

async fn language(session: &Session, headers: &HeaderMap) -> Result<&'static Words, Problem> {
    let chosen: Option<String> = session.get(LANGUAGE).await?;
    Ok(chosen.map_or_else(|| of_header(headers), |code| Words::of(&code)))
}

fn form(w: &Words, token: &str, next: &str, login: &str, problem: Option<&str>) -> Markup {
    let other = format!("/login?lang={}&next={}", w.other_code, paths::encode(next));
    let body = html! {
        main .alone {
            p .brand { "relance" }
            h1 { (w.sign_in) }
            @if let Some(problem) = problem { p .alert role="alert" { (problem) } }
            form .stack method="post" action="/login" {
                input type="hidden" name="csrf" value=(token);
                input type="hidden" name="next" value=(next);
                label { (w.login) input name="login" autocomplete="username" autocapitalize="none" required autofocus value=(login); }
                label { (w.password) input name="password" type="password" autocomplete="current-password" required; }
                button { (w.sign_in) }
            }
            p .note { a href=(other) lang=(w.other_code) { (w.other_language) } }
        }
    };
    layout::bare(w, w.sign_in, &body)
}
