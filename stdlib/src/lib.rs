//! The standard library: calendars and texts in our own language, embedded in the binary.
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

static MODULES: &[Module] = &[
    Module {
        name: "std.europe",
        rules: &[
            (
                "std/europe/belgium.relance",
                include_str!("../europe/belgium.relance"),
            ),
            (
                "std/europe/germany.relance",
                include_str!("../europe/germany.relance"),
            ),
            (
                "std/europe/italy.relance",
                include_str!("../europe/italy.relance"),
            ),
            (
                "std/europe/spain.relance",
                include_str!("../europe/spain.relance"),
            ),
            (
                "std/europe/united_kingdom.relance",
                include_str!("../europe/united_kingdom.relance"),
            ),
        ],
        templates: TEMPLATES,
    },
    Module {
        name: "std.france",
        rules: &[(
            "std/france/calendar.relance",
            include_str!("../france/calendar.relance"),
        )],
        templates: TEMPLATES,
    },
];
