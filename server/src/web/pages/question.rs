//! What the breaker asks, on the page of the sending, and `POST /c/{company}/sending/drop`.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::post;
use maud::{Markup, html};
use relance_engine::store::StoreError;
use relance_engine::store::breaker::Standing;
use relance_engine::store::companies::Company;
use relance_engine::store::deliveries::Recall;
use relance_engine::store::stops::{self, Scope, Stop};
use relance_engine::store::users::Role;
use relance_engine::views::deliveries::StepWaiting;
use relance_rules::dsl::lang::Text;
use serde::Deserialize;

use crate::many::Which;
use crate::web::auth::form::Checked;
use crate::web::auth::rank::CreditManager;
use crate::web::auth::visitor::{As, Visitor};
use crate::web::layout;
use crate::web::paths;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::work::Doer;

/// Routes of the answers.
pub fn routes() -> Router<App> {
    Router::new().route("/c/{company}/sending/drop", post(drop_run))
}

/// The stop that the breaker made, if it made one.
pub fn open<'a>(visitor: &'a Visitor, company: &Company) -> Option<&'a Stop> {
    let stops = visitor.stops.iter();
    let mut asked = stops.filter(|stop| stop.question.is_some() && stop.concerns(company.id));
    asked.next()
}

/// The question, what waits by step, and the two answers.
pub fn ask(
    visitor: &Visitor,
    company: &Company,
    standing: Standing,
    steps: &[StepWaiting],
    app: &App,
) -> Markup {
    let w = visitor.words;
    let Some(question) = open(visitor, company).and_then(|stop| stop.question) else {
        return html! {};
    };
    let address = |act: &str| paths::company(&company.code, &format!("sending/{act}"));
    html! {
        section .question { h2 { (w.larger_than_usual) }
            dl .facts {
                dt { (w.day) } dd { (w.date(question.on)) }
                dt { (w.decided_that_day) } dd { (standing.messages.max(question.messages)) }
                dt { (w.usual_day) } dd { (question.usual) }
            }
            @if !steps.is_empty() {
                div .scroll { table {
                    thead { tr { th scope="col" { (w.step) } th .num scope="col" { (w.level) } th .num scope="col" { (w.waiting_messages) } } }
                    tbody { @for step in steps { tr {
                        td { (step.title) } td .num { @if let Some(level) = step.level { (level) } } td .num { (step.messages) }
                    } } }
                } }
                p { a href={ (paths::company(&company.code, "messages")) "?state=queued" } { (w.look_at_them) } }
            }
            @if visitor.may(Role::CreditManager) {
                form .buttons method="post" action=(address("resume")) { (layout::csrf(visitor))
                    button name="scope" value="company" { (w.let_run_leave) }
                }
                details { summary { (w.drop_run) }
                    form .stack method="post" action=(address("drop")) { (layout::csrf(visitor))
                        (super::messages::recall_fields(w, company.today(app.now())))
                        button { (w.drop_run) }
                    }
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct DropFields {
    until: String,
    why: String,
}

/// Recalls all that waits, then lets the sending go on.
async fn drop_run(
    State(app): State<App>,
    visitor: As<CreditManager>,
    Path(code): Path<String>,
    Checked(fields): Checked<DropFields>,
) -> Result<Redirect, Problem> {
    let company = visitor.company(&code)?;
    let actor = &visitor.user.login;
    let doer = Doer {
        engine: &app.engine,
        company,
        actor,
    };
    let bad = |_| Problem::Form(Text::same(visitor.words.bad_day(&fields.until)));
    let recall = Recall {
        until: fields.until.trim().parse().map_err(bad)?,
        why: fields.why.trim(),
    };
    // Answered meanwhile by somebody else: nothing is recalled that was let go.
    if open(&visitor, company).is_some() {
        doer.recall(&Which::All, recall).await?;
        let mut tx = app.engine.pool.begin().await.map_err(StoreError::from)?;
        stops::resume(&mut tx, Scope::Company(company.id), actor, app.now()).await?;
        tx.commit().await.map_err(StoreError::from)?;
    }
    Ok(Redirect::to(&paths::company(&code, "sending?done=dropped")))
}
