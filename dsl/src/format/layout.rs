//! Which tokens stand on which line.

use super::lines::{Kind, Line};
use super::spelling::joined;
use super::tokens::{Token, is_separator};
use crate::lang::Lang;
use crate::parse::grammar::Rule;
use crate::parse::node::Node;

/// All lines of a file.
pub(super) fn layout(file: &Node<'_>, tokens: &[Token], lang: Lang) -> Vec<Line> {
    let mut layout = Layout {
        tokens,
        lang,
        lines: Vec::new(),
    };
    for part in file.parts() {
        match part.rule() {
            Rule::EOI => layout.end(),
            rule if is_separator(rule, file.rule()) => {}
            _ => layout.statement(&part, 0),
        }
    }
    layout.lines
}

/// Lays out one file.
pub(super) struct Layout<'t> {
    pub(super) tokens: &'t [Token],
    /// The language of the result.
    pub(super) lang: Lang,
    pub(super) lines: Vec<Line>,
}

impl<'t> Layout<'t> {
    /// The tokens of a piece of the parse.
    pub(super) fn of(&self, node: &Node<'_>) -> &'t [Token] {
        let span = node.span();
        self.between(span.start as usize, span.end as usize)
    }

    /// The tokens that begin from one place on and before another.
    pub(super) fn between(&self, start: usize, end: usize) -> &'t [Token] {
        let first = self.tokens.partition_point(|t| t.start < start);
        let last = self.tokens.partition_point(|t| t.start < end);
        self.tokens.get(first..last).unwrap_or_default()
    }

    /// The tokens of a piece before one of its parts.
    pub(super) fn before(&self, node: &Node<'_>, part: &Node<'_>) -> &'t [Token] {
        self.between(start(node), start(part))
    }

    /// Adds a line.
    pub(super) fn line(&mut self, kind: Kind, indent: usize, cells: Vec<String>, tokens: &[Token]) {
        self.lines.push(Line::new(kind, indent, cells, tokens));
    }

    fn end(&mut self) {
        let last = self.tokens.len().saturating_sub(1);
        let end = self.tokens.get(last..).unwrap_or_default();
        let mut line = Line::new(Kind::Plain, 0, Vec::new(), end);
        line.blank = false;
        self.lines.push(line);
    }

    /// Any statement.
    pub(super) fn statement(&mut self, node: &Node<'_>, indent: usize) {
        match node.rule() {
            Rule::fields
            | Rule::segments
            | Rule::score
            | Rule::calendar
            | Rule::charges
            | Rule::disputes
            | Rule::promises
            | Rule::plans
            | Rule::scenario
            | Rule::courtesy
            | Rule::dunning
            | Rule::test => self.block(node, indent),
            Rule::step | Rule::level | Rule::then | Rule::event | Rule::reaction => self.step(node, indent),
            Rule::thanks => self.thanks(node, indent),
            Rule::bands => self.list(node, indent, Rule::band, ""),
            Rule::given => match node.part(Rule::properties) {
                Some(_) => self.list(node, indent, Rule::property, ","),
                None => self.plain(node, indent),
            },
            Rule::expect => match node.part(Rule::expect_timeline) {
                Some(timeline) => self.timeline(node, &timeline, indent),
                None => self.plain(node, indent),
            },
            Rule::segment => self.columns(node, indent, Kind::Segment, &[&[Rule::string], SEGMENT_REST]),
            Rule::field => {
                let cuts: [&[Rule]; 2] = [&[Rule::field_type], &[Rule::string, Rule::was]];
                self.columns(node, indent, Kind::Field, &cuts);
            }
            Rule::category => {
                let cuts: [&[Rule]; 3] = [&[Rule::string], &[Rule::kw_owner], &[Rule::kw_answer]];
                self.columns(node, indent, Kind::Category, &cuts);
            }
            Rule::score_line => {
                self.columns(node, indent, Kind::Score, &[&[Rule::per_unit, Rule::when]]);
            }
            Rule::holiday => self.columns(node, indent, Kind::Holiday, &[DAYS]),
            Rule::language
            | Rule::tone
            | Rule::send
            | Rule::contact
            | Rule::group
            | Rule::ignore
            | Rule::limit
            | Rule::entry
            | Rule::hold => self.setting(node, indent),
            _ => self.plain(node, indent),
        }
    }

    fn plain(&mut self, node: &Node<'_>, indent: usize) {
        let tokens = self.of(node);
        self.line(Kind::Plain, indent, vec![joined(tokens)], tokens);
    }

    fn setting(&mut self, node: &Node<'_>, indent: usize) {
        let tokens = self.of(node);
        let (keyword, value) = tokens.split_at(1.min(tokens.len()));
        self.line(
            Kind::Setting,
            indent,
            vec![joined(keyword), joined(value)],
            tokens,
        );
    }

    /// A line with a column before each of the parts that open one. A column that is not there is left empty.
    fn columns(&mut self, node: &Node<'_>, indent: usize, kind: Kind, cuts: &[&[Rule]]) {
        let all = self.of(node);
        let mut cells = Vec::new();
        let mut rest = all;
        for cut in cuts {
            let part = node.parts().find(|p| cut.contains(&p.rule()));
            // The last column is always there, the others are empty when there is nothing to begin them.
            let at = match part {
                Some(part) => rest.iter().take_while(|t| t.start < start(&part)).count(),
                None => 0,
            };
            let found = node.parts().any(|p| cut.contains(&p.rule()));
            let (cell, others) = rest.split_at(if found { at } else { 0 });
            cells.push((found, joined(cell)));
            rest = others;
        }
        cells.push((true, joined(rest)));
        self.line(kind, indent, closed_up(cells), all);
    }

    /// A statement with others in braces.
    fn block(&mut self, node: &Node<'_>, indent: usize) {
        let (Some(open), Some(close)) = (node.part(Rule::brace_open), node.part(Rule::brace_close)) else {
            return self.plain(node, indent);
        };
        let head = self.between(start(node), start(&open) + 1);
        self.line(Kind::Plain, indent, vec![joined(head)], head);
        for part in node.parts().filter(|p| start(p) > start(&open)) {
            if start(&part) < start(&close) && !is_separator(part.rule(), node.rule()) {
                self.statement(&part, indent + 1);
            }
        }
        self.close(&close, indent);
    }

    /// The brace at the end of a block.
    pub(super) fn close(&mut self, close: &Node<'_>, indent: usize) {
        let tokens = self.of(close);
        let mut line = Line::new(Kind::Plain, indent, vec![joined(tokens)], tokens);
        line.comment_indent = indent + 1;
        self.lines.push(line);
    }

    /// Parts in braces with a mark between: on one line when they fit, else one a line.
    fn list(&mut self, node: &Node<'_>, indent: usize, item: Rule, mark: &str) {
        let inner = node.part(Rule::properties).unwrap_or_else(|| node.clone());
        let (Some(open), Some(close)) = (inner.part(Rule::brace_open), inner.part(Rule::brace_close)) else {
            return self.plain(node, indent);
        };
        let all = self.of(node);
        let head = self.between(start(node), start(&open) + 1);
        let items: Vec<&[Token]> = inner.all(item).map(|n| self.of(&n)).collect();
        // A comma that belongs to the grammar stands between two of them.
        let after = |i: usize| match items.get(i + 1) {
            Some(_) if mark.is_empty() => ",",
            Some(_) => mark,
            None => "",
        };
        let texts: Vec<String> = items
            .iter()
            .enumerate()
            .map(|(i, tokens)| joined(tokens) + after(i))
            .collect();
        let whole = if texts.is_empty() {
            format!("{} }}", joined(head))
        } else {
            format!("{} {} }}", joined(head), texts.join(" "))
        };
        if !has_comments(self.between(start(&open), start(&close) + 1)) && fits(indent, &whole) {
            return self.line(Kind::Plain, indent, vec![whole], all);
        }
        self.line(Kind::Plain, indent, vec![joined(head)], head);
        let ends: Vec<usize> = inner
            .all(item)
            .skip(1)
            .map(|n| start(&n))
            .chain([start(&close)])
            .collect();
        for ((item, text), end) in inner.all(item).zip(texts).zip(ends) {
            // With the comma after it, and what is said behind that.
            let tokens = self.between(start(&item), end);
            self.line(Kind::Plain, indent + 1, vec![text], tokens);
        }
        self.close(&close, indent);
    }

    fn timeline(&mut self, node: &Node<'_>, timeline: &Node<'_>, indent: usize) {
        let (Some(open), Some(close)) = (timeline.part(Rule::brace_open), timeline.part(Rule::brace_close))
        else {
            return self.plain(node, indent);
        };
        let head = self.between(start(node), start(&open) + 1);
        self.line(Kind::Plain, indent, vec![joined(head)], head);
        for text in timeline.all(Rule::string) {
            self.plain(&text, indent + 1);
        }
        self.close(&close, indent);
    }
}

/// The parts of a segment after its name and title.
const SEGMENT_REST: &[Rule] = &[Rule::was, Rule::when, Rule::kw_otherwise];

/// The days of a holiday.
const DAYS: &[Rule] = &[
    Rule::on_easter,
    Rule::from_easter,
    Rule::weekday_of,
    Rule::fixed_day,
];

/// Cells of columns, some of which have nothing that begins them: what was before then ends a column later.
fn closed_up(cells: Vec<(bool, String)>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut missing = 0;
    for (found, cell) in cells {
        if found {
            out.push(cell);
            out.extend(std::iter::repeat_n(String::new(), std::mem::take(&mut missing)));
        } else {
            missing += 1;
        }
    }
    // What has no last column does not make the one before it wider.
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

/// Where a piece begins.
pub(super) fn start(node: &Node<'_>) -> usize {
    node.span().start as usize
}

/// Does a comment stand between the first and the last of some tokens?
pub(super) fn has_comments(tokens: &[Token]) -> bool {
    let last = tokens.len().saturating_sub(1);
    tokens
        .iter()
        .enumerate()
        .any(|(i, t)| (i > 0 && !t.before.is_empty()) || (i < last && t.after.is_some()))
}

/// Does a text fit a line?
pub(super) fn fits(indent: usize, text: &str) -> bool {
    indent * 2 + super::lines::columns(text) <= super::lines::WIDTH
}
