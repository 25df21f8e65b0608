//! `/c/{company}`: what is owed, what is to be done, what leaves.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::views::dashboard::{self, Dashboard};
use relance_rules::words as rule_words;

use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::ageing;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/c/{company}", get(show))
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let (today, start) = app.today(company);
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let board = dashboard::load(&mut connection, company.id, company.currency, today, start).await?;
    let w = visitor.words;
    let body = html! {
        h1 { (w.dashboard) small { (w.long_date(today)) } }
        (alerts(w, &app, company, &board))
        (figures(w, company, &board))
        div .columns {
            section { h2 { (w.ageing) } (ageing::chart(w, &board.portfolio.converted)) }
            section { h2 { (w.next_days) } (planned(w, &board)) }
        }
        (ageing::table(w, &board.portfolio))
        div .columns.wide-right {
            section { h2 { (w.top_overdue) } (debtors(w, company, &board)) }
            section { h2 { (w.last_messages) } (last_sent(w, company, &board)) }
        }
    };
    Ok(layout::page(
        &visitor,
        company,
        Tab::Dashboard,
        w.dashboard,
        &body,
    ))
}

fn alerts(w: &Words, app: &App, company: &Company, board: &Dashboard) -> Markup {
    let status = app.engine.rulebooks.status();
    let rules = paths::company(&company.code, "rules");
    html! {
        @if status.in_force.is_none() {
            p .alert { a href=(rules) { (w.no_rules) } }
        }
        @if status.rejection.is_some() {
            p .alert { a href=(rules) { (w.rules_rejected) } }
        }
        @if board.figures.in_doubt > 0 {
            p .alert { a href=(paths::company(&company.code, "messages?state=in_doubt")) {
                (board.figures.in_doubt) " " (w.messages_in_doubt)
            } }
        }
        @if board.figures.trouble > 0 {
            p .alert { (board.figures.trouble) " " (w.accounts_in_trouble) }
        }
    }
}

fn figures(w: &Words, company: &Company, board: &Dashboard) -> Markup {
    let money = |amount| rule_words::money(amount, w.language);
    let (f, all) = (&board.figures, &board.portfolio.converted);
    let page = |page: &str| paths::company(&company.code, page);
    html! {
        dl .tiles {
            div { dt { (w.outstanding) } dd { (money(all.outstanding())) small { (w.invoice_count(all.invoices())) } } }
            div { dt { (w.overdue) } dd {
                a href=(page("customers?overdue=1&sort=overdue&dir=desc")) { (money(all.overdue())) }
                small { (w.invoice_count(all.overdue_invoices())) } } }
            div { dt { (w.to_do) } dd { a href=(page("tasks")) { (f.open_tasks) } small { (f.due_tasks) " " (w.due_today) } } }
            div { dt { (w.sent_today) } dd { a href=(page("messages")) { (f.sent_today) } small { (f.sent_30_days) " " (w.in_30_days) } } }
            div { dt { (w.disputes) } dd { (f.disputes) small { (f.promises) " " (w.promises_open) } } }
        }
    }
}

fn debtors(w: &Words, company: &Company, board: &Dashboard) -> Markup {
    html! {
        @if board.top_overdue.is_empty() { p .none { (w.nothing_overdue) } }
        @else {
            table {
                thead { tr { th scope="col" { (w.customer) } th .num scope="col" { (w.overdue) } th scope="col" { (w.oldest) } } }
                tbody { @for debtor in &board.top_overdue { tr {
                    td { a href=(paths::customer(&company.code, &debtor.number)) { (debtor.name) } }
                    td .num { (rule_words::money(debtor.overdue, w.language)) }
                    td { (w.date(debtor.oldest_due)) }
                } } }
            }
        }
    }
}

fn planned(w: &Words, board: &Dashboard) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { (w.day) } th .num scope="col" { (w.customers) } th .num scope="col" { (w.invoices) } } }
            tbody { @for day in &board.planned { tr {
                td { (w.week_day(day.day)) " " (w.date(day.day)) }
                td .num { (day.customers) }
                td .num { (day.invoices) }
            } } }
        }
        p .note { (w.planned_help) }
    }
}

fn last_sent(w: &Words, company: &Company, board: &Dashboard) -> Markup {
    html! {
        @if board.last_sent.is_empty() { p .none { (w.nothing_sent) } }
        @else {
            div .scroll { table .wide {
                thead { tr { th scope="col" { (w.sent_at) } th scope="col" { (w.customer) } th scope="col" { (w.subject) } th .num scope="col" { (w.level) } } }
                tbody { @for sent in &board.last_sent { tr {
                    td .when { (w.moment(sent.at, company.time_zone)) }
                    td { a href=(paths::customer(&company.code, &sent.customer)) { (sent.name) } }
                    td { a href=(paths::message(&company.code, sent.id)) { (sent.subject) } }
                    td .num { @if let Some(level) = sent.level { (level) } }
                } } }
            } }
        }
    }
}
