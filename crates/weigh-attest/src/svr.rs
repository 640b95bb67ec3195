//! A countersignature: an authority's statement of what it has checked of a report, as in-toto's
//! Simple Verification Result (SVR v0.2).
//!
//! Its subject is the SHA-256 of the report's payload: it goes with that very report and no other.
//! What was re-done stands in `properties`, as addresses below [`PROPERTIES`].

use serde::{Deserialize, Serialize};
use weigh_core::digest::Digest;
use weigh_core::event::Timestamp;

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
        /// What they were drawn by, published after the report was signed.
        nonce: String,
    },
}

impl Redone {
    /// The property that says so.
    #[must_use]
    pub fn property(&self) -> String {
        match self {
            Self::Signature => format!("{PROPERTIES}signature"),
            Self::Derivation => format!("{PROPERTIES}derivation"),
            Self::Cases {
                cases,
                differing,
                nonce,
            } => format!("{PROPERTIES}cases?run={cases}&differing={differing}&nonce={nonce}"),
        }
    }
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
        let cases = Redone::Cases {
            cases: 59,
            differing: 0,
            nonce: "n1".to_owned(),
        };
        let redone = [Redone::Signature, Redone::Derivation, cases];
        let bytes = bytes(report, profile, "https://ke.example", &at, &redone).unwrap();
        let read = parse(&bytes, report).unwrap();
        assert_eq!(read.time_created, at);
        assert_eq!(
            read.properties[2],
            "https://weighhouse.org/checked/cases?run=59&differing=0&nonce=n1"
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
}
