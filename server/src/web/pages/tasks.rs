//! `/c/{company}/tasks`: the to-do list.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use chrono::NaiveDate;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::views::states::{TaskKind, TaskState};
use relance_engine::views::tasks::{self, TaskLine, TaskQuery};
use relance_rules::words as rule_words;
use serde::Deserialize;

use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::pager;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::{TASK_ROLES, Words};

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/c/{company}/tasks", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    state: String,
    kind: String,
    role: String,
    page: Option<i64>,
    done: Option<String>,
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
    let w = visitor.words;
    let address = |page: i64| {
        let (kind, role) = (paths::encode(&asked.kind), paths::encode(&asked.role));
        format!("?state={}&kind={kind}&role={role}&page={page}", state.word())
    };
    let body = html! {
        h1 { (w.to_do) small { (total) } }
        @if let Some(done) = asked.done.as_deref().and_then(|word| w.done(word)) { p .good role="status" { (done) } }
        nav .tabs aria-label=(w.state) { @for other in TaskState::ALL {
            a href={ "?state=" (other.word()) } aria-current=[(*other == state).then_some("true")] { (w.task_state(*other)) }
        } }
        (filters(w, state, &asked))
        @if lines.is_empty() { p .none { (w.no_task) } }
        @else { (table(w, company, &lines, today)) }
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

fn table(w: &Words, company: &Company, lines: &[TaskLine], today: NaiveDate) -> Markup {
    html! {
        div .scroll { table .wide {
            thead { tr {
                th scope="col" { (w.until) } th scope="col" { (w.task) } th scope="col" { (w.customer) }
                th .num scope="col" { (w.overdue) } th .num scope="col" { (w.priority) } th scope="col" { (w.contact) } th scope="col" .optional { (w.role_word) }
            } }
            tbody { @for line in lines { tr {
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
