//! The plain text of a message: what its Markdown says, without the marks.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::markdown;

/// Markdown as plain text: paragraphs apart, lists with dashes or numbers, tables in columns, links with their address.
pub(super) fn text(body: &str) -> String {
    let mut page = Page::default();
    for event in markdown::events(body) {
        page.take(event);
    }
    page.end_block();
    let mut text = page.blocks.join("\n\n");
    text.push('\n');
    text
}

#[derive(Default)]
struct Page {
    blocks: Vec<String>,
    line: String,
    /// Open lists: the number of the next item, or none for dashes.
    lists: Vec<Option<u64>>,
    quotes: usize,
    items: Vec<String>,
    links: Vec<(String, usize)>,
    table: Option<Table>,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    rows: Vec<Vec<String>>,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.line.push_str(&text),
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.line.push('\n'),
            Event::Rule => {
                self.line.push_str("----------");
                self.end_block();
            }
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                if !self.lists.is_empty() {
                    self.end_item_line();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                let depth = self.lists.len().saturating_sub(1);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.line = format!("{}{mark}", "  ".repeat(depth));
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Link { dest_url, .. } => self.links.push((dest_url.into_string(), self.line.len())),
            Tag::Table(alignments) => {
                self.table = Some(Table {
                    alignments,
                    rows: Vec::new(),
                })
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if self.lists.is_empty() => self.end_block(),
            TagEnd::Paragraph => self.end_item_line(),
            TagEnd::Heading(_) | TagEnd::CodeBlock => self.end_block(),
            TagEnd::Item => self.end_item_line(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.line = std::mem::take(&mut self.items).join("\n");
                    self.end_block();
                }
            }
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::Link => {
                if let Some((address, start)) = self.links.pop() {
                    let shown = self.line.get(start..).unwrap_or("");
                    let plain = address.strip_prefix("mailto:").unwrap_or(&address);
                    if shown != address && shown != plain {
                        self.line.push_str(&format!(" ({plain})"));
                    }
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.line);
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell.trim().to_owned());
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.line = table.columns();
                    self.end_block();
                }
            }
            _ => {}
        }
    }

    fn end_item_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.items.push(line.trim_end().to_owned());
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.line);
        let block = block.trim_end();
        if block.trim().is_empty() {
            return;
        }
        let quote = "> ".repeat(self.quotes);
        let lines: Vec<String> = block
            .lines()
            .map(|line| format!("{quote}{}", line.trim_end()))
            .collect();
        self.blocks.push(lines.join("\n"));
    }
}

impl Table {
    fn columns(&self) -> String {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count)
            .map(|column| {
                let widths = self
                    .rows
                    .iter()
                    .filter_map(|row| row.get(column))
                    .map(|cell| cell.chars().count());
                widths.max().unwrap_or(0)
            })
            .collect();
        let mut lines: Vec<String> = self.rows.iter().map(|row| self.line(row, &widths)).collect();
        if !lines.is_empty() {
            lines.insert(
                1,
                widths
                    .iter()
                    .map(|width| "-".repeat(*width))
                    .collect::<Vec<_>>()
                    .join("  "),
            );
        }
        lines.join("\n")
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let cells = widths.iter().enumerate().map(|(column, width)| {
            let cell = row.get(column).map_or("", String::as_str);
            let space = " ".repeat(width.saturating_sub(cell.chars().count()));
            match self.alignments.get(column) {
                Some(Alignment::Right) => format!("{space}{cell}"),
                _ => format!("{cell}{space}"),
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn marks_are_gone_and_blocks_stay_apart() {
        let shown =
            text("# Title\n\nHello **you**,\nnice.\n\n- one\n- *two*\n\n1. first\n2. second\n\n> quoted\n");
        assert_eq!(
            shown,
            "Title\n\nHello you, nice.\n\n- one\n- two\n\n1. first\n2. second\n\n> quoted\n"
        );
    }

    #[test]
    fn links_keep_their_address() {
        assert_eq!(
            text("[pay](https://a.example/x) or <https://b.example>"),
            "pay (https://a.example/x) or https://b.example\n"
        );
    }

    #[test]
    fn tables_stand_in_columns() {
        let shown = text("| A | B |\n| --- | ---: |\n| long text | 1 |\n| x | 200 |\n");
        assert_eq!(
            shown,
            "A            B\n---------  ---\nlong text    1\nx          200\n"
        );
    }
}
