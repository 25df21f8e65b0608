//! What is said of scripts of hooks when a rulebook is built.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;

use relance_rules::dsl::diagnostic::render;
use relance_rules::dsl::lang::Lang;
use relance_rules::rulebook::{Built, Files, build};

fn files(list: &[(&str, &str)]) -> Files {
    let owned = list
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Files(owned.collect::<BTreeMap<_, _>>())
}

/// Code, place and message of each diagnostic.
fn said(built: &Built) -> Vec<String> {
    let placed = built.diagnostics.iter().map(|d| d.placed(&built.sources, None));
    placed
        .map(|d| format!("{} {}:{}: {}", d.code, d.place, d.place.column, d.message))
        .collect()
}

/// What is said of a script with a hook of each kind declared.
fn told(script: &str) -> Vec<String> {
    said(&built(script))
}

fn built(script: &str) -> Built {
    const DECLARED: &str = "edition 2026\n\
        hook risky(account) -> yes or no\n\
        hook trend(account) -> whole number between -10 and 10\n";
    let others = "fn risky(account) { true }\n";
    let script = if script.contains("fn risky") {
        script.to_owned()
    } else {
        format!("{script}\n{others}")
    };
    let trend = if script.contains("fn trend") {
        ""
    } else {
        "fn trend(account) { 1 }\n"
    };
    let script = format!("{script}{trend}");
    build(&files(&[("a.relance", DECLARED), ("hooks/a.rhai", &script)]))
}

#[test]
fn good_scripts_are_part_of_the_rulebook_and_of_its_hash() {
    let one = built(
        "fn trend(account) { helper(account.overdue_invoices) }\nfn helper(n) { if n > 3 { -1 } else { 1 } }",
    );
    assert_eq!(said(&one), [""; 0]);
    let two = built(
        "fn trend(account) { helper(account.overdue_invoices) }\nfn helper(n) { if n > 4 { -1 } else { 1 } }",
    );
    assert_ne!(
        one.rulebook.unwrap().content_hash,
        two.rulebook.unwrap().content_hash
    );
}

#[test]
fn a_script_that_is_no_rhai_is_told_with_its_place() {
    assert_eq!(
        told("fn trend(account) {\n  account.overdue_invoices *\n}"),
        ["RL1101 hooks/a.rhai:3:1: Rhai does not understand this script: `}` is not expected here."]
    );
    assert_eq!(
        told("fn trend(account) { limit }"),
        [
            "RL1101 hooks/a.rhai:1:21: Rhai does not understand this script: there is no variable `limit` here."
        ]
    );
}

#[test]
fn a_declared_hook_has_one_function_with_its_parameters() {
    let declared = "edition 2026\nhook trend(account, customer) -> whole number\n";
    let of = |scripts: &[(&str, &str)]| {
        let mut list = vec![("a.relance", declared)];
        list.extend(scripts);
        said(&build(&files(&list)))
    };
    assert_eq!(
        of(&[]),
        ["RL1102 a.relance:2:6: No script has the function of the hook `trend`."]
    );
    assert_eq!(
        of(&[("hooks/b.rhai", "fn trend(a) { 1 }")]),
        ["RL1103 hooks/b.rhai:1:4: The hook `trend` is given 2 values, and its function takes 1."]
    );
    assert_eq!(
        of(&[
            ("hooks/b.rhai", "fn trend(a, b) { 1 }"),
            ("hooks/c.rhai", "fn other(a) { 1 }\nfn trend(a, b) { 2 }")
        ]),
        ["RL1104 hooks/c.rhai:2:4: The function of the hook `trend` is defined twice."]
    );
}

#[test]
fn a_script_calls_what_there_is_for_its_kind() {
    assert_eq!(
        told("fn trend(account) { mony(1, \"EUR\"); help(1); money(2); 1 }\nfn help() { 1 }"),
        [
            "RL1105 hooks/a.rhai:1:21: There is no function `mony`.",
            "RL1105 hooks/a.rhai:1:37: `help` is not called with 1 values.",
            "RL1105 hooks/a.rhai:1:46: `money` is not called with 1 values.",
        ]
    );
    assert_eq!(
        told("fn trend(account) { if risk(account) { skip(); } 1 }\nfn risk(account) { json(1) == \"1\" }"),
        [
            "RL1107 hooks/a.rhai:1:40: A hook that gives a number or an amount has no `skip`.",
            "RL1107 hooks/a.rhai:2:20: A hook that gives a number or an amount has no `json`.",
        ]
    );
    assert_eq!(
        told("fn trend(account) { account.overdu.amount > account.balance.currency }"),
        ["RL1106 hooks/a.rhai:1:29: There is no property `overdu`."]
    );
}

#[test]
fn a_script_has_functions_of_its_own_and_nothing_else() {
    assert_eq!(
        told("const LIMIT = 5;\nfn trend(account) { 1 }\nfn money(a, b) { a }"),
        [
            "RL1109 hooks/a.rhai:1:1: This stands in no function: it would never be run.",
            "RL1108 hooks/a.rhai:3:4: `money` is a function that all scripts have: it cannot be defined again.",
        ]
    );
    for word in [
        "eval(\"1\")",
        "print(1)",
        "Fn(\"trend\")",
        "import \"x\" as y",
        "try { 1 } catch { 2 }",
        "|x| x",
    ] {
        let told = told(&format!("fn trend(account) {{ {word}; 1 }}"));
        assert!(
            told.len() == 1 && told[0].starts_with("RL1101"),
            "{word}: {told:?}"
        );
    }
    let turned = told("fn trend(account) { // \u{202e}\n1 }");
    assert!(turned[0].contains("turns the direction of writing"), "{turned:?}");
}

#[test]
fn scripts_elsewhere_and_scripts_for_nothing_are_warnings() {
    let all = build(&files(&[
        ("a.relance", "edition 2026\nhook trend(account) -> whole number\n"),
        ("hooks/trend.rhai", "fn trend(account) { 1 }"),
        ("hooks/old.rhai", "fn trnd(account) { 1 }"),
        ("trend.rhai", "fn trend(account) { 1 }"),
    ]));
    assert_eq!(
        said(&all),
        [
            "RL1110 hooks/old.rhai:1:1: No hook that is declared stands in `hooks/old.rhai`.",
            "RL1111 trend.rhai:1:1: `trend.rhai` is a script and does not stand in `hooks/`: it is not read.",
        ]
    );
    assert!(all.rulebook.is_some());
    let without = build(&files(&[
        ("a.relance", "edition 2026\nhook trend(account) -> whole number\n"),
        ("hooks/trend.rhai", "fn trend(account) { 1 }"),
        ("hooks/old.rhai", "fn trnd(account) { 1 }"),
    ]));
    assert_eq!(
        all.rulebook.unwrap().content_hash,
        without.rulebook.unwrap().content_hash
    );
}

#[test]
fn a_check_shows_the_line_of_the_script_in_both_languages() {
    let built = built("// How the customer is doing.\nfn trend(account) {\n    account.overdu_invoices\n}");
    let text = |lang| render(&built.diagnostics, &built.sources, false, Some(lang));
    insta::assert_snapshot!("hook_script_english", text(Lang::English));
    insta::assert_snapshot!("hook_script_french", text(Lang::French));
}

#[test]
fn a_field_of_our_own_is_a_property_once_it_is_declared() {
    let of = |fields: &str| {
        let rules = format!("edition 2026\n{fields}hook h(invoice) -> yes or no\n");
        let script = "fn h(invoice) { invoice.custom.contract == \"K-7\" }";
        said(&build(&files(&[("a.relance", &rules), ("hooks/a.rhai", script)])))
    };
    assert_eq!(of("fields { invoice.custom.contract text }\n"), [""; 0]);
    assert_eq!(
        of(""),
        ["RL1106 hooks/a.rhai:1:32: There is no property `contract`."]
    );
}

/// The same of a hook that gives effects.
fn told_of_effects(body: &str) -> Vec<String> {
    let rules = "edition 2026\nhook act(case) -> effects\n";
    let script = format!("fn act(kase) {{\n  {body}\n}}\n");
    said(&build(&files(&[("a.relance", rules), ("hooks/a.rhai", &script)])))
}

#[test]
fn a_value_that_is_refused_each_time_is_told_before_the_script_ever_runs() {
    let refused = |body: &str| {
        let told = told_of_effects(body);
        match told.as_slice() {
            [one] => one.clone(),
            other => panic!("{body}: {other:#?}"),
        }
    };
    assert_eq!(
        refused("[task(\"call\", \"bos\", days(2))]"),
        "RL1112 hooks/a.rhai:2:4: This call fails each time: there is no role `bos`: collector, credit_manager, account_manager, \
         sales, cfo."
    );
    for (body, why) in [
        ("[tone(\"angry\")]", "there is no tone `angry`"),
        (
            "if kase.invoice.balance > money(5, \"euros\") { [skip()] } else { [] }",
            "euros",
        ),
        ("[contact(\"directeur\")]", "there is no contact role `directeur`"),
        ("[jump(0)]", "there is no level 0"),
        ("[delay(days(0))]", "a step is delayed by 1 to 366 days"),
        (
            "if kase.today > date(2026, 2, 30) { [skip()] } else { [] }",
            "there is no such day",
        ),
        ("[note(\"  \")]", "a note has 1 to 2000 characters"),
    ] {
        let said = refused(body);
        assert!(
            said.starts_with("RL1112 hooks/a.rhai:2:") && said.contains(why),
            "{body}: {said}"
        );
    }
    // What depends on the case is not guessed at.
    assert_eq!(
        told_of_effects("[task(kase.invoice.number, kase.customer.language)]"),
        [""; 0]
    );
    assert_eq!(
        told_of_effects("[task(\"call\", \"collector\", days(2)), note(\"x\")]"),
        [""; 0]
    );
}
