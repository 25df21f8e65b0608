//! What this process has done since it began, counted for those who watch it. Nothing here is kept: a new process begins at zero.

use std::collections::BTreeSet;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, LabelSetEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use relance_rules::decision::Decision;
use relance_rules::reason::ReasonKind;

use crate::engine::EngineError;
use crate::media::outcome::Outcome;
use crate::review::Reviewed;

/// Upper bounds in seconds for one decision, in memory.
const DECISION: [f64; 8] = [0.000_01, 0.000_03, 0.000_1, 0.000_3, 0.001, 0.01, 0.1, 1.0];
/// Upper bounds in seconds for what goes to the database or over the network.
const WORK: [f64; 9] = [0.005, 0.02, 0.05, 0.2, 0.5, 2.0, 5.0, 20.0, 60.0];

/// Counters and times of this process. Cheap to clone; clones share all of it.
#[derive(Debug, Clone)]
pub struct Meters {
    accounts: Counter,
    actions: Counter,
    reviews: Histogram,
    decisions: Family<Asked, Histogram>,
    hooks: Family<HookCall, Counter>,
    handed_over: Family<HandedOver, Counter>,
    conversations: Family<Way, Histogram>,
    failures: Family<Pass, Counter>,
}

/// Whether hooks were called in a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Asked(bool);

impl EncodeLabelSet for Asked {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> Result<(), std::fmt::Error> {
        [("hooks", if self.0 { "called" } else { "none" })].encode(encoder)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct HookCall {
    hook: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct HandedOver {
    way: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Way {
    way: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Pass {
    pass: &'static str,
}

impl Default for Meters {
    fn default() -> Self {
        Self {
            accounts: Counter::default(),
            actions: Counter::default(),
            reviews: Histogram::new(WORK),
            decisions: Family::new_with_constructor(|| Histogram::new(DECISION)),
            hooks: Family::default(),
            handed_over: Family::default(),
            conversations: Family::new_with_constructor(|| Histogram::new(WORK)),
            failures: Family::default(),
        }
    }
}

impl Meters {
    /// A batch was reviewed, in so long.
    pub(crate) fn reviewed(&self, reviewed: Reviewed, took: Duration) {
        self.accounts.inc_by(reviewed.accounts.into());
        self.actions.inc_by(reviewed.actions.into());
        if reviewed.accounts > 0 {
            self.reviews.observe(took.as_secs_f64());
        }
    }

    /// An account was decided, in so long.
    pub(crate) fn decided(&self, decision: &Decision, took: Duration) {
        let mut called = false;
        let outlooks = decision.outlook.iter().map(|outlook| &outlook.reasons);
        for reasons in std::iter::once(&decision.reasons).chain(outlooks) {
            // A failure is told by the call, and by what had to wait for it.
            let mut failed = BTreeSet::new();
            for reason in reasons {
                let (hook, outcome) = match &reason.kind {
                    ReasonKind::HookGave { hook, .. } => (hook, "gave"),
                    ReasonKind::HookFailed(failure) if failed.insert(&failure.hook) => {
                        (&failure.hook, "failed")
                    }
                    _ => continue,
                };
                called = true;
                let call = HookCall {
                    hook: hook.clone(),
                    outcome,
                };
                self.hooks.get_or_create(&call).inc();
            }
        }
        self.decisions
            .get_or_create(&Asked(called))
            .observe(took.as_secs_f64());
    }

    /// A message was handed over on a way, in so long; without an outcome it was not begun.
    pub(crate) fn handed_over(&self, way: &str, outcome: Option<&Outcome>, took: Duration) {
        let way = way.to_owned();
        if outcome.is_some() {
            let conversations = self.conversations.get_or_create(&Way { way: way.clone() });
            conversations.observe(took.as_secs_f64());
        }
        let outcome = outcome.map_or("not_begun", Outcome::word);
        self.handed_over.get_or_create(&HandedOver { way, outcome }).inc();
    }

    /// A pass ended; what failed is tried again.
    pub(crate) fn passed<T>(
        &self,
        pass: &'static str,
        ended: Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        if ended.is_err() {
            self.failures.get_or_create(&Pass { pass }).inc();
        }
        ended
    }

    /// Gives all of it to a registry.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "reviewed_accounts",
            "Accounts that were reviewed",
            self.accounts.clone(),
        );
        registry.register(
            "decided_actions",
            "Messages, tasks and other acts that were decided",
            self.actions.clone(),
        );
        registry.register_with_unit(
            "review",
            "Time of a batch of reviews, from its claim to its commit",
            Unit::Seconds,
            self.reviews.clone(),
        );
        registry.register_with_unit(
            "decision",
            "Time of the decision about one account, by whether hooks were called in it",
            Unit::Seconds,
            self.decisions.clone(),
        );
        registry.register(
            "hook_calls",
            "Calls of hooks, by what came of them",
            self.hooks.clone(),
        );
        registry.register(
            "handed_over_messages",
            "Messages handed over to the mail server (way `mail`) or to an address of the settings, by what came of it",
            self.handed_over.clone(),
        );
        registry.register_with_unit(
            "handing_over",
            "Time of handing over one message",
            Unit::Seconds,
            self.conversations.clone(),
        );
        registry.register(
            "failed_passes",
            "Passes of review or delivery that failed and are tried again",
            self.failures.clone(),
        );
    }
}
