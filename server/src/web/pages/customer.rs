//! `/c/{company}/customers/{number}`: everything about one customer on one page.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use chrono::NaiveDate;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::companies::Company;
use relance_engine::store::plans::{self as store_plans, StoredPlan};
use relance_engine::store::users::Role;
use relance_engine::views::ageing::{self, Portfolio};
use relance_engine::views::customer::{self, ContactLine, CustomerHead, HoldLine, PaymentLine};
use relance_engine::views::invoices::{self, DisputeLine, InvoiceLine, PromiseLine};
use relance_engine::views::states::{DisputeState, EmailState, PromiseState, TaskState};
use relance_engine::views::tasks::{self, TaskLine, TaskQuery};
use relance_engine::views::timeline::{self, TimelineEntry};
use relance_rules::dsl::checked::FieldOwner;
use relance_rules::promises::Grace;
use relance_rules::words as rule_words;
use serde::Deserialize;

use super::{customer_forms, plans};
use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::{As, Visitor};
use crate::web::draft::Draft;
use crate::web::layout::{self, Tab};
use crate::web::parts::fields::Noted;
use crate::web::parts::titles::Titles;
use crate::web::parts::{ageing as ageing_part, reasons};
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::words::Words;

/// Lines of the timeline on one page.
const ENTRIES: i64 = 40;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/c/{company}/customers/{number}", get(show))
}

#[derive(Debug, Deserialize)]
struct Asked {
    before: Option<i64>,
    done: Option<String>,
}

/// What the page shows.
struct Fiche {
    head: CustomerHead,
    portfolio: Portfolio,
    contacts: Vec<ContactLine>,
    invoices: Vec<InvoiceLine>,
    holds: Vec<HoldLine>,
    disputes: Vec<DisputeLine>,
    promises: Vec<PromiseLine>,
    payments: Vec<PaymentLine>,
    tasks: Vec<TaskLine>,
    plans: Vec<StoredPlan>,
    timeline: Vec<TimelineEntry>,
}

async fn load(
    app: &App,
    company: &Company,
    number: &str,
    today: NaiveDate,
    before: Option<i64>,
) -> Result<Fiche, Problem> {
    let mut connection = app.engine.pool.acquire().await.map_err(StoreError::from)?;
    let c = &mut connection;
    let head = customer::head(c, company.id, number)
        .await?
        .ok_or(Problem::NotFound)?;
    let query = TaskQuery {
        state: TaskState::Open,
        kind: None,
        role: None,
        customer: Some(number),
        offset: 0,
        limit: 20,
    };
    Ok(Fiche {
        portfolio: ageing::portfolio(c, company.id, company.currency, Some(head.id), today).await?,
        contacts: customer::contacts(c, company.id, head.id).await?,
        invoices: invoices::of_customer(c, company.id, head.id, 500, 10).await?,
        holds: customer::holds(c, company.id, head.id, today).await?,
        disputes: invoices::disputes(c, company.id, head.id).await?,
        promises: invoices::promises(c, company.id, head.id).await?,
        payments: customer::payments(c, company.id, head.id, 10).await?,
        plans: store_plans::of_customers(c, company.id, &[head.id.0]).await?,
        tasks: tasks::list(c, company.id, company.currency, today, &query)
            .await?
            .0,
        timeline: timeline::of_customer(c, company.id, head.id, before, ENTRIES).await?,
        head,
    })
}

async fn show(
    State(app): State<App>,
    visitor: As<Viewer>,
    Path((code, number)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    draft: Draft,
) -> Result<Markup, Problem> {
    let company = visitor.company(&code)?;
    let (today, _) = app.today(company);
    let fiche = load(&app, company, &number, today, asked.before).await?;
    let titles = Titles::new(app.engine.rulebooks.current());
    let w = visitor.words;
    let view = View {
        w,
        company,
        titles: &titles,
        today,
        grace: app.grace(),
        fiche: &fiche,
    };
    let body = html! {
        h1 { (fiche.head.name) small { (fiche.head.number) " · " (fiche.head.country) } }
        @if let Some(done) = asked.done.as_deref().and_then(|word| w.done(word)) { p .good role="status" { (done) } }
        (draft.told())
        (view.summary())
        (view.noted(FieldOwner::Customer, &fiche.head.custom).list())
        (view.tasks())
        section #invoices { h2 { (w.invoices_title) } (view.invoices())
            p { a href=(paths::statement(&code, &number)) { (w.statement_pdf) } } }
        @if visitor.may(Role::Collector) { (customer_forms::forms(&visitor, company, &fiche.head, &fiche.invoices, &titles, &draft, today)) }
        div .columns {
            section { h2 { (w.contacts) } (view.contacts()) }
            section { h2 { (w.payments) } (view.payments()) }
        }
        (view.standing_against(&visitor))
        section #timeline { h2 { (w.timeline) } (view.timeline()) }
    };
    Ok(layout::page(
        &visitor,
        company,
        Tab::Customers,
        &fiche.head.name,
        &body,
    ))
}

struct View<'a> {
    w: &'static Words,
    company: &'a Company,
    titles: &'a Titles,
    today: NaiveDate,
    grace: Grace,
    fiche: &'a Fiche,
}

impl View<'_> {
    fn noted<'n>(&'n self, of: FieldOwner, values: &'n BTreeMap<String, String>) -> Noted<'n> {
        Noted {
            of,
            values,
            company: self.company,
            titles: self.titles,
            w: self.w,
        }
    }

    fn summary(&self) -> Markup {
        let (w, head) = (self.w, &self.fiche.head);
        let review = &head.review;
        let all = &self.fiche.portfolio.converted;
        let money = |amount| rule_words::money(amount, w.language);
        html! {
            @if let Some(trouble) = &review.trouble { p .alert { (w.review_failed) " " (trouble) } }
            dl .tiles {
                div { dt { (w.outstanding) } dd { (money(all.outstanding())) small { (w.invoice_count(all.invoices())) } } }
                div { dt { (w.overdue) } dd { (money(all.overdue())) small { (w.invoice_count(all.overdue_invoices())) } } }
                div { dt { (w.segment) } dd { (review.segment.as_deref().map_or("–", |s| self.titles.segment(s)))
                    small { (review.scenario.as_deref().map_or(w.no_scenario, |s| self.titles.scenario(s)))
                        @if head.segment_by_hand.is_some() { ", " (w.by_hand) } } } }
                div { dt { (w.score) } dd { @match review.score { Some(score) => { (score) } None => { "–" } }
                    small { (review.band.as_deref().map_or("", |b| self.titles.band(b))) } } }
                div { dt { (w.next_review) } dd .text {
                    @match review.next_at { Some(at) => { (w.moment(at, self.company.time_zone)) } None => { (w.on_event) } }
                    small { (w.kind(head.kind)) @if let Some(language) = &head.language { ", " (language) }
                        @for tag in &head.tags { ", " (tag) } } } }
            }
            @if self.fiche.portfolio.by_currency.len() > 1 || !self.fiche.portfolio.without_rate.is_empty() {
                (ageing_part::table(w, &self.fiche.portfolio))
            }
            (reasons::folded(w, self.company, review.revision, &review.reasons))
        }
    }

    fn tasks(&self) -> Markup {
        let w = self.w;
        html! {
            @if !self.fiche.tasks.is_empty() {
                section { h2 { (w.to_do)
                    @if let Some(priority) = self.fiche.tasks.iter().find_map(|task| task.priority) {
                        " " small { (w.priority) " " (rule_words::priority(&priority, self.company.currency, w.language)) }
                    } }
                    ul .plain-list { @for task in &self.fiche.tasks { li {
                        a href=(paths::task(&self.company.code, task.id)) { (task.title) }
                        " " small { (w.until) " " (w.date(task.due_on)) " · " (w.assigned(&task.assign_role)) }
                    } } }
                }
            }
        }
    }

    fn invoices(&self) -> Markup {
        let w = self.w;
        html! {
            @if self.fiche.invoices.is_empty() { p .none { (w.no_invoice) } }
            @else {
                div .scroll { table .wide.invoices {
                    thead { tr {
                        th scope="col" { (w.invoice) } th scope="col" .optional { (w.issued) } th scope="col" { (w.due) }
                        th .num.optional scope="col" { (w.amount) } th .num scope="col" { (w.open) }
                        th scope="col" { (w.done_so_far) } th scope="col" { (w.what_next) }
                    } }
                    tbody { @for invoice in &self.fiche.invoices { (self.invoice(invoice)) } }
                } }
            }
        }
    }

    fn invoice(&self, invoice: &InvoiceLine) -> Markup {
        let w = self.w;
        let money = |amount| rule_words::money(amount, w.language);
        let late = (self.today - invoice.due).num_days();
        let overdue = late > 0 && invoice.settled_on.is_none() && !invoice.credit_note;
        html! {
            tr .settled[invoice.settled_on.is_some()] {
                td .number { (invoice.number) @if invoice.credit_note { " " span .tag { (w.credit_note) } }
                    @if invoice.disputed { " " span .tag.bad { (w.disputed) } }
                    @if let Some(day) = invoice.promised { " " span .tag.fair { (w.promised_for) " " (w.date(day)) } }
                    (self.noted(FieldOwner::Invoice, &invoice.custom).line()) }
                td .when.optional { (w.date(invoice.issued)) }
                td .when { (w.date(invoice.due)) @if overdue { " " small .late { "+" (late) " " (w.days_short) } } }
                td .num.optional { (money(invoice.amount)) }
                td .num { (money(invoice.open)) }
                td .done { @match invoice.settled_on {
                    Some(day) => { span .nowrap { (w.settled_on) " " (w.date(day)) } }
                    None => { (self.done_so_far(invoice)) }
                } }
                td .next { @if invoice.settled_on.is_none() { (self.next(invoice)) } }
            }
        }
    }

    fn done_so_far(&self, invoice: &InvoiceLine) -> Markup {
        let scenario = self.fiche.head.review.scenario.as_deref();
        html! {
            @if let Some(position) = &invoice.position {
                @if let Some(step) = &position.last_step {
                    (self.titles.step(scenario, step, self.w))
                    @if let Some(level) = position.last_level { " " small { (self.w.level) " " (level) } }
                }
            }
        }
    }

    fn next(&self, invoice: &InvoiceLine) -> Markup {
        let w = self.w;
        let review = &self.fiche.head.review;
        html! {
            @match &invoice.position {
                Some(position) => {
                    @if let (Some(step), Some(day)) = (&position.next_step, position.next_on) {
                        (self.titles.step(review.scenario.as_deref(), step, w)) " " small { (w.on_day) " " (w.date(day)) }
                    } @else {
                        (reasons::first(w, self.company, &position.reasons))
                    }
                    (reasons::folded(w, self.company, review.revision, &position.reasons))
                }
                None => { @if !invoice.credit_note { small { (w.not_reviewed) } } }
            }
        }
    }

    fn contacts(&self) -> Markup {
        let w = self.w;
        html! {
            @if self.fiche.contacts.is_empty() { p .none { (w.no_contact) } }
            @else {
                ul .plain-list { @for contact in &self.fiche.contacts { li {
                    strong { (contact.name) } @if contact.main { " " span .tag { (w.main_contact) } }
                    @if let Some(role) = &contact.role { " " small { (w.contact_role(role)) } }
                    br;
                    @if let Some(email) = &contact.email { a href={ "mailto:" (email) } { (email) } " " }
                    @match contact.email_state {
                        EmailState::Usable => {}
                        EmailState::Bounced => { span .tag.bad title=[contact.email_note.as_deref()] { (w.bounced) } " " }
                        EmailState::OptedOut => { span .tag.fair { (w.opted_out) } " " }
                    }
                    @if let Some(phone) = &contact.phone { a href={ "tel:" (phone.replace(' ', "")) } { (phone) } " " }
                    @if let Some(language) = &contact.language { small { (language) } }
                } } }
            }
        }
    }

    fn payments(&self) -> Markup {
        let w = self.w;
        html! {
            @if self.fiche.payments.is_empty() { p .none { (w.no_payment) } }
            @else {
                div .scroll { table {
                    thead { tr { th scope="col" { (w.day) } th .num scope="col" { (w.amount) } th scope="col" { (w.for_invoices) } } }
                    tbody { @for payment in &self.fiche.payments { tr {
                        td .when { (w.date(payment.received_on)) }
                        td .num { (rule_words::money(payment.amount, w.language)) }
                        td { (payment.invoices.join(", "))
                            @if !payment.unallocated.amount.is_zero() {
                                " " span .tag.fair { (w.unallocated) " " (rule_words::money(payment.unallocated, w.language)) }
                            } }
                    } } }
                } }
            }
        }
    }

    /// Who answers an open dispute, and by when.
    fn answer(&self, dispute: &DisputeLine) -> Markup {
        let w = self.w;
        let Some(answer) = self.titles.answer(dispute) else {
            return html! {};
        };
        html! {
            " " @if answer.by < self.today { span .tag.bad { (w.answer_late) " " (w.date(answer.by)) } }
            @else { small { (w.answer_by) " " (answer.owner.replace('_', " ")) ", " (w.until) " " (w.date(answer.by)) } }
        }
    }

    /// Disputes, promises, payment plans and holds.
    fn standing_against(&self, visitor: &Visitor) -> Markup {
        let w = self.w;
        let (code, number) = (&self.company.code, &self.fiche.head.number);
        let collector = visitor.may(Role::Collector);
        let manager = visitor.may(Role::CreditManager);
        let money = |amount| rule_words::money(amount, w.language);
        html! {
            @if !(self.fiche.disputes.is_empty() && self.fiche.promises.is_empty() && self.fiche.plans.is_empty() && self.fiche.holds.is_empty()) {
                section #against { h2 { (w.against) }
                    ul .plain-list {
                        @for dispute in &self.fiche.disputes { li {
                            span .tag.bad[dispute.state == DisputeState::Open] { (w.dispute_state(dispute.state)) } " "
                            (w.dispute) " " (dispute.invoice) " – " (self.titles.category(w, &dispute.category))
                            @if !dispute.note.is_empty() { ": " (dispute.note) }
                            " " small { (w.date(dispute.opened_on)) @if let Some(day) = dispute.closed_on { " – " (w.date(day)) } ", " (dispute.opened_by) }
                            @if dispute.state == DisputeState::Open { (self.answer(dispute)) }
                            @if collector && dispute.state == DisputeState::Open {
                                (customer_forms::close_dispute(visitor, code, number, dispute.id))
                            }
                        } }
                        @for promise in &self.fiche.promises { li {
                            span .tag.fair[promise.state == PromiseState::Open] { (w.promise_state(promise.state)) } " "
                            (w.promise) " " (promise.invoice) " – " (money(promise.amount)) " " (w.until) " " (w.date(promise.pay_by))
                            " " small { (w.date(promise.made_on)) ", " (promise.taken_by) }
                            @if collector && promise.state == PromiseState::Open {
                                (customer_forms::withdraw_promise(visitor, code, number, promise.id))
                            }
                        } }
                        @for plan in &self.fiche.plans { li {
                            (plans::line(visitor, self.company, number, plan, &self.grace, self.today))
                        } }
                        @for hold in &self.fiche.holds { li {
                            span .tag.fair { (w.hold_kind(hold.kind)) } " "
                            (w.hold) " " (hold.invoice.as_deref().unwrap_or(w.whole_account)) ": " (hold.note)
                            " " small { (w.date(hold.from)) @if let Some(day) = hold.to { " – " (w.date(day)) } ", " (hold.set_by) }
                            @if manager { (customer_forms::end_hold(visitor, code, number, hold.id)) }
                        } }
                    }
                }
            }
        }
    }

    fn timeline(&self) -> Markup {
        let w = self.w;
        let entries = &self.fiche.timeline;
        let full = i64::try_from(entries.len()).unwrap_or(i64::MAX) >= ENTRIES;
        html! {
            @if entries.is_empty() { p .none { (w.nothing_happened) } }
            ol .timeline { @for entry in entries { (self.entry(entry)) } }
            @if let (true, Some(last)) = (full, entries.last()) {
                nav .pager { a href={ (paths::customer(&self.company.code, &self.fiche.head.number)) "?before=" (last.id) "#timeline" } { (w.earlier) " →" } }
            }
        }
    }

    fn entry(&self, entry: &TimelineEntry) -> Markup {
        let w = self.w;
        let code = &self.company.code;
        html! {
            li {
                time datetime=(entry.at.to_rfc3339()) { (w.moment(entry.at, self.company.time_zone)) }
                div {
                    (w.event(&entry.kind)) @if let Some(invoice) = &entry.invoice { @if !w.event(&entry.kind).contains(invoice.as_str()) { " – " (invoice) } }
                    @if let Some(decision) = &entry.decision {
                        @if !decision.invoices.is_empty() { " " small { (decision.invoices.join(", ")) } }
                        @if let Some(delivery) = decision.delivery {
                            " " a href=(paths::message(code, delivery)) { (w.see_message) }
                        }
                        (reasons::folded(w, self.company, Some(decision.revision), &decision.reasons))
                    }
                    @if entry.actor != "engine" { " " small { (entry.actor) } }
                }
            }
        }
    }
}
