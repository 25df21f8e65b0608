//! Any text is taken as a template of a small rulebook: it is looked through and tried on samples without a panic and within its limits, and
//! every place that is pointed at lies within the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relance_engine::message;
use relance_rules::dsl::diagnostic::render;
use relance_rules::rulebook::{Files, build};

/// A rulebook that sends the template by mail; the standard ones are left out, so that only this one is read.
const RULES: &str = "edition 2026
segments { everyone otherwise }
fields { customer.custom.region text; invoice.custom.contract text; invoice.custom.deposit money }
scenario calm for everyone {
  language fr
  dunning { level 1 first 3 days after due { email template tried } }
}
";

fuzz_target!(|text: &str| {
    let files = [("rules.relance", RULES), ("templates/tried.md", text)];
    let files = Files(files.map(|(path, text)| (path.to_owned(), text.to_owned())).into_iter().collect());
    let built = build(&files);
    // A template that is too long or stands in no known language is refused with the rules.
    let Some(rulebook) = built.rulebook else {
        assert!(!built.diagnostics.is_empty());
        return;
    };
    let checked = message::check(&rulebook);
    for d in &checked.diagnostics {
        let (start, end) = (d.primary.span.start as usize, d.primary.span.end as usize);
        assert!(text.get(start..end).is_some(), "{start}..{end} is no place of the template");
    }
    let _ = render(&checked.diagnostics, &checked.sources, false, None);
});
