//! What users of other systems suffer from: one test for each complaint that decisions have to answer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::{Datelike, NaiveDate, Weekday};
use relance_rules::charges::{Debt, InterestLine, Terms, WhyNot, claim};
use relance_rules::decision::ActionKind;
use relance_rules::facts::{CustomerKind, HoldKind, Reach, SettledBy, Settlement};
use relance_rules::reason::ReasonKind;
use relance_rules::{decide, recheck};
use simulator::{STANDARD, Simulator, contact, day, euro, rulebook};

fn steps(s: &Simulator, number: &str) -> Vec<String> {
    let say = |(on, step): (NaiveDate, String)| format!("{on} {step}");
    s.steps_of(number).into_iter().map(say).collect()
}

#[test]
fn complaint_01_nobody_is_reminded_after_paying() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-13");
    s.now += chrono::TimeDelta::hours(9);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let action = decision.actions.first().unwrap();
    // Between the decision and the sending the whole invoice is paid.
    s.mark(action, relance_rules::facts::ProgressState::Pending);
    assert_eq!(recheck(&s.rulebook, &s.facts, action, s.now), Ok(()));
    s.pay("F1", 1000);
    let off = recheck(&s.rulebook, &s.facts, action, s.now).unwrap_err();
    assert!(matches!(&off.reasons[0].kind, ReasonKind::Settled { invoice } if invoice == "F1"));
    // A payment that nobody has allocated yet counts as well.
    s.invoice_mut("F1").balance = euro(1000);
    s.invoice_mut("F1").paid_on = None;
    s.facts.unallocated = vec![euro(1000)];
    let off = recheck(&s.rulebook, &s.facts, action, s.now).unwrap_err();
    assert!(
        off.reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::CoveredByUnallocated { .. }))
    );
}

#[test]
fn complaint_02_one_step_is_never_done_twice() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-10");
    // Look every hour for three months, whatever the next review says.
    let end = s.midnight(day("2026-06-10"));
    while s.now < end {
        s.step();
        s.now += chrono::TimeDelta::hours(1);
    }
    assert_eq!(
        steps(&s, "F1"),
        [
            "2026-03-03 ahead",
            "2026-03-13 statement",
            "2026-03-23 reminder",
            "2026-03-30 call",
            "2026-04-07 last"
        ]
    );
}

#[test]
fn complaint_03_a_credit_in_the_customers_favour_counts() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.invoice("F2", 400, "2026-03-10");
    s.facts.unallocated = vec![euro(1000)];
    s.until("2026-05-01");
    assert_eq!(steps(&s, "F1"), Vec::<String>::new(), "covered");
    assert!(!steps(&s, "F2").is_empty(), "not covered");
    s.facts.unallocated = vec![];
    s.until("2026-05-05");
    assert_eq!(steps(&s, "F1"), ["2026-05-04 statement"]);
}

#[test]
fn complaint_04_a_partial_payment_does_not_stop_or_skip() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-14");
    s.pay("F1", 400);
    s.until("2026-03-25");
    s.pay("F1", 300);
    s.until("2026-05-01");
    assert_eq!(
        steps(&s, "F1"),
        [
            "2026-03-03 ahead",
            "2026-03-13 statement",
            "2026-03-23 reminder",
            "2026-03-30 call",
            "2026-04-07 last"
        ]
    );
    let last = s.mails().last().unwrap().action.items[0].balance;
    assert_eq!(last, euro(300));
}

#[test]
fn complaint_05_missed_nights_lose_no_step_and_bunch_none() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-05");
    // Nothing runs for a month.
    s.now = s.midnight(day("2026-04-15"));
    s.until("2026-06-01");
    assert_eq!(
        steps(&s, "F1"),
        [
            "2026-03-03 ahead",
            "2026-04-15 statement",
            "2026-04-23 reminder",
            "2026-04-30 call",
            "2026-05-11 last"
        ]
    );
}

#[test]
fn complaint_06_a_rule_change_keeps_everybodys_place() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-25");
    // A level is put before the others; the call is taken away; the scenario has a new name.
    let levels = STANDARD.find("    level 1").unwrap()..STANDARD.find("  thanks").unwrap();
    let mut rules = STANDARD.to_owned();
    rules.replace_range(
        levels,
        r#"    level 1 early     "Early word" 1 day after due      { email template courtesy }
    level 2 statement "Statement"  3 days after level 1 { email template statement }
    level 3 reminder  "Reminder"   8 days after level 2 { email template reminder }
    level 4 last      "Last word"  8 days after level 3 { email template last tone firm }
  }
"#,
    );
    s.rulebook = rulebook(&rules.replace("scenario standard", "scenario renewed"));
    s.until("2026-06-01");
    assert_eq!(
        steps(&s, "F1"),
        [
            "2026-03-03 ahead",
            "2026-03-13 statement",
            "2026-03-23 reminder",
            "2026-03-31 last"
        ]
    );
}

#[test]
fn complaint_07_one_customer_gets_one_message_a_day() {
    let mut s = Simulator::standard("2026-03-02");
    for n in 1..=8 {
        s.invoice(&format!("F{n}"), 100 * n, "2026-02-10");
    }
    s.until("2026-03-03");
    assert_eq!(s.mails().len(), 1);
    assert_eq!(s.mails()[0].action.items.len(), 8);
    // Invoices with different levels: the highest speaks, each keeps its own.
    s.invoice("F9", 900, "2026-03-07");
    s.until("2026-03-11");
    assert_eq!(s.mails().len(), 2);
    let second = &s.mails()[1].action;
    assert_eq!(second.step.level, Some(2));
    let own: Vec<_> = second.items.iter().map(|i| i.level.unwrap()).collect();
    assert_eq!(own, [2, 2, 2, 2, 2, 2, 2, 2, 1]);
    assert!(second.reasons.iter().any(|r| r.kind
        == ReasonKind::Grouped {
            invoices: 9,
            level: Some(2)
        }));
}

#[test]
fn complaint_08_an_old_invoice_imported_late_enters_at_its_level() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2025-09-10");
    s.until("2026-03-20").outlook();
    assert_eq!(
        steps(&s, "F1"),
        ["2026-03-02 statement", "2026-03-10 reminder", "2026-03-17 call"]
    );
    let rules = STANDARD.replace("entry     at level 1", "entry     at level 2");
    let mut s = Simulator::new(rulebook(&rules), "2026-03-02");
    s.invoice("F1", 1000, "2025-09-10");
    s.invoice("F2", 1000, "2026-02-28");
    s.until("2026-04-01");
    assert_eq!(
        steps(&s, "F1"),
        ["2026-03-02 reminder", "2026-03-09 call", "2026-03-17 last"],
        "known long after its due date"
    );
    assert_eq!(
        steps(&s, "F2").first().unwrap(),
        "2026-03-11 reminder",
        "known before the day of its entry level, it waits for that day"
    );
}

#[test]
fn complaint_09_a_pause_is_for_one_invoice_and_ends() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.invoice("F2", 500, "2026-03-10");
    s.until("2026-03-12");
    s.hold("F1", HoldKind::Manual, Some("2026-03-19"));
    s.until("2026-04-01");
    assert_eq!(steps(&s, "F2")[1], "2026-03-13 statement");
    assert_eq!(
        steps(&s, "F1")[1],
        "2026-03-20 statement",
        "7 days on hold are added"
    );
}

#[test]
fn complaint_10_interest_outlives_the_principal_and_is_cut_at_payments_and_half_years() {
    // By the legal rates of France: 14.25 % in the second half of 2024, 13.15 % in the first of 2025.
    let rules = STANDARD.replace(
        "3 days after due     { email template statement }",
        "30 days after due { email template statement; charge late_interest, recovery_fee of france }",
    );
    let mut s = Simulator::new(rulebook(&rules), "2024-12-02");
    s.invoice("F1", 1200, "2024-12-21");
    let pay = |s: &mut Simulator, on: &str, amount: i64| {
        s.until(on);
        s.pay("F1", amount);
        let on = s.today();
        s.invoice_mut("F1").settlements.push(Settlement {
            on,
            amount: euro(amount),
            by: SettledBy::Payment,
        });
    };
    let claimed = |s: &Simulator, on: &str| {
        let checked = &s.rulebook.checked;
        let levels = checked.scenarios.iter().flat_map(|scenario| &scenario.levels);
        let acts: Vec<_> = levels.flat_map(|level| level.acts.clone()).collect();
        let terms = Terms::of(checked, &acts).unwrap();
        claim(terms, &Debt::of(&s.facts, &s.facts.invoices[0]), day(on))
    };
    pay(&mut s, "2025-01-10", 500);
    pay(&mut s, "2025-01-15", 700);
    // 17 100 x 10 / 36 500 = 4.685; 15 780 x 10 / 36 500 = 4.323; 9 205 x 5 / 36 500 = 1.261.
    let expected = [
        "1200 x 14.25 % x 10 days = 4.68",
        "1200 x 13.15 % x 10 days = 4.32",
        "700 x 13.15 % x 5 days = 1.26",
    ];
    for on in ["2025-01-15", "2025-06-30", "2030-01-01"] {
        let claim = claimed(&s, on).unwrap();
        let line = |l: &InterestLine| {
            format!(
                "{} x {} % x {} days = {}",
                l.base.amount, l.rate, l.days, l.amount.amount
            )
        };
        let lines: Vec<String> = claim.lines.iter().map(line).collect();
        assert_eq!(lines, expected, "paid, and owed all the same on {on}");
        assert_eq!(claim.fee, Some(euro(40)), "once, whatever was paid in part");
    }
    s.facts.customer.kind = CustomerKind::Consumer;
    assert_eq!(claimed(&s, "2025-06-30"), Err(WhyNot::Consumer));
}

#[test]
fn complaint_10_interest_of_what_was_paid_before_any_notice_is_asked_for_once() {
    let rules = STANDARD.replace(
        "  thanks {",
        "  on paid late { charge late_interest, recovery_fee of france; email template statement }\n  thanks {",
    );
    let mut s = Simulator::new(rulebook(&rules), "2025-02-03");
    s.invoice("F1", 1200, "2025-02-28");
    s.until("2025-03-03");
    s.pay("F1", 1200);
    let on = s.today();
    s.invoice_mut("F1").settlements.push(Settlement {
        on,
        amount: euro(1200),
        by: SettledBy::Payment,
    });
    s.until("2025-06-01");
    let asked: Vec<_> = s
        .mails()
        .into_iter()
        .flat_map(|done| &done.action.items)
        .filter_map(|item| item.claim.as_ref())
        .collect();
    let [claim] = asked.as_slice() else {
        panic!("asked for {} times\n{}", asked.len(), s.transcript)
    };
    assert_eq!(claim.fee, Some(euro(40)));
    let days: u32 = claim.lines.iter().map(|line| line.days).sum();
    assert_eq!(
        days, 3,
        "from the day after the due date to the payment: {claim:?}"
    );
}

#[test]
fn complaint_11_before_is_before_and_midnight_is_the_companys() {
    let mut s = Simulator::standard("2026-01-05");
    s.invoice("F1", 1000, "2026-03-31");
    s.until("2026-06-01");
    let done = s.steps_of("F1");
    assert_eq!(done[0], (day("2026-03-24"), "ahead".to_owned()));
    assert_eq!(done[1], (day("2026-04-03"), "statement".to_owned()));
    // Half past eleven in the evening of UTC is the next day in Paris.
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-07-13");
    s.now = "2026-07-13T22:30:00Z".parse().unwrap();
    assert_eq!(s.today(), day("2026-07-14"));
    let overdue = STANDARD.replace("otherwise", "when account.overdue > 0 EUR");
    s.rulebook = rulebook(&overdue);
    assert_eq!(
        decide(&s.rulebook, &s.facts, s.now).segment.unwrap().name,
        "small"
    );
    s.now -= chrono::TimeDelta::hours(1);
    let before = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(before.segment, None);
    assert_eq!(
        before.next_review_at,
        Some("2026-07-13T22:00:00Z".parse().unwrap()),
        "looked at when the day begins"
    );
}

#[test]
fn complaint_12_the_language_is_the_first_known_one_that_has_a_template() {
    let language = |contact: Option<&str>, customer: Option<&str>| {
        let mut s = Simulator::standard("2026-03-16");
        s.facts.contacts[0].language = contact.map(Into::into);
        s.facts.customer.language = customer.map(Into::into);
        s.invoice("F1", 1000, "2026-03-10");
        s.until("2026-03-17");
        match &s.mails()[0].action.kind {
            ActionKind::Email { language, .. } => language.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(language(Some("en"), Some("fr")), "en");
    assert_eq!(
        language(Some("nl"), Some("en")),
        "en",
        "there is no Dutch template"
    );
    assert_eq!(language(None, Some("en")), "en");
    assert_eq!(language(Some("nl"), None), "fr");
}

#[test]
fn complaint_13_a_refused_address_passes_on_and_never_queues_for_ever() {
    let mut s = Simulator::standard("2026-03-02");
    s.facts
        .contacts
        .push(contact(2, "Bruno Roux", Some("buyer"), false));
    s.invoice("F1", 1000, "2026-02-10");
    s.facts.contacts[0].email = Reach::Bounced;
    s.until("2026-03-03");
    assert!(
        s.transcript
            .contains("EMAIL statement (fr, Courteous) to Bruno Roux"),
        "{}",
        s.transcript
    );
    s.facts.contacts[1].email = Reach::OptedOut;
    s.until("2026-03-20");
    let last = s.done.last().unwrap();
    assert!(matches!(last.action.kind, ActionKind::FixContact { .. }));
    assert_eq!(
        s.done.iter().filter(|d| !d.action.moves()).count(),
        1,
        "one task, not one a day"
    );
    s.facts.contacts[0].email = Reach::Usable;
    s.facts.fixing_contact = false;
    s.until("2026-03-24");
    assert_eq!(steps(&s, "F1").last().unwrap(), "2026-03-20 reminder");
}

#[test]
fn complaint_14_nothing_leaves_on_sundays_and_holidays_and_no_weekend_burns_a_level() {
    let mut s = Simulator::standard("2026-04-01");
    for (n, due) in [
        "2026-04-01",
        "2026-04-02",
        "2026-04-03",
        "2026-05-05",
        "2026-05-11",
        "2026-07-11",
    ]
    .iter()
    .enumerate()
    {
        s.invoice(&format!("F{n}"), 100, due);
    }
    s.until("2026-09-01");
    for done in &s.done {
        let local = done.at.with_timezone(&chrono_tz::Europe::Paris);
        let on = local.date_naive();
        assert!(!matches!(on.weekday(), Weekday::Sat | Weekday::Sun), "{on}");
        for holiday in [
            "2026-04-06",
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",
            "2026-05-25",
            "2026-07-14",
            "2026-08-15",
        ] {
            assert_ne!(on, day(holiday));
        }
        assert!(local.time() >= "09:00:00".parse().unwrap() && local.time() < "17:30:00".parse().unwrap());
    }
    for n in 0..6 {
        let levels: Vec<_> = s
            .steps_of(&format!("F{n}"))
            .into_iter()
            .map(|(_, step)| step)
            .filter(|s| s != "ahead")
            .collect();
        assert_eq!(levels, ["statement", "reminder", "call", "last"], "F{n}");
    }
}

#[test]
fn complaint_15_an_instalment_is_dunned_when_it_is_due_itself() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1/1", 300, "2026-03-10");
    s.invoice("F1/2", 300, "2026-04-10");
    s.invoice("F1/3", 300, "2026-05-11");
    s.until("2026-03-25");
    assert_eq!(
        steps(&s, "F1/1"),
        ["2026-03-03 ahead", "2026-03-13 statement", "2026-03-23 reminder"]
    );
    assert!(steps(&s, "F1/2").is_empty() && steps(&s, "F1/3").is_empty());
}

#[test]
fn a_hold_to_come_without_an_end_is_told() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 1000, "2026-03-31");
    s.until("2026-03-25");
    s.hold("F1", HoldKind::Manual, None);
    s.invoice_mut("F1").holds[0].from = day("2026-04-01");
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.outlook[0].next_on, None);
    assert!(matches!(
        decision.outlook[0].reasons[0].kind,
        ReasonKind::Held { .. }
    ));
}
