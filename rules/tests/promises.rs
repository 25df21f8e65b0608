//! How many promises stop the clock.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use relance_rules::decide;
use relance_rules::facts::HoldKind;
use relance_rules::reason::ReasonKind;
use simulator::{STANDARD, Simulator, rulebook};

#[test]
fn only_the_first_promises_of_an_invoice_stop_the_clock() {
    let rules = format!("{STANDARD}\npromises {{ at most 1 per invoice }}\n");
    let mut s = Simulator::new(rulebook(&rules), "2026-03-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-12");
    s.hold("F1", HoldKind::Promised, Some("2026-03-18"));
    s.until("2026-03-18");
    assert!(s.done.is_empty() || s.steps_of("F1").iter().all(|(_, step)| step == "ahead"));
    s.hold("F1", HoldKind::Promised, Some("2026-04-30"));
    let outlook = &decide(&s.rulebook, &s.facts, s.now).outlook[0];
    assert!(
        outlook
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::PromisesUsedUp { most: 1 })),
        "{outlook:?}"
    );
    s.until("2026-03-25");
    assert!(
        s.steps_of("F1").iter().any(|(_, step)| step == "statement"),
        "{}",
        s.transcript
    );
}
