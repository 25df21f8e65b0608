//! `/admin/users`: users and tokens.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::tokens::{self, ApiToken};
use relance_engine::store::users::{self, NewUser, Role, User};
use relance_rules::dsl::lang::Text;
use relance_rules::ids::UserId;
use serde::Deserialize;

use crate::web::auth::form::Checked;
use crate::web::auth::rank::Admin;
use crate::web::auth::visitor::{As, Visitor};
use crate::web::auth::{password, secret};
use crate::web::draft::{Draft, Typed};
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/users", get(show).post(add_user))
        .route("/admin/users/{id}", post(change_user))
        .route("/admin/tokens", post(add_token))
        .route("/admin/tokens/revoke", post(revoke_token))
}

#[derive(Debug, Deserialize)]
struct Asked {
    done: Option<String>,
}

async fn show(
    State(app): State<App>,
    visitor: As<Admin>,
    Query(asked): Query<Asked>,
    draft: Draft,
) -> Result<Markup, Problem> {
    let done = asked.done.as_deref().and_then(|word| visitor.words.done(word));
    page(&app, &visitor, &draft, done, None).await
}

async fn page(
    app: &App,
    visitor: &Visitor,
    draft: &Draft,
    done: Option<&str>,
    token: Option<&str>,
) -> Result<Markup, Problem> {
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let users = users::list(&mut connection).await?;
    let tokens = tokens::list(&mut connection).await?;
    let w = visitor.words;
    let body = html! {
        h1 { (w.users) }
        @if let Some(done) = done { p .good role="status" { (done) } }
        (draft.told())
        (user_table(visitor, &users))
        (user_form(visitor, draft.of("/admin/users")))
        h2 #tokens { (w.tokens) }
        @if let Some(token) = token { div .good role="status" { p { (w.token_once) } pre { (token) } } }
        (token_table(visitor, &tokens))
        (token_form(visitor, draft.of("/admin/tokens")))
    };
    Ok(layout::admin(visitor, w.users, &body))
}

fn roles(w: &Words, chosen: Role, t: Typed<'_>) -> Markup {
    html! {
        select name="role" aria-label=(w.role_word) {
            @for role in Role::ALL { option value=(role.word()) selected[t.chose("role", role.word(), role == chosen)] { (w.role(role)) } }
        }
    }
}

fn user_table(visitor: &Visitor, users: &[User]) -> Markup {
    let w = visitor.words;
    html! {
        div .scroll { table .wide {
            thead { tr { th scope="col" { (w.login) } th scope="col" { (w.name) } th scope="col" { (w.role_word) } } }
            tbody { @for user in users { tr {
                td { (user.login) } td { (user.name) }
                td {
                    @if user.id == visitor.user.id { (w.role(user.role)) " " small { (w.yourself) } }
                    @else {
                        form .inline method="post" action={ "/admin/users/" (user.id) } { (layout::csrf(visitor))
                            (roles(w, user.role, Typed::default())) " "
                            label .check { input type="checkbox" name="active" value="1" checked[user.active]; (w.may_sign_in) } " "
                            button .small { (w.change) }
                        }
                    }
                }
            } } }
        } }
    }
}

fn user_form(visitor: &Visitor, t: Typed<'_>) -> Markup {
    let w = visitor.words;
    html! {
        details .acts open[t.refused()] { summary { (w.add_user) }
            form .stack method="post" action="/admin/users" { (layout::csrf(visitor)) (t.why())
                label { (w.login) input name="login" required autocomplete="off" autocapitalize="none" maxlength="60" value=[t.value("login")]; }
                label { (w.name) input name="name" required maxlength="120" value=[t.value("name")]; }
                label { (w.password) " " small { (w.password_help) } input name="password" type="password" required minlength="10" autocomplete="new-password"; }
                label { (w.role_word) (roles(w, Role::Collector, t)) }
                label { (w.language_word) select name="language" { option value="fr" { "Français" } option value="en" selected[t.chose("language", "en", false)] { "English" } } }
                button { (w.add_user) }
            }
        }
    }
}

fn token_table(visitor: &Visitor, tokens: &[ApiToken]) -> Markup {
    let w = visitor.words;
    html! {
        @if tokens.is_empty() { p .none { (w.no_token) } }
        @else {
            div .scroll { table .wide {
                thead { tr { th scope="col" { (w.name) } th scope="col" { (w.role_word) } th scope="col" { (w.since) } th scope="col" { (w.last_used) } th scope="col" { (w.state) } } }
                tbody { @for token in tokens { tr {
                    td { (token.name) } td { (w.role(token.role)) }
                    td .when { (w.date(token.created_at.date_naive())) ", " (token.created_by) }
                    td .when { @match token.last_used_at { Some(at) => { (w.date(at.date_naive())) } None => { (w.never) } } }
                    td { @if token.revoked_at.is_some() { (w.revoked) } @else {
                        form .inline method="post" action="/admin/tokens/revoke" { (layout::csrf(visitor))
                            input type="hidden" name="name" value=(token.name);
                            button .small { (w.revoke) }
                        } } }
                } } }
            } }
        }
    }
}

fn token_form(visitor: &Visitor, t: Typed<'_>) -> Markup {
    let w = visitor.words;
    html! {
        details .acts open[t.refused()] { summary { (w.add_token) }
            form .stack method="post" action="/admin/tokens" { (layout::csrf(visitor)) (t.why())
                label { (w.name) input name="name" required autocomplete="off" maxlength="60" value=[t.value("name")]; }
                label { (w.role_word) (roles(w, Role::Viewer, t)) }
                button { (w.add_token) }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct UserFields {
    login: String,
    name: String,
    password: String,
    role: Role,
    language: String,
}

async fn add_user(
    State(app): State<App>,
    visitor: As<Admin>,
    Checked(fields): Checked<UserFields>,
) -> Result<Redirect, Problem> {
    let w = visitor.words;
    let (login, name) = (fields.login.trim(), fields.name.trim());
    if login.is_empty() || name.is_empty() || password::acceptable(&fields.password).is_err() {
        return Err(Problem::Form(Text::same(w.password_help.to_owned())));
    }
    let given = fields.password.clone();
    let hash = tokio::task::spawn_blocking(move || password::hash(&given))
        .await
        .map_err(|e| Problem::Broken(e.to_string()))?
        .map_err(|e| Problem::Broken(e.to_string()))?;
    let new = NewUser {
        login,
        name,
        password_hash: &hash,
        role: fields.role,
        language: Words::of(&fields.language).code,
    };
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    match users::create(&mut connection, &new, app.now()).await? {
        Some(_) => Ok(Redirect::to("/admin/users?done=user")),
        None => Err(Problem::Refused(Text::same(w.login_taken.to_owned()))),
    }
}

#[derive(Debug, Deserialize)]
struct AccessFields {
    role: Role,
    active: Option<String>,
}

async fn change_user(
    State(app): State<App>,
    visitor: As<Admin>,
    Path(id): Path<i64>,
    Checked(fields): Checked<AccessFields>,
) -> Result<Redirect, Problem> {
    // Nobody locks themselves out.
    if visitor.user.id == UserId(id) {
        return Err(Problem::Refused(Text::same(
            visitor.words.not_yourself.to_owned(),
        )));
    }
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let active = fields.active.is_some();
    if !users::set_access(&mut connection, UserId(id), fields.role, active).await? {
        return Err(Problem::NotFound);
    }
    Ok(Redirect::to("/admin/users?done=user"))
}

#[derive(Debug, Deserialize)]
struct TokenFields {
    name: String,
    role: Role,
}

/// Shows the token on the page that answers, the only time that it is ever shown.
async fn add_token(
    State(app): State<App>,
    visitor: As<Admin>,
    Checked(fields): Checked<TokenFields>,
) -> Result<Response, Problem> {
    let token = secret::new_token();
    let (name, hash, by) = (fields.name.trim(), secret::hash(&token), &visitor.user.login);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let created = tokens::create(&mut connection, name, &hash, fields.role, by, app.now()).await?;
    drop(connection);
    match created {
        Some(_) => Ok(page(&app, &visitor, &Draft::default(), None, Some(&token))
            .await?
            .into_response()),
        None => Err(Problem::Refused(Text::same(visitor.words.token_taken.to_owned()))),
    }
}

#[derive(Debug, Deserialize)]
struct RevokeFields {
    name: String,
}

async fn revoke_token(
    State(app): State<App>,
    _: As<Admin>,
    Checked(fields): Checked<RevokeFields>,
) -> Result<Redirect, Problem> {
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    if !tokens::revoke(&mut connection, &fields.name, app.now()).await? {
        return Err(Problem::NotFound);
    }
    Ok(Redirect::to("/admin/users?done=revoked#tokens"))
}
