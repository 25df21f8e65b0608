//! All diagnostic codes, one file each: what it says, why it is bad, what to write instead.
//!
//! `RL00..`: the text; `RL01..`: expressions; `RL02..`: segments; `RL03..`: the score; `RL04..`: settings of scenarios;
//! `RL05..`: steps; `RL06..`: templates and roles; `RL07..`: calendars; `RL08..`: files and modules.

mod anchor_missing;
mod brace_not_closed;
mod brace_too_many;
mod calendar_not_named;
mod comparison_in_words;
mod curly_quotes;
mod currency_missing;
mod currency_style;
mod date_style;
mod equals_sign;
mod file_too_large;
mod for_missing;
mod foreign_sign;
mod french_file;
mod french_word;
mod hyphen_in_name;
mod level_number_missing;
mod name_missing;
mod nested_too_deep;
mod not_available;
mod not_understood;
mod number_style;
mod period_out_of_bounds;
mod quote_not_closed;
mod quoted_name;
mod template_word_missing;
mod time_style;
mod too_many_errors;
mod unit_forgotten;
mod unknown_day;
mod unknown_grouping;
mod unknown_statement;
mod unknown_unit;
mod wrong_place;

pub use anchor_missing::ANCHOR_MISSING;
pub use brace_not_closed::BRACE_NOT_CLOSED;
pub use brace_too_many::BRACE_TOO_MANY;
pub use calendar_not_named::CALENDAR_NOT_NAMED;
pub use comparison_in_words::COMPARISON_IN_WORDS;
pub use curly_quotes::CURLY_QUOTES;
pub use currency_missing::CURRENCY_MISSING;
pub use currency_style::CURRENCY_STYLE;
pub use date_style::DATE_STYLE;
pub use equals_sign::EQUALS_SIGN;
pub use file_too_large::FILE_TOO_LARGE;
pub use for_missing::FOR_MISSING;
pub use foreign_sign::FOREIGN_SIGN;
pub use french_file::FRENCH_FILE;
pub use french_word::FRENCH_WORD;
pub use hyphen_in_name::HYPHEN_IN_NAME;
pub use level_number_missing::LEVEL_NUMBER_MISSING;
pub use name_missing::NAME_MISSING;
pub use nested_too_deep::NESTED_TOO_DEEP;
pub use not_available::NOT_AVAILABLE;
pub use not_understood::NOT_UNDERSTOOD;
pub use number_style::NUMBER_STYLE;
pub use period_out_of_bounds::PERIOD_OUT_OF_BOUNDS;
pub use quote_not_closed::QUOTE_NOT_CLOSED;
pub use quoted_name::QUOTED_NAME;
pub use template_word_missing::TEMPLATE_WORD_MISSING;
pub use time_style::TIME_STYLE;
pub use too_many_errors::TOO_MANY_ERRORS;
pub use unit_forgotten::UNIT_FORGOTTEN;
pub use unknown_day::UNKNOWN_DAY;
pub use unknown_grouping::UNKNOWN_GROUPING;
pub use unknown_statement::UNKNOWN_STATEMENT;
pub use unknown_unit::UNKNOWN_UNIT;
pub use wrong_place::WRONG_PLACE;

/// A diagnostic code and its documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Stable, as `RL0101`; never used again for something else.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What it says.
    pub what: &'static str,
    /// Why it is bad.
    pub why: &'static str,
    /// An example that is reported.
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
    FRENCH_WORD,
    FRENCH_FILE,
    NOT_AVAILABLE,
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
];

/// The code with this number, as `RL0101`.
pub fn find(code: &str) -> Option<&'static Code> {
    ALL.iter().find(|c| c.code == code)
}
