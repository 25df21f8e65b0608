//! Refusals as they are stored: placed diagnostics in JSON.

use relance_rules::dsl::codes;
use relance_rules::dsl::diagnostic::{PlacedDiagnostic, Severity, Texts};
use relance_rules::dsl::span::Place;
use serde::Deserialize;

use super::Rejection;
use crate::store::revisions::StoredRejection;

#[derive(Deserialize)]
struct Stored {
    code: String,
    severity: String,
    message: String,
    place: Place,
    line: String,
    label: String,
    help: Option<String>,
    #[serde(default)]
    texts: Option<Texts>,
}

/// A stored refusal. What an older version wrote and this one cannot read is left out.
pub(super) fn read(stored: &StoredRejection) -> Rejection {
    let entries: Vec<Stored> = serde_json::from_value(stored.diagnostics.clone()).unwrap_or_default();
    let diagnostics = entries.into_iter().map(placed).collect();
    Rejection {
        at: stored.at,
        diagnostics,
    }
}

fn placed(stored: Stored) -> PlacedDiagnostic {
    PlacedDiagnostic {
        code: code(&stored.code),
        severity: if stored.severity == "warning" {
            Severity::Warning
        } else {
            Severity::Error
        },
        message: stored.message,
        place: stored.place,
        line: stored.line,
        label: stored.label,
        help: stored.help,
        texts: stored.texts,
    }
}

/// The code as this program knows it; `RL0000` for one that it does not know.
fn code(text: &str) -> &'static str {
    codes::find(text).map_or("RL0000", |code| code.code)
}
