//! `/c/{company}/messages/{id}`: a message as the customer saw it, and why it was sent.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::deliveries::{self, Recall, Settlement};
use relance_engine::store::users::Role;
use relance_engine::views::message::{self, Message};
use relance_engine::views::states::DeliveryState;
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::text;
use relance_rules::ids::DeliveryId;
use relance_rules::words as rule_words;
use serde::Deserialize;

use crate::many::Which;
use crate::web::auth::form::Checked;
use crate::web::auth::rank::{CreditManager, Viewer};
use crate::web::auth::visitor::{As, Visitor};
use crate::web::download;
use crate::web::draft::Draft;
use crate::web::layout::{self, Tab};
use crate::web::parts::reasons;
use crate::web::parts::titles::Titles;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::work::Doer;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/c/{company}/messages/{id}", get(show))
        .route("/c/{company}/messages/{id}/body", get(body))
        .route("/c/{company}/messages/{id}/attachments/{place}", get(attachment))
        .route("/c/{company}/messages/{id}/settle", post(settle))
        .route("/c/{company}/messages/{id}/recall", post(recall))
        .route("/c/{company}/messages/{id}/release", post(release))
}

async fn load(app: &App, company: &Company, id: i64) -> Result<Message, Problem> {
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    message::load(&mut connection, company.id, DeliveryId(id))
        .await?
        .ok_or(Problem::NotFound)
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path((code, id)): Path<(String, i64)>,
    draft: Draft,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let message = load(&app, company, id).await?;
    let titles = Titles::new(app.engine.rulebooks.current());
    let w = visitor.words;
    let title = message.subject.as_deref().unwrap_or(&message.title);
    let page = html! {
        h1 { (title) }
        (draft.told())
        (facts(&visitor, company, &message, &titles))
        @if message.state == DeliveryState::InDoubt { (doubt(&visitor, company, &message)) }
        @if message.state == DeliveryState::Queued && visitor.may(Role::CreditManager) { (waiting(&visitor, company, &message, app.now())) }
        section { h2 { (w.why) } (reasons::list(w, company, Some(message.revision), &message.reasons)) }
        @if message.html.is_some() {
            section { h2 { (w.as_seen) }
                iframe .letter title=(title) sandbox="" src={ (paths::message(&code, id)) "/body" } {}
                @if let Some(text) = &message.text {
                    details { summary { (w.plain_text) } pre .letter { (text) } }
                }
            }
        }
        @if !message.attached.is_empty() {
            section { h2 { (w.attachments) } ul { @for file in &message.attached {
                li { a href=(paths::attachment(&code, id, file.place)) { (file.name) } " " small { (w.size(file.bytes)) } }
            } } }
        }
        section { h2 { (w.invoices_title) }
            div .scroll { table {
                thead { tr { th scope="col" { (w.invoice) } th scope="col" { (w.step) } th .num scope="col" { (w.level) } th .num scope="col" { (w.open) } } }
                tbody { @for item in &message.items { tr {
                    td { (item.invoice) }
                    td { (titles.step(Some(&message.scenario), &item.step, w)) }
                    td .num { @if let Some(level) = item.level { (level) } }
                    td .num { (rule_words::money(item.balance, w.language)) }
                } } }
            } }
        }
    };
    Ok(layout::page(&visitor, company, Tab::Messages, title, &page))
}

fn facts(visitor: &Visitor, company: &Company, message: &Message, titles: &Titles) -> Markup {
    let w = visitor.words;
    let moment = |at| w.moment(at, company.time_zone);
    html! {
        dl .facts {
            dt { (w.customer) } dd { a href=(paths::customer(&company.code, &message.customer)) { (message.customer_name) } }
            dt { (w.state) } dd { (w.message_state(message.state))
                @if let Some(at) = message.sent_at { " " (moment(at)) }
                @if let (DeliveryState::Queued, at) = (message.state, message.not_before) { ", " (w.not_before) " " (moment(at))
                    @if let Some(limit) = &message.waits_for { " (" (w.waits_for) " " (limit) ")" }
                }
            }
            @if message.watched && message.sent_at.is_some() { dt { (w.opened) } dd {
                @if let Some(at) = message.opened_at { (moment(at)) } @else { (w.not_opened_yet) }
            } }
            @if let Some(recipient) = &message.recipient { dt { (w.recipient) } dd { (recipient) } }
            dt { (w.step) } dd { (message.title) @if let Some(level) = message.level { ", " (w.level) " " (level) }
                " " small { (titles.scenario(&message.scenario)) } }
            dt { (w.decided_at) } dd { (moment(message.decided_at)) ", " (w.revision) " " (message.revision) }
            @if message.attempts > 1 { dt { (w.attempts) } dd { (message.attempts) } }
            @if let Some(error) = &message.last_error { dt { (w.last_error) } dd .late { (error) } }
        }
    }
}

fn doubt(visitor: &Visitor, company: &Company, message: &Message) -> Markup {
    let w = visitor.words;
    html! {
        section .alert {
            p { (w.doubt_help) }
            @if visitor.may(Role::CreditManager) {
                form .buttons method="post" action={ (paths::message(&company.code, message.id)) "/settle" } {
                    (layout::csrf(visitor))
                    button name="settlement" value="was_sent" { (w.outcome("was_sent")) }
                    button name="settlement" value="resend" { (w.outcome("resend")) }
                    button name="settlement" value="drop" { (w.outcome("drop")) }
                }
            }
        }
    }
}

/// What can be done with it while it waits.
fn waiting(visitor: &Visitor, company: &Company, message: &Message, now: DateTime<Utc>) -> Markup {
    let w = visitor.words;
    let address = |act: &str| format!("{}/{act}", paths::message(&company.code, message.id));
    html! {
        div .acts {
            details { summary { (w.recall) }
                form .stack method="post" action=(address("recall")) { (layout::csrf(visitor))
                    (super::messages::recall_fields(w, company.today(now)))
                    button { (w.recall) }
                }
            }
            @if message.not_before > now {
                form method="post" action=(address("release")) { (layout::csrf(visitor)) button .small { (w.release) } }
            }
        }
    }
}

/// The HTML part alone, for the frame: no script, no form, nothing from elsewhere.
async fn body(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path((code, id)): Path<(String, i64)>,
) -> Result<Response, Problem> {
    let message = load(&app, visitor.company(&code)?, id).await?;
    let mut response = Html(message.html.ok_or(Problem::NotFound)?).into_response();
    response.headers_mut().insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
        ),
    );
    Ok(response)
}

/// A document that went with the message, as it was then.
async fn attachment(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path((code, id, place)): Path<(String, i64, i32)>,
) -> Result<Response, Problem> {
    let company = visitor.company(&code)?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let file = deliveries::attached(&mut connection, company.id, DeliveryId(id), place)
        .await?
        .ok_or(Problem::NotFound)?;
    Ok(download::pdf(&file.name, file.pdf))
}

#[derive(Debug, Deserialize)]
struct Fields {
    settlement: Settlement,
}

async fn settle(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path((code, id)): Path<(String, i64)>,
    Checked(fields): Checked<Fields>,
) -> Result<Redirect, Problem> {
    let doer = Doer {
        engine: &app.engine,
        company: visitor.company(&code)?,
        actor: &visitor.user.login,
    };
    doer.settle(DeliveryId(id), fields.settlement).await?;
    Ok(Redirect::to(&paths::message(&code, id)))
}

#[derive(Debug, Deserialize)]
struct RecallFields {
    until: String,
    why: String,
}

async fn recall(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path((code, id)): Path<(String, i64)>,
    Checked(fields): Checked<RecallFields>,
) -> Result<Redirect, Problem> {
    let doer = Doer {
        engine: &app.engine,
        company: visitor.company(&code)?,
        actor: &visitor.user.login,
    };
    let bad = |_| Problem::Form(Text::same(visitor.words.bad_day(&fields.until)));
    let recall = Recall {
        until: fields.until.trim().parse().map_err(bad)?,
        why: fields.why.trim(),
    };
    let done = doer.recall(&Which::These(vec![DeliveryId(id)]), recall).await?;
    if done.done == 0 {
        return Err(gone());
    }
    Ok(Redirect::to(&paths::message(&code, id)))
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn release(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path((code, id)): Path<(String, i64)>,
    Checked(Nothing {}): Checked<Nothing>,
) -> Result<Redirect, Problem> {
    let doer = Doer {
        engine: &app.engine,
        company: visitor.company(&code)?,
        actor: &visitor.user.login,
    };
    doer.release(&Which::These(vec![DeliveryId(id)])).await?;
    Ok(Redirect::to(&paths::message(&code, id)))
}

fn gone() -> Problem {
    Problem::Refused(text!(
        "the message does not wait any more: it was sent, is being sent, or was called off",
        "le message n’attend plus : il est parti, en train de partir, ou annulé"
    ))
}
