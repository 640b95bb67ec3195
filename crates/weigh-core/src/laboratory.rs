//! What a laboratory states of itself and of its order: the fields of `lab.toml`, and its parser.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Notes, Severity, code, readable};
use crate::fields::{self, Fields};

/// The value of `format`, which may be left out.
const FORMAT: &str = "weighhouse-lab/1";
/// The most bytes of a `lab.toml`.
const MOST_BYTES: usize = 1 << 20;
/// The key that takes a day.
const RECEIVED: &str = "received";
/// An accreditation, and what it cannot be claimed without.
const ACCREDITATION: [&str; 2] = ["accreditation", "accreditation_reference"];

/// One thing that a laboratory can state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its key in `lab.toml`.
    pub key: &'static str,
    /// The clause of ISO/IEC 17025:2017 that is about it.
    pub clause: &'static str,
    /// Whether a report without it is incomplete. Where there is nothing to state, the text says so.
    pub required: bool,
    /// What to write.
    pub about: &'static str,
}

/// Every field, in the order of a report.
pub const FIELDS: [Field; 12] = [
    required("name", "7.8.2.1 b", "the laboratory's name"),
    required("address", "7.8.2.1 b", "the laboratory's address"),
    required(
        "place",
        "7.8.2.1 c",
        "where the test is done, also at a customer's or by remote access",
    ),
    required("customer", "7.8.2.1 e", "for whom the test is done"),
    required(
        "customer_contact",
        "7.8.2.1 e",
        "how the customer is reached",
    ),
    required(
        RECEIVED,
        "7.8.2.1 h",
        "the day on which the item was received, YYYY-MM-DD",
    ),
    required(
        "condition",
        "7.8.2.1 g",
        "the item's condition when it was received",
    ),
    required(
        "authorised_by",
        "7.8.2.1 o",
        "who authorises the report: name and function",
    ),
    required(
        "external_providers",
        "7.8.2.1 p",
        "whose results are in the report beside the laboratory's own, or that there are none",
    ),
    optional(
        "accreditation",
        "8.1.3",
        "the body and the scope of an accreditation, where the test is under one",
    ),
    optional(
        "accreditation_reference",
        "8.1.3",
        "the accreditation's number or address, by which others find its scope",
    ),
    optional(
        "opinions",
        "7.8.7",
        "opinions and interpretations, their basis, and who is authorised to give them",
    ),
];

const fn required(key: &'static str, clause: &'static str, about: &'static str) -> Field {
    Field {
        key,
        clause,
        required: true,
        about,
    }
}

const fn optional(key: &'static str, clause: &'static str, about: &'static str) -> Field {
    Field {
        required: false,
        ..required(key, clause, about)
    }
}

/// What `stated` says of `key`; blank is nothing.
#[must_use]
pub fn stated<'a>(stated: &'a BTreeMap<String, String>, key: &str) -> Option<&'a str> {
    let value = stated.get(key).map(String::as_str);
    value.filter(|value| !value.trim().is_empty())
}

/// Reads what a laboratory states in `bytes`, the file `file`. No key need be there; what a report
/// lacks then, its lint says.
///
/// # Errors
/// Every fault, sorted by place: unknown keys, blank values, other types than texts, a day that is
/// none, an accreditation without its reference.
pub fn parse(file: &str, bytes: &[u8]) -> Result<BTreeMap<String, String>, Vec<Diagnostic>> {
    let text = readable(file, bytes, MOST_BYTES).map_err(|fault| vec![fault])?;
    let mut notes = Notes::new(file, text);
    let stated = read(&mut notes);
    let mut found = notes.finish();
    found.sort();
    let failed = found.iter().any(|d| d.severity == Severity::Error);
    stated.filter(|_| !failed).ok_or(found)
}

fn read(notes: &mut Notes<'_>) -> Option<BTreeMap<String, String>> {
    let document = fields::document(notes)?;
    let mut top = Fields::top(document.get_ref());
    if top.optional("format").is_some() {
        top.word(notes, "format", &[(FORMAT, ())]);
    }
    let mut stated = BTreeMap::new();
    for Field { key, .. } in FIELDS {
        let Some(value) = top.optional(key) else {
            continue;
        };
        let Some(text) = fields::filled_text(notes, key, value) else {
            continue;
        };
        if key == RECEIVED {
            fields::day(notes, key, &text);
        }
        stated.insert(key.to_owned(), fields::owned(text));
    }
    for (one, other) in [(0, 1), (1, 0)] {
        if let (Some(one), Some(other)) = (ACCREDITATION.get(one), ACCREDITATION.get(other))
            && let Some(value) = top.optional(one)
            && top.optional(other).is_none()
        {
            let message = format!("`{one}` is stated without `{other}`");
            let help = "an accreditation is one only with its reference: state both or none";
            let place = value.span().start;
            notes.add(code::MISSING_KEY, place, message, Some(help.to_owned()));
        }
    }
    top.finish(notes);
    Some(stated)
}

/// JSON Schema (draft 2020-12) of `lab.toml`.
#[must_use]
pub fn schema() -> Value {
    let format = ("format".to_owned(), json!({ "const": FORMAT }));
    let fields = FIELDS.iter().map(|field| {
        let about = format!("{} (ISO/IEC 17025:2017, {})", field.about, field.clause);
        let mut rule = json!({ "type": "string", "description": about, "pattern": "\\S" });
        if field.key == RECEIVED {
            rule = json!({ "type": "string", "description": about, "format": "date" });
        }
        (field.key.to_owned(), rule)
    });
    let properties: Map<String, Value> = std::iter::once(format).chain(fields).collect();
    let [accreditation, reference] = ACCREDITATION;
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Weighhouse laboratory: lab.toml",
        "type": "object",
        "properties": properties,
        "dependentRequired": { accreditation: [reference], reference: [accreditation] },
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(u32, &str, &str)]) {
        let found = parse("lab.toml", text.as_bytes()).err().unwrap_or_default();
        let found: Vec<_> = found
            .iter()
            .map(|d| (d.line, d.code, d.message.as_str()))
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn every_fault_is_told_at_once() {
        check("", &[]);
        check("name = \"Hall\"\nreceived = \"2026-02-28\"", &[]);
        check(
            "nmae = \"Hall\"\ncustomer = \" \"\nplace = 7\nreceived = \"2026-02-29\"\naccreditation = \"A\"",
            &[
                (1, "E0005", "`nmae` is not known here"),
                (2, "E0009", "`customer` is empty, expected a text"),
                (3, "E0007", "`place` is an integer, expected a text"),
                (
                    4,
                    "E0702",
                    "`received` is `2026-02-29`, expected YYYY-MM-DD",
                ),
                (
                    5,
                    "E0006",
                    "`accreditation` is stated without `accreditation_reference`",
                ),
            ],
        );
        check(
            "name = ",
            &[(
                1,
                "E0002",
                "string values must be quoted, expected literal string",
            )],
        );
        check(
            "format = \"weighhouse-lab/2\"",
            &[(
                1,
                "E0008",
                "`format` is `weighhouse-lab/2`, expected `weighhouse-lab/1`",
            )],
        );
    }

    #[test]
    fn the_page_of_the_file_is_true() {
        let page = include_str!("../../../docs/report.md");
        let example = page.split("```toml\n").nth(1).unwrap();
        let example = example.split("```").next().unwrap();
        let read = parse("lab.toml", example.as_bytes()).unwrap();
        for Field { key, clause, .. } in FIELDS {
            assert!(read.contains_key(key), "{key}");
            let row = page
                .lines()
                .find(|line| line.starts_with('|') && line.contains(&format!("`{key}`")));
            assert!(row.unwrap().contains(&format!("| {clause} |")), "{key}");
        }
    }

    #[test]
    fn every_field_is_read_and_described() {
        let line = |field: &Field| match field.key {
            RECEIVED => "received = \"2026-11-20\"\n".to_owned(),
            key => format!("{key} = \"x\"\n"),
        };
        let text: String = FIELDS.iter().map(line).collect();
        let read = parse("lab.toml", text.as_bytes()).unwrap();
        assert_eq!(read.len(), FIELDS.len());
        let schema = schema();
        for Field { key, .. } in FIELDS {
            assert!(stated(&read, key).is_some(), "{key}");
            assert!(
                schema["properties"][key]["description"].is_string(),
                "{key}"
            );
        }
    }
}
