//! Which statements can stand where.

use crate::ast::BrokenKind;
use crate::parse::grammar::Rule;

/// Where a piece stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Top,
    Segments,
    Score,
    Calendar,
    Scenario,
    Steps,
    Acts,
}

const TOP: &[(&str, Rule)] = &[
    ("edition", Rule::edition),
    ("use", Rule::use_module),
    ("segments", Rule::segments),
    ("score", Rule::score),
    ("scenario", Rule::scenario),
    ("calendar", Rule::calendar),
];
const SCORE: &[(&str, Rule)] = &[
    ("add", Rule::score_line),
    ("subtract", Rule::score_line),
    ("bands", Rule::bands),
];
const CALENDAR: &[(&str, Rule)] = &[("closed", Rule::closed), ("holiday", Rule::holiday)];
const SCENARIO: &[(&str, Rule)] = &[
    ("language", Rule::language),
    ("tone", Rule::tone),
    ("send", Rule::send),
    ("contact", Rule::contact),
    ("group", Rule::group),
    ("ignore", Rule::ignore),
    ("limit", Rule::limit),
    ("entry", Rule::entry),
    ("hold", Rule::hold),
    ("courtesy", Rule::courtesy),
    ("dunning", Rule::dunning),
    ("thanks", Rule::thanks),
];
const STEPS: &[(&str, Rule)] = &[("step", Rule::step), ("level", Rule::level)];
const ACTS: &[(&str, Rule)] = &[("email", Rule::email), ("call", Rule::call)];

impl Place {
    /// The place whose pieces a rule cuts out.
    pub(super) fn of(rule: Rule) -> Self {
        match rule {
            Rule::bad_segment => Self::Segments,
            Rule::bad_score => Self::Score,
            Rule::bad_calendar => Self::Calendar,
            Rule::bad_setting => Self::Scenario,
            Rule::bad_step => Self::Steps,
            Rule::bad_act => Self::Acts,
            _ => Self::Top,
        }
    }

    fn statements(self) -> &'static [(&'static str, Rule)] {
        match self {
            Self::Top => TOP,
            Self::Segments => &[],
            Self::Score => SCORE,
            Self::Calendar => CALENDAR,
            Self::Scenario => SCENARIO,
            Self::Steps => STEPS,
            Self::Acts => ACTS,
        }
    }

    /// The words that begin a statement here.
    pub(super) fn words(self) -> Vec<&'static str> {
        self.statements().iter().map(|(word, _)| *word).collect()
    }

    /// The statement that begins with a word here.
    pub(super) fn statement(self, word: &str) -> Option<Rule> {
        self.statements()
            .iter()
            .find(|(w, _)| *w == word)
            .map(|(_, r)| *r)
    }

    /// The statement that is meant whatever the first word is.
    pub(super) fn always(self) -> Option<Rule> {
        (self == Self::Segments).then_some(Rule::segment)
    }

    /// Any one statement that can stand here, to the end of the text.
    pub(super) fn whole_statement(self) -> Option<Rule> {
        match self {
            Self::Top | Self::Steps => None,
            Self::Segments => Some(Rule::whole_segment),
            Self::Score => Some(Rule::whole_score_line),
            Self::Calendar => Some(Rule::whole_calendar_line),
            Self::Scenario => Some(Rule::whole_setting),
            Self::Acts => Some(Rule::whole_act),
        }
    }

    /// What is missing from the tree when a piece that stands here and begins with a word was not understood.
    pub(super) fn broken(self, word: &str) -> BrokenKind {
        match (self, word) {
            (Self::Top, "segments") | (Self::Segments, _) => BrokenKind::Segment,
            (Self::Top, "score") | (Self::Score, _) => BrokenKind::Score,
            (Self::Top, "calendar") | (Self::Calendar, _) => BrokenKind::Calendar,
            (Self::Top, "scenario") => BrokenKind::Scenario,
            (Self::Scenario, "courtesy" | "dunning") | (Self::Steps | Self::Acts, _) => BrokenKind::Step,
            (Self::Scenario, _) => BrokenKind::Setting,
            (Self::Top, _) => BrokenKind::Anything,
        }
    }
}

/// Where the statement with this first word belongs, in words.
pub(super) fn home_of(word: &str) -> Option<&'static str> {
    let homes = [
        (TOP, "at the outermost level of a file"),
        (SCORE, "inside `score ... { }`"),
        (CALENDAR, "inside `calendar ... { }`"),
        (SCENARIO, "inside `scenario ... { }`"),
    ];
    let found = homes
        .into_iter()
        .find(|(list, _)| list.iter().any(|(w, _)| *w == word));
    match (found, word) {
        (Some((_, home)), _) => Some(home),
        (None, "step") => Some("inside `courtesy { }` of a scenario"),
        (None, "level") => Some("inside `dunning { }` of a scenario"),
        (None, "email" | "call") => Some("inside the braces of a step or a level"),
        _ => None,
    }
}
