//! Which statements can stand where.

use crate::ast::BrokenKind;
use crate::lang::{Lang, Text};
use crate::parse::grammar::Rule;
use crate::parse::words::{keyword, plain};
use crate::text;

/// Where a piece stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Top,
    Fields,
    Segments,
    Score,
    Calendar,
    Charges,
    Disputes,
    Promises,
    Plans,
    Scenario,
    Steps,
    Acts,
    Test,
}

/// First words and the statements that they begin.
type Statements = &'static [(Rule, Rule)];

const TOP: Statements = &[
    (Rule::kw_edition, Rule::edition),
    (Rule::kw_use, Rule::use_module),
    (Rule::kw_fields, Rule::fields),
    (Rule::kw_segments, Rule::segments),
    (Rule::kw_score, Rule::score),
    (Rule::kw_scenario, Rule::scenario),
    (Rule::kw_calendar, Rule::calendar),
    (Rule::kw_disputes, Rule::disputes),
    (Rule::kw_promises, Rule::promises),
    (Rule::kw_plans, Rule::plans),
    (Rule::kw_charges, Rule::charges),
    (Rule::kw_medium, Rule::medium),
    (Rule::kw_hook, Rule::hook),
    (Rule::kw_test, Rule::test),
];
const SCORE: Statements = &[
    (Rule::kw_add, Rule::score_line),
    (Rule::kw_subtract, Rule::score_line),
    (Rule::kw_bands, Rule::bands),
];
const CALENDAR: Statements = &[(Rule::kw_closed, Rule::closed), (Rule::kw_holiday, Rule::holiday)];
const CHARGES: Statements = &[
    (Rule::kw_late_interest, Rule::interest_line),
    (Rule::kw_recovery_fee, Rule::fee_line),
];
const DISPUTES: Statements = &[(Rule::kw_when, Rule::reaction)];
const PROMISES: Statements = &[(Rule::kw_grace, Rule::grace), (Rule::kw_at, Rule::most_promises)];
const PLANS: Statements = &[(Rule::kw_missed, Rule::missed), (Rule::kw_when, Rule::reaction)];
const SCENARIO: Statements = &[
    (Rule::kw_language, Rule::language),
    (Rule::kw_tone, Rule::tone),
    (Rule::kw_send, Rule::send),
    (Rule::kw_contact, Rule::contact),
    (Rule::kw_group, Rule::group),
    (Rule::kw_ignore, Rule::ignore),
    (Rule::kw_limit, Rule::limit),
    (Rule::kw_entry, Rule::entry),
    (Rule::kw_hold, Rule::hold),
    (Rule::kw_courtesy, Rule::courtesy),
    (Rule::kw_dunning, Rule::dunning),
    (Rule::kw_thanks, Rule::thanks),
    (Rule::kw_event, Rule::event),
];
const STEPS: Statements = &[
    (Rule::kw_step, Rule::step),
    (Rule::kw_level, Rule::level),
    (Rule::kw_then, Rule::then),
];
const ACTS: Statements = &[
    (Rule::kw_email, Rule::message),
    (Rule::kw_sms, Rule::message),
    (Rule::kw_letter, Rule::message),
    (Rule::kw_registered, Rule::message),
    (Rule::kw_call, Rule::call),
    (Rule::kw_task, Rule::task),
    (Rule::kw_charge, Rule::charge),
    (Rule::kw_approve, Rule::approve),
    (Rule::kw_continue, Rule::continue_at),
    (Rule::kw_hand_over, Rule::hand_over),
    (Rule::kw_cancel_plan, Rule::cancel_plan),
    (Rule::kw_expect_credit, Rule::expect_credit),
    (Rule::kw_hook, Rule::hook_act),
];
const TEST: Statements = &[
    (Rule::kw_given, Rule::given),
    (Rule::kw_on, Rule::on_day),
    (Rule::kw_expect, Rule::expect),
];

impl Place {
    /// The place whose pieces a rule cuts out.
    pub(super) fn of(rule: Rule) -> Self {
        match rule {
            Rule::bad_field => Self::Fields,
            Rule::bad_segment => Self::Segments,
            Rule::bad_score => Self::Score,
            Rule::bad_calendar => Self::Calendar,
            Rule::bad_charge => Self::Charges,
            Rule::bad_dispute => Self::Disputes,
            Rule::bad_promise => Self::Promises,
            Rule::bad_plan => Self::Plans,
            Rule::bad_setting => Self::Scenario,
            Rule::bad_step => Self::Steps,
            Rule::bad_act => Self::Acts,
            Rule::bad_test => Self::Test,
            _ => Self::Top,
        }
    }

    fn statements(self) -> Statements {
        match self {
            Self::Top => TOP,
            Self::Fields | Self::Segments => &[],
            Self::Score => SCORE,
            Self::Calendar => CALENDAR,
            Self::Charges => CHARGES,
            Self::Disputes => DISPUTES,
            Self::Promises => PROMISES,
            Self::Plans => PLANS,
            Self::Scenario => SCENARIO,
            Self::Steps => STEPS,
            Self::Acts => ACTS,
            Self::Test => TEST,
        }
    }

    /// The words that begin a statement here, in a language.
    pub(super) fn words(self, lang: Lang) -> Vec<&'static str> {
        self.statements()
            .iter()
            .map(|(word, _)| spelled(*word, lang))
            .collect()
    }

    /// The same as a list to be read.
    pub(super) fn list(self) -> Text {
        Text::new(
            self.words(Lang::English).join(", "),
            self.words(Lang::French).join(", "),
        )
    }

    /// The statement that begins with a word here.
    pub(super) fn statement(self, word: &str) -> Option<Rule> {
        self.statements()
            .iter()
            .find(|(keyword, _)| begins(*keyword, word))
            .map(|(_, rule)| *rule)
    }

    /// The statement that is meant whatever the first word is.
    pub(super) fn always(self) -> Option<Rule> {
        match self {
            Self::Fields => Some(Rule::field),
            Self::Segments => Some(Rule::segment),
            Self::Disputes => Some(Rule::category),
            _ => None,
        }
    }

    /// Any one statement that can stand here, to the end of the text.
    pub(super) fn whole_statement(self) -> Option<Rule> {
        match self {
            Self::Top | Self::Steps => None,
            Self::Fields => Some(Rule::whole_field),
            Self::Segments => Some(Rule::whole_segment),
            Self::Score => Some(Rule::whole_score_line),
            Self::Calendar => Some(Rule::whole_calendar_line),
            Self::Charges => Some(Rule::whole_charge),
            Self::Disputes => Some(Rule::whole_dispute),
            Self::Promises => Some(Rule::whole_promise),
            Self::Plans => Some(Rule::whole_plan),
            Self::Scenario => Some(Rule::whole_setting),
            Self::Acts => Some(Rule::whole_act),
            Self::Test => Some(Rule::whole_test_line),
        }
    }

    /// What is missing from the tree when a piece that stands here and begins with a word was not understood.
    pub(super) fn broken(self, word: &str) -> BrokenKind {
        match self {
            Self::Segments => BrokenKind::Segment,
            Self::Score => BrokenKind::Score,
            Self::Calendar => BrokenKind::Calendar,
            Self::Steps | Self::Acts => BrokenKind::Step,
            Self::Fields | Self::Charges | Self::Disputes | Self::Promises | Self::Plans => {
                BrokenKind::Declaration
            }
            Self::Test => BrokenKind::Test,
            Self::Scenario => match self.statement(word) {
                Some(Rule::courtesy | Rule::dunning | Rule::event) => BrokenKind::Step,
                _ => BrokenKind::Setting,
            },
            Self::Top => match self.statement(word) {
                Some(Rule::segments) => BrokenKind::Segment,
                Some(Rule::score) => BrokenKind::Score,
                Some(Rule::calendar) => BrokenKind::Calendar,
                Some(Rule::scenario) => BrokenKind::Scenario,
                Some(Rule::test) => BrokenKind::Test,
                Some(
                    Rule::fields
                    | Rule::hook
                    | Rule::charges
                    | Rule::disputes
                    | Rule::promises
                    | Rule::plans
                    | Rule::medium,
                ) => BrokenKind::Declaration,
                _ => BrokenKind::Anything,
            },
        }
    }
}

/// Where the statement with this first word belongs, in words.
pub(super) fn home_of(word: &str) -> Option<Text> {
    let homes: [(Statements, Text); 6] = [
        (
            TOP,
            text!(
                "at the outermost level of a file",
                "au niveau le plus haut d'un fichier"
            ),
        ),
        (SCORE, text!("inside `score ... {{ }}`", "dans `score ... {{ }}`")),
        (
            CALENDAR,
            text!("inside `calendar ... {{ }}`", "dans `calendrier ... {{ }}`"),
        ),
        (
            SCENARIO,
            text!("inside `scenario ... {{ }}`", "dans `scénario ... {{ }}`"),
        ),
        (
            ACTS,
            text!(
                "inside the braces of a step or a level",
                "dans les accolades d'une étape ou d'un niveau"
            ),
        ),
        (
            CHARGES,
            text!("inside `charges ... {{ }}`", "dans `frais ... {{ }}`"),
        ),
    ];
    if begins(Rule::kw_step, word) {
        return Some(text!(
            "inside `courtesy {{ }}` of a scenario",
            "dans `prévenance {{ }}` d'un scénario"
        ));
    }
    if begins(Rule::kw_level, word) || begins(Rule::kw_then, word) {
        return Some(text!(
            "inside `dunning {{ }}` of a scenario",
            "dans `relance {{ }}` d'un scénario"
        ));
    }
    if begins(Rule::kw_given, word) {
        return Some(text!("inside `test ... {{ }}`", "dans `test ... {{ }}`"));
    }
    homes
        .into_iter()
        .find(|(list, _)| list.iter().any(|(keyword, _)| begins(*keyword, word)))
        .map(|(_, home)| home)
}

/// Is this the first word of a keyword, in one of the languages?
fn begins(rule: Rule, word: &str) -> bool {
    let word = plain(word);
    keyword(rule).is_some_and(|keyword| {
        keyword
            .en
            .iter()
            .chain(keyword.fr)
            .any(|s| plain(s).split([' ', '\'']).next() == Some(word.as_str()))
    })
}

fn spelled(rule: Rule, lang: Lang) -> &'static str {
    keyword(rule).and_then(|k| k.written(lang)).unwrap_or("")
}
