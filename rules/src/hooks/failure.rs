//! Why a hook could not be carried out.

use relance_dsl::lang::Text;
use relance_dsl::text;
use rhai::{Dynamic, EvalAltResult, Position};
use serde::{Deserialize, Serialize};

use super::limits;

/// A hook that failed: nothing is sent for its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookFailure {
    /// Its name.
    pub hook: String,
    /// The file of the script, relative to the rulebook folder; the file of the declaration when there is none.
    pub file: String,
    /// The line in it, from 1; 0 when no line can be told.
    pub line: u32,
    /// What went wrong.
    pub message: Text,
}

/// What a function of the host found wrong, on its way through the engine.
#[derive(Debug, Clone)]
pub(super) struct Fault(pub Text);

/// What functions of the host give.
pub(super) type Given<T> = Result<T, Box<EvalAltResult>>;

/// Something is wrong with what a script asks of the host.
pub(super) fn fault<T>(why: Text) -> Given<T> {
    Err(EvalAltResult::ErrorRuntime(Dynamic::from(Fault(why)), Position::NONE).into())
}

/// What went wrong, and in which line of the script.
pub(super) fn told(error: &EvalAltResult) -> (Text, u32) {
    let inner = error.unwrap_inner();
    let line = inner.position().line().or(error.position().line()).unwrap_or(0);
    (words(inner), u32::try_from(line).unwrap_or(u32::MAX))
}

fn words(error: &EvalAltResult) -> Text {
    match error {
        EvalAltResult::ErrorRuntime(value, _) => thrown(value),
        EvalAltResult::ErrorTooManyOperations(_) => {
            let most = limits::OPERATIONS;
            text!(
                "more than {most} operations: does a loop not end?",
                "plus de {most} opérations : une boucle ne finit-elle pas ?"
            )
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            let most = limits::CALLS;
            text!(
                "more than {most} calls within calls: does a function call itself without end?",
                "plus de {most} appels imbriqués : une fonction s'appelle-t-elle sans fin ?"
            )
        }
        EvalAltResult::ErrorTooManyVariables(_) => {
            let most = limits::VARIABLES;
            text!("more than {most} variables", "plus de {most} variables")
        }
        EvalAltResult::ErrorDataTooLarge(..) => {
            let (text, list, map) = (limits::TEXT, limits::LIST, limits::MAP);
            text!(
                "a value is too large: a text has at most {text} bytes, a list {list} values, a map {map} entries",
                "une valeur est trop grande : un texte a au plus {text} octets, une liste {list} valeurs, un tableau {map} entrées"
            )
        }
        EvalAltResult::ErrorFunctionNotFound(called, _) if with_unknown(called) => text!(
            "`{called}`: a fact that is not known, `()`, is calculated with; ask `known(...)` first",
            "`{called}` : un fait inconnu, `()`, entre dans un calcul ; demandez d'abord `known(...)`"
        ),
        EvalAltResult::ErrorFunctionNotFound(called, _) => text!(
            "`{called}` cannot be done with values of these types",
            "`{called}` est impossible avec des valeurs de ces types"
        ),
        EvalAltResult::ErrorPropertyNotFound(name, _) => text!(
            "there is no property `{name}`",
            "il n'y a pas de propriété `{name}`"
        ),
        EvalAltResult::ErrorDotExpr(what, _) if what.contains("writable") => text!(
            "facts and effects cannot be changed: a hook gives back what it wants",
            "les faits et les effets ne peuvent pas être modifiés : une fonction rend ce qu'elle veut"
        ),
        EvalAltResult::ErrorDotExpr(what, _) => text!(
            "a property cannot be read here: {what}",
            "une propriété ne peut pas être lue ici : {what}"
        ),
        EvalAltResult::ErrorVariableNotFound(name, _) => text!(
            "there is no variable `{name}`",
            "il n'y a pas de variable `{name}`"
        ),
        EvalAltResult::ErrorArrayBounds(..) | EvalAltResult::ErrorStringBounds(..) => text!(
            "there is nothing at this place of the list or text",
            "il n'y a rien à cette place de la liste ou du texte"
        ),
        EvalAltResult::ErrorMismatchDataType(wanted, actual, _)
        | EvalAltResult::ErrorMismatchOutputType(wanted, actual, _) => text!(
            "`{wanted}` is needed here, not `{actual}`",
            "il faut ici `{wanted}`, et non `{actual}`"
        ),
        EvalAltResult::ErrorArithmetic(what, _) if what.contains("by zero") => division_by_zero(),
        EvalAltResult::ErrorArithmetic(what, _) => text!(
            "this cannot be calculated: {what}",
            "ce calcul est impossible : {what}"
        ),
        other => {
            let mut other = other.to_string();
            other.truncate(other.floor_char_boundary(limits::KEPT));
            text!("{other}", "{other} (message de Rhai)")
        }
    }
}

/// Whether a call that there is not, as Rhai writes it (`+ ((), i64)`), has a value that is not known.
fn with_unknown(called: &str) -> bool {
    let values = called
        .split_once(" (")
        .and_then(|(_, rest)| rest.strip_suffix(')'));
    values.is_some_and(|values| values.split(", ").any(|value| value == "()"))
}

/// Why there is no result.
pub(super) fn division_by_zero() -> Text {
    text!(
        "this would divide by zero: ask before whether it is 0",
        "ce serait une division par zéro : vérifiez d'abord que ce n'est pas 0"
    )
}

/// What a script itself threw, or a function of the host found.
fn thrown(value: &Dynamic) -> Text {
    if let Some(Fault(why)) = value.read_lock::<Fault>().as_deref() {
        return why.clone();
    }
    let mut said = value.to_string();
    said.truncate(said.floor_char_boundary(limits::KEPT));
    text!("the script says: {said}", "le script dit : {said}")
}
