//! MiniJinja as templates see it: nothing of the machine, a bounded number of steps, unknown names are errors.

use std::sync::OnceLock;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior};
use relance_rules::dsl::text;

use super::markdown;
use super::table::table;
use super::trouble::refused;
use super::values::{Amount, Day, language};

/// Steps that one template may take: some hundred invoices with all that can be said about each.
const FUEL: u64 = 200_000;
/// Names of the two templates of a file: values are escaped for Markdown in the second only.
const SUBJECT: &str = "subject";
const BODY: &str = "body";

/// The one environment: it holds no template and no state.
pub(super) fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(64);
        environment.set_auto_escape_callback(|name| match name {
            SUBJECT => AutoEscape::None,
            _ => AutoEscape::Custom("markdown".into()),
        });
        environment.set_formatter(format);
        // Values are always escaped, and a template keeps no state that could grow without bound.
        for filter in ["safe", "escape", "e", "tojson", "pprint"] {
            environment.remove_filter(filter);
        }
        for function in ["namespace", "debug"] {
            environment.remove_global(function);
        }
        environment.add_function("table", table);
        environment.add_filter("money", money);
        environment.add_filter("date", date);
        environment.add_filter("plural", plural);
        environment
    })
}

/// Fills in a subject: one line.
pub(super) fn subject(source: &str, names: &Value) -> Result<String, Error> {
    let text = environment().render_named_str(SUBJECT, source, names.clone())?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Fills in a body: Markdown.
pub(super) fn body(source: &str, names: &Value) -> Result<String, Error> {
    environment().render_named_str(BODY, source, names.clone())
}

fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let escape = !matches!(state.auto_escape(), AutoEscape::None) && !value.is_safe();
    let text = value.to_string();
    let written = if escape {
        out.write_str(&markdown::escaped(&text))
    } else {
        out.write_str(&text)
    };
    written.map_err(Error::from)
}

fn money(value: Value) -> Result<Value, Error> {
    if value.downcast_object_ref::<Amount>().is_some() {
        return Ok(value);
    }
    Err(refused(text!(
        "`money` takes an amount, as in `invoice.balance | money`",
        "`money` prend un montant, comme dans `invoice.balance | money`"
    )))
}

fn date(value: Value) -> Result<Value, Error> {
    if value.downcast_object_ref::<Day>().is_some() {
        return Ok(value);
    }
    Err(refused(text!(
        "`date` takes a day, as in `invoice.due | date`",
        "`date` prend un jour, comme dans `invoice.due | date`"
    )))
}

/// The form for a count, in the message's language.
fn plural(state: &mut State<'_, '_>, count: i64, one: String, many: String) -> String {
    if language(state).is_singular(count) {
        one
    } else {
        many
    }
}
