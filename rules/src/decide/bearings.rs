//! Who the customer is to the rules: segment, score, scenario.

use chrono::NaiveDate;
use relance_dsl::checked::{Name, Points, Scenario, Score, ScoreLine, Segment};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{rate_missing, segment};
use crate::compiled::Slots;
use crate::decision::{Named, ScoreResult};
use crate::eval::{Trace, holds, value};
use crate::facts::AccountFacts;
use crate::hooks::{self, Calls, HookFailure};
use crate::priority;
use crate::reason::{Reason, ReasonKind, SourceRef};
use crate::rulebook::Rulebook;
use crate::tally::Tally;
use crate::value::Value;
use crate::vocabulary::{Pace, Scope};

/// Segment, score and scenario, with the reasons.
pub(crate) struct Bearings<'a> {
    pub segment: Option<&'a Segment>,
    pub score: Option<ScoreResult>,
    pub scenario: Option<&'a Scenario>,
    pub reasons: Vec<Reason>,
    /// How fast the segment can change with time alone.
    pub pace: Pace,
    /// The hooks that can be called, and what they gave.
    pub calls: Option<&'a Calls<'a>>,
    /// A hook failed that segment, score or tone depend on: nothing is done for the account.
    pub stopped: Option<HookFailure>,
}

/// A name with its title, or the name again.
pub(crate) fn named(name: &Name) -> Named {
    Named {
        name: name.name.clone(),
        title: title(name),
    }
}

/// The title, or the name.
pub(crate) fn title(name: &Name) -> String {
    name.title.clone().unwrap_or_else(|| name.name.clone())
}

impl<'a> Bearings<'a> {
    /// Finds them.
    pub fn of(
        rulebook: &'a Rulebook,
        facts: &'a AccountFacts,
        tally: &'a Tally<'a>,
        today: NaiveDate,
        calls: Option<&'a Calls<'a>>,
    ) -> Self {
        let scope = Scope {
            calls,
            ..Scope::of_account(facts, today, tally)
        };
        let mut bearings = Self {
            segment: None,
            score: None,
            scenario: None,
            reasons: Vec::new(),
            pace: Pace::Still,
            calls,
            stopped: None,
        };
        bearings.choose_segment(rulebook, &scope);
        let scope = Scope {
            segment: bearings.segment.map(|s| s.name.name.as_str()),
            ..scope
        };
        if let Some(score) = &rulebook.checked.score {
            bearings.score = Some(count(rulebook, score, &scope, &mut bearings.reasons));
        }
        if let Some(segment) = bearings.segment {
            bearings.scenario = rulebook
                .checked
                .scenarios
                .iter()
                .find(|s| s.segments.contains(&segment.name.name));
        }
        if let Some(calls) = calls {
            bearings.try_tones(&scope);
            bearings.stopped = calls.account_failure().cloned();
        }
        if bearings.always_served_alike(rulebook) {
            bearings.pace = Pace::Still;
        }
        if bearings.scenario.is_none() && bearings.stopped.is_none() {
            let why = bearings.why_unserved();
            bearings.reasons.push(why);
        }
        bearings
    }

    fn choose_segment(&mut self, rulebook: &'a Rulebook, scope: &Scope<'_>) {
        let source = |s: &Segment| SourceRef::of(&rulebook.checked.sources, s.name.span);
        if let Some(segment) = segment::by_hand(rulebook, scope.facts) {
            let kind = ReasonKind::SegmentByHand {
                segment: title(&segment.name),
            };
            self.reasons.push(Reason::said_by(kind, source(segment)));
            self.segment = Some(segment);
            return;
        }
        self.pace = rulebook.compiled.pace;
        let (chosen, missing) = segment::first(rulebook, scope);
        self.reasons.extend(missing.iter().map(rate_missing));
        if let Some((segment, trace)) = chosen {
            let kind = ReasonKind::SegmentChosen {
                segment: title(&segment.name),
            };
            self.reasons
                .push(Reason::said_by(kind, source(segment)).with_facts(trace.facts));
            self.segment = Some(segment);
        }
    }

    /// Whether every segment leads to the scenario of now, so that another segment would change nothing that is done.
    fn always_served_alike(&self, rulebook: &Rulebook) -> bool {
        let serves = |scenario: &Scenario| {
            let segments = &rulebook.checked.segments;
            segments.iter().all(|s| scenario.segments.contains(&s.name.name))
                && segments.iter().any(|s| s.when.is_none())
        };
        self.scenario.is_some_and(serves)
    }

    /// Asks the hooks of the scenario's tones what they will be asked for each message.
    fn try_tones(&self, scope: &Scope<'_>) {
        let scope = Scope {
            score: self.score.as_ref(),
            ..*scope
        };
        let mut tones = self.scenario.iter().flat_map(|s| &s.tones);
        tones.find(|(when, _)| holds(when, &scope, &mut Trace::default()));
    }

    /// Why no scenario serves this customer.
    pub fn why_unserved(&self) -> Reason {
        if let Some(failure) = &self.stopped {
            return Reason::plain(hooks::failed(failure));
        }
        Reason::plain(match self.segment {
            None => ReasonKind::NoSegment,
            Some(segment) => ReasonKind::NoScenario {
                segment: title(&segment.name),
            },
        })
    }
}

fn count(rulebook: &Rulebook, score: &Score, scope: &Scope<'_>, reasons: &mut Vec<Reason>) -> ScoreResult {
    let sources = &rulebook.checked.sources;
    let start = ReasonKind::ScoreStart { points: score.start };
    reasons.push(Reason::said_by(start, SourceRef::of(sources, score.name.span)));
    let mut total = i64::from(score.start);
    let mut slots = Slots::of(scope);
    for (line, compiled) in score.lines.iter().zip(&rulebook.compiled.score_lines) {
        let may_give = compiled.may_give(&mut slots);
        if !slots.take_missed() && !may_give {
            continue;
        }
        let mut trace = Trace::default();
        if let Some(kind) = line_gives(line, scope, &mut trace) {
            if let ReasonKind::ScoreLine { points } | ReasonKind::PerUnit { points, .. } = &kind {
                total = total.saturating_add(i64::from(*points));
            }
            reasons.push(Reason::said_by(kind, SourceRef::of(sources, line.span)).with_facts(trace.facts));
        }
        reasons.extend(trace.missing.iter().map(rate_missing));
    }
    let (low, high) = (i64::from(score.from), i64::from(score.to));
    let points = i32::try_from(total.min(high).max(low)).unwrap_or(score.from);
    let band = score
        .bands
        .iter()
        .find(|b| b.from.is_none_or(|from| points >= from))
        .map_or_else(|| named(&score.name), |b| named(&b.name));
    reasons.push(Reason::plain(ReasonKind::ScoreTotal {
        points,
        band: band.title.clone(),
    }));
    let risk = priority::risk(points, score);
    ScoreResult { points, band, risk }
}

/// What a line gives; `None` when it gives nothing.
pub(crate) fn line_gives(line: &ScoreLine, scope: &Scope<'_>, trace: &mut Trace) -> Option<ReasonKind> {
    if let Some(when) = &line.when
        && !holds(when, scope, trace)
    {
        return None;
    }
    let signed = |points: u32| i32::try_from(points).unwrap_or(i32::MAX) * i32::from(line.sign.signum());
    match &line.points {
        Points::Fixed(points) => Some(ReasonKind::ScoreLine {
            points: signed(*points),
        }),
        Points::Hook(call) => {
            let given = hooks::value(call, scope, trace);
            let points = match given {
                Value::Number(n) => n.to_i32()?.checked_mul(i32::from(line.sign.signum()))?,
                _ => return None,
            };
            (points != 0).then_some(ReasonKind::ScoreLine { points })
        }
        Points::Per {
            points,
            of,
            above,
            at_most,
        } => {
            let Value::Number(value) = value(of, scope, trace) else {
                return None;
            };
            let units = value.checked_sub(*above)?.floor().max(Decimal::ZERO);
            let given = units
                .to_u32()
                .unwrap_or(u32::MAX)
                .saturating_mul(*points)
                .min(at_most.unwrap_or(u32::MAX));
            (given > 0).then(|| ReasonKind::PerUnit {
                value,
                points: signed(given),
            })
        }
    }
}
