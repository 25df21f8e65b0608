//! What a condition asks of facts, as bounds: enough to see that one condition contains another, or that none can fulfil it.
//!
//! Whatever is not a plain comparison of a fact with a constant stays opaque: it is only equal to itself. So nothing is claimed
//! that does not hold; some things that hold are not seen.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::checked::{Comparison, Const, Expr, ExprKind, Field, FieldType};
use crate::money::Currency;
use crate::vocabulary::{FactId, Type, Vocabulary};

/// Most alternatives that are followed; a condition with more is opaque.
const MOST_ALTERNATIVES: usize = 32;

/// What is bounded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A fact; amounts of each currency apart.
    Fact(FactId, Option<Currency>),
    /// A field of the firm's own, by its path.
    Custom(String, Option<Currency>),
    /// A text in a list.
    Has(FactId, String),
    /// Something that is not looked into, by its form.
    Opaque(String),
}

/// The values that are let through.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Bound {
    /// Numbers, amounts of one currency, days: from, to, each with whether it is included.
    Range(Option<(Decimal, bool)>, Option<(Decimal, bool)>),
    /// Only these words.
    Among(BTreeSet<String>),
    /// All words but these.
    Without(BTreeSet<String>),
    /// It holds.
    True,
}

/// Bounds that hold together.
type All = BTreeMap<Key, Bound>;

/// A condition as alternatives, each of which is a list of bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bounds(Vec<All>);

impl Bounds {
    /// What always holds.
    pub(super) fn none() -> Self {
        Self(vec![All::new()])
    }

    /// The bounds of a condition.
    pub(super) fn of(expr: &Expr, vocabulary: &Vocabulary) -> Self {
        let bounds = match &expr.kind {
            ExprKind::And(parts) => parts.iter().fold(Self::none(), |so_far, part| {
                so_far.and(&Self::of(part, vocabulary))
            }),
            ExprKind::Or(parts) => Self(parts.iter().flat_map(|p| Self::of(p, vocabulary).0).collect()),
            _ => Self(vec![atom(expr, vocabulary)]),
        };
        if bounds.0.len() > MOST_ALTERNATIVES {
            return Self(vec![opaque(expr)]);
        }
        bounds
    }

    /// Both at once.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut alternatives = Vec::new();
        for left in &self.0 {
            for right in &other.0 {
                let mut both = left.clone();
                for (key, bound) in right {
                    let narrowed = match both.get(key) {
                        Some(known) => known.and(bound),
                        None => bound.clone(),
                    };
                    both.insert(key.clone(), narrowed);
                }
                alternatives.push(both);
            }
        }
        Self(alternatives)
    }

    /// Can nothing fulfil it?
    pub(super) fn is_impossible(&self) -> bool {
        self.0.iter().all(|all| all.values().any(Bound::is_empty))
    }

    /// Does whatever fulfils this also fulfil the other?
    pub(super) fn is_within(&self, other: &Self) -> bool {
        !self.is_impossible()
            && self.0.iter().all(|inner| {
                inner.values().any(Bound::is_empty) || other.0.iter().any(|outer| contains(outer, inner))
            })
    }

    /// What is left when this does not hold; only for a single comparison of words, else anything is.
    pub(super) fn left_over(&self) -> Self {
        let [only] = self.0.as_slice() else {
            return Self::none();
        };
        let mut bounds = only.iter();
        match (bounds.next(), bounds.next()) {
            (Some((key, Bound::Among(words))), None) => {
                Self(vec![All::from([(key.clone(), Bound::Without(words.clone()))])])
            }
            (Some((key, Bound::Without(words))), None) => {
                Self(vec![All::from([(key.clone(), Bound::Among(words.clone()))])])
            }
            _ => Self::none(),
        }
    }

    /// Does it let a word of a fact through?
    pub(super) fn lets_through(&self, fact: FactId, word: &str) -> bool {
        let only = BTreeSet::from([word.to_owned()]);
        let asked = Self(vec![All::from([(Key::Fact(fact, None), Bound::Among(only))])]);
        !self.and(&asked).is_impossible()
    }
}

/// Is each bound of the outer one implied by the inner ones?
fn contains(outer: &All, inner: &All) -> bool {
    outer
        .iter()
        .all(|(key, bound)| inner.get(key).is_some_and(|i| i.is_within(bound)))
}

impl Bound {
    fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Range(a, b), Self::Range(c, d)) => {
                Self::Range(tighter(*a, *c, Decimal::gt), tighter(*b, *d, Decimal::lt))
            }
            (Self::Among(a), Self::Among(b)) => Self::Among(a & b),
            (Self::Among(a), Self::Without(b)) | (Self::Without(b), Self::Among(a)) => Self::Among(a - b),
            (Self::Without(a), Self::Without(b)) => Self::Without(a | b),
            _ => self.clone(),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Range(Some((from, a)), Some((to, b))) => from > to || from == to && !(*a && *b),
            Self::Among(words) => words.is_empty(),
            _ => false,
        }
    }

    fn is_within(&self, outer: &Self) -> bool {
        self.and(outer) == *self
    }
}

/// The narrower of two ends.
fn tighter(
    a: Option<(Decimal, bool)>,
    b: Option<(Decimal, bool)>,
    narrower: fn(&Decimal, &Decimal) -> bool,
) -> Option<(Decimal, bool)> {
    match (a, b) {
        (Some((x, inx)), Some((y, iny))) if x == y => Some((x, inx && iny)),
        (Some((x, inx)), Some((y, _))) if narrower(&x, &y) => Some((x, inx)),
        (Some(_), Some(y)) => Some(y),
        (a, b) => a.or(b),
    }
}

fn opaque(expr: &Expr) -> All {
    All::from([(Key::Opaque(form(expr)), Bound::True)])
}

/// An expression without its places.
fn form(expr: &Expr) -> String {
    let shown = format!("{:?}", expr.kind);
    let mut out = String::with_capacity(shown.len());
    let mut rest = shown.as_str();
    while let Some((before, after)) = rest.split_once("span: Span {") {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// What is looked up on one side of a comparison.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Fact(FactId),
    Custom(&'a Field),
}

impl<'a> Subject<'a> {
    fn of(expr: &'a Expr) -> Option<Self> {
        match &expr.kind {
            ExprKind::Fact(fact) => Some(Self::Fact(*fact)),
            ExprKind::Custom(field) => Some(Self::Custom(field)),
            _ => None,
        }
    }

    fn key(self, currency: Option<Currency>) -> Key {
        match self {
            Self::Fact(fact) => Key::Fact(fact, currency),
            Self::Custom(field) => Key::Custom(field.path().en, currency),
        }
    }

    /// All its values, when they are a closed list.
    fn all_words(self, vocabulary: &Vocabulary) -> Option<BTreeSet<String>> {
        match self {
            Self::Fact(fact) => {
                let Type::OneOf(id) = vocabulary.facts.get(usize::from(fact.0))?.ty else {
                    return None;
                };
                let list = vocabulary.enumerations.get(usize::from(id.0))?;
                Some(list.values.iter().map(|(en, _)| (*en).to_owned()).collect())
            }
            Self::Custom(field) => match &field.ty {
                FieldType::OneOf(values) => Some(values.iter().cloned().collect()),
                _ => None,
            },
        }
    }
}

fn atom(expr: &Expr, vocabulary: &Vocabulary) -> All {
    let known = match &expr.kind {
        ExprKind::Compare(left, op, right) => match (&left.kind, &right.kind) {
            (_, ExprKind::Const(value)) => {
                Subject::of(left).and_then(|subject| compared(subject, *op, value, vocabulary))
            }
            (ExprKind::Const(value), _) => {
                Subject::of(right).and_then(|subject| compared(subject, turned(*op), value, vocabulary))
            }
            _ => None,
        },
        ExprKind::OneOf(inner, list) => Subject::of(inner)
            .zip(words_of(list))
            .map(|(subject, words)| (subject.key(None), Bound::Among(words))),
        ExprKind::Has(inner, text) => match &inner.kind {
            ExprKind::Fact(fact) => Some((Key::Has(*fact, text.clone()), Bound::True)),
            _ => None,
        },
        _ => None,
    };
    known.map_or_else(|| opaque(expr), |(key, bound)| All::from([(key, bound)]))
}

fn words_of(list: &[Expr]) -> Option<BTreeSet<String>> {
    list.iter()
        .map(|e| match &e.kind {
            ExprKind::Const(Const::Text(word)) => Some(word.clone()),
            _ => None,
        })
        .collect()
}

fn compared(
    subject: Subject<'_>,
    op: Comparison,
    value: &Const,
    vocabulary: &Vocabulary,
) -> Option<(Key, Bound)> {
    let (key, number) = match value {
        Const::Number(n) => (subject.key(None), *n),
        Const::Money(m) => (subject.key(Some(m.currency)), m.amount),
        Const::Date(day) => (
            subject.key(None),
            Decimal::from(chrono::Datelike::num_days_from_ce(day)),
        ),
        Const::Text(word) => {
            let only = BTreeSet::from([word.clone()]);
            let bound = match op {
                Comparison::Equal => Bound::Among(only),
                Comparison::NotEqual => match subject.all_words(vocabulary) {
                    Some(all) => Bound::Among(&all - &only),
                    None => Bound::Without(only),
                },
                _ => return None,
            };
            return Some((subject.key(None), bound));
        }
        Const::YesNo(_) | Const::Currency(_) => return None,
    };
    let bound = match op {
        Comparison::Equal => Bound::Range(Some((number, true)), Some((number, true))),
        Comparison::Less => Bound::Range(None, Some((number, false))),
        Comparison::AtMost => Bound::Range(None, Some((number, true))),
        Comparison::Greater => Bound::Range(Some((number, false)), None),
        Comparison::AtLeast => Bound::Range(Some((number, true)), None),
        Comparison::NotEqual => return None,
    };
    Some((key, bound))
}

fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Equal | Comparison::NotEqual => op,
    }
}
