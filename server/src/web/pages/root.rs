//! `/`: leads to the first company's dashboard.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use maud::html;

use crate::web::auth::rank::Viewer;
use crate::web::auth::visitor::As;
use crate::web::state::App;
use crate::web::{layout, paths};

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(show))
}

async fn show(State(_): State<App>, visitor: As<Viewer>) -> Response {
    let w = visitor.words;
    match visitor.companies.first() {
        Some(company) => Redirect::to(&paths::company(&company.code, "")).into_response(),
        None => {
            let body = html! {
                h1 { (w.no_company) }
                p { (w.no_company_help) }
                pre { "relance company add ACME --name \"Acme SAS\" --sender \"Acme <compta@acme.example>\"" }
            };
            layout::admin(&visitor, w.no_company, &body).into_response()
        }
    }
}
