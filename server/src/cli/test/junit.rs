//! Results of tests as JUnit XML, which CI systems read.

use std::collections::BTreeMap;

use relance_rules::dsl::diagnostic::json::Entry;
use relance_rules::proof::Outcome;

/// One suite for each file, one case for each test.
pub(super) fn xml(played: &[Outcome]) -> String {
    let mut files: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for outcome in played {
        files.entry(&outcome.place.file).or_default().push(outcome);
    }
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    xml.push_str(&format!(
        "<testsuites name=\"relance\" {}>\n",
        counts(played.iter())
    ));
    for (file, outcomes) in files {
        let file = escaped(file);
        let counts = counts(outcomes.iter().copied());
        xml.push_str(&format!("  <testsuite name=\"{file}\" {counts}>\n"));
        for outcome in outcomes {
            case(&mut xml, &file, outcome);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

/// The mistakes for which no test was played: one suite for each file, one error for each mistake.
pub(super) fn refused(found: &[Entry]) -> String {
    let mut files: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in found {
        files.entry(&entry.place.file).or_default().push(entry);
    }
    let counts = |n: usize| format!("tests=\"{n}\" failures=\"0\" errors=\"{n}\"");
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    xml.push_str(&format!(
        "<testsuites name=\"relance\" {}>\n",
        counts(found.len())
    ));
    for (file, entries) in files {
        let file = escaped(file);
        xml.push_str(&format!(
            "  <testsuite name=\"{file}\" {}>\n",
            counts(entries.len())
        ));
        for entry in entries {
            let (code, line, message) = (entry.code, entry.place.line, escaped(&entry.message));
            let help = escaped(entry.help.as_deref().unwrap_or_default());
            xml.push_str(&format!(
                "    <testcase classname=\"{file}\" name=\"{code} ({line})\" file=\"{file}\" line=\"{line}\">\n      \
                 <error type=\"{code}\" message=\"{message}\">{help}</error>\n    </testcase>\n"
            ));
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn counts<'o>(played: impl Iterator<Item = &'o Outcome> + Clone) -> String {
    let failed = played.clone().filter(|o| !o.passed()).count();
    format!("tests=\"{}\" failures=\"{failed}\"", played.count())
}

fn case(xml: &mut String, file: &str, outcome: &Outcome) {
    let (title, line) = (escaped(&outcome.title), outcome.place.line);
    let head = format!("<testcase classname=\"{file}\" name=\"{title}\" file=\"{file}\" line=\"{line}\"");
    let Some(first) = outcome.failures.first() else {
        xml.push_str(&format!("    {head}/>\n"));
        return;
    };
    let (message, told) = (escaped(&first.written), escaped(&outcome.told()));
    xml.push_str(&format!(
        "    {head}>\n      <failure message=\"{message}\">{told}</failure>\n    </testcase>\n"
    ));
}

/// Text as it may stand in XML, in an element or an attribute. What XML cannot hold at all becomes the sign for that.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_an_attribute_or_an_element() {
        assert_eq!(
            escaped("a \"b\" <c> & 'd'\u{1}\né"),
            "a &quot;b&quot; &lt;c&gt; &amp; &apos;d&apos;\u{FFFD}\né"
        );
    }
}
