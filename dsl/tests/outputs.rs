//! Diagnostics as other programs get them: JSON, SARIF, annotations of GitHub.
#![allow(clippy::unwrap_used, reason = "test helpers fail by panicking")]

mod support;

use relance_dsl::diagnostic::{Diagnostic, github, json, sarif};
use relance_dsl::lang::{Lang, Text};
use relance_dsl::span::{SourceMap, Span};
use relance_dsl::{codes, text};
use serde_json::Value;
use support::{Outcome, outcome};

/// A warning, an error with a fix, and an error that points to another place and to a line with accents.
fn mistakes() -> Outcome {
    let text = "segments {\n  fr when customer.country = FR\n  key when account.overdu > 5 EUR\n  small otherwise\n}\n\
        scenario calm \"Été, calme\" for small { language fr dunning { level 1 x 3 days after due { call } } }\n\
        scenario calm \"Été, calme\" for key { language fr dunning { level 1 x 3 days after due { call } } }\n";
    outcome(&[("a folder/rules.relance", text)])
}

fn made(message: Text, help: Option<Text>) -> (Vec<Diagnostic>, SourceMap) {
    let mut sources = SourceMap::default();
    let file = sources.add("100%, a:b.relance", "// one\n// é two\n");
    let span = Span {
        file,
        start: 7,
        end: 12,
    };
    let mut diagnostic = Diagnostic::error(&codes::UNKNOWN_FACT, span, message, text!("here", "ici"));
    diagnostic.help = help;
    (vec![diagnostic], sources)
}

#[test]
fn json_holds_places_labels_and_fixes() {
    let found = mistakes();
    let report = json::report(&found.diagnostics, &found.sources, None);
    insta::assert_snapshot!(serde_json::to_string_pretty(&report).unwrap());
}

#[test]
fn the_language_that_is_asked_for_wins_over_that_of_the_file() {
    let (found, sources) = made(text!("One.", "Un."), None);
    let said = |lang| {
        json::report(&found, &sources, lang).diagnostics[0]
            .message
            .clone()
    };
    assert_eq!(said(None), "One.");
    assert_eq!(said(Some(Lang::French)), "Un.");
    assert!(github::annotations(&found, &sources, Some(Lang::French), "").ends_with("::Un.\n"));
}

#[test]
fn a_placed_diagnostic_can_be_told_in_either_language() {
    let (found, sources) = made(text!("One.", "Un."), Some(text!("do", "faites")));
    let placed = found[0].placed(&sources, None);
    assert_eq!(placed.message, "One.");
    let french = placed.clone().told_in(Lang::French);
    let said = (
        french.message.as_str(),
        french.label.as_str(),
        french.help.as_deref(),
    );
    assert_eq!(said, ("Un.", "ici", Some("faites")));
    assert_eq!(french.told_in(Lang::English), placed);
}

#[test]
fn a_fix_is_in_the_language_of_its_file_whichever_is_asked_for() {
    let (mut found, sources) = made(text!("One.", "Un."), None);
    let span = found[0].primary.span;
    found[0] = found[0].clone().fix(span, text!("when", "si"));
    let report = json::report(&found, &sources, Some(Lang::French));
    let fix = report.diagnostics[0].fix.as_ref().unwrap();
    assert_eq!((fix.start, fix.end, fix.replacement.as_str()), (7, 12, "when"));
}

#[test]
fn github_gets_one_line_for_each_problem() {
    let found = mistakes();
    insta::assert_snapshot!(github::annotations(
        &found.diagnostics,
        &found.sources,
        None,
        "./rules/"
    ));
}

#[test]
fn github_reads_back_what_was_escaped() {
    let (found, sources) = made(text!("50 %: a, b\r\nc", "-"), Some(text!("help::me", "-")));
    assert_eq!(
        github::annotations(&found, &sources, None, "."),
        "::error file=100%25%2C a%3Ab.relance,line=2,col=1,endLine=2,endColumn=5,title=RL0101::50 %25: a, b%0D%0Ac%0Ahelp::me\n"
    );
}

#[test]
fn sarif_holds_rules_results_and_fixes() {
    let found = mistakes();
    let log = sarif::log(&found.diagnostics, &found.sources, None, "rules", "1.2.3");
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn sarif_has_the_shape_that_its_specification_asks_for() {
    let found = mistakes();
    for folder in ["", ".", "rules", "/home/of somebody"] {
        let log = sarif::log(
            &found.diagnostics,
            &found.sources,
            Some(Lang::French),
            folder,
            "1.2.3",
        );
        let log = serde_json::to_value(&log).unwrap();
        assert_eq!(log["version"], "2.1.0"); // 3.13.2
        let run = &log["runs"][0];
        assert!(run["tool"]["driver"]["name"].is_string()); // 3.18.2, 3.19.8
        assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap())); // 3.14.17
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), found.diagnostics.len());
        for rule in rules {
            assert!(rule["id"].is_string()); // 3.49.3
            for words in ["shortDescription", "fullDescription", "help"] {
                assert!(rule[words]["text"].is_string()); // 3.12.3
            }
        }
        for result in results {
            has_the_shape_of_a_result(result, rules);
        }
    }
}

fn has_the_shape_of_a_result(result: &Value, rules: &[Value]) {
    assert!(result["message"]["text"].is_string()); // 3.27.11
    assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap())); // 3.27.10
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[index]["id"], result["ruleId"]); // 3.27.6
    let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
    for location in result["locations"].as_array().unwrap().iter().chain(&related) {
        let physical = &location["physicalLocation"];
        has_the_shape_of_a_uri(&physical["artifactLocation"]["uri"]);
        has_the_shape_of_a_region(&physical["region"]);
    }
    for fix in result["fixes"].as_array().cloned().unwrap_or_default() {
        for change in fix["artifactChanges"].as_array().unwrap() {
            has_the_shape_of_a_uri(&change["artifactLocation"]["uri"]); // 3.56.2
            let replacements = change["replacements"].as_array().unwrap(); // 3.56.3: at least one
            assert!(!replacements.is_empty());
            for replacement in replacements {
                has_the_shape_of_a_region(&replacement["deletedRegion"]); // 3.57.3
                assert!(replacement["insertedContent"]["text"].is_string());
            }
        }
    }
}

/// RFC 3986: no blank and nothing outside of ASCII.
fn has_the_shape_of_a_uri(uri: &Value) {
    let uri = uri.as_str().unwrap();
    assert!(
        !uri.is_empty() && uri.bytes().all(|b| b.is_ascii_graphic()),
        "{uri}"
    );
    assert!(!uri.starts_with('/'), "an absolute path needs its scheme: {uri}");
}

/// 3.30.5 to 3.30.8: counted from 1, the end not before the start.
fn has_the_shape_of_a_region(region: &Value) {
    let number = |name: &str| region[name].as_u64().unwrap();
    let start = (number("startLine"), number("startColumn"));
    let end = (number("endLine"), number("endColumn"));
    assert!(start.0 >= 1 && start.1 >= 1 && end >= start, "{region}");
}

#[test]
fn no_problems_are_a_whole_output_too() {
    let sources = SourceMap::default();
    let report = serde_json::to_value(json::report(&[], &sources, None)).unwrap();
    assert_eq!(
        report,
        serde_json::json!({"diagnostics": [], "errors": 0, "warnings": 0})
    );
    let log = serde_json::to_value(sarif::log(&[], &sources, None, "", "1")).unwrap();
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(github::annotations(&[], &sources, None, ""), "");
}
