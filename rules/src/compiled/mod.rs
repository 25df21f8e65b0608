//! Conditions made ready for speed, once for each rulebook.
//!
//! [`crate::eval`] is what a condition means, and it alone tells what was read. This is the same meaning without the telling: facts
//! are read once, comparisons know the types of their sides, nothing is allocated. Deciding asks here which lines hold, and has
//! [`crate::eval`] tell why only for those. What has no form of its own here is left to [`crate::eval`], so the two cannot differ.

mod build;
mod calculation;
mod condition;
mod slots;
mod slow;
#[cfg(test)]
mod tests;

use relance_dsl::checked::{CheckedRulebook, Points};

use crate::eval::pace_of;
use crate::value::Value;
use crate::vocabulary::Pace;
use build::Builder;
pub(crate) use calculation::Calculation;
pub(crate) use condition::Condition;
pub(crate) use slots::Slots;

/// The conditions of a rulebook that are asked of every account.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    /// Of each segment, in order; `None` for `otherwise`.
    pub segments: Vec<Option<Condition>>,
    /// How fast the segment of a customer can change with time alone.
    pub pace: Pace,
    /// Of each line of the score, in order.
    pub score_lines: Vec<ScoreLine>,
}

/// What decides whether a line of the score can give anything.
#[derive(Debug, Clone)]
pub(crate) struct ScoreLine {
    /// Only when this holds.
    pub when: Option<Condition>,
    /// Only when this is known; for lines that count units.
    pub of: Option<Calculation>,
}

impl ScoreLine {
    /// Whether the line can give points: what it asks for holds, and the number whose units it counts is known.
    pub fn may_give<'a>(&'a self, slots: &mut Slots<'_, 'a>) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(slots))
            && self
                .of
                .as_ref()
                .is_none_or(|of| of.value(slots) != Value::Unknown)
    }
}

impl Compiled {
    /// Compiles them.
    pub fn of(rulebook: &CheckedRulebook) -> Self {
        let mut segments = Builder::default();
        let mut score = Builder::default();
        Self {
            segments: rulebook
                .segments
                .iter()
                .map(|s| s.when.as_ref().map(|when| segments.condition(when)))
                .collect(),
            pace: rulebook
                .segments
                .iter()
                .filter_map(|s| s.when.as_ref())
                .map(pace_of)
                .max()
                .unwrap_or(Pace::Still),
            score_lines: rulebook
                .score
                .iter()
                .flat_map(|s| &s.lines)
                .map(|line| ScoreLine {
                    when: line.when.as_ref().map(|when| score.condition(when)),
                    of: match &line.points {
                        Points::Fixed(_) | Points::Hook(_) => None,
                        Points::Per { of, .. } => Some(score.calculation(of)),
                    },
                })
                .collect(),
        }
    }
}
