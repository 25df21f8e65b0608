//! Segments.

use super::grammar::Rule;
use super::node::Node;
use super::reader::Reader;
use crate::ast::{Segment, Segments};

impl Reader<'_> {
    /// `segments { ... }`
    pub(super) fn segments(&mut self, node: &Node<'_>) -> Segments {
        let mut segments = Vec::new();
        for part in node.parts() {
            match part.rule() {
                Rule::segment => segments.push(Segment {
                    declared: self.declared(&part, "segment"),
                    when: self.when(&part),
                    span: part.span(),
                }),
                Rule::bad_segment => self.bad(&part),
                _ => {}
            }
        }
        Segments {
            segments,
            span: node.first().map_or(node.span(), |word| word.span()),
        }
    }
}
