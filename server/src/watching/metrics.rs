//! `/metrics`: what this process has done and what lies before all of them, in the text format of OpenMetrics, as Prometheus reads it.

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use relance_engine::store::StoreError;
use relance_engine::store::companies;
use relance_engine::store::deliveries::Medium;
use relance_engine::store::stops::{self, Stop};
use relance_engine::views::load::{self, Load};
use relance_engine::views::states::{DeliveryState, TaskKind};

use crate::api::caller::Caller;
use crate::api::problem::ApiProblem;
use crate::web::auth::rank::Viewer;
use crate::web::state::App;

/// The text format of OpenMetrics.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The states in which a message is not finished.
const UNFINISHED: [DeliveryState; 3] = [
    DeliveryState::Queued,
    DeliveryState::Sending,
    DeliveryState::InDoubt,
];

/// Routes of this address.
pub fn routes() -> Router<App> {
    Router::new().route("/metrics", get(metrics))
}

/// Whoever may read the books may read their figures.
async fn metrics(State(app): State<App>, _: Caller<Viewer>) -> Result<impl IntoResponse, ApiProblem> {
    let mut registry = Registry::with_prefix("relance");
    app.engine.meters.register(&mut registry);
    // Before a connection is taken for this answer.
    connections(&app, &mut registry);
    rules(&app, &mut registry);
    before_us(&app, &mut registry).await?;
    let mut told = String::new();
    text::encode(&mut told, &registry).map_err(|error| ApiProblem::Broken(error.to_string()))?;
    Ok(([(CONTENT_TYPE, OPEN_METRICS)], told))
}

fn connections(app: &App, registry: &mut Registry) {
    #[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
    struct Which {
        state: &'static str,
    }
    let (pool, held) = (&app.engine.pool, Family::<Which, Gauge>::default());
    let idle = i64::try_from(pool.num_idle()).unwrap_or(i64::MAX);
    let open = i64::from(pool.size());
    let most = i64::from(pool.options().get_max_connections());
    for (state, count) in [
        ("idle", idle),
        ("in_use", open.saturating_sub(idle)),
        ("most", most),
    ] {
        held.get_or_create(&Which { state }).set(count);
    }
    registry.register(
        "database_connections",
        "Connections of this process to the database: `idle`, `in_use`, and the `most` that the settings allow",
        held,
    );
}

fn rules(app: &App, registry: &mut Registry) {
    let revision = Gauge::<i64>::default();
    revision.set(app.engine.rulebooks.current().map_or(0, |rules| rules.revision));
    registry.register(
        "rules_revision",
        "The revision of the rules that serves in this process; 0 before the first",
        revision,
    );
}

/// What lies before the workers of all processes, by company.
async fn before_us(app: &App, registry: &mut Registry) -> Result<(), StoreError> {
    let before = Before::default();
    let mut connection = app.engine.pool.acquire().await?;
    let stops = stops::in_force(&mut connection).await?;
    for company in companies::list(&mut connection).await? {
        let load = load::load(&mut connection, company.id, app.now()).await?;
        before.note(&company.code, &load);
        let stopped = stops.iter().filter(|stop| stop.concerns(company.id));
        before
            .stopped
            .get_or_create(&Of::new(&company.code))
            .set(count(stopped));
    }
    before.register(registry);
    Ok(())
}

fn count<'a>(stops: impl Iterator<Item = &'a Stop>) -> i64 {
    i64::try_from(stops.count()).unwrap_or(i64::MAX)
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Of {
    company: String,
}

impl Of {
    fn new(company: &str) -> Self {
        Self {
            company: company.to_owned(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Messages {
    company: String,
    state: &'static str,
    medium: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Tasks {
    company: String,
    kind: &'static str,
}

#[derive(Default)]
struct Before {
    accounts_due: Family<Of, Gauge>,
    review_late_by: Family<Of, Gauge>,
    in_trouble: Family<Of, Gauge>,
    messages: Family<Messages, Gauge>,
    delivery_late_by: Family<Of, Gauge>,
    tasks: Family<Tasks, Gauge>,
    stopped: Family<Of, Gauge>,
}

impl Before {
    fn note(&self, code: &str, load: &Load) {
        let of = Of::new(code);
        self.accounts_due.get_or_create(&of).set(load.accounts_due);
        self.review_late_by
            .get_or_create(&of)
            .set(load.review_late_by.num_seconds());
        self.in_trouble.get_or_create(&of).set(load.accounts_in_trouble);
        self.delivery_late_by
            .get_or_create(&of)
            .set(load.delivery_late_by.num_seconds());
        // What there is none of is told as none: an alert needs a figure to look at.
        for state in UNFINISHED {
            for medium in [Medium::Email, Medium::Webhook] {
                let here = load
                    .messages
                    .iter()
                    .filter(|m| m.state == state && m.medium == medium);
                let labels = Messages {
                    company: code.to_owned(),
                    state: state.word(),
                    medium: medium.name(),
                };
                self.messages
                    .get_or_create(&labels)
                    .set(here.map(|m| m.count).sum());
            }
        }
        for kind in TaskKind::ALL {
            let here = load.tasks.iter().filter(|(of, _)| of == kind);
            let labels = Tasks {
                company: code.to_owned(),
                kind: kind.word(),
            };
            self.tasks
                .get_or_create(&labels)
                .set(here.map(|(_, count)| count).sum());
        }
    }

    fn register(self, registry: &mut Registry) {
        registry.register(
            "accounts_due",
            "Accounts whose time to be reviewed has come",
            self.accounts_due,
        );
        registry.register_with_unit(
            "review_late_by",
            "For how long the first of them has been due",
            Unit::Seconds,
            self.review_late_by,
        );
        registry.register(
            "accounts_in_trouble",
            "Accounts whose last review could not decide: a task asks a person",
            self.in_trouble,
        );
        registry.register(
            "messages",
            "Messages that are not finished, by state and medium",
            self.messages,
        );
        registry.register_with_unit(
            "delivery_late_by",
            "For how long the first message has been due that could leave",
            Unit::Seconds,
            self.delivery_late_by,
        );
        registry.register("open_tasks", "Open tasks by kind", self.tasks);
        registry.register(
            "sending_stops",
            "Stops of the sending that are in force for the company, those of everything included",
            self.stopped,
        );
    }
}
