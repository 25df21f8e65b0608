//! Segments.

use super::Checker;
use super::declarations::name;
use crate::ast::BrokenKind;
use crate::checked::Segment;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::text;
use crate::vocabulary::Context;

impl Checker<'_> {
    /// All segments, in order; whether each can be reached, and whether each customer has one.
    pub(super) fn segments(&mut self) -> Vec<Segment> {
        let declared: Vec<_> = self.names.segments().collect();
        let mut otherwise = None;
        let mut segments = Vec::new();
        for segment in &declared {
            if let Some(last) = otherwise {
                let name = &segment.declared.name.value;
                let message = text!(
                    "Segment `{name}` can never be reached.",
                    "Le segment `{name}` ne peut jamais être atteint."
                );
                let d = Diagnostic::error(
                    &codes::UNREACHABLE_SEGMENT,
                    segment.declared.name.span,
                    message,
                    text!("stands after `otherwise`", "figure après `sinon`"),
                )
                .also(
                    last,
                    text!(
                        "this takes all that are left",
                        "celui-ci prend tous ceux qui restent"
                    ),
                )
                .help(text!(
                    "move it above the line with `otherwise`",
                    "remontez-le au-dessus de la ligne qui a `sinon`"
                ));
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
                text!(
                    "Customers for whom no line holds have no segment, and are never reminded.",
                    "Les clients pour lesquels aucune ligne n'est vraie n'ont pas de segment, et ne sont jamais relancés."
                ),
                text!(
                    "the last segment has a condition",
                    "le dernier segment a une condition"
                ),
            );
            self.report(d.help(text!(
                "end the list with a segment for the rest, as in `others \"Others\" otherwise`",
                "terminez la liste par un segment pour les autres, comme `autres \"Autres\" sinon`"
            )));
        }
        segments
    }
}
