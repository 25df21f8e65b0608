//! The mapping file: which file and column holds what, and how it is written there.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::ImportError;
use super::custom::PREFIX;

/// A whole mapping, as read from TOML.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// How values are written, unless a file says otherwise.
    #[serde(default)]
    pub format: Format,
    /// The files are a history: lines dated after today are left for a later run. For playing a history with a manual clock.
    #[serde(default)]
    pub replay: bool,
    /// Files with customers.
    #[serde(default)]
    pub customers: Vec<Source>,
    /// Files with contacts.
    #[serde(default)]
    pub contacts: Vec<Source>,
    /// Files with invoices and credit notes.
    #[serde(default)]
    pub invoices: Vec<Source>,
    /// Files with payments.
    #[serde(default)]
    pub payments: Vec<Source>,
}

/// One file read for one kind of thing; a file may serve several kinds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name in the folder.
    pub file: String,
    /// It may be missing.
    #[serde(default)]
    pub optional: bool,
    /// Payments only: a line without a day of receipt says that this payment was not made, or is taken back.
    #[serde(default)]
    pub unpaid_when_empty: bool,
    /// How its values are written, where that differs from `[format]`.
    #[serde(default)]
    pub format: Format,
    /// Where each field is found; fields of the firm's own under `custom.<name>`.
    #[serde(deserialize_with = "fields")]
    pub fields: BTreeMap<String, Field>,
}

/// How values are written. What is not given is taken from `[format]`, and there from the defaults in brackets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// Name of the encoding, as `utf-8` (the default), `windows-1252`, `utf-16le`.
    pub encoding: Option<String>,
    /// Between columns; one character (`,`).
    pub delimiter: Option<String>,
    /// How days are written, tried in this order: `d`, `m`, `yy`, `yyyy` and what stands between them (`yyyy-mm-dd`).
    pub dates: Option<Vec<String>>,
    /// Before the decimals; one character (`.`).
    pub decimal: Option<String>,
    /// Between thousands; one character, a blank standing for all kinds of blanks (none).
    pub group: Option<String>,
}

/// Where a field is found: a column's name, or more about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Field {
    /// The column with this name.
    Column(String),
    /// More about it.
    Described(Described),
}

/// More about where a field is found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// The column with this name.
    pub column: Option<String>,
    /// The same for every line, instead of a column.
    pub constant: Option<String>,
    /// When the cell is empty.
    pub default: Option<String>,
    /// Put before the cell's text, to make keys unique.
    #[serde(default)]
    pub prefix: String,
    /// Put behind the cell's text.
    #[serde(default)]
    pub suffix: String,
    /// What the texts in the file mean. A text that is not listed is refused.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// The fields that a kind of thing has, and which of them must be mapped.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
    /// Whether it can have fields of the firm's own.
    pub(super) custom: bool,
}

pub(super) const CUSTOMERS: Kind = Kind {
    name: "customers",
    required: &["number", "name"],
    optional: &[
        "kind",
        "country",
        "language",
        "time_zone",
        "tags",
        "credit_limit",
        "segment",
    ],
    custom: true,
};
pub(super) const CONTACTS: Kind = Kind {
    name: "contacts",
    required: &["customer", "name"],
    optional: &["key", "salutation", "role", "main", "language", "email", "phone"],
    custom: false,
};
pub(super) const INVOICES: Kind = Kind {
    name: "invoices",
    required: &["customer", "number", "issued", "due", "amount"],
    optional: &["kind", "currency", "purchase_order", "known_since", "applies_to"],
    custom: true,
};
pub(super) const PAYMENTS: Kind = Kind {
    name: "payments",
    required: &["reference", "received_on", "amount"],
    optional: &["customer", "currency", "note", "invoice", "taken_back"],
    custom: false,
};

/// The fields of a source. `custom.region = "REGION"` is a table in a table: its entries are named as they are written.
fn fields<'de, D: serde::Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Field>, D::Error> {
    #[derive(Deserialize)]
    struct Fields {
        #[serde(default)]
        custom: BTreeMap<String, Field>,
        #[serde(flatten)]
        others: BTreeMap<String, Field>,
    }
    let Fields { custom, mut others } = Fields::deserialize(from)?;
    let custom = custom.into_iter();
    others.extend(custom.map(|(name, field)| (format!("{PREFIX}{name}"), field)));
    Ok(others)
}

/// Is it a name as the rules write them?
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

impl Mapping {
    /// Reads and checks a mapping file's text; errors name the place and the key.
    pub fn from_toml(text: &str) -> Result<Self, ImportError> {
        let mapping: Self = toml::from_str(text).map_err(|error| ImportError::Mapping {
            why: error.to_string(),
        })?;
        for (kind, sources) in mapping.kinds() {
            for source in sources {
                check(kind, source)?;
            }
        }
        if mapping.kinds().iter().all(|(_, sources)| sources.is_empty()) {
            let why = "it names no file; write [[customers]], [[contacts]], [[invoices]] or [[payments]]";
            return Err(ImportError::Mapping { why: why.to_owned() });
        }
        Ok(mapping)
    }

    fn kinds(&self) -> [(&'static Kind, &[Source]); 4] {
        [
            (&CUSTOMERS, &self.customers),
            (&CONTACTS, &self.contacts),
            (&INVOICES, &self.invoices),
            (&PAYMENTS, &self.payments),
        ]
    }
}

fn check(kind: &Kind, source: &Source) -> Result<(), ImportError> {
    let refuse = |why: String| {
        let why = format!("[[{}]] of file {}: {why}", kind.name, source.file);
        Err(ImportError::Mapping { why })
    };
    let known = || kind.required.iter().chain(kind.optional);
    for (name, field) in &source.fields {
        let own = name.strip_prefix(PREFIX).filter(|_| kind.custom);
        if own.is_some_and(|own| !is_name(own)) {
            return refuse(format!(
                "`{name}` is no name of a field of your own; letters, digits and `_` are expected after `{PREFIX}`"
            ));
        }
        if own.is_none() && !known().any(|known| known == name) {
            let known: Vec<&str> = known().copied().collect();
            let own = if kind.custom {
                " and fields of your own as `custom.region`"
            } else {
                ""
            };
            return refuse(format!(
                "there is no field `{name}`; there are {}{own}",
                known.join(", ")
            ));
        }
        if let Field::Described(described) = field
            && described.column.is_some() == described.constant.is_some()
        {
            return refuse(format!("field `{name}` needs either `column` or `constant`"));
        }
    }
    for name in kind.required {
        if !source.fields.contains_key(*name) {
            return refuse(format!("field `{name}` is missing"));
        }
    }
    let path = std::path::Path::new(&source.file);
    if path.components().count() != 1 || path.file_name().is_none() {
        return refuse("`file` is a name in the folder, without a path".to_owned());
    }
    Ok(())
}
