//! What the laboratory stated, for the part of a report that is about it.

use std::collections::BTreeMap;

use weigh_core::laboratory::{FIELDS, stated};

use crate::texts::Text;

/// The key of what stands in a section of its own.
pub(crate) const OPINIONS: &str = "opinions";

/// One field with what the laboratory stated.
pub(crate) struct Field<'a> {
    /// What it is called.
    pub title: Text,
    /// What the laboratory stated, where it did.
    pub value: Option<&'a str>,
}

/// What a field of `lab.toml` is called; none for what stands elsewhere or is not known.
pub(crate) fn title(key: &str) -> Option<Text> {
    Some(match key {
        "name" => Text::LaboratoryName,
        "address" => Text::LaboratoryAddress,
        "place" => Text::PlaceOfTest,
        "customer" => Text::Customer,
        "customer_contact" => Text::CustomerContact,
        "received" => Text::Received,
        "condition" => Text::ConditionOnReceipt,
        "authorised_by" => Text::AuthorisedBy,
        "external_providers" => Text::ExternalProviders,
        "accreditation" => Text::Accreditation,
        "accreditation_reference" => Text::AccreditationReference,
        _ => return None,
    })
}

/// Every field that a report needs, and whatever else was stated, in the order of a report.
pub(crate) fn fields(laboratory: &BTreeMap<String, String>) -> Vec<Field<'_>> {
    let field = |field: &weigh_core::laboratory::Field| {
        let value = stated(laboratory, field.key);
        let title = title(field.key)?;
        (field.required || value.is_some()).then_some(Field { title, value })
    };
    FIELDS.iter().filter_map(field).collect()
}

/// What the laboratory stated under keys that `lab.toml` does not have: records of others may.
pub(crate) fn others(laboratory: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    let known = |key: &str| FIELDS.iter().any(|field| field.key == key);
    laboratory
        .iter()
        .filter(|(key, _)| !known(key))
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_file_has_its_place() {
        for field in FIELDS {
            assert_eq!(title(field.key).is_none(), field.key == OPINIONS);
        }
        let laboratory = BTreeMap::from([
            ("place".to_owned(), "  ".to_owned()),
            ("accreditation".to_owned(), "A".to_owned()),
            ("colour".to_owned(), "blue".to_owned()),
        ]);
        let found = fields(&laboratory);
        let filled = found.iter().filter_map(|field| field.value);
        assert_eq!(filled.collect::<Vec<_>>(), ["A"]);
        let required = FIELDS.iter().filter(|field| field.required).count();
        assert_eq!(found.len(), required + 1);
        assert_eq!(others(&laboratory), [("colour", "blue")]);
    }
}
