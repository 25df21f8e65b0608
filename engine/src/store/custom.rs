//! Fields of the firm's own, as they are stored: texts by name.

use std::collections::BTreeMap;

use serde_json::Value;

use super::StoreError;

/// What is noted for fields: `None` takes the stored text away; fields that are not named stay as they are.
pub type Noted = BTreeMap<String, Option<String>>;

/// As it is written: a null takes away.
pub(super) fn written(noted: &Noted) -> Value {
    let fields = noted.iter().map(|(name, text)| {
        let value = text.clone().map_or(Value::Null, Value::String);
        (name.clone(), value)
    });
    Value::Object(fields.collect())
}

/// As it is read.
pub(crate) fn read(stored: Value) -> Result<BTreeMap<String, String>, StoreError> {
    serde_json::from_value(stored)
        .map_err(|error| StoreError::unreadable("the fields of the firm's own", error.to_string()))
}

/// Does what is noted change what is stored?
pub(super) fn changes(noted: &Noted, stored: &BTreeMap<String, String>) -> bool {
    noted.iter().any(|(name, text)| stored.get(name) != text.as_ref())
}
