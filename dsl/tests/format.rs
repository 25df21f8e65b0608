//! Formatting changes the layout and nothing else; translating changes the words and nothing else.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reads its cases from files"
)]

mod support;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use relance_dsl::diagnostic::Severity;
use relance_dsl::format::format;
use relance_dsl::lang::Lang;
use relance_dsl::parse::parse;
use relance_dsl::span::FileId;
use support::VOCABULARY;

const EVERY_FORM: &str = include_str!("good/every_form.relance");
const FRENCH_FORMS: &str = include_str!("good/toutes_les_formes.relance");
const DESIGN: &str = include_str!("good/design_in_english.relance");

fn formatted(text: &str) -> String {
    format(text, &VOCABULARY, None).unwrap_or_else(|found| panic!("{found:#?}\n{text}"))
}

fn translated(text: &str, to: Lang) -> String {
    format(text, &VOCABULARY, Some(to)).unwrap_or_else(|found| panic!("{found:#?}\n{text}"))
}

/// The tree of a file in words, without the places in it.
fn tree(text: &str) -> String {
    let (file, found) = parse(FileId(0), text);
    let errors: Vec<_> = found.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    let whole = format!("{:?}", (file.lang, file.edition, file.items));
    let mut out = String::new();
    let mut rest = whole.as_str();
    while let Some((before, after)) = rest.split_once("Span {") {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    // Both apostrophes are read; the formatter writes one.
    (out + rest).replace('’', "'")
}

/// All comments of a file, in order.
fn comments(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| {
            let mut in_text = false;
            let mut before = ' ';
            let at = line.char_indices().position(|(_, c)| {
                in_text ^= c == '"';
                let found = !in_text && c == '/' && before == '/';
                before = c;
                found
            })?;
            let comment: String = line.chars().skip(at.saturating_sub(1)).collect();
            Some(comment.trim_end().to_owned())
        })
        .collect()
}

/// All rule files of a folder of the tree.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "relance") {
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder}");
    found
}

fn all_files() -> Vec<(PathBuf, String)> {
    ["tests/good", "../examples", "../stdlib"]
        .into_iter()
        .flat_map(files)
        .collect()
}

fn is_laid_out_alike(what: &str, text: &str) {
    let once = formatted(text);
    assert_eq!(tree(&once), tree(text), "{what}\n{once}");
    assert_eq!(comments(&once), comments(text), "{what}\n{once}");
    assert_eq!(formatted(&once), once, "{what}");
}

#[test]
fn every_file_of_the_tree_keeps_its_meaning_and_is_formatted_once_for_all() {
    for (path, text) in all_files() {
        is_laid_out_alike(&path.display().to_string(), &text);
    }
}

#[test]
fn every_file_of_the_tree_comes_back_from_the_other_language() {
    for (path, text) in all_files() {
        let path = path.display();
        let text = formatted(&text);
        let own = Lang::of_source(&text);
        let there = translated(&text, own.other());
        assert_eq!(formatted(&there), there, "translated is formatted");
        assert_eq!(comments(&there), comments(&text), "{path}");
        let back = translated(&there, own);
        if own == Lang::English {
            assert_eq!(back, text, "{path}");
        } else {
            assert_eq!(tree(&back), tree(&text), "{path}\n{there}\n{back}");
        }
    }
}

#[test]
fn what_is_translated_is_accepted_by_the_checker() {
    for (path, text) in files("tests/good") {
        let there = translated(&text, Lang::of_source(&text).other());
        let outcome = support::outcome(&[("rules.relance", &there)]);
        let found = relance_dsl::diagnostic::render(
            &outcome.diagnostics,
            &outcome.sources,
            false,
            Some(Lang::English),
        );
        assert!(found.is_empty(), "{}:\n{found}\n{there}", path.display());
    }
}

#[test]
fn good_files_in_the_other_language() {
    for (path, text) in files("tests/good") {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let there = translated(&text, Lang::of_source(&text).other());
        insta::assert_snapshot!(name, there);
    }
}

const MESSY: &str = "\u{feff}// who we are\r\n\r\n\r\nedition   2026 ;use std.france// calendars\r
segments{ // first that holds\r
\r
public when customer.kind is public\r
   strategic \"Strategic\" when customer has   tag \"strategic\"
   // the rest


   small otherwise   }
scenario main_one \"Main\" for public,strategic ,small{language fr;tone warm;firm when segment is small // by segment
send every day ,08:00 to 18:00,company time; // window
contact main
dunning {
level 1 first 3 days after due // soon
{ email template reminder }
level 2 later 12 days after level 1 { email template reminder ; call script call_reminder within 1 day }
level 3 last 5 days after level 2 { email template reminder tone firm, call; // two
task look \"Look\" }

}

thanks { when paid in full { email template thanks; at most once per 30 days } } }
// the end
";

const MESSY_FRENCH: &str = "édition 2026
segments { publics   si client.type est public; petits \"Petits\" sinon }
calendrier vide { ferie \"Noel\" le 25 décembre
férié \"Pâques\" à paques sinon_rien
}
";

#[test]
fn a_badly_laid_out_file_is_put_in_order() {
    is_laid_out_alike("messy", &MESSY.replace("\r\n", "\n"));
    insta::assert_snapshot!(formatted(MESSY));
}

#[test]
fn a_badly_laid_out_french_file_is_put_in_order() {
    let text = MESSY_FRENCH.replace(" sinon_rien", "");
    is_laid_out_alike("messy", &text);
    insta::assert_snapshot!(formatted(&text));
}

#[test]
fn a_file_with_errors_is_not_formatted() {
    let found = format(MESSY_FRENCH, &VOCABULARY, None).expect_err("there is an error");
    assert!(found.iter().any(|d| d.severity == Severity::Error));
}

#[test]
fn the_edition_line_says_the_language_of_the_translation() {
    let french = "calendrier vide {\n  férié \"Noël\" le 25 décembre\n}\n";
    let of = |text: &str, to| translated(text, to);
    assert_eq!(
        of(french, Lang::English),
        "calendar vide {\n  holiday \"Noël\" on 25 december\n}\n"
    );
    assert_eq!(of("edition 2026 en\n", Lang::French), "édition 2026\n");
    assert_eq!(of("edition 2026 fr\n", Lang::English), "edition 2026\n");
    assert_eq!(
        of("edition 2026 français\n", Lang::French),
        "édition 2026 français\n"
    );
    // Neither word says a language.
    assert_eq!(of("// nothing\n", Lang::French), "édition 2026\n// nothing\n");
    assert_eq!(of("", Lang::English), "");
}

#[test]
fn a_comment_before_the_brace_of_thanks_does_not_spread_it_over_lines() {
    let text = "edition 2026\nsegments { all otherwise }\nscenario calm for all {\n  language fr\n  thanks\n  // why\n  { \
                when paid in full { email template thanks } }\n}\n";
    is_laid_out_alike("thanks", text);
    assert!(formatted(text).contains("  // why\n  thanks { when paid in full { email template thanks } }\n"));
}

/// White space for the place between two tokens.
fn gap() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "", "", "   ", "\t", "\n", "\n\n\n", "\r\n", "\u{a0}"])
}

/// A good file with other white space wherever white space stands outside of texts, numbers and comments, and with some
/// comments there.
fn respaced(text: &'static str) -> impl Strategy<Value = String> {
    let comment = (
        any::<prop::sample::Index>(),
        prop::sample::select(vec![" // one\n", "\n// two\n\n", "\n\n  // \"three\n"]),
    );
    let slots = slots(text);
    let gaps = prop::collection::vec(gap(), 40);
    let comments = prop::collection::vec(comment, 0..8);
    (gaps, comments).prop_map(move |(gaps, comments)| {
        let mut out = String::new();
        let mut last = 0;
        let comments: Vec<(usize, &str)> = comments
            .iter()
            .map(|(at, c)| (at.index(slots.len()), *c))
            .collect();
        for (i, (slot, gap)) in slots.iter().zip(gaps.iter().cycle()).enumerate() {
            out.push_str(&text[last..*slot]);
            out.push_str(gap);
            out.extend(comments.iter().filter(|(at, _)| *at == i).map(|(_, c)| *c));
            last = *slot;
        }
        out + &text[last..]
    })
}

/// The places behind blanks and at the ends of lines, outside of texts, numbers and comments.
fn slots(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (mut in_text, mut in_comment) = (false, false);
    let mut slots = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        let near = |n: isize| {
            at.checked_add_signed(n)
                .and_then(|i| bytes.get(i))
                .copied()
                .unwrap_or(b' ')
        };
        in_comment |= !in_text && *byte == b'/' && near(1) == b'/';
        in_text ^= !in_comment && *byte == b'"';
        let in_number = near(-1).is_ascii_digit() && near(1).is_ascii_digit();
        if *byte == b'\n' {
            in_comment = false;
        }
        if matches!(byte, b' ' | b'\n') && !in_text && !in_comment && !in_number {
            slots.push(at + 1);
        }
    }
    slots
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_white_space_in_an_english_file_is_put_in_order(text in respaced(EVERY_FORM)) {
        respaced_is_laid_out_alike(&text, EVERY_FORM);
    }

    #[test]
    fn any_white_space_in_a_french_file_is_put_in_order(text in respaced(FRENCH_FORMS)) {
        respaced_is_laid_out_alike(&text, FRENCH_FORMS);
    }

    #[test]
    fn any_white_space_in_the_example_of_the_design_is_put_in_order(text in respaced(DESIGN)) {
        respaced_is_laid_out_alike(&text, DESIGN);
    }
}

fn respaced_is_laid_out_alike(text: &str, original: &str) {
    // A comment between the words of one keyword makes another file of it.
    let (_, found) = parse(FileId(0), text);
    if found.iter().any(|d| d.severity == Severity::Error) {
        return;
    }
    is_laid_out_alike("respaced", text);
    let own = Lang::of_source(text);
    let there = translated(text, own.other());
    assert_eq!(comments(&there), comments(text), "{there}");
    assert_eq!(formatted(&there), there);
    if own == Lang::English {
        assert_eq!(tree(&translated(&there, own)), tree(original), "{there}");
    }
}
