//! `/c/{company}/tasks/{id}`: one piece of work, and what it gave.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use chrono::NaiveDate;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::tasks::TaskOutcome;
use relance_engine::store::users::Role;
use relance_engine::views::states::{TaskKind, TaskState};
use relance_engine::views::tasks::{self, TaskDetail};
use relance_rules::dsl::lang::Text;
use relance_rules::ids::TaskId;
use relance_rules::words as rule_words;
use serde::Deserialize;

use crate::web::auth::form::Checked;
use crate::web::auth::rank::{Collector, Viewer};
use crate::web::auth::visitor::{As, Visitor};
use crate::web::draft::Draft;
use crate::web::layout::{self, Tab};
use crate::web::parts::reasons;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::work::Doer;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/c/{company}/tasks/{id}", get(show))
        .route("/c/{company}/tasks/{id}/close", post(close))
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path((code, id)): Path<(String, i64)>,
    draft: Draft,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let (today, _) = app.today(company);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let task = tasks::load(&mut connection, company.id, company.currency, today, TaskId(id))
        .await?
        .ok_or(Problem::NotFound)?;
    let w = visitor.words;
    let line = &task.line;
    let body = html! {
        h1 { (line.title) small { (w.task_kind(line.kind)) } }
        (draft.told())
        (facts(&visitor, company, &task))
        div .columns.wide-left {
            @if let Some(script) = &task.script { section { h2 { (w.script) } pre .letter { (script) } } }
            section {
                h2 { (w.invoices_title) }
                ul .plain-list { @for (number, open) in &task.invoices { li { (number) " – " (rule_words::money(*open, w.language)) } } }
                (reasons::folded(w, company, None, &task.reasons))
                @if line.state == TaskState::Open && visitor.may(needed(line.kind)) { (outcome_form(&visitor, company, &task, &draft, today)) }
            }
        }
    };
    Ok(layout::page(&visitor, company, Tab::Tasks, &line.title, &body))
}

fn needed(kind: TaskKind) -> Role {
    match kind {
        TaskKind::SettleInDoubt | TaskKind::Approval | TaskKind::ExpiredApproval => Role::CreditManager,
        _ => Role::Collector,
    }
}

fn facts(visitor: &Visitor, company: &Company, task: &TaskDetail) -> Markup {
    let w = visitor.words;
    let line = &task.line;
    html! {
        dl .facts {
            dt { (w.customer) } dd { a href=(paths::customer(&company.code, &line.customer)) { (line.customer_name) } }
            dt { (w.overdue) } dd { (rule_words::money(line.overdue, w.language)) }
            @if let Some(priority) = &line.priority {
                dt { (w.priority) } dd { (rule_words::priority(priority, company.currency, w.language)) }
            }
            dt { (w.until) } dd { (w.date(line.due_on)) ", " (w.assigned(&line.assign_role)) }
            @if line.contact.is_some() || line.phone.is_some() || task.email.is_some() {
                dt { (w.contact) } dd {
                    @if let Some(contact) = &line.contact { (contact) " " }
                    @if let Some(phone) = &line.phone { a href={ "tel:" (phone.replace(' ', "")) } { (phone) } " " }
                    @if let Some(email) = &task.email { a href={ "mailto:" (email) } { (email) } }
                }
            }
            @if let Some(delivery) = task.delivery { dt { (w.message) } dd { a href=(paths::message(&company.code, delivery)) { (w.see_message) } } }
            dt { (w.state) } dd { (w.task_state(line.state))
                @if let Some(outcome) = &line.outcome { ": " (w.outcome(outcome)) }
                @if let Some(at) = line.closed_at { ", " (w.moment(at, company.time_zone)) }
                @if let Some(by) = &line.closed_by { ", " (by) }
                @if let Some(note) = &line.note { br; (note) }
            }
        }
    }
}

/// What may come of a task of a kind, as stored.
fn outcomes(kind: TaskKind) -> &'static [&'static str] {
    match kind {
        TaskKind::Call => &["reached", "no_answer", "promise", "dispute", "paid", "other"],
        TaskKind::FixContact => &["fixed", "other"],
        TaskKind::SettleInDoubt => &["was_sent", "resend", "drop"],
        TaskKind::Attention => &["fixed", "other"],
        TaskKind::ByHand => &["sent", "other"],
        TaskKind::Task | TaskKind::HandOver => &["done", "other"],
        TaskKind::Approval => &["approved", "refused"],
        TaskKind::ExpiredApproval => &["approved", "ask_again", "refused"],
    }
}

fn outcome_form(
    visitor: &Visitor,
    company: &Company,
    task: &TaskDetail,
    draft: &Draft,
    today: NaiveDate,
) -> Markup {
    let w = visitor.words;
    let action = format!("{}/close", paths::task(&company.code, task.line.id));
    let t = draft.of(&action);
    html! {
        div #outcome { h2 { (w.what_came_of_it) }
            form .stack method="post" action=(action) { (layout::csrf(visitor))
                fieldset { legend .hidden { (w.what_came_of_it) }
                    @for outcome in outcomes(task.line.kind) {
                        label .check { input type="radio" name="outcome" value=(outcome) required checked[t.chose("outcome", outcome, false)]; (w.outcome(outcome)) }
                    }
                }
                @if task.line.kind == TaskKind::Call {
                    label { (w.pay_by) " " small { (w.pay_by_help) } input type="date" name="pay_by" min=(today) value=[t.value("pay_by")]; }
                }
                label { (w.note) textarea name="note" rows="3" maxlength="4000" { (t.or("note", "")) } }
                button { (w.close_task) }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct Fields {
    outcome: TaskOutcome,
    #[serde(default)]
    pay_by: String,
    #[serde(default)]
    note: String,
}

async fn close(
    State(app): State<App>,
    visitor: As<Collector>,
    Path((code, id)): Path<(String, i64)>,
    Checked(fields): Checked<Fields>,
) -> Result<Redirect, Problem> {
    let company = visitor.company(&code)?;
    if fields.outcome.is_a_managers() && !visitor.may(Role::CreditManager) {
        return Err(Problem::Forbidden(Role::CreditManager));
    }
    let pay_by = match fields.pay_by.trim() {
        "" => None,
        text => Some(
            text.parse::<NaiveDate>()
                .map_err(|_| Problem::Form(Text::same(visitor.words.bad_day(text))))?,
        ),
    };
    let doer = Doer {
        engine: &app.engine,
        company,
        actor: &visitor.user.login,
    };
    doer.close_task(TaskId(id), fields.outcome, fields.note.trim(), pay_by)
        .await?;
    Ok(Redirect::to(&format!(
        "{}?done=task",
        paths::company(&code, "tasks")
    )))
}
