//! The API: JSON under `/api/v1`, with bearer tokens, described by `/api/v1/openapi.json`.

pub mod caller;
mod companies;
mod customer;
mod customers;
mod dashboard;
mod disputes;
mod holds;
mod imports;
mod messages;
mod plans;
mod preview;
pub mod problem;
mod promises;
mod rules;
mod sending;
mod tasks;
mod timeline;
mod types;

use axum::routing::get;
use axum::{Json, Router};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

use crate::web::state::App;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "relance",
        description = "Receivables, reminders and the reasons for them. Amounts are decimal texts in units of their currency, \
                       days are `YYYY-MM-DD` in the books of the company, moments are RFC 3339 in UTC. Reasons are in the \
                       language of `Accept-Language`, French or English. Errors are `application/problem+json`.",
        version = "1"
    ),
    modifiers(&Tokens)
)]
struct Described;

struct Tokens;

impl utoipa::Modify for Tokens {
    fn modify(&self, api: &mut OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token made by `relance token create` or on the users page",
            ))
            .build();
        api.components
            .get_or_insert_default()
            .add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Routes of the API.
pub fn routes() -> Router<App> {
    let (router, mut api) = OpenApiRouter::with_openapi(Described::openapi())
        .merge(companies::routes())
        .merge(dashboard::routes())
        .merge(customers::routes())
        .merge(customer::routes())
        .merge(timeline::routes())
        .merge(promises::routes())
        .merge(plans::routes())
        .merge(disputes::routes())
        .merge(holds::routes())
        .merge(tasks::routes())
        .merge(messages::routes())
        .merge(sending::routes())
        .merge(preview::routes())
        .merge(imports::routes())
        .merge(rules::routes())
        .split_for_parts();
    api.servers = Some(vec![utoipa::openapi::Server::new("/api/v1")]);
    router
        .route(
            "/openapi.json",
            get(move || std::future::ready(Json(api.clone()))),
        )
        .fallback(problem::fallback)
}
