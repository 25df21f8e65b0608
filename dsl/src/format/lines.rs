//! Lines, their columns, and how they are printed.

use super::tokens::{Comment, Token};

/// Columns that a line of acts in braces may have.
pub(super) const WIDTH: usize = 110;

/// What a line is, for the columns that it shares with its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No columns.
    Plain,
    /// Path, what it holds, title.
    Field,
    /// Name, title, condition.
    Segment,
    /// Keyword, value.
    Setting,
    /// Points, condition.
    Score,
    /// Level and name, title, number, the rest of the time, acts.
    Step,
    /// Title, day.
    Holiday,
    /// Name, title, owner, answer.
    Category,
}

impl Kind {
    /// Blanks between columns when several lines share them.
    fn gap(self) -> usize {
        match self {
            Self::Field | Self::Segment | Self::Setting => 2,
            _ => 1,
        }
    }

    /// The column of a number, which ends where the others of the column end.
    fn right(self) -> Option<usize> {
        (self == Self::Step).then_some(2)
    }
}

/// A line of the result.
#[derive(Debug)]
pub(super) struct Line {
    /// Its kind.
    pub(super) kind: Kind,
    /// Its depth; two blanks each.
    pub(super) indent: usize,
    /// The depth of the comments before it.
    pub(super) comment_indent: usize,
    /// Its text, cut into columns; a column may be empty.
    pub(super) cells: Vec<String>,
    /// Comments before it.
    pub(super) before: Vec<Comment>,
    /// Does an empty line stand before it, after its comments?
    pub(super) blank: bool,
    /// The comment at its end.
    pub(super) after: Option<String>,
}

impl Line {
    /// A line of some tokens. Comments between them go to the end of the line when there is one, else before the line.
    pub(super) fn new(kind: Kind, indent: usize, cells: Vec<String>, tokens: &[Token]) -> Self {
        let mut before = tokens.first().map(|t| t.before.clone()).unwrap_or_default();
        let mut blank = tokens.first().is_some_and(|t| t.blank);
        let mut inner: Vec<String> = Vec::new();
        let mut own = false;
        for (i, token) in tokens.iter().enumerate() {
            if i > 0 {
                own |= !token.before.is_empty();
                inner.extend(token.before.iter().map(|c| c.text.clone()));
            }
            if i + 1 < tokens.len() {
                inner.extend(token.after.clone());
            }
        }
        let mut after = tokens.last().and_then(|t| t.after.clone());
        if inner.len() == 1 && after.is_none() && !own {
            after = inner.pop();
        }
        for text in inner {
            let blank = std::mem::take(&mut blank);
            before.push(Comment { text, blank });
        }
        Self {
            kind,
            indent,
            comment_indent: indent,
            cells,
            before,
            blank,
            after,
        }
    }

    /// Does it open a block?
    fn opens(&self) -> bool {
        self.cells.last().is_some_and(|c| c.ends_with('{'))
    }

    /// Does it close a block?
    fn closes(&self) -> bool {
        self.cells.first().is_some_and(|c| c == "}")
    }

    /// Its text with its columns as wide as said, one width for each column but the last.
    fn text(&self, widths: &[usize], gap: usize) -> String {
        let mut out = String::new();
        let last = self.cells.len().saturating_sub(1);
        for (i, cell) in self.cells.iter().enumerate() {
            if i == last {
                out.push_str(cell);
                continue;
            }
            let width = widths.get(i).copied().unwrap_or(0);
            if width == 0 {
                continue;
            }
            let fill = " ".repeat(width.saturating_sub(columns(cell)));
            if self.kind.right() == Some(i) {
                out.push_str(&fill);
                out.push_str(cell);
                out.push(' ');
            } else {
                out.push_str(cell);
                out.push_str(&fill);
                out.push_str(&" ".repeat(gap));
            }
        }
        out.trim_end().to_owned()
    }

    fn widths(&self) -> Vec<usize> {
        let cells = self.cells.len().saturating_sub(1);
        self.cells.iter().take(cells).map(|c| columns(c)).collect()
    }
}

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().count()
}

/// All lines as the text of a file.
pub(super) fn print(lines: &[Line]) -> String {
    let texts = aligned(lines);
    let mut out = String::new();
    // No empty line at the beginning, nor after a brace.
    let mut opened = true;
    for (line, text) in lines.iter().zip(texts) {
        for comment in &line.before {
            if comment.blank && !opened {
                out.push('\n');
            }
            opened = false;
            out.push_str(&"  ".repeat(line.comment_indent));
            out.push_str(&comment.text);
            out.push('\n');
        }
        if line.blank && !opened && !line.closes() {
            out.push('\n');
        }
        opened = line.opens();
        // A file ends with a line without text, for the comments there.
        if text.is_empty() {
            continue;
        }
        out.push_str(&"  ".repeat(line.indent));
        out.push_str(&text);
        if let Some(comment) = &line.after {
            out.push_str("  ");
            out.push_str(comment);
        }
        out.push('\n');
    }
    out
}

/// The texts of all lines, with the columns of each run of neighbours of one kind aligned.
fn aligned(lines: &[Line]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = lines;
    while let Some((first, others)) = rest.split_first() {
        let mut length = 1;
        let mut before = first;
        for line in others {
            let breaks = line.kind != first.kind
                || line.indent != first.indent
                || line.blank
                || line.before.iter().any(|c| c.blank)
                || before.opens();
            if breaks || first.kind == Kind::Plain {
                break;
            }
            length += 1;
            before = line;
        }
        let (run, after) = rest.split_at(length);
        texts.extend(in_columns(run));
        rest = after;
    }
    texts
}

fn in_columns(run: &[Line]) -> Vec<String> {
    let gap = run
        .first()
        .map_or(1, |l| if run.len() > 1 { l.kind.gap() } else { 1 });
    let mut widths: Vec<usize> = Vec::new();
    for line in run {
        for (i, width) in line.widths().into_iter().enumerate() {
            match widths.get_mut(i) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    run.iter().map(|line| line.text(&widths, gap)).collect()
}
