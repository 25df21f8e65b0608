//! `/health` and `/ready`: for load balancers and supervisors.

use std::sync::{Mutex, PoisonError};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use relance_engine::readiness::{self, Unready};
use serde_json::{Value, json};

use crate::telemetry;
use crate::web::state::App;

/// Routes of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
}

/// The process is alive. It asks nobody: an outage of the database is no reason to start this program again.
async fn health() -> Json<Value> {
    Json(json!({ "status": "alive" }))
}

/// 200 when the process can do its work, else 503 with the reason.
async fn ready(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let checked = readiness::check(&app.engine).await;
    app.readiness.tell(checked.as_ref().err());
    let revision = app.engine.rulebooks.current().map(|rules| rules.revision);
    match checked {
        Ok(()) => (
            StatusCode::OK,
            Json(json!({ "status": "ready", "rules_revision": revision })),
        ),
        Err(why) => {
            let told = why.told();
            let reason = json!({ "en": told.en, "fr": told.fr });
            (
                StatusCode::SERVICE_UNAVAILABLE,
                Json(json!({ "status": "not ready", "reason": reason, "rules_revision": revision })),
            )
        }
    }
}

/// What the log was told last: one line when a hindrance begins, and one when it ends, however often somebody asks.
#[derive(Debug, Default)]
pub struct Told(Mutex<bool>);

impl Told {
    fn tell(&self, hindrance: Option<&Unready>) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match (*told, hindrance) {
            (false, Some(why)) => tracing::error!("not ready: {}", telemetry::chain(why)),
            (true, None) => tracing::info!("ready again"),
            (true, Some(_)) | (false, None) => {}
        }
        *told = hindrance.is_some();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use tracing_subscriber::fmt;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_log_has_one_line_when_a_hindrance_begins_and_one_when_it_ends() {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = fmt()
            .with_writer(move || writer.clone())
            .without_time()
            .with_target(false)
            .with_ansi(false)
            .finish();
        tracing::subscriber::with_default(log, || {
            let told = Told::default();
            told.tell(None);
            for _ in 0..3 {
                told.tell(Some(&Unready::Slow));
            }
            told.tell(Some(&Unready::Rules(7)));
            told.tell(None);
            told.tell(None);
        });
        let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let written: Vec<&str> = written.lines().map(str::trim).collect();
        assert_eq!(
            written,
            [
                "ERROR not ready: the database did not answer within 2 seconds",
                "INFO ready again"
            ]
        );
    }
}
