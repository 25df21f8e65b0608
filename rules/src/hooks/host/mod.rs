//! The functions that scripts can call: one table for the engines, the check, the reference and the definitions for editors. There
//! are no others. Each does work that is bounded by the size of what it is given, so that operations bound time.

mod amounts;
mod dates;
mod effects;
mod lists;
mod numbers;
mod operators;
mod texts;

use rhai::Engine;

pub use effects::Effect;
pub use operators::OPERATORS;

use super::profile::Profile;

/// A function of the host.
pub struct HostFunction {
    /// Its name.
    pub name: &'static str,
    /// The ways to call it, as `money(amount: number, currency: text) -> amount`.
    pub forms: &'static [&'static str],
    /// The kinds of hooks that have it.
    pub profiles: &'static [Profile],
    /// What it does, in English.
    pub doc: &'static str,
    /// What it does, in French.
    pub doc_fr: &'static str,
    install: fn(&mut Engine),
}

/// Every kind of hook.
const ALL: &[Profile] = &[
    Profile::Condition,
    Profile::Amount,
    Profile::Text,
    Profile::Effects,
];
/// Those that write texts.
const WRITING: &[Profile] = &[Profile::Text, Profile::Effects];
/// Those that give effects.
const ACTING: &[Profile] = &[Profile::Effects];

impl HostFunction {
    /// With how many values it can be called.
    pub fn arities(&self) -> impl Iterator<Item = usize> {
        self.forms.iter().map(|form| arity(form))
    }
}

/// How many parameters a form has.
fn arity(form: &str) -> usize {
    let parameters = form
        .split_once('(')
        .and_then(|(_, rest)| rest.rsplit_once(") ->"));
    parameters.map_or(0, |(list, _)| {
        list.split(',').filter(|p| !p.trim().is_empty()).count()
    })
}

/// All functions, in the order of the reference.
pub fn functions() -> impl Iterator<Item = &'static HostFunction> {
    let groups = [
        numbers::TABLE,
        amounts::TABLE,
        dates::TABLE,
        texts::TABLE,
        lists::TABLE,
        effects::TABLE,
    ];
    groups.into_iter().flatten()
}

/// Gives an engine the functions of its kind, and the operators.
pub(super) fn install(engine: &mut Engine, profile: Profile) {
    operators::install(engine);
    lists::walkable(engine);
    for function in functions().filter(|f| f.profiles.contains(&profile)) {
        (function.install)(engine);
    }
}
