//! What happens to an account over weeks, as transcripts.

mod simulator;

use relance_rules::facts::HoldKind;
use simulator::Simulator;

#[test]
fn an_invoice_that_nobody_pays_goes_through_all_levels() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-31");
    s.until("2026-03-20").outlook().until("2026-06-01").outlook();
    insta::assert_snapshot!(s.transcript);
}

#[test]
fn an_invoice_that_is_paid_in_two_parts_is_thanked_for() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-31");
    s.until("2026-04-08");
    s.pay("F1", 400);
    s.until("2026-04-20");
    s.pay("F1", 600);
    s.until("2026-05-10").outlook();
    insta::assert_snapshot!(s.transcript);
}

#[test]
fn a_dispute_stops_the_clock_and_a_promise_puts_it_off() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 12_000, "2026-03-10");
    s.until("2026-03-18");
    s.hold("F1", HoldKind::Disputed, None);
    s.until("2026-04-01").outlook();
    s.release("F1");
    s.until("2026-04-02").outlook();
    s.hold("F1", HoldKind::Promised, Some("2026-04-16"));
    s.until("2026-04-03").outlook();
    s.until("2026-05-20");
    insta::assert_snapshot!(s.transcript);
}

#[test]
fn several_invoices_of_one_customer_share_their_messages() {
    let mut s = Simulator::standard("2026-02-02");
    s.invoice("F1", 1000, "2026-02-16");
    s.invoice("F2", 500, "2026-02-27");
    s.invoice("F3", 10, "2026-02-27");
    s.until("2026-03-05");
    s.invoice("F4", 700, "2026-02-10");
    s.until("2026-03-10").outlook().until("2026-05-01").outlook();
    insta::assert_snapshot!(s.transcript);
}
