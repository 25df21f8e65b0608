//! What each module of the standard library would bring, so that a forgotten `use` can be told.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use relance_dsl::ast::Item;
use relance_dsl::parse::parse;
use relance_dsl::span::FileId;
use relance_dsl::vocabulary::Offer;
use relance_stdlib::Module;

/// What the modules bring, in their order; read once, the library is part of the program.
pub(super) fn offers() -> &'static [Offer] {
    static OFFERS: OnceLock<Vec<Offer>> = OnceLock::new();
    OFFERS.get_or_init(|| relance_stdlib::modules().iter().map(offer).collect())
}

fn offer(module: &Module) -> Offer {
    let mut offer = Offer {
        module: module.name.to_owned(),
        ..Offer::default()
    };
    for (_, text) in module.rules {
        let (tree, _) = parse(FileId(0), text);
        for item in &tree.items {
            match item {
                Item::Calendar(calendar) => offer.calendars.push(calendar.declared.name.value.clone()),
                Item::Charges(charges) => offer.charges.push(charges.declared.name.value.clone()),
                _ => {}
            }
        }
    }
    let names: BTreeSet<&str> = module
        .templates
        .iter()
        .filter_map(|(file, _)| file.split('.').next())
        .collect();
    offer.templates = names.into_iter().map(str::to_owned).collect();
    offer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_and_the_templates_of_france_are_offered() {
        let france = offers().iter().find(|o| o.module == "std.france").unwrap();
        assert!(france.calendars.iter().any(|c| c == "france"));
        assert!(france.templates.iter().any(|t| t == "reminder"));
    }
}
