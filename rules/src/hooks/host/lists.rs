//! Lists, and what texts and lists have in common.

use std::ops::{Range, RangeInclusive};

use relance_dsl::text;
use rhai::{Array, Dynamic, Engine, INT, ImmutableString, Map};

use super::{ALL, HostFunction};
use crate::hooks::failure::{Given, fault};
use crate::hooks::limits::LIST;
use crate::hooks::objects::Invoices;

pub(super) const TABLE: &[HostFunction] = &[
    HostFunction {
        name: "len",
        forms: &[
            "len(text: text) -> whole",
            "len(list: list) -> whole",
            "len(invoices: invoices) -> whole",
        ],
        profiles: ALL,
        doc: "How many characters a text has, how many values a list, how many invoices.",
        doc_fr: "Combien de caractères a un texte, de valeurs une liste, combien de factures.",
        install: |engine: &mut Engine| {
            engine
                .register_fn("len", |text: &str| length(text.chars().count()))
                .register_fn("len", |list: &mut Array| length(list.len()))
                .register_fn("len", |invoices: &mut Invoices| length(invoices.0.len()));
        },
    },
    HostFunction {
        name: "contains",
        forms: &[
            "contains(text: text, part: text) -> bool",
            "contains(list: list, value: any) -> bool",
            "contains(map: map, key: text) -> bool",
        ],
        profiles: ALL,
        doc: "Whether a text has this part, a list this text, number or yes or no, a map this key. `\"vip\" in customer.tags` asks the same.",
        doc_fr: "Si un texte a cette partie, une liste ce texte, ce nombre ou ce oui ou non, un tableau cette clé. `\"vip\" in customer.tags` demande la même chose.",
        install: |engine: &mut Engine| {
            engine
                .register_fn("contains", |text: &str, part: &str| text.contains(part))
                .register_fn("contains", |map: &mut Map, key: &str| map.contains_key(key))
                .register_fn("contains", |list: &mut Array, value: Dynamic| {
                    list.iter().any(|one| same(one, &value))
                });
        },
    },
    HostFunction {
        name: "push",
        forms: &["push(list: list, value: any) -> ()"],
        profiles: ALL,
        doc: "Adds a value at the end of a list, which has at most 100.",
        doc_fr: "Ajoute une valeur à la fin d'une liste, qui en a 100 au plus.",
        install: |engine: &mut Engine| {
            engine.register_fn("push", |list: &mut Array, value: Dynamic| -> Given<()> {
                if list.len() >= LIST {
                    return fault(text!(
                        "a list has at most {LIST} values",
                        "une liste a au plus {LIST} valeurs"
                    ));
                }
                list.push(value);
                Ok(())
            });
        },
    },
    HostFunction {
        name: "known",
        forms: &["known(value: any) -> bool"],
        profiles: ALL,
        doc: "Whether a fact is known: it is not `()`.",
        doc_fr: "Si un fait est connu : il ne vaut pas `()`.",
        install: |engine: &mut Engine| {
            engine.register_fn("known", |value: Dynamic| !value.is_unit());
        },
    },
];

fn length(count: usize) -> INT {
    INT::try_from(count).unwrap_or(INT::MAX)
}

/// Plain values that are the same.
fn same(a: &Dynamic, b: &Dynamic) -> bool {
    match (a.read_lock::<ImmutableString>(), b.read_lock::<ImmutableString>()) {
        (Some(a), Some(b)) => return *a == *b,
        (None, None) => {}
        _ => return false,
    }
    match (a.as_int(), b.as_int()) {
        (Ok(a), Ok(b)) => return a == b,
        (Err(_), Err(_)) => {}
        _ => return false,
    }
    match (a.as_decimal(), b.as_decimal()) {
        (Ok(a), Ok(b)) => return a == b,
        (Err(_), Err(_)) => {}
        _ => return false,
    }
    matches!((a.as_bool(), b.as_bool()), (Ok(a), Ok(b)) if a == b)
}

/// What `for` can walk over.
pub(super) fn walkable(engine: &mut Engine) {
    engine
        .register_iterator::<Array>()
        .register_iterator::<Range<INT>>()
        .register_iterator::<RangeInclusive<INT>>();
}
