//! Hooks in decisions: in conditions, in the score; what is said of them, and what stops when one fails.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::TimeDelta;
use relance_rules::decision::Decision;
use relance_rules::facts::ProgressState;
use relance_rules::reason::ReasonKind;
use relance_rules::words::{self, Language};
use relance_rules::{decide, recheck, segment_of};
use simulator::{STANDARD, Simulator, rulebook_of};

/// The standard scenario, in which something stands in place of something else, with a hook declared.
fn rules(declared: &str, old: &str, new: &str) -> String {
    assert!(STANDARD.contains(old), "{old}");
    format!("{}\n{declared}\n", STANDARD.replacen(old, new, 1))
}

/// An invoice of 1000 EUR whose level 1 is due on this Friday, 2026-03-13.
fn on_the_day(rules: &str, script: &str) -> Simulator {
    let mut s = Simulator::new(rulebook_of(rules, &[], &[("a.rhai", script)]), "2026-03-13");
    s.invoice("F1", 1000, "2026-03-10");
    s.now += TimeDelta::hours(10);
    s
}

fn look(s: &Simulator) -> Decision {
    decide(&s.rulebook, &s.facts, s.now)
}

/// All reasons, of the account and then of its invoices, in words.
fn told(s: &Simulator, decision: &Decision, language: Language) -> Vec<String> {
    let of_invoices = decision.outlook.iter().flat_map(|o| &o.reasons);
    let all = decision.reasons.iter().chain(of_invoices);
    all.map(|r| words::reason(r, s.facts.company.time_zone, language))
        .collect()
}

/// Level 1 only when a hook says so.
fn when(hook: &str, condition: &str) -> String {
    rules(
        hook,
        "3 days after due     {",
        &format!("3 days after due when {condition} {{"),
    )
}

#[test]
fn a_condition_asks_a_hook() {
    let rules = when(
        "hook exposure(account) -> amount",
        "hook exposure(account) > 500 EUR",
    );
    let script = |factor: &str| format!("fn exposure(account) {{ account.overdue * {factor} }}");
    let s = on_the_day(&rules, &script("0.6"));
    let decision = look(&s);
    assert_eq!(decision.actions.len(), 1);
    assert_eq!(
        recheck(&s.rulebook, &s.facts, &decision.actions[0], s.now),
        Ok(())
    );
    assert!(decision.attention.is_empty());
    let all = told(&s, &decision, Language::En);
    assert!(
        all.contains(&"Hook “exposure” gave EUR 600.00 (account.overdue = EUR 1,000.00)".to_owned()),
        "{all:#?}"
    );
    assert!(
        all.iter().any(|r| r.contains("(hook exposure = EUR 600.00)")),
        "{all:#?}"
    );
    let all = told(&s, &decision, Language::Fr);
    assert!(
        all.contains(&"Fonction «\u{a0}exposure\u{a0}»\u{a0}: donne 600,00\u{a0}€ (compte.échu = 1\u{202f}000,00\u{a0}€)".to_owned()),
        "{all:#?}"
    );
    let s = on_the_day(&rules, &script("0.5"));
    let decision = look(&s);
    assert!(decision.actions.is_empty());
    assert!(
        decision.outlook[0]
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::ConditionNotMet { .. }))
    );
    assert!(
        decision.next_review_at.is_some(),
        "it is asked again on another day"
    );
}

/// What was kept of the one call: the facts that it read, and what it gave.
fn kept(s: &Simulator) -> (Vec<(String, String)>, String) {
    let decision = look(s);
    let gave = decision
        .reasons
        .iter()
        .chain(decision.outlook.iter().flat_map(|o| &o.reasons))
        .find_map(|reason| match &reason.kind {
            ReasonKind::HookGave { output, .. } => Some((reason, output.clone())),
            _ => None,
        });
    let (reason, output) = gave.unwrap();
    let read = reason.facts.iter();
    (read.map(|f| (f.fact.clone(), f.value.clone())).collect(), output)
}

#[test]
fn what_is_kept_of_a_call_is_all_that_its_answer_depends_on() {
    let rules = when(
        "hook worth(account, customer) -> whole number",
        "hook worth(account, customer) > 0",
    );
    // The limit is only looked at when a lot is open.
    let script = "fn worth(account, customer) {
        if account.overdue < money(2000, \"EUR\") { return 1; }
        if customer.credit_limit > money(5000, \"EUR\") { 2 } else { 3 }
    }";
    let mut s = on_the_day(&rules, script);
    let first = kept(&s);
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        first,
        (vec![fact("account.overdue", "1000.00 EUR")], "1".to_owned()),
        "a fact that was not read is not kept"
    );
    // Whatever else changes, the same was read and the same was given.
    s.facts.customer.credit_limit = Some(simulator::euro(9_000));
    s.facts.customer.country = "DE".to_owned();
    s.facts.unallocated.push(simulator::euro(1));
    s.facts.history.broken_promises_12m = 4;
    s.invoice("F2", 70_000, "2026-06-30");
    assert_eq!(kept(&s), first);
    // What was read changes: so does the record, by what it looked at next.
    s.invoice("F3", 1_000, "2026-03-10");
    let next = kept(&s);
    assert_eq!(next.1, "2");
    assert_eq!(
        next.0,
        [
            fact("customer.credit_limit", "9000.00 EUR"),
            fact("account.overdue", "2000.00 EUR")
        ]
    );
    s.facts.customer.credit_limit = Some(simulator::euro(100));
    assert_eq!(kept(&s).1, "3");
}

#[test]
fn a_hook_is_called_once_for_what_it_is_given() {
    let rules = when(
        "hook open(invoice) -> yes or no\nhook big(account) -> yes or no",
        "hook open(invoice) and hook big(account) and (hook open(invoice) or hook big(account))",
    );
    let mut s = on_the_day(
        &rules,
        "fn open(i) { i.balance > money(1, \"EUR\") }\nfn big(a) { a.overdue > money(1, \"EUR\") }",
    );
    s.invoice("F2", 500, "2026-03-10");
    let decision = look(&s);
    assert_eq!(decision.actions[0].items.len(), 2);
    let gave = |r: &&relance_rules::reason::Reason| matches!(r.kind, ReasonKind::HookGave { .. });
    assert_eq!(
        decision.reasons.iter().filter(gave).count(),
        1,
        "the account, once"
    );
    for outlook in &decision.outlook {
        assert_eq!(
            outlook.reasons.iter().filter(gave).count(),
            1,
            "each invoice, once"
        );
    }
}

#[test]
fn a_hook_gives_points() {
    let of = |line: &str, script: &str| {
        let rules = rules(
            "hook trend(account) -> whole number between -10 and 10",
            "  add 20 ",
            &format!("  {line}\n  add 20 "),
        );
        look(&on_the_day(&rules, script)).score.unwrap().points
    };
    assert_eq!(of("add hook trend(account)", "fn trend(a) { 7 }"), 67);
    assert_eq!(of("subtract hook trend(account)", "fn trend(a) { 7 }"), 53);
    assert_eq!(of("add hook trend(account)", "fn trend(a) { -10 }"), 50);
    assert_eq!(
        of(
            "add hook trend(account)",
            "fn trend(a) { if a.overdue_invoices > 0 { -3.0 } else { 0 } }"
        ),
        57
    );
}

#[test]
fn a_hook_that_fails_stops_its_invoice_and_no_other() {
    let rules = when("hook open(invoice) -> yes or no", "not hook open(invoice)");
    let script =
        "fn open(invoice) {\n    if invoice.number == \"F1\" { throw \"no such contract\" }\n    false\n}";
    let mut s = on_the_day(&rules, script);
    s.invoice("F2", 500, "2026-03-10");
    let decision = look(&s);
    assert_eq!(decision.actions.len(), 1);
    assert_eq!(decision.actions[0].items.len(), 1, "F2 goes on");
    assert_eq!(decision.attention.len(), 1);
    let zone = s.facts.company.time_zone;
    assert_eq!(
        words::reason(&decision.attention[0], zone, Language::En),
        "Hook “open” failed (hooks/a.rhai:2): the script says: no such contract; nothing is sent"
    );
    assert_eq!(
        words::reason(&decision.attention[0], zone, Language::Fr),
        "La fonction «\u{a0}open\u{a0}» a échoué (hooks/a.rhai:2)\u{a0}: le script dit : no such contract\u{a0}; rien n'est envoyé"
    );
    assert!(
        decision.outlook[0]
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::HookFailed(_)))
    );
    assert_eq!(look(&s), decision, "the same again");
    s.mark(&decision.actions[0], ProgressState::Pending);
    assert_eq!(
        recheck(&s.rulebook, &s.facts, &decision.actions[0], s.now),
        Ok(())
    );
}

#[test]
fn a_hook_that_fails_in_score_segment_or_tone_stops_the_account() {
    let bad = "fn bad(account) { loop { } }\nfn much(account) { loop { } }";
    let declared = "hook bad(account) -> yes or no\nhook much(account) -> whole number";
    let all = [
        ("account.revenue_12m >= 500 000 EUR", "not hook bad(account)"),
        ("  add 20 ", "  add hook much(account)\n  add 20 "),
        (
            "  add 20      when",
            "  add 20      when not hook bad(account) and",
        ),
        (
            "courteous; firm when score is poor",
            "courteous; firm when not hook bad(account)",
        ),
    ];
    for (old, new) in all {
        let mut rules = rules(declared, old, new);
        if new.contains("much") {
            rules = rules.replace("hook bad(account) -> yes or no\n", "");
        } else {
            rules = rules.replace("hook much(account) -> whole number", "");
        }
        let mut s = on_the_day(&rules, bad);
        s.invoice("F2", 500, "2026-03-10");
        let decision = look(&s);
        assert!(decision.actions.is_empty(), "{new}");
        assert_eq!(decision.outlook.len(), 2, "{new}");
        for outlook in &decision.outlook {
            assert!(
                matches!(outlook.reasons[0].kind, ReasonKind::HookFailed(_)),
                "{new}: {outlook:?}"
            );
        }
        let [attention] = decision.attention.as_slice() else {
            panic!("{new}: {:?}", decision.attention)
        };
        let text = words::reason(attention, s.facts.company.time_zone, Language::En);
        assert!(
            text.contains("more than 10000 operations: does a loop not end?"),
            "{text}"
        );
        assert!(decision.next_review_at.is_some(), "{new}");
    }
    let rules = rules(
        declared,
        "account.revenue_12m >= 500 000 EUR",
        "not hook bad(account)",
    );
    let s = on_the_day(&rules, bad);
    assert!(segment_of(&s.rulebook, &s.facts, s.today()).is_none());
}

#[test]
fn what_a_hook_gives_is_held_against_its_declaration() {
    let of = |gives: &str, condition: &str, body: &str| {
        let rules = when(
            &format!("hook h(account) -> {gives}"),
            &format!("hook h(account) {condition}"),
        );
        let s = on_the_day(&rules, &format!("fn h(account) {{ {body} }}"));
        let decision = look(&s);
        match decision.attention.as_slice() {
            [] => "fine".to_owned(),
            [one] => match &one.kind {
                ReasonKind::HookFailed(failure) => failure.message.en.clone(),
                other => panic!("{other:?}"),
            },
            more => panic!("{more:?}"),
        }
    };
    assert_eq!(
        of("yes or no", "", "1"),
        "it must give yes or no (`true` or `false`), and gives a number"
    );
    assert_eq!(
        of("yes or no", "", "()"),
        "it must give yes or no (`true` or `false`), and gives nothing"
    );
    assert_eq!(
        of("whole number", "> 3", "2.5"),
        "it must give a whole number, and gives a number"
    );
    assert_eq!(
        of("whole number between 1 and 5", "> 3", "6"),
        "it gives 6, which is not between 1 and 5"
    );
    assert_eq!(of("number between 0 and 1", "> 0.5", "0.75"), "fine");
    assert_eq!(
        of("percent", "> 50 %", "\"90 %\""),
        "it must give a percentage (90 is 90 %), and gives a text"
    );
    assert_eq!(
        of("percent", "> 50 %", "account.on_time_rate_12m"),
        "it must give a percentage (90 is 90 %), and gives nothing"
    );
    assert_eq!(
        of("amount", "> 5 EUR", "500"),
        "it must give an amount, and gives a number"
    );
    assert_eq!(
        of("amount", "> 5 EUR", "let of = \"EU\"; money(500, of)"),
        "`EU` is no currency: three capital letters, as `EUR`"
    );
    assert_eq!(of("text", "is \"x\"", "\"x\""), "fine");
    assert_eq!(
        of("text", "is \"x\"", "account.overdue"),
        "it must give a text, and gives an amount"
    );
}

#[test]
fn mistakes_with_amounts_dates_and_the_unknown_are_told() {
    let of = |body: &str| {
        let rules = when("hook h(account) -> yes or no", "hook h(account)");
        let s = on_the_day(&rules, &format!("fn h(account) {{ {body} }}"));
        let decision = look(&s);
        match decision.attention.as_slice() {
            [] => decision.actions.len().to_string(),
            [one] => match &one.kind {
                ReasonKind::HookFailed(failure) => failure.message.en.clone(),
                other => panic!("{other:?}"),
            },
            more => panic!("{more:?}"),
        }
    };
    assert_eq!(
        of("account.overdue > money(500, \"USD\")"),
        "an amount in EUR and one in USD cannot be taken together"
    );
    assert_eq!(
        of("account.overdue > 500"),
        "an amount is compared with a number: write `money(500, \"EUR\")`, or compare its `.amount`"
    );
    assert_eq!(of("account.overdue.amount > 500"), "1");
    assert_eq!(of("account.overdue == money(\"1 000.00\", \"EUR\")"), "1");
    assert_eq!(of("account.overdue / money(3, \"EUR\") > 333.3"), "1");
    assert_eq!(
        of("let text = \"1,000\"; money(text, \"EUR\") > account.overdue"),
        "`1.000` cannot be read as an amount: write it as `10 000.50`"
    );
    assert_eq!(
        of("account.today < \"2026-12-24\""),
        "a date is compared with something else: write `date(\"2026-12-24\")`, or compare the days between two dates"
    );
    let a_period = "a period is compared: the days between two dates are a whole number, so write `today - invoice.due > 3`";
    assert_eq!(of("account.today - date(2026, 1, 1) > days(3)"), a_period);
    assert_eq!(of("account.today - date(2026, 1, 1) >= weeks(0)"), a_period);
    assert_eq!(
        of("account.overdue / (account.overdue - account.overdue) > 1"),
        "this would divide by zero: ask before whether it is 0"
    );
    assert_eq!(
        of("account.overdue / 0 > account.overdue"),
        "this would divide by zero: ask before whether it is 0"
    );
    assert_eq!(
        of("10 / 0 > 1"),
        "this would divide by zero: ask before whether it is 0"
    );
    assert_eq!(
        of("account.average_days_late + 1 > 5"),
        "`+ ((), i64)`: a fact that is not known, `()`, is calculated with; ask `known(...)` first"
    );
    assert_eq!(
        of("account.today + days(1) == date(\"2026-03-14\") && account.today.weekday == \"friday\""),
        "1"
    );
    assert_eq!(of("account.today - date(2026, 1, 1) == 71"), "1");
    assert_eq!(
        of("let month = 2; date(2026, month, 30) < account.today"),
        "there is no such day: write it as `2026-12-24`"
    );
    assert_eq!(
        of("account.average_days_late > 5"),
        "0",
        "the unknown is not more than anything"
    );
    assert_eq!(
        of("!known(account.average_days_late) && account.average_days_late == ()"),
        "1"
    );
    assert_eq!(of("0.1 + 0.2 == 0.3"), "1", "there are no binary fractions");
    assert_eq!(
        of(
            "let n = 0; for invoice in account.invoices { if invoice.balance > money(5, \"EUR\") { n += 1; } } n == len(account.invoices)"
        ),
        "1"
    );
    assert_eq!(
        of("79228162514264337593543950335.0 * 2.0 > 1"),
        "this cannot be calculated: Multiplication overflow: 79228162514264337593543950335 * 2.0"
    );
}

#[test]
fn a_hook_reads_fields_of_our_own_as_what_the_rules_declare() {
    let declared = "fields { customer.custom.rating whole number  invoice.custom.contract text was deal  invoice.custom.share percent }\n\
                    hook h(case) -> yes or no";
    let of = |body: &str| {
        let rules = when(declared, "hook h(case)");
        let mut s = on_the_day(&rules, &format!("fn h(kase) {{ {body} }}"));
        s.facts.customer.custom.insert("rating".into(), "3".into());
        let invoice = s.invoice_mut("F1");
        invoice.custom.insert("deal".into(), "K-7".into());
        invoice.custom.insert("share".into(), "a lot".into());
        let decision = look(&s);
        let said = told(&s, &decision, Language::En);
        (decision, said)
    };
    let (decision, said) =
        of("kase.customer.custom.rating + 1 == 4 && kase.invoice.custom.contract == \"K-7\"");
    assert_eq!(decision.actions.len(), 1, "{said:#?}");
    assert!(
        said.contains(
            &"Hook “h” gave yes (customer.custom.rating = 3; invoice.custom.contract = K-7)".to_owned()
        ),
        "{said:#?}"
    );
    let (decision, _) = of("kase.invoice.custom.share == ()");
    assert_eq!(decision.actions.len(), 1, "what cannot be read is not known");
    let (decision, _) =
        of("for i in kase.account.invoices { if i.custom.contract == \"K-7\" { return true; } } false");
    assert_eq!(decision.actions.len(), 1, "of each invoice of the account");
    let (decision, _) = of("kase.customer.custom[\"contract\"] == 1");
    let ReasonKind::HookFailed(failure) = &decision.attention[0].kind else {
        panic!("{decision:?}")
    };
    assert_eq!(
        failure.message.en,
        "the rules declare no field `customer.custom.contract` that is written so in the script"
    );
}
