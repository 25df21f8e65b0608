//! `/c/{company}/tasks`: the to-do list.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use chrono::NaiveDate;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::tasks::{Closing, TaskKind as StoredKind, TaskOutcome};
use relance_engine::store::users::Role;
use relance_engine::views::states::{TaskKind, TaskState};
use relance_engine::views::tasks::{self, TaskLine, TaskQuery};
use relance_rules::dsl::text;
use relance_rules::ids::TaskId;
use relance_rules::words as rule_words;
use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error as ValueError, StrDeserializer};

use crate::web::auth::form::Checked;
use crate::web::auth::rank::{Collector, Viewer};
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::chosen::{self, Chosen};
use crate::web::parts::pager;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::{TASK_ROLES, Words};
use crate::work::Doer;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/c/{company}/tasks", get(show))
        .route("/c/{company}/tasks/many", post(many))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    kind: String,
    role: String,
    page: Option<i64>,
    done: Option<String>,
    count: u32,
    missed: u32,
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let (today, _) = app.today(company);
    let state = asked.state.parse().unwrap_or(TaskState::Open);
    let offset = pager::offset(asked.page);
    let query = TaskQuery {
        state,
        kind: asked.kind.parse().ok(),
        role: Some(asked.role.as_str()).filter(|role| !role.is_empty()),
        customer: None,
        offset,
        limit: pager::PAGE,
    };
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let (lines, total) = tasks::list(&mut connection, company.id, company.currency, today, &query).await?;
    drop(connection);
    let w = visitor.words;
    // What can be said of many at once is said of one kind.
    let kind = StoredKind::of(&asked.kind).ok().filter(|kind| {
        let outcomes = kind.outcomes_of_many();
        state == TaskState::Open && outcomes.iter().any(|outcome| visitor.may(needed(*outcome)))
    });
    let address = |page: i64| {
        let (kind, role) = (paths::encode(&asked.kind), paths::encode(&asked.role));
        format!("?state={}&kind={kind}&role={role}&page={page}", state.word())
    };
    let body = html! {
        h1 { (w.to_do) small { (total) } }
        @if let Some(done) = asked.done.as_deref().and_then(|word| w.done(word)) { p .good role="status" { (done) } }
        @if let Some(done) = asked.done.as_deref().and_then(|word| w.done_to_many(word, asked.count, asked.missed)) {
            p .good role="status" { (done) }
        }
        nav .tabs aria-label=(w.state) { @for other in TaskState::ALL {
            a href={ "?state=" (other.word()) } aria-current=[(*other == state).then_some("true")] { (w.task_state(*other)) }
        } }
        (filters(w, state, &asked))
        @if lines.is_empty() { p .none { (w.no_task) } }
        @else if let Some(kind) = kind {
            form method="post" action={ (paths::company(&code, "tasks")) "/many" } { (layout::csrf(&visitor))
                (table(w, company, &lines, today, true))
                (acts(w, kind, &asked.role))
            }
        }
        @else { (table(w, company, &lines, today, false)) }
        (pager::links(w, offset, total, address))
    };
    Ok(layout::page(&visitor, company, Tab::Tasks, w.to_do, &body))
}

fn filters(w: &Words, state: TaskState, asked: &Asked) -> Markup {
    html! {
        form .filters method="get" {
            input type="hidden" name="state" value=(state.word());
            label { span .hidden { (w.kind_word) } select name="kind" {
                option value="" { (w.all_kinds) }
                @for kind in TaskKind::ALL { option value=(kind.word()) selected[kind.word() == asked.kind] { (w.task_kind(*kind)) } }
            } }
            label { span .hidden { (w.role_word) } select name="role" {
                option value="" { (w.all_roles) }
                @for role in TASK_ROLES { option value=(role) selected[role == asked.role] { (w.assigned(role)) } }
            } }
            button { (w.filter) }
        }
    }
}

fn table(w: &Words, company: &Company, lines: &[TaskLine], today: NaiveDate, choosable: bool) -> Markup {
    html! {
        div .scroll { table .wide {
            thead { tr {
                @if choosable { th scope="col" { span .hidden { (w.choose) } } }
                th scope="col" { (w.until) } th scope="col" { (w.task) } th scope="col" { (w.customer) }
                th .num scope="col" { (w.overdue) } th .num scope="col" { (w.priority) } th scope="col" { (w.contact) } th scope="col" .optional { (w.role_word) }
            } }
            tbody { @for line in lines { tr {
                @if choosable { td { (chosen::tick(w, line.id, &line.title)) } }
                td .when { @if line.state == TaskState::Open && line.due_on < today { span .late { (w.date(line.due_on)) } }
                    @else { (w.date(line.due_on)) } }
                td { a href=(paths::task(&company.code, line.id)) { (line.title) } " " small { (w.task_kind(line.kind)) }
                    @if let Some(outcome) = &line.outcome { br; span .tag { (w.outcome(outcome)) }
                        @if let Some(note) = &line.note { " " small { (note) } } } }
                td { a href=(paths::customer(&company.code, &line.customer)) { (line.customer_name) } }
                td .num { (rule_words::money(line.overdue, w.language)) }
                td .num { @if let Some(priority) = &line.priority {
                    span title=(rule_words::priority(priority, company.currency, w.language)) { (rule_words::number(priority.value, w.language)) }
                } }
                td { @if let Some(contact) = &line.contact { (contact) " " }
                    @if let Some(phone) = &line.phone { a .nowrap href={ "tel:" (phone.replace(' ', "")) } { (phone) } } }
                td .optional { (w.assigned(&line.assign_role)) }
            } } }
        } }
    }
}

/// What can be said of many tasks of a kind at once.
fn acts(w: &Words, kind: StoredKind, role: &str) -> Markup {
    html! {
        div .many {
            input type="hidden" name="kind" value=(kind.name());
            input type="hidden" name="role" value=(role);
            div .inline {
                @for outcome in kind.outcomes_of_many() {
                    label .check { input type="radio" name="outcome" value=(outcome.name()) required; (w.outcome(outcome.name())) }
                }
                label { (w.note) " " small { (w.may_be_empty) } " " input name="note" maxlength="1000"; }
            }
            div .buttons {
                button name="act" value="these" { (w.close_many) }
                button name="act" value="all" { (w.close_all) }
            }
        }
    }
}

/// Who may say so of a task.
fn needed(outcome: TaskOutcome) -> Role {
    if outcome.is_a_managers() {
        Role::CreditManager
    } else {
        Role::Collector
    }
}

async fn many(
    State(app): State<App>,
    visitor: As<Collector>,
    Path(code): Path<String>,
    Checked(fields): Checked<Vec<(String, String)>>,
) -> Result<Redirect, Problem> {
    let chosen = Chosen(fields);
    let given: StrDeserializer<'_, ValueError> = chosen.text("outcome").into_deserializer();
    let unknown = || {
        Problem::Form(text!(
            "say what came of the tasks",
            "dites ce qu’ont donné les tâches"
        ))
    };
    let outcome = TaskOutcome::deserialize(given).map_err(|_| unknown())?;
    let role = needed(outcome);
    if !visitor.may(role) {
        return Err(Problem::Forbidden(role));
    }
    let doer = Doer {
        engine: &app.engine,
        company: visitor.company(&code)?,
        actor: &visitor.user.login,
    };
    let closing = Closing {
        kind: StoredKind::of(chosen.text("kind")).map_err(|_| unknown())?,
        outcome,
        note: chosen.text("note"),
    };
    let of_role = Some(chosen.text("role")).filter(|role| !role.is_empty());
    let which = chosen.which(chosen.text("act") == "all", TaskId);
    let done = doer.close_many(&which, of_role, closing).await?;
    let page = format!(
        "tasks?kind={}&done=tasks&{}",
        closing.kind.name(),
        chosen::told(done)
    );
    Ok(Redirect::to(&paths::company(&code, &page)))
}
