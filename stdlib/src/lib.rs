//! The standard library: calendars, charges, segments, scenarios and texts in our own language, embedded in the binary.
//!
//! Nothing is computed here: the crate is a table of files. `use std.france` in a rulebook makes the rules of that module part of
//! the rulebook, and its templates the ones that serve where the rulebook has none of its own. Every module gives all of them.

mod templates;

use templates::TEMPLATES;

/// A module that a rulebook can `use`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module {
    /// Its name, as `std.france`.
    pub name: &'static str,
    /// Rule files: path (starting with `std/`) and text.
    pub rules: &'static [(&'static str, &'static str)],
    /// Templates: file name, as `reminder.fr.firm.md`, and text.
    pub templates: &'static [(&'static str, &'static str)],
}

/// All modules, in alphabetical order.
pub fn modules() -> &'static [Module] {
    MODULES
}

/// The module of that name, as `std.france`.
pub fn module(name: &str) -> Option<&'static Module> {
    MODULES.iter().find(|module| module.name == name)
}

macro_rules! rules {
    ($($path:literal),* $(,)?) => {
        &[$((concat!("std/", $path), include_str!(concat!("../", $path)))),*]
    };
}

static MODULES: &[Module] = &[
    Module {
        name: "std.europe",
        rules: rules![
            "europe/belgium.relance",
            "europe/germany.relance",
            "europe/italy.relance",
            "europe/spain.relance",
            "europe/united_kingdom.relance",
        ],
        templates: TEMPLATES,
    },
    Module {
        name: "std.france",
        rules: rules!["france/calendar.relance", "france/charges.relance"],
        templates: TEMPLATES,
    },
    Module {
        name: "std.france_public",
        rules: rules!["france/public.relance"],
        templates: TEMPLATES,
    },
    Module {
        name: "std.scenarios",
        rules: rules![
            "scenarios/consumer.relance",
            "scenarios/export.relance",
            "scenarios/key_accounts.relance",
            "scenarios/public_sector.relance",
            "scenarios/small.relance",
            "scenarios/standard.relance",
        ],
        templates: &[],
    },
    Module {
        name: "std.segments",
        rules: rules!["segments/score.relance", "segments/segments.relance"],
        templates: &[],
    },
];
