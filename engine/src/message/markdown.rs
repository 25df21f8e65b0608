//! Text that stands for itself in Markdown.

use pulldown_cmark::{Event, Options, Parser};

/// Escapes a value so that Markdown shows it as it is. Its line breaks stay line breaks of one paragraph.
pub(super) fn escaped(value: &str) -> String {
    let mut lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
    if !value.contains(['\n', '\r']) {
        return escaped_line(value);
    }
    let mut text = lines.next().map(escaped_line).unwrap_or_default();
    for line in lines {
        text.push_str("\\\n");
        text.push_str(&escaped_line(line));
    }
    text
}

/// The same on one line, for a cell of a table.
pub(super) fn escaped_line(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 8);
    for letter in value.chars() {
        if letter.is_control() {
            text.push(' ');
            continue;
        }
        if letter.is_ascii_punctuation() {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

/// The pieces of a Markdown text. HTML in it is shown as it is written: a template makes no markup of its own.
pub(super) fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(text, options).map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        other => other,
    })
}
