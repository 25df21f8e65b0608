//! Steps and what they do: in one line when that is short, else one act a line.

use super::layout::{Layout, fits, has_comments, start};
use super::lines::Kind;
use super::spelling::joined;
use super::tokens::Token;
use crate::lang::Lang;
use crate::parse::grammar::Rule;
use crate::parse::node::Node;

/// Acts that one line may have.
const ON_ONE_LINE: usize = 2;

impl Layout<'_> {
    /// `level 1 reminder 3 days after due { ... }`, and whatever else ends with acts in braces.
    pub(super) fn step(&mut self, node: &Node<'_>, indent: usize) {
        let Some(acts) = node.part(Rule::acts) else {
            return;
        };
        let is_step = matches!(node.rule(), Rule::step | Rule::level | Rule::then);
        let kind = if is_step { Kind::Step } else { Kind::Plain };
        let head = self.head(node, &acts);
        self.with_acts(node, head, &acts, indent, kind);
    }

    /// The columns of a step before its acts.
    fn head(&self, node: &Node<'_>, acts: &Node<'_>) -> Vec<String> {
        let all = self.before(node, acts);
        if !matches!(node.rule(), Rule::step | Rule::level | Rule::then) {
            return vec![joined(all)];
        }
        let from = |rules: &[Rule]| {
            let part = node.parts().find(|p| rules.contains(&p.rule()));
            part.map(|p| start(&p))
        };
        let rest = from(&[Rule::was, Rule::timing, Rule::kw_after]).unwrap_or_else(|| start(acts));
        let title = from(&[Rule::string]).unwrap_or(rest);
        let name = self.between(start(node), title);
        let title = self.between(title, rest);
        let rest = self.between(rest, start(acts));
        // The number of the period is a column of its own, so that periods end alike.
        let at = rest.iter().position(|t| t.rule != Rule::number).unwrap_or(0);
        let (number, rest) = rest.split_at(at.min(1));
        let mut cells = vec![joined(name), joined(title), joined(number)];
        cells.push(joined(rest));
        cells
    }

    /// A head and acts in braces.
    fn with_acts(
        &mut self,
        node: &Node<'_>,
        mut cells: Vec<String>,
        acts: &Node<'_>,
        indent: usize,
        kind: Kind,
    ) {
        let flat: Vec<&str> = cells
            .iter()
            .map(String::as_str)
            .filter(|c| !c.is_empty())
            .collect();
        let room = format!("{} ", flat.join(" "));
        if let Some(text) = self.on_one_line(acts, indent, &room) {
            // A condition would push the braces of all its neighbours aside.
            match cells.last_mut() {
                Some(last) if kind != Kind::Step || node.has(Rule::when) => {
                    last.push(' ');
                    last.push_str(&text);
                }
                _ => cells.push(text),
            }
            let tokens = self.of(node);
            return self.line(kind, indent, cells, tokens);
        }
        if let Some(last) = cells.last_mut() {
            last.push_str(" {");
        }
        let Some(open) = acts.part(Rule::brace_open) else {
            return;
        };
        let head = self.between(start(node), start(&open) + 1);
        self.line(kind, indent, cells, head);
        self.one_a_line(acts, indent);
    }

    /// `{ email template reminder; call }`, when that fits behind what stands before it and nothing is said in it.
    fn on_one_line(&self, acts: &Node<'_>, indent: usize, before: &str) -> Option<String> {
        let parts: Vec<Node<'_>> = done(acts).collect();
        let tall = parts.iter().any(|p| self.is_tall(p, indent + 1));
        if parts.len() > ON_ONE_LINE || tall || has_comments(self.of(acts)) {
            return None;
        }
        let mut text = "{".to_owned();
        for (i, part) in parts.iter().enumerate() {
            let mark = match part.rule() {
                _ if i == 0 => " ",
                Rule::at_most_once => ", ",
                _ => "; ",
            };
            text.push_str(mark);
            text.push_str(&joined(self.of(part)));
        }
        text.push_str(" }");
        fits(indent, &format!("{before}{text}")).then_some(text)
    }

    /// One act a line, and the brace at the end.
    fn one_a_line(&mut self, acts: &Node<'_>, indent: usize) {
        let parts: Vec<Node<'_>> = done(acts).collect();
        for (i, part) in parts.iter().enumerate() {
            self.act(part, indent + 1);
            let ends_alone = parts.get(i + 1).is_none_or(|next| !self.needs_mark(part, next));
            if !ends_alone && let Some(cell) = self.lines.last_mut().and_then(|l| l.cells.last_mut()) {
                cell.push(';');
            }
        }
        if let Some(close) = acts.part(Rule::brace_close) {
            self.close(&close, indent);
        }
    }

    /// An act; with what is done instead of it on lines of its own when that is much.
    fn act(&mut self, act: &Node<'_>, indent: usize) {
        if !self.is_tall(act, indent) {
            let tokens = self.of(act);
            return self.line(Kind::Plain, indent, vec![joined(tokens)], tokens);
        }
        let mut from = start(act);
        let end = act.span().end as usize;
        let tails = act.parts().filter(is_tail).map(|t| start(&t));
        for (i, to) in tails.chain([end]).enumerate() {
            let tokens: &[Token] = self.between(from, to);
            let indent = if i == 0 { indent } else { indent + 1 };
            self.line(Kind::Plain, indent, vec![joined(tokens)], tokens);
            from = to;
        }
    }

    /// Does an act take several lines?
    fn is_tall(&self, act: &Node<'_>, indent: usize) -> bool {
        match act.parts().filter(is_tail).count() {
            0 => false,
            1 => !fits(indent, &joined(self.of(act))),
            _ => true,
        }
    }

    /// Would an act on the next line be read as a part of this one?
    fn needs_mark(&self, act: &Node<'_>, next: &Node<'_>) -> bool {
        // `on dispute open dispute` takes the name of a category, and French outcomes begin with the word of conditions.
        let takes_name = act
            .parts()
            .last()
            .is_some_and(|last| last.part(Rule::open_dispute).is_some_and(|o| !o.has(Rule::name)));
        let next_is_name = next.part(Rule::channel).is_some_and(|c| c.has(Rule::name));
        let ends_in_condition = self.lang == Lang::French
            && act
                .all(Rule::fallback)
                .last()
                .is_some_and(|f| f.has(Rule::call) && f.has(Rule::kw_when));
        takes_name && next_is_name || ends_in_condition
    }

    /// `thanks { when paid in full { ... } }`
    pub(super) fn thanks(&mut self, node: &Node<'_>, indent: usize) {
        let (Some(open), Some(close), Some(when), Some(acts)) = (
            node.part(Rule::brace_open),
            node.part(Rule::brace_close),
            node.part(Rule::kw_when),
            node.part(Rule::thanks_acts),
        ) else {
            return;
        };
        let head = self.before(node, &acts);
        // What is said before the brace goes before the whole line either way.
        if !has_comments(self.between(start(&open), start(&close) + 1))
            && let Some(text) = self.on_one_line(&acts, indent + 1, &format!("{} ", joined(head)))
        {
            let whole = format!("{} {text} }}", joined(head));
            let tokens = self.of(node);
            return self.line(Kind::Plain, indent, vec![whole], tokens);
        }
        let head = self.between(start(node), start(&open) + 1);
        self.line(Kind::Plain, indent, vec![joined(head)], head);
        let inner = self.between(start(&when), start(&acts));
        let end = acts.span().end as usize;
        let before = format!("{} ", joined(inner));
        if let Some(text) = self.on_one_line(&acts, indent + 1, &before) {
            let tokens = self.between(start(&when), end);
            self.line(Kind::Plain, indent + 1, vec![before + &text], tokens);
        } else if let Some(inner_open) = acts.part(Rule::brace_open) {
            let tokens = self.between(start(&when), start(&inner_open) + 1);
            self.line(Kind::Plain, indent + 1, vec![before + "{"], tokens);
            self.one_a_line(&acts, indent + 1);
        }
        self.close(&close, indent);
    }
}

/// The acts in braces, without what separates them.
fn done<'i>(acts: &Node<'i>) -> impl Iterator<Item = Node<'i>> + use<'i> {
    acts.parts().filter(|p| {
        !matches!(
            p.rule(),
            Rule::brace_open | Rule::brace_close | Rule::semicolon | Rule::comma
        )
    })
}

/// What is done instead of an act, or after it.
fn is_tail(node: &Node<'_>) -> bool {
    matches!(node.rule(), Rule::fallback | Rule::outcome)
}
