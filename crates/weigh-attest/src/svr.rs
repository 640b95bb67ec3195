//! A countersignature: an authority's statement of what it has checked of a report, as in-toto's
//! Simple Verification Result (SVR v0.2).
//!
//! Its subject is the SHA-256 of the report's payload: it goes with that very report and no other.
//! What was re-done stands in `properties`, as addresses below [`PROPERTIES`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::event::Timestamp;
use weigh_core::text::{is_unreserved, percent_encoded};

use crate::statement::{self, Resource, Statement, StatementFault};

/// The predicate type.
pub const PREDICATE_TYPE: &str = "https://in-toto.io/attestation/svr/v0.2";
/// What every property of ours begins with.
pub const PROPERTIES: &str = "https://weighhouse.org/checked/";
/// The name of the report in a countersignature.
pub const SUBJECT: &str = "report.json";

/// The predicate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Svr {
    /// Who has checked.
    pub verifier: Verifier,
    /// When, as they say.
    pub time_created: Timestamp,
    /// What was checked.
    pub properties: Vec<String>,
}

/// Who has checked, and by which rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verifier {
    /// A URI or a name that the verifier has chosen. Whose word it is the key says.
    pub id: String,
    /// The profile that the report judges by.
    pub policies: Vec<Resource>,
}

/// What an authority has re-done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redone {
    /// The signature is good and the payload unchanged.
    Signature,
    /// The report follows from the record.
    Derivation,
    /// Cases were run again, drawn by `nonce`.
    Cases {
        /// How many.
        cases: u64,
        /// How many gave other answers.
        differing: u64,
        /// The classes of arithmetic in which the model answered again.
        compute: BTreeSet<String>,
        /// How far likelihoods and similarities were allowed to lie apart, in nats and as cosines.
        tolerance: Decimal,
        /// What they were drawn by, published after the report was signed.
        nonce: String,
    },
}

impl Redone {
    /// The property that says so. Values are percent-encoded, so that a text can be no other value.
    #[must_use]
    pub fn property(&self) -> String {
        match self {
            Self::Signature => format!("{PROPERTIES}signature"),
            Self::Derivation => format!("{PROPERTIES}derivation"),
            Self::Cases {
                cases,
                differing,
                compute,
                tolerance,
                nonce,
            } => {
                let compute: Vec<String> = compute
                    .iter()
                    .map(|class| percent_encoded(class, b""))
                    .collect();
                format!(
                    "{PROPERTIES}cases?run={cases}&differing={differing}&compute={}&tolerance={tolerance}&nonce={}",
                    compute.join(","),
                    percent_encoded(nonce, b"")
                )
            }
        }
    }
}

impl Svr {
    /// Whether it tells of trials that gave other answers when the model was asked again.
    #[must_use]
    pub fn tells_of_differences(&self) -> bool {
        let cases = format!("{PROPERTIES}cases?");
        let ours = self
            .properties
            .iter()
            .filter_map(|one| one.strip_prefix(&cases));
        let mut values = ours.flat_map(|one| one.split('&'));
        values.any(|value| {
            value
                .strip_prefix("differing=")
                .is_some_and(|count| count != "0")
        })
    }
}

/// A property in words for people. What is no property of ours is told as it is.
#[must_use]
pub fn in_words(property: &str) -> String {
    let Some(ours) = property.strip_prefix(PROPERTIES) else {
        return property.to_owned();
    };
    let Some((what, values)) = ours.split_once('?') else {
        return ours.to_owned();
    };
    let values = values.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) => format!("{name} {}", value_in_words(value)),
        None => pair.to_owned(),
    });
    format!("{what} ({})", values.collect::<Vec<_>>().join(", "))
}

/// Anything but a plain word stands in quotes, so that no value reads as several.
fn value_in_words(value: &str) -> String {
    if value
        .bytes()
        .all(|byte| is_unreserved(byte) || byte == b',')
    {
        return value.to_owned();
    }
    format!("{:?}", decoded(value).unwrap_or_else(|| value.to_owned()))
}

/// The text that [`percent_encoded`] gives as `value`. None where it gives no such value.
fn decoded(value: &str) -> Option<String> {
    let mut parts = value.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, plain) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(plain.as_bytes());
    }
    let text = String::from_utf8(bytes).ok()?;
    (percent_encoded(&text, b"") == value).then_some(text)
}

/// The canonical JSON of a countersignature of the report whose payload has the digest `report`.
///
/// # Errors
/// Never for texts that JSON can hold.
pub fn bytes(
    report: Digest,
    profile: Resource,
    verifier: &str,
    at: &Timestamp,
    redone: &[Redone],
) -> Result<Vec<u8>, StatementFault> {
    let predicate = Svr {
        verifier: Verifier {
            id: verifier.to_owned(),
            policies: vec![profile],
        },
        time_created: at.clone(),
        properties: redone.iter().map(Redone::property).collect(),
    };
    let subject = vec![Resource::new(SUBJECT, report)];
    statement::write(subject, PREDICATE_TYPE, predicate)
}

/// Reads a countersignature of the report whose payload has the digest `report`.
///
/// # Errors
/// When the bytes are no such statement, or are about something else.
pub fn parse(bytes: &[u8], report: Digest) -> Result<Svr, StatementFault> {
    let statement: Statement<Svr> = statement::read(bytes, PREDICATE_TYPE)?;
    let about = |resource: &Resource| resource.digest.get("sha256") == Some(&report);
    match statement.subject.as_slice() {
        [resource] if about(resource) => Ok(statement.predicate),
        _ => Err(StatementFault::OtherReport),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countersignature_is_about_one_report() {
        let (report, other) = (Digest::of(b"report"), Digest::of(b"other"));
        let at = Timestamp("2026-11-28T06:00:00Z".to_owned());
        let profile = Resource::new("profile:baseline@2.0.0", Digest::of(b"profile"));
        let redone = [Redone::Signature, Redone::Derivation];
        let bytes = bytes(report, profile, "https://ke.example", &at, &redone).unwrap();
        let read = parse(&bytes, report).unwrap();
        assert_eq!(read.time_created, at);
        assert_eq!(
            read.properties,
            redone.each_ref().map(Redone::property).to_vec()
        );
        assert_eq!(parse(&bytes, other), Err(StatementFault::OtherReport));
        let text = String::from_utf8(bytes).unwrap();
        let twice = text.replacen(
            "\"subject\":[",
            "\"subject\":[{\"digest\":{},\"name\":\"x\"},",
            1,
        );
        assert_eq!(
            parse(twice.as_bytes(), report),
            Err(StatementFault::OtherReport)
        );
        let more = text.replace("\"properties\"", "\"inputs\":[],\"properties\"");
        assert!(matches!(
            parse(more.as_bytes(), report),
            Err(StatementFault::Json(_))
        ));
    }

    #[test]
    fn a_recheck_says_what_was_allowed_and_a_text_is_one_value() {
        let check = |compute: &[&str], tolerance, nonce: &str, property: &str, words: &str| {
            let cases = Redone::Cases {
                cases: 59,
                differing: 0,
                compute: compute.iter().map(ToString::to_string).collect(),
                tolerance: Decimal::new(tolerance).unwrap(),
                nonce: nonce.to_owned(),
            };
            let found = cases.property();
            assert_eq!(
                found,
                format!("{PROPERTIES}cases?run=59&differing=0&{property}")
            );
            assert_eq!(
                in_words(&found),
                format!("cases (run 59, differing 0, {words})")
            );
        };
        check(
            &["f32"],
            0.0,
            "n1",
            "compute=f32&tolerance=0&nonce=n1",
            "compute f32, tolerance 0, nonce n1",
        );
        check(
            &["f32", "bf16"],
            1e-7,
            "a b&differing=7#ü",
            "compute=bf16,f32&tolerance=1e-7&nonce=a%20b%26differing%3D7%23%C3%BC",
            "compute bf16,f32, tolerance 1e-7, nonce \"a b&differing=7#ü\"",
        );
        check(
            &["f32"],
            0.5,
            "\", run 9",
            "compute=f32&tolerance=0.5&nonce=%22%2C%20run%209",
            "compute f32, tolerance 0.5, nonce \"\\\", run 9\"",
        );
    }

    #[test]
    fn what_others_write_is_told_as_it_is() {
        for (property, expect) in [
            ("https://weighhouse.org/checked/signature", "signature"),
            ("https://example.org/a?b=%20", "https://example.org/a?b=%20"),
            (
                "https://weighhouse.org/checked/x?a&b=%FF",
                "x (a, b \"%FF\")",
            ),
            (
                "https://weighhouse.org/checked/x?b=1, c 2%",
                "x (b \"1, c 2%\")",
            ),
            ("https://weighhouse.org/checked/x?b=%+1", "x (b \"%+1\")"),
        ] {
            assert_eq!(in_words(property), expect);
        }
    }
}
