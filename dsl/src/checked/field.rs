//! Fields that a firm adds to customers and invoices.

use super::Name;
use crate::lang::{Lang, Text};
use crate::parse::plain;
use crate::span::Span;

/// `customer.custom.region text "Region"`: a value that the import fills, read as the type that stands here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Of what.
    pub of: FieldOwner,
    /// Its own name, as `region`, and its title.
    pub name: Name,
    /// What it holds.
    pub ty: FieldType,
    /// The line that declares it.
    pub span: Span,
}

/// What can have fields of the firm's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldOwner {
    /// Customers.
    Customer,
    /// Invoices.
    Invoice,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// Yes or no.
    YesNo,
    /// A whole number.
    Whole,
    /// An exact decimal.
    Number,
    /// An exact decimal, 90 for "90 %".
    Percent,
    /// An amount; in the company's currency where none is noted.
    Amount,
    /// A day.
    Date,
    /// Free text, compared exactly.
    Text,
    /// One of these, spelled so.
    OneOf(Vec<String>),
}

impl Field {
    /// Its path in each language: `customer.custom.region`, `client.libre.region`.
    pub fn path(&self) -> Text {
        self.of.path_of(&self.name.name)
    }

    /// The names under which a value of it may be kept, the present one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let former = self.name.was.iter().map(String::as_str);
        std::iter::once(self.name.name.as_str()).chain(former)
    }
}

impl FieldOwner {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Customer, Self::Invoice];

    /// Its group of facts.
    pub fn group(self, lang: Lang) -> &'static str {
        match self {
            Self::Customer => lang.pick("customer", "client"),
            Self::Invoice => lang.pick("invoice", "facture"),
        }
    }

    /// The path of a field of it.
    pub fn path_of(self, name: &str) -> Text {
        let path = |lang| format!("{}.{}.{name}", self.group(lang), custom(lang));
        Text::new(path(Lang::English), path(Lang::French))
    }

    /// Whose field a path names, and which one: `customer.custom.region`. None when it names no field of the firm's own.
    pub fn of_path(path: &str, lang: Lang) -> Option<(Self, &str)> {
        let (group, rest) = path.split_once('.')?;
        let name = own_name(rest, lang)?;
        let owner = Self::ALL.into_iter().find(|o| o.group(lang) == plain(group))?;
        Some((owner, name))
    }
}

/// The name of a field without its owner: `region` of `custom.region`.
pub(crate) fn own_name(path: &str, lang: Lang) -> Option<&str> {
    let (word, name) = path.split_once('.')?;
    (word == custom(lang) && !name.is_empty() && !name.contains('.')).then_some(name)
}

/// The word between the owner and the name of a field.
pub(crate) fn custom(lang: Lang) -> &'static str {
    lang.pick("custom", "libre")
}
