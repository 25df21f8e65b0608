//! The facts that a hook is given: those that its script names, read once from the same table as the rules read them from.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use relance_dsl::checked::{Field, FieldOwner, FieldType};
use relance_dsl::money::Money;
use relance_dsl::vocabulary::{FactId, Type};
use rhai::{Dynamic, ImmutableString};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::objects::{CUSTOM, Day, Invoices, Object};
use crate::custom;
use crate::reason::{FactRead, bounded};
use crate::value::Value;
use crate::vocabulary::{Scope, VOCABULARY, load, path};

/// A fact has no place in a plan.
const NONE: u8 = u8::MAX;

/// Which facts a script can ask for: those whose last word it names.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    facts: Vec<FactId>,
    /// By fact: its place among these.
    places: Vec<u8>,
    /// Fields of the firm's own.
    fields: Vec<Arc<Field>>,
    /// What it can ask of each open invoice of the account; none when it does not ask for them.
    each_invoice: Option<Arc<Plan>>,
}

impl Plan {
    /// The plan of a script that names these properties, under rules with these fields of the firm's own.
    pub fn of<'a>(named: impl Iterator<Item = &'a str> + Clone, fields: &[Arc<Field>]) -> Self {
        let wanted = |path: &str| {
            let last = path.rsplit('.').next().unwrap_or(path);
            // The band of the score has the path of the score itself.
            let last = if path == "score" { "band" } else { last };
            named.clone().any(|name| name == last)
        };
        let mut plan = Self::with(|path| wanted(path));
        if named.clone().any(|name| name == CUSTOM) {
            let is_named = |field: &&Arc<Field>| named.clone().any(|name| name == field.name.name);
            plan.fields = fields.iter().filter(is_named).cloned().collect();
        }
        if named.clone().any(|name| name == "invoices") {
            let mut of_invoices = Self::with(|path| path.starts_with("invoice.") && wanted(path));
            let of_one = plan.fields.iter().filter(|field| field.of == FieldOwner::Invoice);
            of_invoices.fields = of_one.cloned().collect();
            plan.each_invoice = Some(Arc::new(of_invoices));
        }
        plan
    }

    fn with(wanted: impl Fn(&str) -> bool) -> Self {
        let mut plan = Self {
            places: vec![NONE; VOCABULARY.facts.len()],
            ..Self::default()
        };
        for (fact, id) in VOCABULARY.facts.iter().zip(0_u16..) {
            let place = u8::try_from(plan.facts.len()).unwrap_or(NONE);
            if wanted(fact.path) && place != NONE {
                plan.facts.push(FactId(id));
                if let Some(at) = plan.places.get_mut(usize::from(id)) {
                    *at = place;
                }
            }
        }
        plan
    }
}

/// A value that a snapshot holds.
#[derive(Debug, Clone)]
enum Held {
    Unknown,
    YesNo(bool),
    Whole(i64),
    Number(Decimal),
    Money(Money),
    Date(NaiveDate),
    Text(ImmutableString),
    Texts(Box<[ImmutableString]>),
}

/// Facts as one call sees them. Scripts hold it by handles; what they read is noted.
#[derive(Debug)]
pub(super) struct Snapshot {
    plan: Arc<Plan>,
    values: Box<[(Held, AtomicBool)]>,
    /// Those of the fields of the firm's own, in the order of the plan.
    fields: Box<[(Held, AtomicBool)]>,
    invoices: Arc<[Arc<Snapshot>]>,
    today: NaiveDate,
}

impl Snapshot {
    /// Reads the facts of a plan.
    pub fn of(plan: &Arc<Plan>, scope: &Scope<'_>) -> Arc<Self> {
        let values = plan
            .facts
            .iter()
            .map(|fact| (held(*fact, scope), AtomicBool::new(false)));
        let one = |each: &Arc<Plan>| {
            let open = scope
                .facts
                .invoices
                .iter()
                .filter(|i| i.balance.amount > Decimal::ZERO);
            let of_invoice = |invoice| {
                Self::of(
                    each,
                    &Scope {
                        invoice: Some(invoice),
                        ..*scope
                    },
                )
            };
            open.map(of_invoice).collect()
        };
        let field = |field: &Arc<Field>| (of_field(field, scope), AtomicBool::new(false));
        Arc::new(Self {
            values: values.collect(),
            fields: plan.fields.iter().map(field).collect(),
            invoices: plan.each_invoice.as_ref().map(one).unwrap_or_default(),
            today: scope.today,
            plan: plan.clone(),
        })
    }

    /// The value of a fact, for a script: `()` when it is not known.
    pub fn get(&self, fact: FactId) -> Dynamic {
        let place = self.plan.places.get(usize::from(fact.0)).copied().unwrap_or(NONE);
        let Some((value, read)) = self.values.get(usize::from(place)) else {
            return Dynamic::UNIT;
        };
        read.store(true, Ordering::Relaxed);
        value.for_script()
    }

    /// The value of a field of the firm's own, for a script: `()` when it is not known. `None` when there is no such field.
    pub fn field(&self, of: FieldOwner, name: &str) -> Option<Dynamic> {
        let fields = &self.plan.fields;
        let place = fields.iter().position(|f| f.of == of && f.name.name == name)?;
        let (value, read) = self.fields.get(place)?;
        read.store(true, Ordering::Relaxed);
        Some(value.for_script())
    }

    /// The open invoices of the account.
    pub fn invoices(&self) -> Invoices {
        Invoices(self.invoices.iter().map(|i| Object(i.clone())).collect())
    }

    /// The day of the decision.
    pub fn today(&self) -> Day {
        Day(self.today)
    }

    /// The facts that were read, in the order of the table. Of the single invoices of an account only how many there are.
    pub fn read(&self) -> Vec<FactRead> {
        let read = self.values.iter().zip(&self.plan.facts);
        let mut facts: Vec<FactRead> = read
            .filter(|((_, read), _)| read.load(Ordering::Relaxed))
            .map(|((value, _), fact)| FactRead {
                fact: path(*fact).to_owned(),
                value: bounded(value.to_string()),
            })
            .collect();
        let fields = self.fields.iter().zip(&self.plan.fields);
        facts.extend(fields.filter(|((_, read), _)| read.load(Ordering::Relaxed)).map(
            |((value, _), field)| FactRead {
                fact: field.path().en,
                value: bounded(value.to_string()),
            },
        ));
        if self.plan.each_invoice.is_some() {
            facts.push(FactRead {
                fact: "account.invoices".to_owned(),
                value: self.invoices.len().to_string(),
            });
        }
        facts
    }
}

fn held(fact: FactId, scope: &Scope<'_>) -> Held {
    let is_whole = || {
        VOCABULARY
            .facts
            .get(usize::from(fact.0))
            .is_some_and(|f| f.ty == Type::Whole)
    };
    hold(load(fact, scope), is_whole)
}

fn of_field(field: &Field, scope: &Scope<'_>) -> Held {
    hold(custom::load(field, scope).value, || field.ty == FieldType::Whole)
}

fn hold(value: Value<'_>, is_whole: impl Fn() -> bool) -> Held {
    match value {
        Value::Unknown => Held::Unknown,
        Value::YesNo(b) => Held::YesNo(b),
        Value::Number(n) => match n.to_i64().filter(|_| is_whole()) {
            Some(whole) => Held::Whole(whole),
            None => Held::Number(n),
        },
        Value::Money(m) => Held::Money(m),
        Value::Date(d) => Held::Date(d),
        Value::Text(t) => Held::Text(t.into()),
        Value::Texts(list) => Held::Texts(list.iter().map(|t| t.as_str().into()).collect()),
        Value::Currency(c) => Held::Text(c.code().into()),
    }
}

impl Held {
    fn for_script(&self) -> Dynamic {
        match self {
            Self::Unknown => Dynamic::UNIT,
            Self::YesNo(b) => (*b).into(),
            Self::Whole(n) => (*n).into(),
            Self::Number(n) => Dynamic::from_decimal(*n),
            Self::Money(m) => Dynamic::from(*m),
            Self::Date(d) => Dynamic::from(Day(*d)),
            Self::Text(t) => t.clone().into(),
            Self::Texts(list) => Dynamic::from_array(list.iter().map(|t| t.clone().into()).collect()),
        }
    }
}

impl std::fmt::Display for Held {
    /// As [`Value`] is written.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown => Value::Unknown.fmt(f),
            Self::YesNo(b) => Value::YesNo(*b).fmt(f),
            Self::Whole(n) => n.fmt(f),
            Self::Number(n) => Value::Number(*n).fmt(f),
            Self::Money(m) => Value::Money(*m).fmt(f),
            Self::Date(d) => Value::Date(*d).fmt(f),
            Self::Text(t) => f.write_str(t),
            Self::Texts(list) => {
                let list: Vec<&str> = list.iter().map(|t| t.as_str()).collect();
                f.write_str(&list.join(", "))
            }
        }
    }
}
