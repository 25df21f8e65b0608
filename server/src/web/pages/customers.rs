//! `/c/{company}/customers`: search, sort, pages.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::views::customers::{self, CustomerPage, CustomerQuery, CustomerSort};
use relance_rules::words as rule_words;
use serde::Deserialize;

use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::layout::{self, Tab};
use crate::web::parts::pager;
use crate::web::parts::titles::Titles;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/c/{company}/customers", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    overdue: String,
    segment: String,
    sort: String,
    dir: String,
    page: Option<i64>,
}

impl Asked {
    fn sort(&self) -> CustomerSort {
        CustomerSort::ALL
            .into_iter()
            .find(|sort| sort.word() == self.sort)
            .unwrap_or(CustomerSort::Overdue)
    }

    /// Amounts are read from the largest, all else from the first.
    fn descending(&self) -> bool {
        match self.dir.as_str() {
            "desc" => true,
            "asc" => false,
            _ => matches!(self.sort(), CustomerSort::Overdue | CustomerSort::Outstanding),
        }
    }

    fn address(&self, sort: CustomerSort, descending: bool, page: i64) -> String {
        format!(
            "?q={}&overdue={}&segment={}&sort={}&dir={}&page={page}",
            paths::encode(&self.q),
            paths::encode(&self.overdue),
            paths::encode(&self.segment),
            sort.word(),
            if descending { "desc" } else { "asc" },
        )
    }
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let (today, _) = app.today(company);
    let offset = pager::offset(asked.page);
    let query = CustomerQuery {
        search: asked.q.trim(),
        overdue_only: !asked.overdue.is_empty(),
        segment: Some(asked.segment.as_str()).filter(|s| !s.is_empty()),
        sort: asked.sort(),
        descending: asked.descending(),
        offset,
        limit: pager::PAGE,
    };
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let list = customers::list(&mut connection, company.id, company.currency, today, &query).await?;
    let titles = Titles::new(app.engine.rulebooks.current());
    let w = visitor.words;
    let body = html! {
        h1 { (w.customers) small { (list.total) } }
        (search(w, &asked, &titles))
        @if list.rows.is_empty() { p .none { (w.no_customer_found) } }
        @else { (table(w, company, &asked, &list, &titles)) }
        (pager::links(w, offset, list.total, |page| asked.address(asked.sort(), asked.descending(), page)))
    };
    Ok(layout::page(
        &visitor,
        company,
        Tab::Customers,
        w.customers,
        &body,
    ))
}

fn search(w: &Words, asked: &Asked, titles: &Titles) -> Markup {
    html! {
        form .filters method="get" role="search" {
            label { span .hidden { (w.search) }
                input type="search" name="q" value=(asked.q) placeholder=(w.search_customers) accesskey="s"; }
            label { span .hidden { (w.segment) }
                select name="segment" {
                    option value="" { (w.all_segments) }
                    @for (name, title) in titles.segments() {
                        option value=(name) selected[name == asked.segment] { (title) }
                    }
                }
            }
            label .check { input type="checkbox" name="overdue" value="1" checked[!asked.overdue.is_empty()]; (w.overdue_only) }
            button { (w.search) }
        }
    }
}

fn table(w: &Words, company: &Company, asked: &Asked, list: &CustomerPage, titles: &Titles) -> Markup {
    let money = |amount| rule_words::money(amount, w.language);
    html! {
        div .scroll { table .wide {
            thead { tr {
                (head(w, asked, CustomerSort::Number, w.number_word, "optional"))
                (head(w, asked, CustomerSort::Name, w.customer, ""))
                th scope="col" .optional { (w.segment) }
                (head(w, asked, CustomerSort::Score, w.score, "optional"))
                (head(w, asked, CustomerSort::Outstanding, w.outstanding, "num"))
                (head(w, asked, CustomerSort::Overdue, w.overdue, "num"))
                (head(w, asked, CustomerSort::OldestDue, w.oldest, "optional"))
                th scope="col" .optional { (w.next_step) }
                th scope="col" .optional { (w.last_message) }
            } }
            tbody { @for row in &list.rows { tr {
                td .optional { a href=(paths::customer(&company.code, &row.number)) { (row.number) } }
                td { a href=(paths::customer(&company.code, &row.number)) { (row.name) } " " small { (row.country) }
                    @if row.trouble { " " span .tag.bad { (w.trouble) } } }
                td .optional { @if let Some(segment) = &row.segment { (titles.segment(segment)) } }
                td .nowrap.optional { @if let Some(score) = row.score { (score) }
                    @if let Some(band) = &row.band { " " small { (titles.band(band)) } } }
                td .num { (money(row.outstanding)) @if row.incomplete { abbr title=(w.without_rate_short) { "*" } } }
                td .num { (money(row.overdue)) }
                td .when.optional { @if let Some(day) = row.oldest_due { (w.date(day)) } }
                td .when.optional { @if let Some(day) = row.next_on { (w.date(day)) } }
                td .when.optional { @if let Some(at) = row.last_sent { (w.date(at.with_timezone(&company.time_zone).date_naive())) } }
            } } }
        } }
    }
}

fn head(w: &Words, asked: &Asked, sort: CustomerSort, name: &str, class: &str) -> Markup {
    let current = asked.sort() == sort;
    let descending = asked.descending();
    let direction = if descending { "descending" } else { "ascending" };
    let next = if current {
        !descending
    } else {
        matches!(sort, CustomerSort::Overdue | CustomerSort::Outstanding)
    };
    html! {
        th scope="col" class=(class) aria-sort=[current.then_some(direction)] {
            a href=(asked.address(sort, next, 1)) title=(w.sort_by_this) {
                (name) @if current { span aria-hidden="true" { @if descending { " ↓" } @else { " ↑" } } }
            }
        }
    }
}
