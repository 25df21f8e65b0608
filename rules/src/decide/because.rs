//! Which line of a scenario a reason goes back to, where it is one of its settings that says so.

use relance_dsl::span::Span;

use super::case::Case;
use crate::facts::HoldKind;
use crate::reason::{Reason, ReasonKind};

impl Case<'_> {
    /// A reason, with the setting of the scenario that makes it one; without, when that is left to its default or no setting says it.
    pub fn because(&self, kind: ReasonKind) -> Reason {
        match self.setting(&kind) {
            Some(span) => Reason::said_by(kind, self.source(span)),
            None => Reason::plain(kind),
        }
    }

    fn setting(&self, kind: &ReasonKind) -> Option<Span> {
        let written = &self.scenario.written;
        match kind {
            ReasonKind::MessageLimit { .. } | ReasonKind::MessageUnderWay => written.limit,
            ReasonKind::OutsideWindow { .. } | ReasonKind::MovedToBusinessDay { .. } => written.send,
            ReasonKind::Held { hold, .. } => match hold {
                HoldKind::Disputed | HoldKind::Promised | HoldKind::OnPlan => written.hold,
                // They hold whatever the rules say.
                HoldKind::Manual | HoldKind::Insolvency | HoldKind::CreditExpected => None,
            },
            ReasonKind::CoveredByUnallocated { .. } => written.hold,
            ReasonKind::SmallBalance { .. } => written.ignore,
            ReasonKind::NoUsableContact | ReasonKind::ContactChosen { .. } => written.contact,
            ReasonKind::LanguageChosen { .. } => written.language,
            ReasonKind::ToneChosen { .. } => written.tone,
            ReasonKind::Grouped { .. } => written.group,
            ReasonKind::EnteredAtLevel { .. } => written.entry,
            _ => None,
        }
    }
}
