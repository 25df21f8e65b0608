//! Segments.

use super::Checker;
use super::declarations::name;
use crate::ast::BrokenKind;
use crate::checked::Segment;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::vocabulary::Context;

impl Checker<'_> {
    /// All segments, in order; whether each can be reached, and whether each customer has one.
    pub(super) fn segments(&mut self) -> Vec<Segment> {
        let declared: Vec<_> = self.names.segments().collect();
        let mut otherwise = None;
        let mut segments = Vec::new();
        for segment in &declared {
            if let Some(last) = otherwise {
                let message = format!("Segment `{}` can never be reached.", segment.declared.name.value);
                let d = Diagnostic::error(
                    &codes::UNREACHABLE_SEGMENT,
                    segment.declared.name.span,
                    message,
                    "stands after `otherwise`",
                )
                .also(last, "this takes all that are left")
                .help("move it above the line with `otherwise`");
                self.report(d);
            }
            if segment.when.is_none() {
                otherwise = otherwise.or(Some(segment.span));
            }
            let when = segment
                .when
                .as_ref()
                .and_then(|e| self.condition(e, Context::Segment));
            segments.push(Segment {
                name: name(&segment.declared),
                when,
            });
        }
        if let Some(last) = declared.last()
            && otherwise.is_none()
            && !self.may_be_hidden(&[BrokenKind::Segment])
        {
            let d = Diagnostic::warning(
                &codes::NO_OTHERWISE,
                last.declared.name.span,
                "Customers for whom no line holds have no segment, and are never reminded.",
                "the last segment has a condition",
            );
            self.report(
                d.help("end the list with a segment for the rest, as in `others \"Others\" otherwise`"),
            );
        }
        segments
    }
}
