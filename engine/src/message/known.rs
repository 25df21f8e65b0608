//! What templates can use: parts of values, filters, tests, functions.

use minijinja::ErrorKind;
use minijinja::value::{Value, ValueKind};

use super::environment::environment;

/// MiniJinja's own filters and tests, as far as they help to tell what could have been meant.
const FILTERS: &[&str] = &[
    "money",
    "date",
    "plural",
    "lower",
    "upper",
    "title",
    "replace",
    "length",
    "count",
    "items",
    "reverse",
    "trim",
    "join",
    "split",
    "default",
    "round",
    "abs",
    "int",
    "first",
    "last",
    "min",
    "max",
    "sort",
    "list",
    "slice",
    "sum",
    "indent",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "map",
    "groupby",
    "unique",
    "format",
    "capitalize",
];
const TESTS: &[&str] = &[
    "defined",
    "undefined",
    "none",
    "odd",
    "even",
    "number",
    "string",
    "sequence",
    "mapping",
    "true",
    "false",
    "in",
    "startingwith",
    "endingwith",
    "divisibleby",
];

/// Whether there is a filter of this name. MiniJinja tells only whoever uses it.
pub(super) fn is_filter(name: &str) -> bool {
    let tried = environment().empty_state().apply_filter(name, &[]);
    tried.map_or_else(|error| error.kind() != ErrorKind::UnknownFilter, |_| true)
}

/// Whether there is a test of this name.
pub(super) fn is_test(name: &str) -> bool {
    let tried = environment().empty_state().perform_test(name, &[]);
    tried.map_or_else(|error| error.kind() != ErrorKind::UnknownTest, |_| true)
}

/// Filters that can have been meant.
pub(super) fn filters() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().copied().filter(|name| is_filter(name))
}

/// Tests that can have been meant.
pub(super) fn tests() -> impl Iterator<Item = &'static str> {
    TESTS.iter().copied().filter(|name| is_test(name))
}

/// Functions.
pub(super) fn globals<'a>() -> impl Iterator<Item = &'a str> {
    environment().globals().map(|(name, _)| name)
}

/// A part of a value, when it has it.
pub(super) fn attribute(value: &Value, name: &str) -> Option<Value> {
    value.get_attr(name).ok().filter(|part| !part.is_undefined())
}

/// The names of the parts of a value.
pub(super) fn keys(value: &Value) -> Vec<String> {
    if value.kind() != ValueKind::Map {
        return Vec::new();
    }
    let keys = value.try_iter().into_iter().flatten();
    let mut keys: Vec<String> = keys.map(|key| key.to_string()).collect();
    keys.sort();
    keys
}

/// What stands in a list.
pub(super) fn first(list: &Value) -> Option<Value> {
    if !matches!(list.kind(), ValueKind::Seq | ValueKind::Iterable) {
        return None;
    }
    list.try_iter().ok()?.next()
}

/// What is known of a value after a filter.
pub(super) fn filtered(filter: &str, value: Option<Value>) -> Option<Value> {
    match filter {
        "sort" | "reverse" | "unique" | "list" | "select" | "reject" | "selectattr" | "rejectattr" => value,
        "first" | "last" | "min" | "max" => value.and_then(|list| first(&list)),
        _ => None,
    }
}
