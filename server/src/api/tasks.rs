//! `GET /companies/{company}/tasks`, `GET …/tasks/{id}`, `POST …/tasks/{id}/outcome`, `POST …/tasks/outcomes`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use relance_engine::store::StoreError;
use relance_engine::store::tasks::{Closing, TaskKind as StoredKind, TaskOutcome};
use relance_engine::store::users::Role;
use relance_engine::views::states::{TaskKind, TaskState};
use relance_engine::views::tasks::{self, TaskLine, TaskQuery};
use relance_rules::ids::TaskId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::{Asked, At, Body, Caller};
use super::problem::{ApiProblem, Refusals};
use super::types::{self, Amount, Done, Part, Reason};
use crate::many::Which;
use crate::web::auth::rank::{Collector, Viewer};
use crate::web::state::App;

/// Routes of this endpoint.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(outcome))
        .routes(routes!(outcomes))
}

/// Which tasks.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// `open` (when it is not given), `done` or `cancelled`.
    state: Option<String>,
    /// Only `call`, `fix_contact`, `settle_in_doubt`, `attention`, `by_hand`, `task`, `approval`, `expired_approval` or `hand_over`.
    kind: Option<String>,
    /// Only for this role, as `collector`.
    role: Option<String>,
    /// Only of this customer, by number.
    customer: Option<String>,
}

/// A page of tasks.
#[derive(Debug, Serialize, ToSchema)]
struct Tasks {
    /// How many there are in all.
    total: i64,
    /// The tasks.
    tasks: Vec<Task>,
}

/// A task in a list.
#[derive(Debug, Serialize, ToSchema)]
struct Task {
    /// Identity.
    id: i64,
    /// `call`, `fix_contact`, `settle_in_doubt`, `attention`, `by_hand`, `task`, `approval`, `expired_approval` or `hand_over`.
    #[schema(value_type = String)]
    kind: TaskKind,
    /// What is to be done.
    title: String,
    /// Role of the user who is to do it.
    role: String,
    /// By when.
    due_on: NaiveDate,
    /// `open`, `done` or `cancelled`.
    #[schema(value_type = String)]
    state: TaskState,
    /// What it gave.
    outcome: Option<String>,
    /// In words.
    note: Option<String>,
    /// The customer, by number.
    customer: String,
    /// The customer's name.
    customer_name: String,
    /// What the customer has overdue, in the company's currency, where rates are known.
    overdue: Amount,
    /// Its weight in the order of the list, with the figures that it is the product of; none once it is closed.
    priority: Option<Priority>,
    /// Whom to call, when known.
    contact: Option<String>,
    /// Telephone number, when known.
    phone: Option<String>,
}

/// `value` = `amount` x `age` x `risk` x `promise`.
#[derive(Debug, Serialize, ToSchema)]
struct Priority {
    /// The product, a whole number.
    value: Decimal,
    /// What is overdue, in the company's currency.
    amount: Decimal,
    /// 1 for what has just become overdue, 2 after 30 days, at most 5.
    age: Decimal,
    /// Between 1 (the best score) and 2 (the worst); 1.5 without a score.
    risk: Decimal,
    /// 0.5 for an open promise, 1.5 after a broken one, else 1.
    promise: Decimal,
}

impl From<relance_rules::priority::Priority> for Priority {
    fn from(priority: relance_rules::priority::Priority) -> Self {
        Self {
            value: priority.value,
            amount: priority.amount,
            age: priority.age,
            risk: priority.risk,
            promise: priority.promise,
        }
    }
}

/// A task in full.
#[derive(Debug, Serialize, ToSchema)]
struct TaskDetail {
    /// As in the list.
    task: Task,
    /// What to say.
    script: Option<String>,
    /// The message in doubt, when there is one.
    message: Option<i64>,
    /// Why it is to be done.
    reasons: Vec<Reason>,
    /// The open invoices concerned, by number.
    invoices: Vec<String>,
}

impl From<TaskLine> for Task {
    fn from(line: TaskLine) -> Self {
        Self {
            id: line.id.0,
            kind: line.kind,
            title: line.title,
            role: line.assign_role,
            due_on: line.due_on,
            state: line.state,
            outcome: line.outcome,
            note: line.note,
            customer: line.customer,
            customer_name: line.customer_name,
            overdue: line.overdue.into(),
            priority: line.priority.map(Priority::from),
            contact: line.contact,
            phone: line.phone,
        }
    }
}

/// The to-do list
#[utoipa::path(get, path = "/companies/{company}/tasks", tag = "tasks", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"), Wanted, Part),
    responses((status = 200, body = Tasks), Refusals))]
async fn list(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At(company): At<String>,
    Asked(wanted): Asked<Wanted>,
    Asked(part): Asked<Part>,
) -> Result<Json<Tasks>, ApiProblem> {
    let company = caller.company(&company).await?;
    let unreadable = |error: &dyn std::fmt::Display| ApiProblem::Unreadable(error.to_string());
    let state = match wanted.state.as_deref() {
        None => TaskState::Open,
        Some(word) => word
            .parse()
            .map_err(|_| unreadable(&format!("`state` is `{word}`: write open, done or cancelled")))?,
    };
    let kind = match wanted.kind.as_deref() {
        None => None,
        Some(word) => Some(word.parse().map_err(|_| {
            unreadable(&format!(
                "`kind` is `{word}`: write call, fix_contact, settle_in_doubt, attention, by_hand, task, \
                 approval, expired_approval or hand_over"
            ))
        })?),
    };
    let query = TaskQuery {
        state,
        kind,
        role: wanted.role.as_deref(),
        customer: wanted.customer.as_deref(),
        offset: part.offset(),
        limit: part.limit(),
    };
    let (today, _) = app.today(&company);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let (lines, total) = tasks::list(&mut connection, company.id, company.currency, today, &query).await?;
    let tasks = lines.into_iter().map(Task::from).collect();
    Ok(Json(Tasks { total, tasks }))
}

/// One task
#[utoipa::path(get, path = "/companies/{company}/tasks/{id}", tag = "tasks", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the task")),
    responses((status = 200, body = TaskDetail), Refusals))]
async fn show(
    State(app): State<App>,
    caller: Caller<Viewer>,
    At((company, id)): At<(String, i64)>,
) -> Result<Json<TaskDetail>, ApiProblem> {
    let company = caller.company(&company).await?;
    let (today, _) = app.today(&company);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let detail = tasks::load(&mut connection, company.id, company.currency, today, TaskId(id))
        .await?
        .ok_or_else(|| ApiProblem::NotFound(format!("there is no task {id}")))?;
    Ok(Json(TaskDetail {
        task: detail.line.into(),
        script: detail.script,
        message: detail.delivery.map(|id| id.0),
        reasons: types::reasons(caller.words, company.time_zone, &detail.reasons),
        invoices: detail.invoices.into_iter().map(|(number, _)| number).collect(),
    }))
}

/// What came of a task.
#[derive(Debug, Deserialize, ToSchema)]
struct NewOutcome {
    /// `reached`, `no_answer`, `promise`, `dispute`, `paid`, `fixed`, `was_sent`, `resend`, `drop`, `sent`, `done`, `approved`,
    /// `refused`, `ask_again` or `other`: which of them depends on the kind.
    #[schema(value_type = String)]
    outcome: TaskOutcome,
    /// In words.
    #[serde(default)]
    note: String,
    /// With `promise`: the last day for the payment; a promise is then taken for each open invoice of the task.
    pay_by: Option<NaiveDate>,
}

/// Close a task with its outcome
#[utoipa::path(post, path = "/companies/{company}/tasks/{id}/outcome", tag = "tasks", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company"),
           ("id" = i64, Path, description = "Identity of the task")),
    request_body = NewOutcome,
    responses((status = 204, description = "It is closed"), Refusals))]
async fn outcome(
    caller: Caller<Collector>,
    At((company, id)): At<(String, i64)>,
    Body(new): Body<NewOutcome>,
) -> Result<StatusCode, ApiProblem> {
    if new.outcome.is_a_managers() && caller.role < Role::CreditManager {
        return Err(ApiProblem::Forbidden(Role::CreditManager));
    }
    let company = caller.company(&company).await?;
    caller
        .doer(&company)
        .close_task(TaskId(id), new.outcome, new.note.trim(), new.pay_by)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One outcome of many tasks of one kind.
#[derive(Debug, Deserialize, ToSchema)]
struct NewOutcomes {
    /// `by_hand`, `task`, `hand_over`, `approval` or `expired_approval`.
    kind: String,
    /// Their identities.
    #[serde(default)]
    tasks: Vec<i64>,
    /// All open ones of this kind.
    #[serde(default)]
    all: bool,
    /// With `all`, only those of this role, as `collector`.
    role: Option<String>,
    /// What came of them: `approved`, `refused`, `sent`, `done` ...
    #[schema(value_type = String)]
    outcome: TaskOutcome,
    /// In words.
    #[serde(default)]
    note: String,
}

/// Close many tasks of one kind with one outcome
#[utoipa::path(post, path = "/companies/{company}/tasks/outcomes", tag = "tasks", security(("bearer" = [])),
    params(("company" = String, Path, description = "Code of the company")),
    request_body = NewOutcomes,
    responses((status = 200, body = Done), Refusals))]
async fn outcomes(
    caller: Caller<Collector>,
    At(company): At<String>,
    Body(new): Body<NewOutcomes>,
) -> Result<Json<Done>, ApiProblem> {
    if new.outcome.is_a_managers() && caller.role < Role::CreditManager {
        return Err(ApiProblem::Forbidden(Role::CreditManager));
    }
    let company = caller.company(&company).await?;
    let unknown = |_| ApiProblem::Unreadable(format!("there is no kind of task `{}`", new.kind));
    let closing = Closing {
        kind: StoredKind::of(&new.kind).map_err(unknown)?,
        outcome: new.outcome,
        note: new.note.trim(),
    };
    let which = if new.all {
        Which::All
    } else {
        Which::These(new.tasks.iter().copied().map(TaskId).collect())
    };
    let doer = caller.doer(&company);
    let done = doer.close_many(&which, new.role.as_deref(), closing).await?;
    Ok(Json(done.into()))
}
