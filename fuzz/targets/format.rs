//! What is laid out stays so: a second time changes nothing, and the tree is the one of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relance_dsl::format::format;
use relance_dsl::parse::parse;
use relance_dsl::span::FileId;
use relance_rules::vocabulary::VOCABULARY;

/// A tree without its places.
fn tree(text: &str) -> String {
    let shown = format!("{:?}", parse(FileId(0), text).0);
    let mut out = String::with_capacity(shown.len());
    let mut rest = shown.as_str();
    while let Some((before, after)) = rest.split_once("Span { file: FileId(0), start: ") {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

fuzz_target!(|text: &str| {
    let Ok(once) = format(text, &VOCABULARY, None) else {
        return;
    };
    let twice = format(&once, &VOCABULARY, None).expect("what was laid out can be read");
    assert_eq!(once, twice, "a second time changes something");
    assert_eq!(tree(text), tree(&once), "the tree is another one");
});
