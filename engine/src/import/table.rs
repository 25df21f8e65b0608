//! A CSV file into lines of cells, with the lines that cannot be read.

use std::path::Path;
use std::sync::Arc;

use super::cells::Notation;
use super::{ImportError, Reject};

/// A file's lines.
pub(super) struct Table {
    pub(super) name: Arc<str>,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Cells>,
    pub(super) rejects: Vec<Reject>,
}

/// One line.
pub(super) struct Cells {
    /// From 1, the header included.
    pub(super) line: u32,
    pub(super) cells: Vec<String>,
}

impl Table {
    /// Reads a file of the folder; `None` when it is missing and may be.
    pub(super) fn read(
        folder: &Path,
        name: &str,
        optional: bool,
        notation: &Notation,
    ) -> Result<Option<Self>, ImportError> {
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Self::parse(name, &bytes, notation).map(Some),
            Err(error) if optional && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ImportError::Read { path, source }),
        }
    }

    /// Reads a file's bytes.
    pub(super) fn parse(name: &str, bytes: &[u8], notation: &Notation) -> Result<Self, ImportError> {
        // A byte order mark says more than the mapping. Texts in two-byte encodings are no CSV until decoded.
        let (encoding, bytes) = match encoding_rs::Encoding::for_bom(bytes) {
            Some((encoding, length)) => (encoding, &bytes[length..]),
            None => (notation.encoding, bytes),
        };
        let decoded;
        let (encoding, bytes) = if encoding.is_ascii_compatible() {
            (encoding, bytes)
        } else {
            decoded = encoding.decode_without_bom_handling(bytes).0.into_owned();
            (encoding_rs::UTF_8, decoded.as_bytes())
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(notation.delimiter)
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let mut table = Self {
            name: name.into(),
            header: Vec::new(),
            rows: Vec::new(),
            rejects: Vec::new(),
        };
        let mut lines = LineCount::default();
        for record in reader.byte_records() {
            let record = record.map_err(|error| ImportError::NotCsv {
                file: name.to_owned(),
                why: error.to_string(),
            })?;
            let start = record.position().map_or(0, csv::Position::byte);
            table.take(lines.at(bytes, start), &record, encoding);
        }
        if table.header.is_empty() {
            let (file, why) = (
                name.to_owned(),
                "it is empty; a first line with column names is expected".to_owned(),
            );
            return Err(ImportError::NotCsv { file, why });
        }
        Ok(table)
    }

    fn take(&mut self, line: u32, record: &csv::ByteRecord, encoding: &'static encoding_rs::Encoding) {
        let mut cells = Vec::with_capacity(record.len());
        for (index, bytes) in record.iter().enumerate() {
            let (text, _, broken) = encoding.decode(bytes);
            if broken || text.contains('\0') {
                let value = Some(text.replace('\0', "\u{fffd}"));
                let reason = format!("not a text in {}; is the encoding right?", encoding.name());
                self.reject(line, self.header.get(index).cloned(), value, reason);
                return;
            }
            cells.push(text.trim().to_owned());
        }
        if self.header.is_empty() {
            self.header = cells;
        } else if cells.iter().all(String::is_empty) {
            // A line of delimiters only: spreadsheets leave them at the end.
        } else if cells.len() != self.header.len() {
            let reason = format!(
                "{} columns where the first line has {}; is a delimiter inside a text without quotes?",
                cells.len(),
                self.header.len()
            );
            self.reject(line, None, None, reason);
        } else {
            self.rows.push(Cells { line, cells });
        }
    }

    fn reject(&mut self, line: u32, field: Option<String>, value: Option<String>, reason: String) {
        self.rejects.push(Reject {
            file: self.name.to_string(),
            line,
            field,
            value,
            reason,
        });
    }
}

/// Counts lines as an editor does. The CSV reader's own count is behind after a carriage return, and after empty lines.
#[derive(Default)]
struct LineCount {
    counted: usize,
    feeds: u32,
}

impl LineCount {
    /// The line, from 1, of the record that begins at this byte, or after the line ends there. Bytes only grow.
    fn at(&mut self, bytes: &[u8], start: u64) -> u32 {
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
        let ends = bytes[start..]
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let begin = (start + ends).max(self.counted);
        let feeds = bytes[self.counted..begin].iter().filter(|b| **b == b'\n').count();
        self.counted = begin;
        self.feeds = self
            .feeds
            .saturating_add(u32::try_from(feeds).unwrap_or(u32::MAX));
        self.feeds.saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mapping::Format;

    fn parse(bytes: &[u8], encoding: &str) -> Table {
        let format = Format {
            encoding: Some(encoding.to_owned()),
            delimiter: Some(";".to_owned()),
            ..Format::default()
        };
        let notation = Notation::new(&format, &Format::default()).unwrap();
        Table::parse("f.csv", bytes, &notation).unwrap()
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let table = parse(b"a;b\r\n1;2\r\n\r\n\"x\r\ny\";3\r\n4;5;6\r\n;\r\n7;8", "utf-8");
        let lines: Vec<u32> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4, 8]);
        assert_eq!(table.rejects[0].line, 6);
        assert_eq!(
            table.rejects[0].reason,
            "3 columns where the first line has 2; is a delimiter inside a text without quotes?"
        );
    }

    #[test]
    fn encodings_are_read_and_broken_texts_are_refused_line_by_line() {
        let table = parse(b"nom\nHenri L\xe9ger\n", "windows-1252");
        assert_eq!(table.rows[0].cells, ["Henri L\u{e9}ger"]);
        let table = parse(b"nom\nHenri L\xe9ger\nAnna\n", "utf-8");
        assert_eq!((table.rows.len(), table.rejects[0].line), (1, 2));
        assert_eq!(table.rejects[0].field.as_deref(), Some("nom"));
        let utf16: Vec<u8> = "\u{feff}nom\nZo\u{eb}\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(parse(&utf16, "utf-8").rows[0].cells, ["Zo\u{eb}"]);
    }
}
