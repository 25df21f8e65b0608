//! `/c/{company}/rules`: what is in force, what was refused and why, the files, the revisions.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use maud::{Markup, html};
use relance_engine::rulebooks::{Rejection, Status};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::views::rules::{self, RevisionLine, SegmentCount};
use relance_rules::dsl::diagnostic::PlacedDiagnostic;
use relance_rules::dsl::lang::Lang;
use relance_rules::dsl::span::SourceMap;
use relance_rules::rulebook::Rulebook;

use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::titles::Titles;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/c/{company}/rules", get(show))
        .route("/c/{company}/rules/{revision}/{*file}", get(file))
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let status = app.engine.rulebooks.status();
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let revisions = rules::revisions(&mut connection, 20).await?;
    let segments = rules::segments(&mut connection, company.id).await?;
    let files = match &status.in_force {
        Some(in_force) => rules::files(&mut connection, in_force.revision)
            .await?
            .unwrap_or_default(),
        None => Default::default(),
    };
    let titles = Titles::new(status.in_force.clone());
    let w = visitor.words;
    let body = html! {
        h1 { (w.rules) }
        @if let Some(rejection) = &status.rejection { (problems(w, company, rejection)) }
        (in_force(w, company, &status))
        @if let Some(rules) = &status.in_force { (without_way(w, &rules.rulebook)) }
        div .columns {
            section { h2 { (w.files) }
                ul .plain-list { @if let Some(rules) = &status.in_force { @for path in files.keys() { li {
                    a href=(address(&code, rules.revision, path)) { code { (path) } }
                } } } }
                @if files.is_empty() { p .none { (w.no_file) } }
            }
            section { h2 { (w.whom_they_serve) } (served(w, &titles, &segments)) }
        }
        section { h2 { (w.revisions) } (history(w, company, &revisions)) }
    };
    Ok(layout::page(&visitor, company, Tab::Rules, w.rules, &body))
}

fn address(code: &str, revision: i64, path: &str) -> String {
    let path: Vec<String> = path.split('/').map(paths::encode).collect();
    format!("{}/{revision}/{}", paths::company(code, "rules"), path.join("/"))
}

fn in_force(w: &Words, company: &Company, status: &Status) -> Markup {
    html! {
        @match &status.in_force {
            Some(rules) => {
                dl .facts {
                    dt { (w.in_force) } dd { (w.revision) " " (rules.revision) " " small { code { (rules.rulebook.content_hash.get(..12).unwrap_or_default()) } } }
                    dt { (w.since) } dd { (w.moment(rules.since, company.time_zone)) ", " (rules.by) }
                    @if let Some(folder) = &status.folder { dt { (w.watched_folder) } dd { code { (folder.display()) } } }
                }
            }
            None => {
                p .alert { (w.no_rules) }
                pre { "relance serve --rules rules/" }
            }
        }
    }
}

/// Media that nothing leads out for: what the settings would have to say.
fn without_way(w: &Words, rulebook: &Rulebook) -> Markup {
    html! {
        @for medium in rulebook.without_way() {
            p .alert { (w.no_way_out) " " strong { (medium.name.title.as_deref().unwrap_or(&medium.name.name)) } ": "
                code { "webhooks." (medium.webhook) } }
        }
    }
}

fn problems(w: &Words, company: &Company, rejection: &Rejection) -> Markup {
    html! {
        section .alert #problems {
            h2 { (w.rules_rejected) small { (w.moment(rejection.at, company.time_zone)) } }
            p { (w.rules_rejected_help) }
            ol .problems { @for problem in told(w, &rejection.diagnostics) { li {
                p { strong { (problem.message) } " " small { code { (problem.code) } } }
                pre .source { span .gutter { (problem.place) } "\n" (problem.line) "\n"
                    (pointer(&problem.line, problem.place.column)) " " (problem.label) }
                @if let Some(help) = &problem.help { p .help { (help) } }
            } } }
        }
    }
}

/// The problems in the visitor's language.
fn told(w: &Words, problems: &[PlacedDiagnostic]) -> impl Iterator<Item = PlacedDiagnostic> {
    let lang = Lang::of_code(w.code).unwrap_or_default();
    problems.iter().cloned().map(move |problem| problem.told_in(lang))
}

/// A caret under a column of a line; tabs stay tabs, so that it stands where the text does.
fn pointer(line: &str, column: u32) -> String {
    let before = usize::try_from(column.saturating_sub(1)).unwrap_or(0);
    let mut text: String = line
        .chars()
        .take(before)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    text.push('^');
    text
}

fn served(w: &Words, titles: &Titles, segments: &[SegmentCount]) -> Markup {
    html! {
        @if segments.is_empty() { p .none { (w.not_reviewed) } }
        @else {
            table {
                thead { tr { th scope="col" { (w.segment) } th scope="col" { (w.scenario) } th .num scope="col" { (w.customers) } } }
                tbody { @for count in segments { tr {
                    td { @match &count.segment { Some(s) => { (titles.segment(s)) } None => { (w.no_segment) } } }
                    td { @match &count.scenario { Some(s) => { (titles.scenario(s)) } None => { (w.no_scenario) } } }
                    td .num { (count.customers) }
                } } }
            }
        }
    }
}

fn history(w: &Words, company: &Company, revisions: &[RevisionLine]) -> Markup {
    html! {
        div .scroll { table {
            thead { tr {
                th .num scope="col" { (w.revision) } th scope="col" { (w.since) } th scope="col" { (w.until_when) }
                th scope="col" { (w.by) } th .num scope="col" { (w.files) }
            } }
            tbody { @for revision in revisions { tr {
                td .num { (revision.id) }
                td .when { (w.moment(revision.in_force_at, company.time_zone)) }
                td .when { @match revision.superseded_at { Some(at) => { (w.moment(at, company.time_zone)) } None => { (w.in_force) } } }
                td { (revision.by) }
                td .num { (revision.files) }
            } } }
        } }
    }
}

/// A file as it was in a revision, with a mark for each line, so that reasons can lead to their line.
async fn file(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path((code, revision, path)): Path<(String, i64, String)>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let files = rules::files(&mut connection, revision)
        .await?
        .ok_or(Problem::NotFound)?;
    let in_force = app.engine.rulebooks.current();
    let standard = in_force.as_ref().map(|rules| &*rules.rulebook.checked.sources);
    let text = files
        .get(&path)
        .map(String::as_str)
        .or_else(|| standard.and_then(|sources| standard_file(sources, &path)))
        .ok_or(Problem::NotFound)?;
    let w = visitor.words;
    let body = html! {
        h1 { code { (path) } small { (w.revision) " " (revision) } }
        p { a href=(paths::company(&code, "rules")) { "← " (w.rules) } }
        ol .code { @for (number, line) in text.lines().enumerate() {
            li id={ "L" (number + 1) } { code { (line) "\n" } }
        } }
    };
    Ok(layout::page(&visitor, company, Tab::Rules, &path, &body))
}

/// A file of the standard library, which is part of the program and not of the revision.
fn standard_file<'a>(sources: &'a SourceMap, path: &str) -> Option<&'a str> {
    sources
        .iter()
        .find(|(_, source)| source.path == path && path.starts_with("std/"))
        .map(|(_, source)| source.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_its_column() {
        assert_eq!(pointer("\tsend at noon", 7), "\t     ^");
        assert_eq!(pointer("", 1), "^");
        assert_eq!(pointer("x", 0), "^");
    }
}
