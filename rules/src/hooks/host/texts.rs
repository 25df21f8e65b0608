//! Texts.

use relance_dsl::money::Money;
use relance_dsl::text;
use rhai::{Array, Dynamic, Engine, INT, ImmutableString, Map};
use rust_decimal::Decimal;

use super::{ALL, HostFunction, WRITING};
use crate::hooks::failure::{Given, fault};
use crate::hooks::limits::{LIST, TEXT};
use crate::hooks::objects::Day;
use crate::words::{self, Language};

pub(super) const TABLE: &[HostFunction] = &[
    HostFunction {
        name: "starts_with",
        forms: &["starts_with(text: text, beginning: text) -> bool"],
        profiles: ALL,
        doc: "Whether a text begins so.",
        doc_fr: "Si un texte commence ainsi.",
        install: |engine: &mut Engine| {
            engine.register_fn("starts_with", |text: &str, beginning: &str| {
                text.starts_with(beginning)
            });
        },
    },
    HostFunction {
        name: "ends_with",
        forms: &["ends_with(text: text, end: text) -> bool"],
        profiles: ALL,
        doc: "Whether a text ends so.",
        doc_fr: "Si un texte finit ainsi.",
        install: |engine: &mut Engine| {
            engine.register_fn("ends_with", |text: &str, end: &str| text.ends_with(end));
        },
    },
    HostFunction {
        name: "lower",
        forms: &["lower(text: text) -> text"],
        profiles: ALL,
        doc: "In small letters.",
        doc_fr: "En minuscules.",
        install: |engine: &mut Engine| {
            engine.register_fn("lower", |text: &str| text.to_lowercase());
        },
    },
    HostFunction {
        name: "upper",
        forms: &["upper(text: text) -> text"],
        profiles: ALL,
        doc: "In capital letters.",
        doc_fr: "En majuscules.",
        install: |engine: &mut Engine| {
            engine.register_fn("upper", |text: &str| text.to_uppercase());
        },
    },
    HostFunction {
        name: "trim",
        forms: &["trim(text: text) -> text"],
        profiles: ALL,
        doc: "Without spaces around it.",
        doc_fr: "Sans les espaces autour.",
        install: |engine: &mut Engine| {
            engine.register_fn("trim", |text: &str| text.trim().to_owned());
        },
    },
    HostFunction {
        name: "part",
        forms: &["part(text: text, from: whole, length: whole) -> text"],
        profiles: ALL,
        doc: "So many characters from a place on, counted from 0; fewer when the text ends before.",
        doc_fr: "Tant de caractères à partir d'une place, comptée depuis 0 ; moins si le texte finit avant.",
        install: |engine: &mut Engine| {
            engine.register_fn("part", |text: &str, from: INT, length: INT| -> Given<String> {
                match (usize::try_from(from), usize::try_from(length)) {
                    (Ok(from), Ok(length)) => Ok(text.chars().skip(from).take(length).collect()),
                    _ => fault(text!(
                        "a place and a length are 0 or more",
                        "une place et une longueur valent 0 ou plus"
                    )),
                }
            });
        },
    },
    HostFunction {
        name: "replace",
        forms: &["replace(text: text, old: text, new: text) -> text"],
        profiles: WRITING,
        doc: "With another text in all places of one; nothing is changed when that one is empty.",
        doc_fr: "Avec un autre texte partout à la place de l'un ; rien ne change si celui-ci est vide.",
        install: |engine: &mut Engine| {
            engine.register_fn("replace", replace);
        },
    },
    HostFunction {
        name: "split",
        forms: &["split(text: text, at: text) -> list of text"],
        profiles: WRITING,
        doc: "The parts between the places of a text, at most 100.",
        doc_fr: "Les parties entre les places d'un texte, 100 au plus.",
        install: |engine: &mut Engine| {
            engine.register_fn("split", |text: &str, at: &str| -> Given<Array> {
                let parts: Vec<&str> = if at.is_empty() {
                    vec![text]
                } else {
                    text.split(at).take(LIST + 1).collect()
                };
                if parts.len() > LIST {
                    return too_large();
                }
                Ok(parts
                    .into_iter()
                    .map(|part| Dynamic::from(part.to_owned()))
                    .collect())
            });
        },
    },
    HostFunction {
        name: "join",
        forms: &["join(list: list of text, between: text) -> text"],
        profiles: WRITING,
        doc: "All texts of a list, with a text between them.",
        doc_fr: "Tous les textes d'une liste, avec un texte entre eux.",
        install: |engine: &mut Engine| {
            engine.register_fn("join", join);
        },
    },
    HostFunction {
        name: "words",
        forms: &[
            "words(amount: amount, language: text) -> text",
            "words(day: date, language: text) -> text",
            "words(number: number, language: text) -> text",
        ],
        profiles: WRITING,
        doc: "An amount, a day or a number as people write it in French (`\"fr\"`) or English (any other language).",
        doc_fr: "Un montant, un jour ou un nombre comme on l'écrit en français (`\"fr\"`) ou en anglais (toute autre langue).",
        install: |engine: &mut Engine| {
            engine
                .register_fn("words", |m: Money, language: &str| {
                    words::money(m, Language::of(language))
                })
                .register_fn("words", |d: Day, language: &str| {
                    words::date(d.0, Language::of(language))
                })
                .register_fn("words", |n: INT, language: &str| {
                    words::number(n.into(), Language::of(language))
                })
                .register_fn("words", |n: Decimal, language: &str| {
                    words::number(n, Language::of(language))
                });
        },
    },
    HostFunction {
        name: "json",
        forms: &["json(value: any) -> text"],
        profiles: WRITING,
        doc: "A value as JSON: texts, numbers, yes or no, `()` as null, lists and maps; a date as `\"2026-12-24\"`, an amount as `{\"amount\":12.50,\"currency\":\"EUR\"}`.",
        doc_fr: "Une valeur en JSON : textes, nombres, oui ou non, `()` comme null, listes et tableaux ; une date comme `\"2026-12-24\"`, un montant comme `{\"amount\":12.50,\"currency\":\"EUR\"}`.",
        install: |engine: &mut Engine| {
            engine.register_fn("json", |value: Dynamic| json(&value));
        },
    },
];

fn too_large<T>() -> Given<T> {
    fault(text!(
        "the result is too large: a text has at most {TEXT} bytes, a list {LIST} values",
        "le résultat est trop grand : un texte a au plus {TEXT} octets, une liste {LIST} valeurs"
    ))
}

/// Counts before it writes: the result is never larger than it may be.
fn replace(text: &str, old: &str, new: &str) -> Given<String> {
    if old.is_empty() {
        return Ok(text.to_owned());
    }
    let places = text.matches(old).count();
    if text.len() - places * old.len() + places * new.len() > TEXT {
        return too_large();
    }
    Ok(text.replace(old, new))
}

fn join(list: Array, between: &str) -> Given<String> {
    let mut out = String::new();
    for (i, part) in list.iter().enumerate() {
        let Some(part) = part.read_lock::<ImmutableString>() else {
            return fault(text!(
                "only texts can be joined",
                "seuls des textes peuvent être joints"
            ));
        };
        if out.len() + between.len() + part.len() > TEXT {
            return too_large();
        }
        if i > 0 {
            out.push_str(between);
        }
        out.push_str(&part);
    }
    Ok(out)
}

/// A value as JSON.
pub(super) fn json(value: &Dynamic) -> Given<String> {
    let mut out = String::new();
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Dynamic, out: &mut String) -> Given<()> {
    if out.len() > TEXT {
        return too_large();
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        quoted(&text, out);
    } else if let Some(list) = value.read_lock::<Array>() {
        out.push('[');
        for (i, one) in list.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            write(one, out)?;
        }
        out.push(']');
    } else if let Some(map) = value.read_lock::<Map>() {
        out.push('{');
        for (i, (key, one)) in map.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            quoted(key, out);
            out.push(':');
            write(one, out)?;
        }
        out.push('}');
    } else if let Some(money) = value.read_lock::<Money>() {
        out.push_str(&format!(
            "{{\"amount\":{},\"currency\":\"{}\"}}",
            money.amount, money.currency
        ));
    } else if let Some(day) = value.read_lock::<Day>() {
        out.push_str(&format!("\"{}\"", day.0));
    } else if value.is_unit() {
        out.push_str("null");
    } else if value.is_bool() || value.is_int() || value.is_decimal() {
        out.push_str(&value.to_string());
    } else if let Ok(c) = value.as_char() {
        quoted(&c.to_string(), out);
    } else {
        return fault(text!(
            "this value cannot be written as JSON",
            "cette valeur ne s'écrit pas en JSON"
        ));
    }
    if out.len() > TEXT {
        return too_large();
    }
    Ok(())
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
