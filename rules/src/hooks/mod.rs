//! Hooks: functions that integrators write in Rhai, in `hooks/*.rhai`, for what the language cannot say.
//!
//! A hook is pure. It is given facts of the one table that the rules read (`objects`, `snapshot`), calls the functions of `host` and no
//! others, and gives a value that is held against its declaration (`output`). There are no files, no clock, no chance, no way to
//! make code of text, and nothing that it does outlives the call. What it may use up is counted (`limits`). A hook that fails says why
//! (`failure`), and nothing is sent for its case.

mod calls;
mod check;
mod failure;
pub mod host;
pub mod limits;
mod objects;
mod output;
mod profile;
mod reference;
mod script;
mod snapshot;
mod syntax;

use std::sync::Arc;

use relance_dsl::checked::{CheckedRulebook, HookArgument, HookType};
use relance_dsl::diagnostic::Diagnostic;
use relance_dsl::span::{FileId, Span};

pub use calls::Calls;
pub(crate) use calls::{Given, failed, value};
pub use failure::HookFailure;
pub use host::Effect;
pub use objects::{OBJECTS, Property, properties};
pub use output::Output;
pub use profile::{PROFILES, Profile};
pub use reference::{definitions, reference};

use script::Script;
use snapshot::Plan;

/// Where a rulebook keeps its scripts.
const FOLDER: &str = "hooks/";

/// The hooks of a rulebook, ready to be called.
#[derive(Debug, Clone, Default)]
pub struct Hooks {
    scripts: Vec<Script>,
    /// By name.
    callable: Vec<Callable>,
}

/// A hook with its function.
#[derive(Debug, Clone)]
struct Callable {
    name: String,
    parameters: Vec<HookArgument>,
    gives: HookType,
    profile: Profile,
    /// The place of its script.
    script: usize,
    /// The facts that it can ask for.
    plan: Arc<Plan>,
    /// Where its function stands.
    span: Span,
}

impl Hooks {
    /// The hook of that name, with its place.
    fn find(&self, name: &str) -> Option<(usize, &Callable)> {
        let place = self
            .callable
            .binary_search_by(|c| c.name.as_str().cmp(name))
            .ok()?;
        Some((place, self.callable.get(place)?))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.callable.is_empty()
    }
}

/// Whether a file is read as a script of hooks.
pub fn is_script(path: &str) -> bool {
    path.starts_with(FOLDER) && path.ends_with(".rhai")
}

/// Whether a file is a script that stands where none is read.
pub fn is_misplaced_script(path: &str) -> bool {
    path.ends_with(".rhai") && !is_script(path)
}

/// The scripts of a rulebook that is being built.
#[derive(Default)]
pub(crate) struct Scripts {
    read: Vec<Script>,
    diagnostics: Vec<Diagnostic>,
}

impl Scripts {
    /// Reads a script.
    pub fn add(&mut self, path: &str, file: FileId, text: &str) {
        match script::read(path, file, text) {
            Ok(script) => self.read.push(script),
            Err(why) => self.diagnostics.push(check::unread(file, &why)),
        }
    }

    /// Notes a script that stands elsewhere.
    pub fn misplaced(&mut self, path: &str, file: FileId) {
        self.diagnostics.push(check::misplaced(file, path));
    }

    /// Holds them against the declarations, when there are any to be had.
    pub fn finish(mut self, rulebook: Option<&CheckedRulebook>) -> (Hooks, Vec<Diagnostic>) {
        // A function may stand in the file that could not be read.
        let unread = self
            .diagnostics
            .iter()
            .any(|d| d.code != relance_dsl::codes::SCRIPT_MISPLACED.code);
        let Some(rulebook) = rulebook.filter(|_| !unread) else {
            return (Hooks::default(), self.diagnostics);
        };
        let (hooks, found) = check::check(rulebook, self.read);
        self.diagnostics.extend(found);
        (hooks, self.diagnostics)
    }
}
