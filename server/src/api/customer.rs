//! `GET /companies/{company}/customers/{number}`

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use relance_engine::store::StoreError;
use relance_engine::views::customer::{self, CustomerHead};
use relance_engine::views::invoices::{self, InvoiceLine};
use relance_engine::views::states::EmailState;
use relance_rules::facts::CustomerKind;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{At, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::{self, Amount, Reason};
use crate::web::auth::rank::Viewer;
use crate::web::state::App;
use crate::web::words::Words;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

/// A customer with contacts, invoices, and what comes next.
#[derive(Debug, Serialize, ToSchema)]
struct CustomerDetail {
    /// Number.
    number: String,
    /// Name.
    name: String,
    /// `business`, `public` or `consumer`.
    #[schema(value_type = String)]
    kind: CustomerKind,
    /// Two-letter country code.
    country: String,
    /// Two-letter language code, when noted.
    language: Option<String>,
    /// Free tags.
    tags: Vec<String>,
    /// Fields of the firm's own, by name, as the import noted them.
    custom: BTreeMap<String, String>,
    /// Segment set by hand.
    segment_by_hand: Option<String>,
    /// What the last review said.
    review: Review,
    /// People at the customer, the main contact first.
    contacts: Vec<Contact>,
    /// Open invoices and credit notes, and the last 30 that were settled.
    invoices: Vec<Invoice>,
}

/// What the last review said.
#[derive(Debug, Serialize, ToSchema)]
struct Review {
    /// When.
    at: Option<DateTime<Utc>>,
    /// When the account is looked at next; none when only an event wakes it.
    next_at: Option<DateTime<Utc>>,
    /// Under which revision of the rules.
    revision: Option<i64>,
    /// Segment, by name.
    segment: Option<String>,
    /// Scenario, by name.
    scenario: Option<String>,
    /// Payer score.
    score: Option<i32>,
    /// Its band, by name.
    band: Option<String>,
    /// Why.
    reasons: Vec<Reason>,
    /// Why it could not decide.
    trouble: Option<String>,
}

/// A person at the customer.
#[derive(Debug, Serialize, ToSchema)]
struct Contact {
    /// Name.
    name: String,
    /// Role, as `accounts_payable`.
    role: Option<String>,
    /// The main contact.
    main: bool,
    /// Two-letter language code, when noted.
    language: Option<String>,
    /// Address, when noted.
    email: Option<String>,
    /// `usable`, `bounced` or `opted_out`.
    #[schema(value_type = String)]
    email_state: EmailState,
    /// Telephone number, when noted.
    phone: Option<String>,
}

/// An invoice or a credit note.
#[derive(Debug, Serialize, ToSchema)]
struct Invoice {
    /// Number.
    number: String,
    /// A credit note?
    credit_note: bool,
    /// Day of issue.
    issued: NaiveDate,
    /// Due date.
    due: NaiveDate,
    /// Amount, with tax.
    amount: Amount,
    /// What is open of it.
    open: Amount,
    /// The day on which it was settled.
    settled_on: Option<NaiveDate>,
    /// There is an open dispute.
    disputed: bool,
    /// The day of an open promise.
    promised: Option<NaiveDate>,
    /// Fields of the firm's own, by name, as the import noted them.
    custom: BTreeMap<String, String>,
    /// Where it stands, once it was reviewed.
    position: Option<Position>,
}

/// Where an invoice stands in its scenario.
#[derive(Debug, Serialize, ToSchema)]
struct Position {
    /// The last step carried out, by name.
    last_step: Option<String>,
    /// The last level carried out.
    last_level: Option<i32>,
    /// The step that comes next, by name.
    next_step: Option<String>,
    /// Its level.
    next_level: Option<i32>,
    /// The earliest day for it.
    next_on: Option<NaiveDate>,
    /// Why then, or why nothing.
    reasons: Vec<Reason>,
}

/// One customer, with what comes next and why
#[utoipa::path(get, path = "/companies/{company}/customers/{number}", tag = "customers", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("number" = String, Path, description = "Number of the customer")),
    responses((status = 200, body = CustomerDetail), Refusals))]
async fn show(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At((company, number)): At<(String, String)>,
) -> Result<Json<CustomerDetail>, ApiProblem> {
    let company = caller.company(&company).await?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let head = customer::head(&mut connection, company.id, &number)
        .await?
        .ok_or_else(|| ApiProblem::NotFound(format!("there is no customer {number}")))?;
    let contacts = customer::contacts(&mut connection, company.id, head.id).await?;
    let invoices = invoices::of_customer(&mut connection, company.id, head.id, 500, 30).await?;
    let (w, zone) = (caller.words, company.time_zone);
    Ok(Json(CustomerDetail {
        review: review(w, zone, &head),
        number: head.number,
        name: head.name,
        kind: head.kind,
        country: head.country,
        language: head.language,
        tags: head.tags,
        custom: head.custom,
        segment_by_hand: head.segment_by_hand,
        contacts: contacts
            .into_iter()
            .map(|contact| Contact {
                name: contact.name,
                role: contact.role,
                main: contact.main,
                language: contact.language,
                email: contact.email,
                email_state: contact.email_state,
                phone: contact.phone,
            })
            .collect(),
        invoices: invoices.into_iter().map(|line| invoice(w, zone, line)).collect(),
    }))
}

fn review(w: &Words, zone: Tz, head: &CustomerHead) -> Review {
    let review = &head.review;
    Review {
        at: review.at,
        next_at: review.next_at,
        revision: review.revision,
        segment: review.segment.clone(),
        scenario: review.scenario.clone(),
        score: review.score,
        band: review.band.clone(),
        reasons: types::reasons(w, zone, &review.reasons),
        trouble: review.trouble.clone(),
    }
}

fn invoice(w: &Words, zone: Tz, line: InvoiceLine) -> Invoice {
    Invoice {
        number: line.number,
        credit_note: line.credit_note,
        issued: line.issued,
        due: line.due,
        amount: line.amount.into(),
        open: line.open.into(),
        settled_on: line.settled_on,
        disputed: line.disputed,
        promised: line.promised,
        custom: line.custom,
        position: line.position.map(|position| Position {
            last_step: position.last_step,
            last_level: position.last_level,
            next_step: position.next_step,
            next_level: position.next_level,
            next_on: position.next_on,
            reasons: types::reasons(w, zone, &position.reasons),
        }),
    }
}
