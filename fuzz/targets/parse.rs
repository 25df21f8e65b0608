//! Any text is read: no panic, every place lies within the text, and whatever is wrong is said.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relance_dsl::diagnostic::render;
use relance_dsl::parse::parse;
use relance_dsl::span::SourceMap;

fuzz_target!(|text: &str| {
    let mut sources = SourceMap::default();
    let id = sources.add("rules.relance", text);
    let (tree, diagnostics) = parse(id, text);
    for d in &diagnostics {
        let (start, end) = (d.primary.span.start as usize, d.primary.span.end as usize);
        assert!(text.get(start..end).is_some(), "{start}..{end} is no place of the text");
    }
    assert!(tree.broken.is_empty() || !diagnostics.is_empty(), "something is missing and nothing is said");
    let _ = render(&diagnostics, &sources, false, None);
});
