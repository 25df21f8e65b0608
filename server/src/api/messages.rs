//! `GET /companies/{company}/messages`, `GET …/messages/{id}`, `POST …/messages/{id}/settlement`, `POST …/messages/recall`,
//! `POST …/messages/release`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::store::StoreError;
use relance_engine::store::deliveries::{self as store, Recall, Settlement};
use relance_engine::views::deliveries;
use relance_engine::views::message;
use relance_engine::views::states::DeliveryState;
use relance_rules::ids::DeliveryId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Asked, At, Body, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::{self, Amount, Done, Part, Reason};
use crate::many::Which;
use crate::web::auth::rank::{CreditManager, Viewer};
use crate::web::download;
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(attachment))
        .routes(routes!(settle))
        .routes(routes!(recall))
        .routes(routes!(release))
}

/// Which messages.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// `sent` (when it is not given), `queued`, `sending`, `in_doubt`, `failed` or `cancelled`.
    state: Option<String>,
}

/// A page of messages.
#[derive(Debug, Serialize, ToSchema)]
struct Messages {
    /// How many there are in all.
    total: i64,
    /// The messages.
    messages: Vec<MessageLine>,
}

/// A message in a list.
#[derive(Debug, Serialize, ToSchema)]
struct MessageLine {
    /// Identity.
    id: i64,
    /// How far it has come.
    #[schema(value_type = String)]
    state: DeliveryState,
    /// The customer, by number.
    customer: String,
    /// Title of the step.
    title: String,
    /// Level, for dunning.
    level: Option<i32>,
    /// To whom; none before the first try.
    recipient: Option<String>,
    /// Subject; none before the first try.
    subject: Option<String>,
    /// When it left.
    sent_at: Option<DateTime<Utc>>,
    /// Why the last try failed.
    last_error: Option<String>,
}

/// A message in full.
#[derive(Debug, Serialize, ToSchema)]
struct MessageDetail {
    /// Identity.
    id: i64,
    /// How far it has come.
    #[schema(value_type = String)]
    state: DeliveryState,
    /// The customer, by number.
    customer: String,
    /// To whom; none before the first try.
    recipient: Option<String>,
    /// Subject; none before the first try.
    subject: Option<String>,
    /// The plain text part.
    text: Option<String>,
    /// The HTML part.
    html: Option<String>,
    /// When it left.
    sent_at: Option<DateTime<Utc>>,
    /// Whether it left with a way to tell that it was opened.
    watched: bool,
    /// When it was opened first; none while nobody told.
    opened_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    attempts: i32,
    /// Why the last try failed.
    last_error: Option<String>,
    /// Title of the step.
    title: String,
    /// Scenario, by name.
    scenario: String,
    /// Level, for dunning.
    level: Option<i32>,
    /// When it was decided.
    decided_at: DateTime<Utc>,
    /// Under which revision of the rules.
    revision: i64,
    /// Why.
    reasons: Vec<Reason>,
    /// What went with it.
    attachments: Vec<File>,
    /// The invoices in it.
    invoices: Vec<Item>,
}

/// A document that went with a message.
#[derive(Debug, Serialize, ToSchema)]
struct File {
    /// Its place, from 1: the last part of the address from which it is read.
    place: i32,
    /// Name of its file.
    name: String,
    /// How many bytes it has.
    bytes: i32,
}

/// An invoice of a message.
#[derive(Debug, Serialize, ToSchema)]
struct Item {
    /// Its number.
    number: String,
    /// Its own step, by name.
    step: String,
    /// Its own level.
    level: Option<i32>,
    /// Its balance at the decision.
    balance: Amount,
}

/// Messages by state, newest first
#[utoipa::path(get, path = "/companies/{company}/messages", tag = "messages", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"), Wanted, Part),
    responses((status = 200, body = Messages), Refusals))]
async fn list(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At(company): At<String>,
    Asked(wanted): Asked<Wanted>,
    Asked(part): Asked<Part>,
) -> Result<Json<Messages>, ApiProblem> {
    let company = caller.company(&company).await?;
    let state = match wanted.state.as_deref() {
        None => DeliveryState::Sent,
        Some(word) => word.parse().map_err(|_| {
            ApiProblem::Unreadable(format!(
                "`state` is `{word}`: write sent, queued, sending, in_doubt, failed or cancelled"
            ))
        })?,
    };
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let (lines, total) =
        deliveries::list(&mut connection, company.id, state, part.offset(), part.limit()).await?;
    let messages = lines.into_iter().map(|line| MessageLine {
        id: line.id.0,
        state: line.state,
        customer: line.customer,
        title: line.title,
        level: line.level,
        recipient: line.recipient,
        subject: line.subject,
        sent_at: line.sent_at,
        last_error: line.last_error,
    });
    Ok(Json(Messages {
        total,
        messages: messages.collect(),
    }))
}

/// One message, as the customer saw it
#[utoipa::path(get, path = "/companies/{company}/messages/{id}", tag = "messages", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the message")),
    responses((status = 200, body = MessageDetail), Refusals))]
async fn show(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At((company, id)): At<(String, i64)>,
) -> Result<Json<MessageDetail>, ApiProblem> {
    let company = caller.company(&company).await?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let message = message::load(&mut connection, company.id, DeliveryId(id))
        .await?
        .ok_or_else(|| ApiProblem::NotFound(format!("there is no message {id}")))?;
    Ok(Json(MessageDetail {
        id: message.id.0,
        state: message.state,
        customer: message.customer,
        recipient: message.recipient,
        subject: message.subject,
        text: message.text,
        html: message.html,
        sent_at: message.sent_at,
        watched: message.watched,
        opened_at: message.opened_at,
        attempts: message.attempts,
        last_error: message.last_error,
        title: message.title,
        scenario: message.scenario,
        level: message.level,
        decided_at: message.decided_at,
        revision: message.revision,
        reasons: types::reasons(caller.words, company.time_zone, &message.reasons),
        attachments: message
            .attached
            .into_iter()
            .map(|file| File {
                place: file.place,
                name: file.name,
                bytes: file.bytes,
            })
            .collect(),
        invoices: message
            .items
            .into_iter()
            .map(|item| Item {
                number: item.invoice,
                step: item.step,
                level: item.level,
                balance: item.balance.into(),
            })
            .collect(),
    }))
}

/// A document that went with a message, as it was then
#[utoipa::path(get, path = "/companies/{company}/messages/{id}/attachments/{place}", tag = "messages", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the message"),
           ("place" = i32, Path, description = "Place of the document, from 1")),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), Refusals))]
async fn attachment(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At((company, id, place)): At<(String, i64, i32)>,
) -> Result<Response, ApiProblem> {
    let company = caller.company(&company).await?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let file = store::attached(&mut connection, company.id, DeliveryId(id), place)
        .await?
        .ok_or_else(|| ApiProblem::NotFound(format!("message {id} has no attachment {place}")))?;
    Ok(download::pdf(&file.name, file.pdf))
}

/// What became of a message in doubt.
#[derive(Debug, Deserialize, ToSchema)]
struct NewSettlement {
    /// `was_sent`, `resend` or `drop`.
    #[schema(value_type = String)]
    settlement: Settlement,
}

/// Say what became of a message in doubt
#[utoipa::path(post, path = "/companies/{company}/messages/{id}/settlement", tag = "messages", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the message")),
    request_body = NewSettlement,
    responses((status = 204, description = "It is settled"), Refusals))]
async fn settle(
    caller: Caller<CreditManager>,
    At((company, id)): At<(String, i64)>,
    Body(new): Body<NewSettlement>,
) -> Result<StatusCode, ApiProblem> {
    let company = caller.company(&company).await?;
    caller
        .doer(&company)
        .settle(DeliveryId(id), new.settlement)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which messages.
#[derive(Debug, Deserialize, ToSchema)]
struct Chosen {
    /// Their identities.
    #[serde(default)]
    messages: Vec<i64>,
    /// All that wait.
    #[serde(default)]
    all: bool,
}

impl Chosen {
    fn which(self) -> Which<DeliveryId> {
        if self.all {
            Which::All
        } else {
            Which::These(self.messages.into_iter().map(DeliveryId).collect())
        }
    }
}

/// Messages to be recalled.
#[derive(Debug, Deserialize, ToSchema)]
struct Recalled {
    #[serde(flatten)]
    chosen: Chosen,
    /// First day on which their invoices are reminded again; without it tomorrow.
    until: Option<NaiveDate>,
    /// Why, in words.
    #[serde(default)]
    why: String,
}

/// Recall messages before they leave
///
/// Their invoices are on hold until the day given; on that day the step is decided anew, if it still holds. Of all messages that wait
/// (`all`) none leaves from the beginning on.
#[utoipa::path(post, path = "/companies/{company}/messages/recall", tag = "messages", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company")),
    request_body = Recalled,
    responses((status = 200, body = Done), Refusals))]
async fn recall(
    State(app): State<App>,
    caller: Caller<CreditManager>,
    At(company): At<String>,
    Body(recalled): Body<Recalled>,
) -> Result<Json<Done>, ApiProblem> {
    let company = caller.company(&company).await?;
    let today = company.today(app.now());
    let recall = Recall {
        until: recalled.until.or(today.succ_opt()).unwrap_or(today),
        why: recalled.why.trim(),
    };
    let doer = caller.doer(&company);
    let done = doer.recall(&recalled.chosen.which(), recall).await?;
    Ok(Json(done.into()))
}

/// Let messages leave at once that wait for their time
#[utoipa::path(post, path = "/companies/{company}/messages/release", tag = "messages", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company")),
    request_body = Chosen,
    responses((status = 200, body = Done), Refusals))]
async fn release(
    caller: Caller<CreditManager>,
    At(company): At<String>,
    Body(chosen): Body<Chosen>,
) -> Result<Json<Done>, ApiProblem> {
    let company = caller.company(&company).await?;
    let done = caller.doer(&company).release(&chosen.which()).await?;
    Ok(Json(done.into()))
}
