//! The tokens of a file, each with the comments that go with it.

use std::collections::HashMap;

use crate::parse::grammar::Rule;
use crate::parse::node::Node;

/// A comment on a line of its own.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    /// From `//` on, without white space at its end.
    pub(super) text: String,
    /// Does an empty line stand before it?
    pub(super) blank: bool,
}

/// A leaf of the parse, as it is printed.
#[derive(Debug)]
pub(super) struct Token {
    /// Its rule.
    pub(super) rule: Rule,
    /// The rule of what it is a part of.
    pub(super) parent: Rule,
    /// Where it stands in the source.
    pub(super) start: usize,
    /// What is printed; empty when a phrase of the other language has fewer words.
    pub(super) text: String,
    /// Comments before it, each on a line of its own.
    pub(super) before: Vec<Comment>,
    /// Does an empty line stand before it, after the last comment?
    pub(super) blank: bool,
    /// The comment after it on the same line.
    pub(super) after: Option<String>,
}

/// All tokens of a file in order, but the marks between statements, which the layout sets anew. `spelled` says what is
/// printed for the leaf that begins at a place, where that is not what stands there.
pub(super) fn tokens(file: &Node<'_>, text: &str, spelled: &HashMap<usize, String>) -> Vec<Token> {
    let mut leaves = Vec::new();
    collect(file, &mut leaves);
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = 0;
    for (leaf, parent) in leaves {
        let start = leaf.span().start as usize;
        let gap = Gap::read(text.get(end..start).unwrap_or_default(), tokens.is_empty());
        if let Some(last) = tokens.last_mut() {
            last.after = gap.after;
        }
        tokens.push(Token {
            rule: leaf.rule(),
            parent,
            start,
            text: spelled
                .get(&start)
                .cloned()
                .unwrap_or_else(|| leaf.text().to_owned()),
            before: gap.own,
            blank: gap.blank,
            after: None,
        });
        end = start + leaf.text().len();
    }
    tokens
}

/// The leaves of the parse that are printed, each with the rule of what it is a part of.
fn collect<'i>(node: &Node<'i>, into: &mut Vec<(Node<'i>, Rule)>) {
    for part in node.parts() {
        if part.first().is_some() {
            collect(&part, into);
        } else if !is_separator(part.rule(), node.rule()) {
            into.push((part, node.rule()));
        }
    }
}

/// Marks that separate, and mean nothing beyond that: they are not tokens, the layout sets its own.
pub(super) fn is_separator(rule: Rule, parent: Rule) -> bool {
    match rule {
        Rule::semicolon => parent != Rule::tone,
        Rule::comma => matches!(
            parent,
            Rule::acts | Rule::at_most_once | Rule::properties | Rule::expect_timeline | Rule::bands
        ),
        _ => false,
    }
}

/// What stands between two tokens.
struct Gap {
    after: Option<String>,
    own: Vec<Comment>,
    blank: bool,
}

impl Gap {
    fn read(gap: &str, at_start: bool) -> Self {
        let mut read = Self {
            after: None,
            own: Vec::new(),
            blank: false,
        };
        for (i, line) in gap.split('\n').enumerate() {
            // What else stands here are separators.
            match line.find("//").and_then(|at| line.get(at..)) {
                Some(comment) => {
                    let text = comment.trim_end().replace('\r', " ");
                    if i == 0 && !at_start {
                        read.after = Some(text);
                    } else {
                        let blank = std::mem::take(&mut read.blank);
                        read.own.push(Comment { text, blank });
                    }
                }
                // The first piece ends the line of the token before, the last begins that of the token after.
                None => {
                    let whole_line = i > 0 && i < gap.matches('\n').count();
                    read.blank |= whole_line && line.trim().is_empty();
                }
            }
        }
        read
    }
}
