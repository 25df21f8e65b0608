//! What a hook gave, held against what its declaration says.

use relance_dsl::checked::HookType;
use relance_dsl::lang::Text;
use relance_dsl::money::Money;
use relance_dsl::text;
use rhai::{Array, Dynamic};
use rust_decimal::Decimal;

use super::host::Effect;
use super::limits;
use super::objects::Day;
use crate::value::Value;

/// What a hook gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Yes or no.
    YesNo(bool),
    /// A whole number, number or percentage.
    Number(Decimal),
    /// An amount.
    Money(Money),
    /// A text.
    Text(String),
    /// Effects.
    Effects(Vec<Effect>),
}

impl Output {
    /// As a value of the rules; effects are none.
    pub fn value(&self) -> Value<'_> {
        match self {
            Self::YesNo(b) => Value::YesNo(*b),
            Self::Number(n) => Value::Number(*n),
            Self::Money(m) => Value::Money(*m),
            Self::Text(t) => Value::Text(t),
            Self::Effects(_) => Value::Unknown,
        }
    }

    /// Reads what a script gave, or says what is wrong with it.
    pub(super) fn of(gives: &HookType, given: Dynamic) -> Result<Self, Text> {
        match gives {
            HookType::YesNo => given.as_bool().map(Self::YesNo).map_err(|_| {
                other(
                    &text!("yes or no (`true` or `false`)", "oui ou non (`true` ou `false`)"),
                    &given,
                )
            }),
            HookType::Whole(bounds) => {
                let whole = number(&given).filter(Decimal::is_integer);
                let whole =
                    whole.ok_or_else(|| other(&text!("a whole number", "un nombre entier"), &given))?;
                between(whole, *bounds)
            }
            HookType::Number(bounds) => {
                let number = number(&given).ok_or_else(|| other(&text!("a number", "un nombre"), &given))?;
                between(number, *bounds)
            }
            HookType::Percent => {
                let percent = number(&given).ok_or_else(|| {
                    other(
                        &text!("a percentage (90 is 90 %)", "un pourcentage (90 vaut 90 %)"),
                        &given,
                    )
                })?;
                Ok(Self::Number(percent))
            }
            HookType::Amount => {
                let amount = given.clone().try_cast::<Money>().map(Self::Money);
                amount.ok_or_else(|| other(&text!("an amount", "un montant"), &given))
            }
            HookType::Text => {
                let text = given.clone().into_string().map(Self::Text);
                text.map_err(|_| other(&text!("a text", "un texte"), &given))
            }
            HookType::Effects => effects(given),
        }
    }
}

impl std::fmt::Display for Output {
    /// As [`Value`] is written; effects as scripts write them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Effects(effects) => {
                let effects: Vec<String> = effects.iter().map(Effect::to_string).collect();
                write!(f, "[{}]", effects.join(", "))
            }
            value => value.value().fmt(f),
        }
    }
}

fn number(given: &Dynamic) -> Option<Decimal> {
    let whole = given.as_int().ok().map(Decimal::from);
    whole.or_else(|| given.as_decimal().ok())
}

fn between(number: Decimal, bounds: Option<(Decimal, Decimal)>) -> Result<Output, Text> {
    match bounds {
        Some((low, high)) if number < low || number > high => Err(text!(
            "it gives {number}, which is not between {low} and {high}",
            "elle donne {number}, qui n'est pas entre {low} et {high}"
        )),
        _ => Ok(Output::Number(number)),
    }
}

/// One effect, a list of them, or nothing.
fn effects(given: Dynamic) -> Result<Output, Text> {
    let list = if given.is_unit() {
        Array::new()
    } else if given.is_array() {
        given.cast::<Array>()
    } else {
        vec![given]
    };
    let most = limits::EFFECTS;
    if list.len() > most {
        return Err(text!(
            "it gives more than {most} effects",
            "elle donne plus de {most} effets"
        ));
    }
    let mut effects: Vec<Effect> = Vec::with_capacity(list.len());
    for one in list {
        let Some(effect) = one.clone().try_cast::<Effect>() else {
            return Err(other(&text!("effects", "des effets"), &one));
        };
        let again = effects
            .iter()
            .any(|e| std::mem::discriminant(e) == std::mem::discriminant(&effect));
        if again && !effect.may_repeat() {
            let word = effect.name();
            return Err(text!("it gives `{word}` twice", "elle donne `{word}` deux fois"));
        }
        effects.push(effect);
    }
    let ends = effects
        .iter()
        .filter(|e| matches!(e, Effect::Skip | Effect::Delay { .. } | Effect::Jump { .. }));
    if ends.count() > 1 {
        return Err(text!(
            "only one of `skip`, `delay` and `jump` can be done with a step",
            "un seul de `skip`, `delay` et `jump` peut être fait d'une étape"
        ));
    }
    Ok(Output::Effects(effects))
}

fn other(wanted: &Text, given: &Dynamic) -> Text {
    let (en, fr) = (&wanted.en, &wanted.fr);
    let (is_en, is_fr) = kind(given);
    if given.is_unit() {
        return text!(
            "it must give {en}, and gives nothing",
            "elle doit donner {fr}, et ne donne rien"
        );
    }
    text!(
        "it must give {en}, and gives {is_en}",
        "elle doit donner {fr}, et donne {is_fr}"
    )
}

/// What a value is, in words.
fn kind(value: &Dynamic) -> (&'static str, &'static str) {
    if value.is_unit() {
        ("nothing", "rien")
    } else if value.is_bool() {
        ("yes or no", "oui ou non")
    } else if value.is_int() || value.is_decimal() {
        ("a number", "un nombre")
    } else if value.is_string() || value.is_char() {
        ("a text", "un texte")
    } else if value.is_array() {
        ("a list", "une liste")
    } else if value.is_map() {
        ("a map", "un tableau")
    } else if value.is::<Money>() {
        ("an amount", "un montant")
    } else if value.is::<Day>() {
        ("a date", "une date")
    } else if value.is::<Effect>() {
        ("an effect", "un effet")
    } else {
        ("something else", "autre chose")
    }
}
