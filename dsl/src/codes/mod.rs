//! All diagnostic codes, one file each: what it says, why it is bad, what to write instead.
//!
//! `RL00..`: the text; `RL01..`: expressions; `RL02..`: segments; `RL03..`: the score; `RL04..`: settings of scenarios;
//! `RL05..`: steps; `RL06..`: templates and roles; `RL07..`: calendars and fields; `RL08..`: files and modules; `RL09..`: texts of
//! templates and files of the folder, told by the crates that know them; `RL10..`: tests; `RL11..`: scripts of hooks.

mod act_not_here;
mod anchor_missing;
mod approval_alone;
mod band_bound;
mod bands_out_of_order;
mod brace_not_closed;
mod brace_too_many;
mod calendar_cycle;
mod calendar_not_named;
mod charge_alone;
mod charged_consumer;
mod charges_missing;
mod comparison_in_words;
mod constant_condition;
mod contact_named_twice;
mod curly_quotes;
mod currency_missing;
mod currency_style;
mod date_style;
mod declared_twice;
mod duplicate_name;
mod duration_misplaced;
mod else_never;
mod endless_hold;
mod equals_sign;
mod event_twice;
mod fact_not_here;
mod file_too_large;
mod for_missing;
mod foreign_sign;
mod hook_arguments;
mod hook_type;
mod hyphen_in_name;
mod impossible_expectation;
mod language_missing;
mod language_not_fixed;
mod language_unreachable;
mod level_not_later;
mod level_number_missing;
mod level_out_of_order;
mod limit_out_of_bounds;
mod name_missing;
mod nested_too_deep;
mod never_open;
mod never_reached;
mod no_bands;
mod no_calendar;
mod no_order;
mod no_otherwise;
mod no_score;
mod no_segments;
mod no_such_day;
mod no_such_level;
mod not_a_condition;
mod not_a_department;
mod not_a_field;
mod not_a_list;
mod not_calculable;
mod not_carried_out;
mod not_of_invoices;
mod not_understood;
mod not_utf8;
mod notice_without_approval;
mod number_style;
mod opening_unknown;
mod other_language;
mod overlapping_segment;
mod page;
mod per_needs_number;
mod percent_missing;
mod period_out_of_bounds;
mod points_not_whole;
mod property_missing;
mod quote_not_closed;
mod quoted_name;
mod quoted_value;
mod rates_exclude;
mod rates_out_of_order;
mod reserved_name;
mod retry_out_of_bounds;
mod scenario_without_steps;
mod score_range;
mod script_function_twice;
mod script_loose_statement;
mod script_misplaced;
mod script_missing;
mod script_not_allowed;
mod script_not_understood;
mod script_parameters;
mod script_shadows_host;
mod script_unknown_call;
mod script_unknown_property;
mod script_unused;
mod script_wrong_value;
mod segment_served_twice;
mod setting_twice;
mod step_without_acts;
mod template_file_name;
mod template_head;
mod template_misplaced;
mod template_missing;
mod template_subject_missing;
mod template_unfit;
mod template_unknown_name;
mod template_word_missing;
mod test_without_expectation;
mod text_without_quotes;
mod time_style;
mod too_many_errors;
mod translation_missing;
mod types_differ;
mod unit_forgotten;
mod unknown_calendar;
mod unknown_category;
mod unknown_charge;
mod unknown_contact_role;
mod unknown_currency;
mod unknown_day;
mod unknown_edition;
mod unknown_fact;
mod unknown_grouping;
mod unknown_hook;
mod unknown_invoice;
mod unknown_language;
mod unknown_medium;
mod unknown_module;
mod unknown_outcome;
mod unknown_property;
mod unknown_role;
mod unknown_segment;
mod unknown_statement;
mod unknown_template;
mod unknown_tone;
mod unknown_unit;
mod unknown_value;
mod unknown_zone;
mod unreachable_segment;
mod unused_template;
mod value_of_a_field;
mod window_empty;
mod wrong_anchor;
mod wrong_place;
mod wrong_side_of_due;

pub use page::{document, page};

pub use act_not_here::ACT_NOT_HERE;
pub use anchor_missing::ANCHOR_MISSING;
pub use approval_alone::APPROVAL_ALONE;
pub use band_bound::BAND_BOUND;
pub use bands_out_of_order::BANDS_OUT_OF_ORDER;
pub use brace_not_closed::BRACE_NOT_CLOSED;
pub use brace_too_many::BRACE_TOO_MANY;
pub use calendar_cycle::CALENDAR_CYCLE;
pub use calendar_not_named::CALENDAR_NOT_NAMED;
pub use charge_alone::CHARGE_ALONE;
pub use charged_consumer::CHARGED_CONSUMER;
pub use charges_missing::CHARGES_MISSING;
pub use comparison_in_words::COMPARISON_IN_WORDS;
pub use constant_condition::CONSTANT_CONDITION;
pub use contact_named_twice::CONTACT_NAMED_TWICE;
pub use curly_quotes::CURLY_QUOTES;
pub use currency_missing::CURRENCY_MISSING;
pub use currency_style::CURRENCY_STYLE;
pub use date_style::DATE_STYLE;
pub use declared_twice::DECLARED_TWICE;
pub use duplicate_name::DUPLICATE_NAME;
pub use duration_misplaced::DURATION_MISPLACED;
pub use else_never::ELSE_NEVER;
pub use endless_hold::ENDLESS_HOLD;
pub use equals_sign::EQUALS_SIGN;
pub use event_twice::EVENT_TWICE;
pub use fact_not_here::FACT_NOT_HERE;
pub use file_too_large::FILE_TOO_LARGE;
pub use for_missing::FOR_MISSING;
pub use foreign_sign::FOREIGN_SIGN;
pub use hook_arguments::HOOK_ARGUMENTS;
pub use hook_type::HOOK_TYPE;
pub use hyphen_in_name::HYPHEN_IN_NAME;
pub use impossible_expectation::IMPOSSIBLE_EXPECTATION;
pub use language_missing::LANGUAGE_MISSING;
pub use language_not_fixed::LANGUAGE_NOT_FIXED;
pub use language_unreachable::LANGUAGE_UNREACHABLE;
pub use level_not_later::LEVEL_NOT_LATER;
pub use level_number_missing::LEVEL_NUMBER_MISSING;
pub use level_out_of_order::LEVEL_OUT_OF_ORDER;
pub use limit_out_of_bounds::LIMIT_OUT_OF_BOUNDS;
pub use name_missing::NAME_MISSING;
pub use nested_too_deep::NESTED_TOO_DEEP;
pub use never_open::NEVER_OPEN;
pub use never_reached::NEVER_REACHED;
pub use no_bands::NO_BANDS;
pub use no_calendar::NO_CALENDAR;
pub use no_order::NO_ORDER;
pub use no_otherwise::NO_OTHERWISE;
pub use no_score::NO_SCORE;
pub use no_segments::NO_SEGMENTS;
pub use no_such_day::NO_SUCH_DAY;
pub use no_such_level::NO_SUCH_LEVEL;
pub use not_a_condition::NOT_A_CONDITION;
pub use not_a_department::NOT_A_DEPARTMENT;
pub use not_a_field::NOT_A_FIELD;
pub use not_a_list::NOT_A_LIST;
pub use not_calculable::NOT_CALCULABLE;
pub use not_carried_out::NOT_CARRIED_OUT;
pub use not_of_invoices::NOT_OF_INVOICES;
pub use not_understood::NOT_UNDERSTOOD;
pub use not_utf8::NOT_UTF8;
pub use notice_without_approval::NOTICE_WITHOUT_APPROVAL;
pub use number_style::NUMBER_STYLE;
pub use opening_unknown::OPENING_UNKNOWN;
pub use other_language::OTHER_LANGUAGE;
pub use overlapping_segment::OVERLAPPING_SEGMENT;
pub use per_needs_number::PER_NEEDS_NUMBER;
pub use percent_missing::PERCENT_MISSING;
pub use period_out_of_bounds::PERIOD_OUT_OF_BOUNDS;
pub use points_not_whole::POINTS_NOT_WHOLE;
pub use property_missing::PROPERTY_MISSING;
pub use quote_not_closed::QUOTE_NOT_CLOSED;
pub use quoted_name::QUOTED_NAME;
pub use quoted_value::QUOTED_VALUE;
pub use rates_exclude::RATES_EXCLUDE;
pub use rates_out_of_order::RATES_OUT_OF_ORDER;
pub use reserved_name::RESERVED_NAME;
pub use retry_out_of_bounds::RETRY_OUT_OF_BOUNDS;
pub use scenario_without_steps::SCENARIO_WITHOUT_STEPS;
pub use score_range::SCORE_RANGE;
pub use script_function_twice::SCRIPT_FUNCTION_TWICE;
pub use script_loose_statement::SCRIPT_LOOSE_STATEMENT;
pub use script_misplaced::SCRIPT_MISPLACED;
pub use script_missing::SCRIPT_MISSING;
pub use script_not_allowed::SCRIPT_NOT_ALLOWED;
pub use script_not_understood::SCRIPT_NOT_UNDERSTOOD;
pub use script_parameters::SCRIPT_PARAMETERS;
pub use script_shadows_host::SCRIPT_SHADOWS_HOST;
pub use script_unknown_call::SCRIPT_UNKNOWN_CALL;
pub use script_unknown_property::SCRIPT_UNKNOWN_PROPERTY;
pub use script_unused::SCRIPT_UNUSED;
pub use script_wrong_value::SCRIPT_WRONG_VALUE;
pub use segment_served_twice::SEGMENT_SERVED_TWICE;
pub use setting_twice::SETTING_TWICE;
pub use step_without_acts::STEP_WITHOUT_ACTS;
pub use template_file_name::TEMPLATE_FILE_NAME;
pub use template_head::TEMPLATE_HEAD;
pub use template_misplaced::TEMPLATE_MISPLACED;
pub use template_missing::TEMPLATE_MISSING;
pub use template_subject_missing::TEMPLATE_SUBJECT_MISSING;
pub use template_unfit::TEMPLATE_UNFIT;
pub use template_unknown_name::TEMPLATE_UNKNOWN_NAME;
pub use template_word_missing::TEMPLATE_WORD_MISSING;
pub use test_without_expectation::TEST_WITHOUT_EXPECTATION;
pub use text_without_quotes::TEXT_WITHOUT_QUOTES;
pub use time_style::TIME_STYLE;
pub use too_many_errors::TOO_MANY_ERRORS;
pub use translation_missing::TRANSLATION_MISSING;
pub use types_differ::TYPES_DIFFER;
pub use unit_forgotten::UNIT_FORGOTTEN;
pub use unknown_calendar::UNKNOWN_CALENDAR;
pub use unknown_category::UNKNOWN_CATEGORY;
pub use unknown_charge::UNKNOWN_CHARGE;
pub use unknown_contact_role::UNKNOWN_CONTACT_ROLE;
pub use unknown_currency::UNKNOWN_CURRENCY;
pub use unknown_day::UNKNOWN_DAY;
pub use unknown_edition::UNKNOWN_EDITION;
pub use unknown_fact::UNKNOWN_FACT;
pub use unknown_grouping::UNKNOWN_GROUPING;
pub use unknown_hook::UNKNOWN_HOOK;
pub use unknown_invoice::UNKNOWN_INVOICE;
pub use unknown_language::UNKNOWN_LANGUAGE;
pub use unknown_medium::UNKNOWN_MEDIUM;
pub use unknown_module::UNKNOWN_MODULE;
pub use unknown_outcome::UNKNOWN_OUTCOME;
pub use unknown_property::UNKNOWN_PROPERTY;
pub use unknown_role::UNKNOWN_ROLE;
pub use unknown_segment::UNKNOWN_SEGMENT;
pub use unknown_statement::UNKNOWN_STATEMENT;
pub use unknown_template::UNKNOWN_TEMPLATE;
pub use unknown_tone::UNKNOWN_TONE;
pub use unknown_unit::UNKNOWN_UNIT;
pub use unknown_value::UNKNOWN_VALUE;
pub use unknown_zone::UNKNOWN_ZONE;
pub use unreachable_segment::UNREACHABLE_SEGMENT;
pub use unused_template::UNUSED_TEMPLATE;
pub use value_of_a_field::VALUE_OF_A_FIELD;
pub use window_empty::WINDOW_EMPTY;
pub use wrong_anchor::WRONG_ANCHOR;
pub use wrong_place::WRONG_PLACE;
pub use wrong_side_of_due::WRONG_SIDE_OF_DUE;

/// Words of a page in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// In English.
    pub en: &'static str,
    /// In French.
    pub fr: &'static str,
}

impl Words {
    const fn new(en: &'static str, fr: &'static str) -> Self {
        Self { en, fr }
    }
}

/// A diagnostic code and its documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Stable, as `RL0101`; never used again for something else.
    pub code: &'static str,
    /// A few words.
    pub title: Words,
    /// What it says.
    pub what: Words,
    /// Why it is bad.
    pub why: Words,
    /// An example that is reported, in English.
    pub bad: &'static str,
    /// The same, put right.
    pub good: &'static str,
}

/// All codes, in order.
pub const ALL: &[Code] = &[
    FILE_TOO_LARGE,
    NESTED_TOO_DEEP,
    NOT_UNDERSTOOD,
    BRACE_NOT_CLOSED,
    BRACE_TOO_MANY,
    QUOTE_NOT_CLOSED,
    CURLY_QUOTES,
    UNIT_FORGOTTEN,
    ANCHOR_MISSING,
    EQUALS_SIGN,
    FOREIGN_SIGN,
    OTHER_LANGUAGE,
    NUMBER_STYLE,
    CURRENCY_STYLE,
    DATE_STYLE,
    TIME_STYLE,
    UNKNOWN_STATEMENT,
    WRONG_PLACE,
    NAME_MISSING,
    LEVEL_NUMBER_MISSING,
    FOR_MISSING,
    TEMPLATE_WORD_MISSING,
    QUOTED_NAME,
    HYPHEN_IN_NAME,
    COMPARISON_IN_WORDS,
    TOO_MANY_ERRORS,
    PERIOD_OUT_OF_BOUNDS,
    UNKNOWN_UNIT,
    UNKNOWN_DAY,
    CALENDAR_NOT_NAMED,
    UNKNOWN_GROUPING,
    CURRENCY_MISSING,
    UNKNOWN_FACT,
    FACT_NOT_HERE,
    TYPES_DIFFER,
    NO_ORDER,
    NOT_A_CONDITION,
    UNKNOWN_VALUE,
    UNKNOWN_CURRENCY,
    NOT_CALCULABLE,
    NOT_A_LIST,
    QUOTED_VALUE,
    TEXT_WITHOUT_QUOTES,
    PERCENT_MISSING,
    CONSTANT_CONDITION,
    NO_SCORE,
    DURATION_MISPLACED,
    UNKNOWN_HOOK,
    HOOK_ARGUMENTS,
    HOOK_TYPE,
    NOT_OF_INVOICES,
    DUPLICATE_NAME,
    DECLARED_TWICE,
    NO_SEGMENTS,
    UNREACHABLE_SEGMENT,
    NO_OTHERWISE,
    UNKNOWN_SEGMENT,
    SEGMENT_SERVED_TWICE,
    OVERLAPPING_SEGMENT,
    SCORE_RANGE,
    BANDS_OUT_OF_ORDER,
    BAND_BOUND,
    NO_BANDS,
    PER_NEEDS_NUMBER,
    POINTS_NOT_WHOLE,
    LANGUAGE_MISSING,
    LANGUAGE_NOT_FIXED,
    UNKNOWN_LANGUAGE,
    LANGUAGE_UNREACHABLE,
    SETTING_TWICE,
    UNKNOWN_TONE,
    UNKNOWN_CALENDAR,
    WINDOW_EMPTY,
    UNKNOWN_ZONE,
    UNKNOWN_CONTACT_ROLE,
    CONTACT_NAMED_TWICE,
    LIMIT_OUT_OF_BOUNDS,
    NO_SUCH_LEVEL,
    SCENARIO_WITHOUT_STEPS,
    ENDLESS_HOLD,
    LEVEL_OUT_OF_ORDER,
    WRONG_ANCHOR,
    WRONG_SIDE_OF_DUE,
    LEVEL_NOT_LATER,
    NO_CALENDAR,
    STEP_WITHOUT_ACTS,
    RESERVED_NAME,
    CHARGED_CONSUMER,
    NOTICE_WITHOUT_APPROVAL,
    NEVER_REACHED,
    ACT_NOT_HERE,
    EVENT_TWICE,
    UNKNOWN_OUTCOME,
    RETRY_OUT_OF_BOUNDS,
    APPROVAL_ALONE,
    CHARGE_ALONE,
    ELSE_NEVER,
    OPENING_UNKNOWN,
    UNKNOWN_TEMPLATE,
    TEMPLATE_MISSING,
    UNKNOWN_ROLE,
    UNKNOWN_MEDIUM,
    UNKNOWN_CHARGE,
    CHARGES_MISSING,
    UNKNOWN_CATEGORY,
    RATES_OUT_OF_ORDER,
    NOT_A_DEPARTMENT,
    RATES_EXCLUDE,
    CALENDAR_CYCLE,
    NO_SUCH_DAY,
    NEVER_OPEN,
    NOT_A_FIELD,
    VALUE_OF_A_FIELD,
    UNKNOWN_MODULE,
    UNKNOWN_EDITION,
    TEMPLATE_HEAD,
    TEMPLATE_UNFIT,
    TEMPLATE_UNKNOWN_NAME,
    TEMPLATE_SUBJECT_MISSING,
    TEMPLATE_FILE_NAME,
    NOT_CARRIED_OUT,
    UNUSED_TEMPLATE,
    TEMPLATE_MISPLACED,
    NOT_UTF8,
    TRANSLATION_MISSING,
    TEST_WITHOUT_EXPECTATION,
    UNKNOWN_PROPERTY,
    PROPERTY_MISSING,
    UNKNOWN_INVOICE,
    IMPOSSIBLE_EXPECTATION,
    SCRIPT_NOT_UNDERSTOOD,
    SCRIPT_MISSING,
    SCRIPT_PARAMETERS,
    SCRIPT_FUNCTION_TWICE,
    SCRIPT_UNKNOWN_CALL,
    SCRIPT_UNKNOWN_PROPERTY,
    SCRIPT_NOT_ALLOWED,
    SCRIPT_SHADOWS_HOST,
    SCRIPT_LOOSE_STATEMENT,
    SCRIPT_UNUSED,
    SCRIPT_MISPLACED,
    SCRIPT_WRONG_VALUE,
];

/// The code with this number, as `RL0101`.
pub fn find(code: &str) -> Option<&'static Code> {
    ALL.iter().find(|c| c.code == code)
}
