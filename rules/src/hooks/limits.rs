//! What a hook may use up. All limits count what the script does, never the time on a clock: the same call gives the same result on
//! a slow machine, on a busy one and when a decision is replayed years later. That the worst script within them is quick enough is
//! measured (`docs/benchmarks.md`), and its memory is counted by a test.

use rhai::Engine;

/// Most operations of one call.
pub const OPERATIONS: u64 = 10_000;

/// Most calls within calls of a script's own functions.
pub const CALLS: usize = 16;

/// How deep statements and expressions may be nested.
pub const NESTING: usize = 32;

/// Longest text, in bytes, alone or all texts of one list or map together. (A list or map that is filled place by place is only looked at
/// when it is next read as a whole: until then the number of operations is what bounds it.)
pub const TEXT: usize = 6 * 1024;

/// Most values of a list, those of the lists within it included. What lists are made of is copied with them.
pub const LIST: usize = 100;

/// Most entries of a map, those of the maps within it included.
pub const MAP: usize = 50;

/// Most variables of one function at a time.
pub const VARIABLES: usize = 40;

/// Most functions of one file.
pub const FUNCTIONS: usize = 100;

/// Largest file, in bytes.
pub const FILE: usize = 64 * 1024;

/// Most effects of one call.
pub const EFFECTS: usize = 8;

/// Most characters of an input or an output that are kept with the reasons of a decision.
pub const KEPT: usize = 200;

/// What no script may say: what makes code of text, calls what is not written, hides that a limit was reached, or leads outside.
const FORBIDDEN: [&str; 14] = [
    "eval",
    "import",
    "export",
    "print",
    "debug",
    "Fn",
    "call",
    "curry",
    "try",
    "catch",
    "type_of",
    "is_def_var",
    "is_def_fn",
    "is_shared",
];

/// Sets all limits of an engine.
pub(super) fn set(engine: &mut Engine) {
    engine
        .set_max_operations(OPERATIONS)
        .set_max_call_levels(CALLS)
        .set_max_expr_depths(NESTING, NESTING)
        .set_max_string_size(TEXT)
        .set_max_array_size(LIST)
        .set_max_map_size(MAP)
        .set_max_variables(VARIABLES)
        .set_max_functions(FUNCTIONS)
        .set_max_strings_interned(0)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        .set_allow_anonymous_fn(false)
        .set_optimization_level(rhai::OptimizationLevel::None);
    for symbol in FORBIDDEN {
        engine.disable_symbol(symbol);
    }
}
