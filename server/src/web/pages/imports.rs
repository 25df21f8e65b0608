//! `/c/{company}/imports`: what was read from files, and the lines that were refused.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::views::imports::{self, ImportLine};
use serde::Deserialize;
use serde_json::Value;

use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::pager;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/c/{company}/imports", get(list))
        .route("/c/{company}/imports/{id}", get(show))
}

#[derive(Debug, Deserialize)]
struct Asked {
    page: Option<i64>,
}

async fn list(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let runs = imports::list(&mut connection, company.id, 0, 100).await?;
    let w = visitor.words;
    let body = html! {
        h1 { (w.imports) }
        @if runs.is_empty() {
            p .none { (w.no_import) }
            pre { "relance import books/ --company " (company.code) }
        } @else {
            div .scroll { table .wide {
                thead { tr {
                    th scope="col" { (w.day) } th scope="col" { (w.source) } th scope="col" { (w.lines) }
                    th .num scope="col" { (w.refused_lines) } th scope="col" .optional { (w.by) }
                } }
                tbody { @for run in &runs { tr {
                    td .when { (w.moment(run.started_at, company.time_zone)) }
                    td { a href=(paths::company(&code, &format!("imports/{}", run.id))) { (run.source) }
                        @if run.finished_at.is_none() { " " span .tag.fair { (w.unfinished) } } }
                    td { (counts(w, &run.counts)) }
                    td .num { @if run.rejects > 0 { span .late { (run.rejects) } } @else { "0" } }
                    td .optional { (run.actor) }
                } } }
            } }
        }
    };
    Ok(layout::page(&visitor, company, Tab::Imports, w.imports, &body))
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path((code, id)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let offset = pager::offset(asked.page);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let run = imports::load(&mut connection, company.id, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let rejects = imports::rejects(&mut connection, company.id, id, offset, pager::PAGE).await?;
    let w = visitor.words;
    let body = html! {
        h1 { (w.import) " " (id) }
        (facts(w, company, &run))
        @if !run.notices.is_empty() {
            h2 { (w.notices) }
            ul { @for notice in &run.notices { li { (w.notice(notice)) } } }
        }
        h2 { (w.refused_lines) }
        @if rejects.is_empty() { p .good { (w.nothing_refused) } }
        @else {
            div .scroll { table .wide {
                thead { tr {
                    th scope="col" { (w.file) } th .num scope="col" { (w.line) } th scope="col" { (w.column) }
                    th scope="col" { (w.value) } th scope="col" { (w.reason) }
                } }
                tbody { @for reject in &rejects { tr {
                    td { (reject.file) }
                    td .num { (reject.line) }
                    td { @if let Some(field) = &reject.field { code { (field) } } }
                    td { @if let Some(value) = &reject.value { code { (value) } } }
                    td { (reject.reason) }
                } } }
            } }
        }
        (pager::links(w, offset, run.rejects, |page| format!("?page={page}")))
    };
    Ok(layout::page(&visitor, company, Tab::Imports, w.import, &body))
}

fn facts(w: &Words, company: &Company, run: &ImportLine) -> Markup {
    html! {
        dl .facts {
            dt { (w.source) } dd { code { (run.source) } }
            dt { (w.day) } dd { (w.moment(run.started_at, company.time_zone)) @if run.finished_at.is_none() { ", " (w.unfinished) } }
            dt { (w.by) } dd { (run.actor) }
            dt { (w.lines) } dd { (counts(w, &run.counts)) }
        }
    }
}

/// `customers 300 (12 new, 3 changed)`, for each kind of file that had lines.
fn counts(w: &Words, counts: &Value) -> Markup {
    let number = |of: &Value, what: &str| of.get(what).and_then(Value::as_i64).unwrap_or(0);
    html! {
        @if let Some(kinds) = counts.as_object() {
            @for (kind, of) in kinds {
                @if number(of, "read") > 0 {
                    span .count { (w.file_kind(kind)) " " (number(of, "read"))
                        small { " (" (number(of, "new")) " " (w.new_lines) ", " (number(of, "changed")) " " (w.changed_lines) ")" } } " "
                }
            }
        }
    }
}
