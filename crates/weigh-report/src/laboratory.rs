//! The fields that ISO/IEC 17025:2017, 7.8 asks the laboratory for: their keys in `lab.toml`.

use std::collections::BTreeMap;

use crate::texts::Text;

/// Key in `lab.toml` and what it is called, in the order of 7.8.2.1 b, c, e, h, g, o, p.
const FIELDS: [(&str, Text); 9] = [
    ("name", Text::LaboratoryName),
    ("address", Text::LaboratoryAddress),
    ("place", Text::PlaceOfTest),
    ("customer", Text::Customer),
    ("customer_contact", Text::CustomerContact),
    ("received", Text::Received),
    ("condition", Text::ConditionOnReceipt),
    ("authorised_by", Text::AuthorisedBy),
    ("external_providers", Text::ExternalProviders),
];

/// One field with what the laboratory stated.
pub(crate) struct Field<'a> {
    /// What it is called.
    pub title: Text,
    /// What the laboratory stated, where it did.
    pub value: Option<&'a str>,
}

/// Every field of the standard, in its order.
pub(crate) fn fields(stated: &BTreeMap<String, String>) -> Vec<Field<'_>> {
    FIELDS
        .iter()
        .map(|(key, title)| Field {
            title: *title,
            value: stated
                .get(*key)
                .map(String::as_str)
                .filter(|value| !value.trim().is_empty()),
        })
        .collect()
}

/// What the laboratory stated beside the fields of the standard.
pub(crate) fn others(stated: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    let known = |key: &str| FIELDS.iter().any(|(field, _)| *field == key);
    stated
        .iter()
        .filter(|(key, _)| !known(key))
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect()
}

/// Keys that `lab.toml` should have and has not, in the order of the standard.
#[must_use]
pub fn missing_fields(stated: &BTreeMap<String, String>) -> Vec<&'static str> {
    let filled = |key: &str| {
        stated
            .get(key)
            .is_some_and(|value| !value.trim().is_empty())
    };
    let keys = FIELDS.iter().map(|(key, _)| *key);
    keys.filter(|key| !filled(key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_blank_is_named() {
        let stated = BTreeMap::from([
            ("name".to_owned(), "A laboratory".to_owned()),
            ("place".to_owned(), "  ".to_owned()),
            ("colour".to_owned(), "blue".to_owned()),
        ]);
        assert_eq!(
            missing_fields(&stated),
            [
                "address",
                "place",
                "customer",
                "customer_contact",
                "received",
                "condition",
                "authorised_by",
                "external_providers"
            ]
        );
        assert_eq!(others(&stated), [("colour", "blue")]);
    }
}
