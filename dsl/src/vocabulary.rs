//! What the language may talk about. The catalogue itself is handed in by the caller: this crate knows no invoice.

/// Identity of a fact: its index in [`Vocabulary::facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId(pub u16);

/// Identity of a one-of-a-list type: its index in [`Vocabulary::enumerations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumerationId(pub u16);

/// Identity of a field that the rulebook declares: its index among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(pub u16);

/// The type of a fact or an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// True or false.
    YesNo,
    /// A whole number.
    Whole,
    /// An exact decimal.
    Decimal,
    /// An exact decimal, 90 for "90 %".
    Percent,
    /// An amount with its currency.
    Money,
    /// A day.
    Date,
    /// Free text, compared exactly.
    Text,
    /// A list of texts, asked with `has`.
    Texts,
    /// A two-letter language code, lower case.
    Language,
    /// A two-letter country code, upper case.
    Country,
    /// A three-letter currency code.
    Currency,
    /// One value of a named list.
    OneOf(EnumerationId),
    /// One of the values that a field of the rulebook declares.
    Choice(FieldId),
    /// The score's band; its values are the bands that the rulebook declares.
    Band,
    /// The segment; its values are the segments that the rulebook declares.
    Segment,
}

/// From where on a fact can be read. Each context also sees the facts of the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// While the segment is chosen: company, customer, account, today.
    Segment,
    /// While the score is computed: also the segment.
    Score,
    /// In a scenario's settings (language, tone): also the score.
    Scenario,
    /// In a step: also the invoice and, for messages, the contact.
    Step,
}

/// One fact of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Fact {
    /// English path, as `account.balance`.
    pub path: &'static str,
    /// French path, as `compte.solde`.
    pub path_fr: &'static str,
    /// Its type.
    pub ty: Type,
    /// From where on it can be read.
    pub context: Context,
    /// Unit of a number, in English: "days", "per year"; empty when none.
    pub unit: &'static str,
    /// Meaning in English, one sentence.
    pub doc: &'static str,
    /// Meaning in French, one sentence.
    pub doc_fr: &'static str,
}

/// A one-of-a-list type.
#[derive(Debug, Clone, Copy)]
pub struct Enumeration {
    /// Its name, as "customer kind".
    pub name: &'static str,
    /// Its name in French, a masculine noun, as "type de client".
    pub name_fr: &'static str,
    /// English and French spelling of each value, in a fixed order.
    pub values: &'static [(&'static str, &'static str)],
}

/// The catalogue of facts and the closed lists of the language.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary {
    /// All facts; a [`FactId`] is an index.
    pub facts: &'static [Fact],
    /// All one-of-a-list types; an [`EnumerationId`] is an index.
    pub enumerations: &'static [Enumeration],
    /// Roles of users to whom tasks are assigned: `collector`, `credit_manager` ... (English, French).
    pub roles: &'static [(&'static str, &'static str)],
    /// Roles of a customer's contacts: `accounts_payable`, `buyer` ... (English, French).
    pub contact_roles: &'static [(&'static str, &'static str)],
}

/// What lies around the rule files and that a checker needs to know of.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// All templates of the rulebook and of the standard library that it uses.
    pub templates: Vec<TemplateName>,
    /// Modules that `use` may name, as `std.france`.
    pub modules: Vec<String>,
    /// What each module would bring, used or not: to tell of a `use` that was forgotten.
    pub offers: Vec<Offer>,
}

/// What a module brings to the rulebook that uses it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// The module.
    pub module: String,
    /// Its calendars.
    pub calendars: Vec<String>,
    /// Its tables of charges.
    pub charges: Vec<String>,
    /// Its templates and scripts.
    pub templates: Vec<String>,
}

impl Surroundings {
    /// The modules that bring something of this name.
    pub fn offering(&self, kind: impl Fn(&Offer) -> &Vec<String>, name: &str) -> Vec<&str> {
        let offers = self
            .offers
            .iter()
            .filter(|offer| kind(offer).iter().any(|n| n == name));
        offers.map(|offer| offer.module.as_str()).collect()
    }
}

/// A template file, known by its name: `<name>[.<language>][.<tone>].md`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TemplateName {
    /// The name that rules use.
    pub name: String,
    /// Two-letter language; none serves every language.
    pub language: Option<String>,
    /// Tone; none serves every tone.
    pub tone: Option<String>,
}
