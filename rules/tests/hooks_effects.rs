//! Hooks as acts: what they want done with a step, or with the answer to an event, is done, once, and said.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::TimeDelta;
use relance_rules::decision::{ActionKind, Decision};
use relance_rules::facts::{HoldEnding, HoldKind, HoldSpan, ProgressState, Reach};
use relance_rules::reason::ReasonKind;
use relance_rules::rulebook::Ways;
use relance_rules::words::{self, Language};
use relance_rules::{decide, recheck};
use simulator::{STANDARD, Simulator, contact, day, rulebook_of};

const DECLARED: &str = "\nhook h(case) -> effects\n";

/// The standard scenario with a hook in one of its steps.
fn with_hook(old: &str, new: &str) -> String {
    assert!(STANDARD.contains(old), "{old}");
    format!("{}{DECLARED}", STANDARD.replacen(old, new, 1))
}

fn in_level_1() -> String {
    with_hook(
        "{ email template statement }",
        "{ email template statement; hook h }",
    )
}

fn in_level_2() -> String {
    with_hook(
        "{ email template reminder }",
        "{ hook h; email template reminder }",
    )
}

/// From 2026-02-02 on; the body of the hook.
fn played(rules: &str, body: &str) -> Simulator {
    let script = format!("fn h(kase) {{\n{body}\n}}");
    Simulator::new(rulebook_of(rules, &[], &[("h.rhai", &script)]), "2026-02-02")
}

/// The days and lines of all that was done.
fn lines(s: &Simulator) -> Vec<&str> {
    let all = s.transcript.lines();
    all.filter(|l| !l.contains("becomes known") && !l.contains("paid on"))
        .map(|l| l[4..].trim())
        .collect()
}

fn words_of(s: &Simulator, reason: &relance_rules::reason::Reason, language: Language) -> String {
    words::reason(reason, s.facts.company.time_zone, language)
}

/// What the only failure of a decision says.
fn failure(decision: &Decision) -> String {
    match decision.attention.as_slice() {
        [one] => match &one.kind {
            ReasonKind::HookFailed(failure) => {
                format!("{}:{}: {}", failure.file, failure.line, failure.message.en)
            }
            other => panic!("{other:?}"),
        },
        more => panic!("{more:?}"),
    }
}

#[test]
fn a_hook_in_a_step_adds_a_task_a_note_and_a_post_and_changes_the_tone() {
    let mut s = played(
        &in_level_1(),
        r#"[task("call_director", "account_manager", days(1)), tone("firm"), note(`big: ${kase.invoice.number}`),
            webhook("crm", #{ customer: kase.customer.number, open: kase.account.balance })]"#,
    );
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-20");
    assert_eq!(
        lines(&s),
        [
            "2026-03-03 09:00  EMAIL courtesy (fr, Courteous) to Anne Petit: F1 ahead",
            "2026-03-13 09:00  HOOK h [task(\"call_director\", \"account_manager\", days(1)), tone(\"firm\"), note(\"big: F1\"), webhook(\"crm\", \"{\\\"customer\\\":\\\"C00001\\\",\\\"open\\\":{\\\"amount\\\":1000,\\\"currency\\\":\\\"EUR\\\"}}\")]: F1 statement level 1",
            "2026-03-13 09:00  NOTE \"big: F1\": F1 statement level 1",
            "2026-03-13 09:00  EMAIL statement (fr, Firm) to Anne Petit: F1 statement level 1",
            "2026-03-13 09:00  TASK call_director, by account_manager until 2026-03-14: F1 statement level 1",
            "2026-03-13 09:00  NOTICE crm {\"customer\":\"C00001\",\"open\":{\"amount\":1000,\"currency\":\"EUR\"}}: F1 statement level 1",
        ]
    );
    let mail = s
        .done
        .iter()
        .find(|d| matches!(d.action.kind, ActionKind::Email { .. }) && d.action.step.level == Some(1));
    let said: Vec<String> = mail
        .unwrap()
        .action
        .reasons
        .iter()
        .map(|r| words_of(&s, r, Language::En))
        .collect();
    assert!(
        said.iter()
            .any(|r| r.starts_with("Hook “h” gave [task(") && r.contains("invoice.number = F1")),
        "{said:#?}"
    );
}

#[test]
fn what_a_hook_wants_is_done_once_however_often_the_step_is_looked_at() {
    let mut s = played(&in_level_1(), "[task(\"look\", \"sales\"), note(\"seen\")]");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-13");
    s.now += TimeDelta::hours(10);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.actions.len(), 4, "hook, note, mail, task");
    for action in &decision.actions {
        let state = match action.kind {
            ActionKind::Email { .. } => ProgressState::Failed,
            ActionKind::Task { .. } => ProgressState::Cancelled,
            _ => ProgressState::Done,
        };
        s.mark(action, ProgressState::Pending);
        s.mark(action, state);
    }
    // The mail came back; it is tried again on another day, and nothing else is.
    s.now += TimeDelta::days(3);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let [again] = decision.actions.as_slice() else {
        panic!("{:#?}", decision.actions)
    };
    assert!(matches!(again.kind, ActionKind::Email { .. }));
}

#[test]
fn a_step_that_a_hook_skips_counts_as_done_and_sends_nothing() {
    let mut s = played(
        &in_level_2(),
        "if kase.invoice.number == \"F1\" { skip() } else { [] }",
    );
    s.invoice("F1", 1000, "2026-03-10");
    s.invoice("F2", 1000, "2026-03-10");
    s.until("2026-04-01");
    let all = lines(&s);
    assert_eq!(
        all[2..],
        [
            "2026-03-23 09:00  HOOK h [skip()]: F1 reminder level 2",
            "2026-03-23 09:00  HOOK h []: F2 reminder level 2",
            "2026-03-23 09:00  EMAIL reminder (fr, Courteous) to Anne Petit: F2 reminder level 2",
            "2026-03-30 09:00  CALL Anne Petit, by collector until 2026-03-30: F1 call level 3, F2 call level 3",
        ]
    );
    let skipped = s
        .done
        .iter()
        .find(|d| matches!(&d.action.kind, ActionKind::Hook { gave, .. } if gave.len() == 1));
    let action = &skipped.unwrap().action;
    let said: Vec<String> = action
        .reasons
        .iter()
        .map(|r| words_of(&s, r, Language::En))
        .collect();
    assert!(
        said.contains(&"Hook “h”: “Reminder” is left out".to_owned()),
        "{said:#?}"
    );
    let said: Vec<String> = action
        .reasons
        .iter()
        .map(|r| words_of(&s, r, Language::Fr))
        .collect();
    assert!(
        said.iter().any(|r| r.contains("est laissée de côté")),
        "{said:#?}"
    );
}

#[test]
fn a_hook_delays_a_step_and_is_asked_again_each_day() {
    let mut s = played(
        &in_level_2(),
        "if kase.account.unallocated.amount > 0 { delay(days(60)) } else if kase.account.overdue.amount > 500 { delay(days(5)) } else { [] }",
    );
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-24");
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let outlook = &decision.outlook[0];
    assert_eq!(
        outlook.next_on,
        Some(day("2026-03-30")),
        "the fifth day is a Saturday"
    );
    let said: Vec<String> = outlook
        .reasons
        .iter()
        .map(|r| words_of(&s, r, Language::En))
        .collect();
    assert!(
        said.contains(
            &"Hook “h”: “Reminder” comes by 30 March 2026 at the latest, and is asked for again each day"
                .to_owned()
        ),
        "{said:#?}"
    );
    let next = decision.next_review_at.unwrap();
    assert!(next <= s.now + TimeDelta::days(2), "{next}");
    // A part is paid: the hook has nothing against the step any more.
    s.now += TimeDelta::hours(12);
    s.pay("F1", 600);
    s.until("2026-04-10");
    let level_2: Vec<&str> = lines(&s)
        .into_iter()
        .filter(|l| l.contains("EMAIL reminder"))
        .collect();
    assert_eq!(
        level_2,
        ["2026-03-24 12:00  EMAIL reminder (fr, Courteous) to Anne Petit: F1 reminder level 2"]
    );
}

#[test]
fn a_delay_ends_on_its_day_although_the_hook_says_the_same_for_ever() {
    let mut s = played(&in_level_2(), "[delay(days(5)), tone(\"formal\")]");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-04-20");
    let all = lines(&s);
    assert!(
        all.contains(&"2026-03-30 09:00  EMAIL reminder (fr, Formal) to Anne Petit: F1 reminder level 2"),
        "{all:#?}"
    );
    assert!(
        all.iter().any(|l| l.starts_with("2026-04-07 09:00  CALL")),
        "later levels count from it: {all:#?}"
    );
}

#[test]
fn a_courtesy_step_that_is_delayed_past_the_due_date_is_dropped() {
    let rules = with_hook(
        "{ email template courtesy }",
        "{ email template courtesy; hook h }",
    );
    let mut s = played(&rules, "delay(weeks(2))");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-20");
    assert_eq!(lines(&s).len(), 1, "{}", s.transcript);
    let mut s = played(&rules, "delay(days(2))");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-12");
    assert!(
        lines(&s)[1].starts_with("2026-03-05 09:00  EMAIL courtesy"),
        "{}",
        s.transcript
    );
}

#[test]
fn a_hook_jumps_to_a_later_level_and_the_levels_between_are_left_out() {
    let mut s = played(&in_level_1(), "[jump(4), note(\"straight to the last word\")]");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-14");
    let zone = s.facts.company.time_zone;
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let said: Vec<String> = decision.outlook[0]
        .reasons
        .iter()
        .map(|r| words::reason(r, zone, Language::En))
        .collect();
    assert!(
        said.contains(&"A hook said to go on at level 4, not before 14 March 2026".to_owned()),
        "{said:#?}"
    );
    s.until("2026-05-01");
    assert_eq!(
        lines(&s)[1..],
        [
            "2026-03-13 09:00  HOOK h [jump(4), note(\"straight to the last word\")]: F1 statement level 1",
            "2026-03-13 09:00  NOTE \"straight to the last word\": F1 statement level 1",
            "2026-03-16 09:00  EMAIL last (fr, Firm) to Anne Petit: F1 last level 4",
        ]
    );
    let said: Vec<String> = s.done[1]
        .action
        .reasons
        .iter()
        .map(|r| words::reason(r, zone, Language::En))
        .collect();
    assert!(
        said.contains(
            &"Hook “h”: “Statement” is left out, and “Reminder” with it, and “Call” with it; dunning goes on at level 4".to_owned()
        ),
        "{said:#?}"
    );
}

#[test]
fn a_hook_that_answers_to_a_level_stands_in_it() {
    let rules = format!(
        "{}{DECLARED}",
        STANDARD.replacen(
            "  thanks {",
            "  on level 2 { hook h; task after assign sales }\n  thanks {",
            1
        )
    );
    let mut s = played(&rules, "skip()");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-24");
    assert_eq!(
        lines(&s)[2..],
        [
            "2026-03-23 09:00  HOOK h [skip()]: F1 reminder level 2",
            "2026-03-23 09:00  TASK after, by sales until 2026-03-23: F1 on level 2",
        ]
    );
}

#[test]
fn a_message_goes_to_the_contact_that_a_hook_names_when_he_can_be_reached() {
    let rules = in_level_1();
    let body = "if kase.invoice.balance > money(800, \"EUR\") { contact(\"director\") } else { [] }";
    let mut s = played(&rules, body);
    s.facts
        .contacts
        .push(contact(2, "Dora Roche", Some("director"), false));
    s.invoice("F1", 1000, "2026-03-10");
    s.invoice("F2", 500, "2026-03-10");
    s.until("2026-03-14");
    let mails: Vec<&str> = lines(&s)
        .into_iter()
        .filter(|l| l.contains("EMAIL statement"))
        .collect();
    assert_eq!(
        mails,
        ["2026-03-13 09:00  EMAIL statement (fr, Courteous) to Dora Roche: F1 statement level 1"],
        "two people are two messages, and one a week is the limit"
    );
    s.until("2026-03-20");
    let mails: Vec<&str> = lines(&s)
        .into_iter()
        .filter(|l| l.contains("EMAIL statement"))
        .collect();
    assert_eq!(
        mails[1],
        "2026-03-18 09:00  EMAIL statement (fr, Courteous) to Anne Petit: F2 statement level 1"
    );
    let mut s = played(&rules, body);
    let mut gone = contact(2, "Dora Roche", Some("director"), false);
    gone.email = Reach::Bounced;
    s.facts.contacts.push(gone);
    s.invoice("F1", 1000, "2026-03-10");
    s.invoice("F2", 500, "2026-03-10");
    s.until("2026-03-14");
    let mails: Vec<&str> = lines(&s)
        .into_iter()
        .filter(|l| l.contains("EMAIL statement"))
        .collect();
    assert_eq!(
        mails,
        [
            "2026-03-13 09:00  EMAIL statement (fr, Courteous) to Anne Petit: F1 statement level 1, F2 statement level 1"
        ]
    );
}

#[test]
fn the_invoice_that_speaks_decides_the_tone_of_a_shared_message() {
    let body = "if kase.invoice.number == \"F2\" { tone(\"formal\") } else { [] }";
    let mut s = played(&in_level_1(), body);
    s.invoice("F1", 1000, "2026-03-10");
    s.invoice("F2", 500, "2026-03-10");
    s.until("2026-03-14");
    let mail = s
        .mails()
        .into_iter()
        .find(|d| d.action.step.level == Some(1))
        .unwrap();
    assert_eq!(mail.action.items.len(), 2);
    let said: Vec<String> = mail
        .action
        .reasons
        .iter()
        .map(|r| words_of(&s, r, Language::En))
        .collect();
    assert!(
        said.contains(
            &"A hook asked for the tone “formal” for F2; the invoice that speaks decides the tone of the message".to_owned()
        ),
        "{said:#?}"
    );
    let body = "if kase.invoice.number == \"F1\" { tone(\"formal\") } else { [] }";
    let mut s = played(&in_level_1(), body);
    s.invoice("F1", 1000, "2026-03-10");
    s.invoice("F2", 500, "2026-03-10");
    s.until("2026-03-14");
    assert!(
        lines(&s).iter().any(|l| l.ends_with(
            "EMAIL statement (fr, Formal) to Anne Petit: F1 statement level 1, F2 statement level 1"
        )),
        "{}",
        s.transcript
    );
}

#[test]
fn an_approval_waits_for_no_step_that_a_hook_skips_and_holds_back_what_hooks_want_done() {
    let level = "{ approve by credit_manager; email template statement; hook h }";
    let rules = with_hook("{ email template statement }", level);
    let mut s = played(&rules, "skip()");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-14");
    assert!(!s.transcript.contains("APPROVAL"), "{}", s.transcript);
    let mut s = played(&rules, "task(\"look\", \"sales\")");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-13");
    s.now += TimeDelta::hours(10);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let [asked] = decision.actions.as_slice() else {
        panic!("{:#?}", decision.actions)
    };
    assert!(matches!(asked.kind, ActionKind::Approval { .. }));
    s.until("2026-03-14");
    assert!(s.transcript.contains("TASK look"), "{}", s.transcript);
}

#[test]
fn the_answer_to_an_event_has_tasks_notes_posts_tone_and_contact() {
    let answer = |body: &str| {
        let rules = format!(
            "{}{DECLARED}",
            STANDARD.replacen(
                "  thanks {",
                "  on promise broken { email template reminder; hook h }\n  thanks {",
                1
            )
        );
        let mut s = played(&rules, body);
        s.invoice("F1", 1000, "2026-02-02");
        s.until("2026-02-12");
        s.invoice_mut("F1").holds.push(HoldSpan {
            kind: HoldKind::Promised,
            from: day("2026-02-06"),
            to: Some(day("2026-02-12")),
            note: String::new(),
            id: 7,
            ending: Some(HoldEnding::Broken),
        });
        s
    };
    let mut s =
        answer("[task(\"ring\", \"sales\"), note(\"broken\"), tone(\"formal\"), webhook(\"crm\", \"x\")]");
    s.until("2026-02-13");
    assert_eq!(
        lines(&s)[1..],
        [
            "2026-02-12 00:00  HOOK h [task(\"ring\", \"sales\"), note(\"broken\"), tone(\"formal\"), webhook(\"crm\", \"x\")]: F1 on promise_broken 7",
            "2026-02-12 00:00  NOTE \"broken\": F1 on promise_broken 7",
            "2026-02-12 00:00  TASK ring, by sales until 2026-02-12: F1 on promise_broken 7",
            "2026-02-12 00:00  NOTICE crm x: F1 on promise_broken 7",
            "2026-02-12 09:00  EMAIL reminder (fr, Formal) to Anne Petit: F1 on promise_broken 7",
        ]
    );
    for (body, message) in [
        ("skip()", "`skip` cannot be done with the answer to an event"),
        ("delay(3)", "`delay` cannot be done with the answer to an event"),
        ("jump(4)", "`jump` cannot be done with the answer to an event"),
    ] {
        let mut s = answer(body);
        s.now += TimeDelta::hours(10);
        let decision = decide(&s.rulebook, &s.facts, s.now);
        assert_eq!(failure(&decision), format!("hooks/h.rhai:1: {message}"));
        assert!(decision.actions.is_empty(), "{:#?}", decision.actions);
        assert!(decision.next_review_at.is_some());
    }
}

#[test]
fn a_hook_that_fails_stops_its_step_and_is_looked_at_by_a_person() {
    let of = |rules: &str, body: &str| {
        let mut s = played(rules, body);
        s.invoice("F1", 1000, "2026-03-10");
        s.until("2026-03-13");
        s.now += TimeDelta::hours(10);
        let decision = decide(&s.rulebook, &s.facts, s.now);
        assert!(decision.actions.is_empty(), "{:#?}", decision.actions);
        assert!(decision.next_review_at.is_some());
        failure(&decision)
    };
    let all = [
        ("throw \"no\"", "hooks/h.rhai:2: the script says: no"),
        ("1", "hooks/h.rhai:1: it must give effects, and gives a number"),
        (
            "jump(1)",
            "hooks/h.rhai:1: `jump(1)` leads to no later level: this is level 1 of 4",
        ),
        (
            "jump(5)",
            "hooks/h.rhai:1: `jump(5)` leads to no later level: this is level 1 of 4",
        ),
        (
            "let who = \"boss\"; task(\"x\", who)",
            "hooks/h.rhai:2: there is no role `boss`: collector, credit_manager, account_manager, sales, cfo",
        ),
        (
            "let who = \"boss\"; contact(who)",
            "hooks/h.rhai:2: there is no contact role `boss`: accounts_payable, buyer, director, logistics",
        ),
        (
            "loop { }",
            "hooks/h.rhai:1: more than 10000 operations: does a loop not end?",
        ),
        (
            "[skip(), delay(3)]",
            "hooks/h.rhai:1: only one of `skip`, `delay` and `jump` can be done with a step",
        ),
    ];
    for (body, message) in all {
        assert_eq!(of(&in_level_1(), body), message);
    }
    let two = with_hook(
        "{ email template statement }",
        "{ hook h; email template statement; hook h }",
    );
    assert_eq!(
        of(&two, "tone(\"firm\")"),
        "hooks/h.rhai:1: another hook of the same step says otherwise: `tone` cannot be done beside it"
    );
}

#[test]
fn a_tone_needs_a_template() {
    let script = "fn h(kase) { tone(\"formal\") }";
    let rules = in_level_1().replace("email template statement;", "email template plain tone firm;");
    let rulebook = rulebook_of(&rules, &["plain.fr.firm.md"], &[("h.rhai", script)]);
    let mut s = Simulator::new(rulebook, "2026-02-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-13");
    s.now += TimeDelta::hours(10);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(
        failure(&decision),
        "hooks/h.rhai:1: there is no template `plain` in `fr` for the tone formal"
    );
}

#[test]
fn what_follows_the_last_level_has_no_jump_and_thanks_can_be_left_out() {
    let rules = with_hook(
        "{ email template last tone firm }",
        "{ email template last tone firm }\n    then after 5 days { hook h }",
    );
    let mut s = played(&rules, "jump(4)");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-04-15");
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(
        failure(&decision),
        "hooks/h.rhai:1: `jump` cannot be done with what follows the last level"
    );

    let rules = with_hook(
        "{ email template thanks, at",
        "{ hook h; email template thanks, at",
    );
    for (body, thanked) in [("skip()", false), ("[]", true)] {
        let mut s = played(&rules, body);
        s.invoice("F1", 1000, "2026-03-10");
        s.until("2026-03-05");
        s.pay("F1", 1000);
        s.until("2026-03-20");
        assert_eq!(s.transcript.contains("EMAIL thanks"), thanked, "{}", s.transcript);
        assert!(s.transcript.contains("HOOK h"), "{}", s.transcript);
    }
}

#[test]
fn what_has_no_address_is_told_by_a_person() {
    let rules = in_level_1();
    let script = "fn h(kase) { webhook(\"crm\", \"F1 is late\") }";
    let rulebook = rulebook_of(&rules, &[], &[("h.rhai", script)]);
    let rulebook = std::sync::Arc::unwrap_or_clone(rulebook).with_ways(Ways::of([]));
    let mut s = Simulator::new(std::sync::Arc::new(rulebook), "2026-02-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-14");
    let task = s.done.iter().find_map(|d| match &d.action.kind {
        ActionKind::Task { title, assign, .. } => {
            Some((title.clone().unwrap(), assign.clone(), &d.action.reasons))
        }
        _ => None,
    });
    let (title, assign, reasons) = task.unwrap();
    assert_eq!(
        (title.as_str(), assign.as_str()),
        ("crm: F1 is late", "collector")
    );
    let said: Vec<String> = reasons.iter().map(|r| words_of(&s, r, Language::En)).collect();
    assert!(
        said.contains(&"Told by a person: the settings have no address for the webhook “crm”".to_owned()),
        "{said:#?}"
    );
}

/// Level 1 by a medium whose body a hook makes.
fn posted(script: &str) -> Simulator {
    let rules = format!(
        "{}\nhook body(case) -> text\nmedium chat = webhook \"chat\" body hook body\n",
        STANDARD.replacen("{ email template statement }", "{ chat template statement }", 1)
    );
    let mut s = Simulator::new(rulebook_of(&rules, &[], &[("b.rhai", script)]), "2026-02-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-13");
    s.now += TimeDelta::hours(10);
    s
}

#[test]
fn a_hook_makes_the_body_of_a_post_and_what_is_posted_is_what_was_decided() {
    let script = "fn body(kase) { json(#{ to: kase.contact.name, open: kase.invoice.balance }) }";
    let mut s = posted(script);
    s.invoice("F2", 500, "2026-03-10");
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let [action] = decision.actions.as_slice() else {
        panic!("{:#?}", decision.actions)
    };
    let ActionKind::Webhook { body, .. } = &action.kind else {
        panic!("{action:?}")
    };
    let text = "{\"open\":{\"amount\":1000,\"currency\":\"EUR\"},\"to\":\"Anne Petit\"}";
    assert_eq!(body.as_deref(), Some(text), "F1 speaks");
    assert_eq!(action.items.len(), 2);
    s.mark(action, ProgressState::Pending);
    assert_eq!(recheck(&s.rulebook, &s.facts, action, s.now), Ok(()));
    s.pay("F2", 100);
    assert_eq!(
        recheck(&s.rulebook, &s.facts, action, s.now),
        Ok(()),
        "says nothing of F2"
    );
    s.pay("F1", 100);
    let off = recheck(&s.rulebook, &s.facts, action, s.now).unwrap_err();
    let said: Vec<String> = off
        .reasons
        .iter()
        .map(|r| words_of(&s, r, Language::En))
        .collect();
    assert_eq!(
        said,
        ["The hook of chat says something else now: the message is decided anew"]
    );
}

#[test]
fn a_body_that_cannot_be_made_is_looked_at_by_a_person_and_nothing_is_sent() {
    for (body, message) in [
        (
            "throw \"no number\"",
            "hooks/b.rhai:1: the script says: no number",
        ),
        ("\"\"", "hooks/b.rhai:1: it gives nothing to post"),
        ("5", "hooks/b.rhai:1: it must give a text, and gives a number"),
    ] {
        let s = posted(&format!("fn body(kase) {{ {body} }}"));
        let decision = decide(&s.rulebook, &s.facts, s.now);
        assert!(decision.actions.is_empty(), "{:#?}", decision.actions);
        assert_eq!(failure(&decision), message);
        assert!(decision.next_review_at.is_some());
    }
}

#[test]
fn the_body_of_what_stands_after_an_else_is_made_when_its_turn_has_come() {
    let rules = format!(
        "{}\nhook body(case) -> text\nmedium chat = webhook \"chat\" body hook body\n",
        STANDARD.replacen(
            "{ email template statement }",
            "{ email template statement else chat template statement when bounced }",
            1
        )
    );
    let script = "fn body(kase) { if 1 / 0 > 0 { \"\" } else { \"x\" } }";
    let mut s = Simulator::new(rulebook_of(&rules, &[], &[("b.rhai", script)]), "2026-02-02");
    s.invoice("F1", 1000, "2026-03-10");
    s.until("2026-03-13");
    s.now += TimeDelta::hours(10);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let [action] = decision.actions.as_slice() else {
        panic!("{:#?}", decision.actions)
    };
    assert!(matches!(action.kind, ActionKind::Email { .. }), "{action:?}");
    assert_eq!(decision.attention, []);
    s.mark(action, ProgressState::Failed);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.actions, []);
    let asked = decision.attention.iter();
    let asked: Vec<String> = asked.map(|r| words_of(&s, r, Language::En)).collect();
    assert!(
        matches!(asked.as_slice(), [one] if one.starts_with("Hook “body” failed")),
        "{asked:#?}"
    );
}
