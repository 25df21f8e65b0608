//! The frame of every page: head, navigation, language switch, sign-out.

use chrono_tz::Tz;
use maud::{DOCTYPE, Markup, html};
use relance_engine::store::companies::Company;
use relance_engine::store::stops::{Scope, Stop};
use relance_engine::store::users::Role;

use super::assets;
use super::auth::visitor::Visitor;
use super::paths;
use super::words::Words;

/// Which entry of the navigation is the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The first page.
    Dashboard,
    /// Customers and one customer.
    Customers,
    /// The to-do list.
    Tasks,
    /// Messages.
    Messages,
    /// What holds the sending up.
    Sending,
    /// Imports.
    Imports,
    /// Rules.
    Rules,
    /// Users and tokens.
    Users,
}

/// A page without navigation: signing in, problems.
pub fn bare(w: &Words, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(w.code) {
            (head(title))
            body { (body) }
        }
    }
}

/// A page of a company.
pub fn page(visitor: &Visitor, company: &Company, tab: Tab, title: &str, body: &Markup) -> Markup {
    framed(visitor, Some(company), tab, title, body)
}

/// A page of no company: users and tokens.
pub fn admin(visitor: &Visitor, title: &str, body: &Markup) -> Markup {
    framed(visitor, visitor.companies.first(), Tab::Users, title, body)
}

fn framed(visitor: &Visitor, company: Option<&Company>, tab: Tab, title: &str, body: &Markup) -> Markup {
    let w = visitor.words;
    html! {
        (DOCTYPE)
        html lang=(w.code) {
            (head(title))
            body {
                a .skip href="#content" { (w.skip) }
                header .top {
                    a .brand href="/" { "relance" }
                    @if let Some(company) = company {
                        (companies(visitor, company))
                        nav aria-label=(w.navigation) { (entries(visitor, company, tab)) }
                    }
                    (account(visitor))
                }
                (stops(visitor, company))
                main #content { (body) }
            }
        }
    }
}

/// On every page while the sending is stopped.
fn stops(visitor: &Visitor, company: Option<&Company>) -> Markup {
    let w = visitor.words;
    let concerns = |stop: &&Stop| match company {
        Some(company) => stop.concerns(company.id),
        None => stop.scope == Scope::Everything,
    };
    let zone = company.map_or(Tz::UTC, |company| company.time_zone);
    html! {
        @for stop in visitor.stops.iter().filter(concerns) {
            div .stopped role="alert" {
                strong { (w.stopped(stop.scope)) } " " (w.since_when) " " (w.moment(stop.since, zone)) ", " (w.by_whom) " " (stop.by)
                (w.colon) " " (stop.why) " " small { (w.stopped_help) }
                @if let Some(company) = company { " " a href=(paths::company(&company.code, "sending")) { (w.sending) } }
            }
        }
    }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · relance" }
            link rel="stylesheet" href=(assets::stylesheet_address());
            link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
        }
    }
}

fn companies(visitor: &Visitor, current: &Company) -> Markup {
    html! {
        @if visitor.companies.len() > 1 {
            details .companies {
                summary { (current.name) }
                ul {
                    @for company in &visitor.companies {
                        li { a href=(paths::company(&company.code, "")) aria-current=[(company.code == current.code).then_some("true")] {
                            (company.name) " " small { (company.code) }
                        } }
                    }
                }
            }
        } @else {
            span .company { (current.name) }
        }
    }
}

fn entries(visitor: &Visitor, company: &Company, tab: Tab) -> Markup {
    let w = visitor.words;
    let mut all = vec![
        (Tab::Dashboard, paths::company(&company.code, ""), w.dashboard),
        (
            Tab::Customers,
            paths::company(&company.code, "customers"),
            w.customers,
        ),
        (Tab::Tasks, paths::company(&company.code, "tasks"), w.tasks),
        (
            Tab::Messages,
            paths::company(&company.code, "messages"),
            w.messages,
        ),
        (Tab::Sending, paths::company(&company.code, "sending"), w.sending),
        (Tab::Rules, paths::company(&company.code, "rules"), w.rules),
        (Tab::Imports, paths::company(&company.code, "imports"), w.imports),
    ];
    if visitor.may(Role::Admin) {
        all.push((Tab::Users, "/admin/users".to_owned(), w.users));
    }
    html! {
        ul {
            @for (entry, address, name) in &all {
                li { a href=(address) aria-current=[(*entry == tab).then_some("page")] { (name) } }
            }
        }
    }
}

fn account(visitor: &Visitor) -> Markup {
    let w = visitor.words;
    html! {
        div .account {
            form method="post" action="/language" {
                (csrf(visitor))
                button .plain name="language" value=(w.other_code) lang=(w.other_code) { (w.other_language) }
            }
            form method="post" action="/logout" {
                (csrf(visitor))
                button .plain title=(visitor.user.name) { (w.sign_out) }
            }
        }
    }
}

/// The hidden field that each form carries.
pub fn csrf(visitor: &Visitor) -> Markup {
    html! { input type="hidden" name="csrf" value=(visitor.csrf); }
}
