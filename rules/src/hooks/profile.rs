//! What the four kinds of hooks can do.

use std::sync::LazyLock;

use relance_dsl::checked::HookType;
use rhai::Engine;

use super::{host, limits, objects};

/// A kind of hook, by what it gives. Each has an engine of its own: what a kind may not do does not exist in its engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Yes or no.
    Condition,
    /// A whole number, number, percentage or amount.
    Amount,
    /// A text.
    Text,
    /// Effects.
    Effects,
}

/// All kinds.
pub const PROFILES: [Profile; 4] = [
    Profile::Condition,
    Profile::Amount,
    Profile::Text,
    Profile::Effects,
];

impl Profile {
    /// The kind of a hook that gives this.
    pub fn of(gives: &HookType) -> Self {
        match gives {
            HookType::YesNo => Self::Condition,
            HookType::Whole(_) | HookType::Number(_) | HookType::Percent | HookType::Amount => Self::Amount,
            HookType::Text => Self::Text,
            HookType::Effects => Self::Effects,
        }
    }

    /// The engine for hooks of this kind. Engines are the same for all rulebooks, hold nothing of any call, and are made once.
    pub(super) fn engine(self) -> &'static Engine {
        static ENGINES: LazyLock<[Engine; 4]> = LazyLock::new(|| PROFILES.map(made));
        let [condition, amount, text, effects] = &*ENGINES;
        match self {
            Self::Condition => condition,
            Self::Amount => amount,
            Self::Text => text,
            Self::Effects => effects,
        }
    }
}

fn made(profile: Profile) -> Engine {
    let mut engine = Engine::new_raw();
    limits::set(&mut engine);
    objects::install(&mut engine);
    host::install(&mut engine, profile);
    engine
}
