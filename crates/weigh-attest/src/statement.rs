//! What is signed: an in-toto Statement (version 1). The main one is about the model's files, and its
//! predicate is the test report.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use weigh_core::digest::Digest;
use weigh_core::json::{self, JsonFault};
use weigh_core::report::{PREDICATE_TYPE, Report};
use weigh_core::subject::Subject;

/// The statement's own type.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// Why a report cannot be stated, or bytes are no statement about a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementFault {
    /// Not JSON of a statement's shape.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// Another kind of statement.
    #[error("`{field}` is `{found}`, expected `{expected}`")]
    Type {
        /// The field.
        field: &'static str,
        /// What it holds.
        found: String,
        /// What it must hold.
        expected: &'static str,
    },
    /// The subject is not the one that the report is about.
    #[error("`subject` does not list the files and digests of the report's own subject")]
    Subject,
    /// A countersignature of something else.
    #[error("`subject` is not this report")]
    OtherReport,
    /// The report is one of a part of a run.
    #[error("its plan has a `shard`: it is about a part of a run, and no report is")]
    Shard,
    /// The report names two things alike.
    #[error("the model has two files called `{0}`")]
    DoubleName(String),
    /// The report names no file.
    #[error("the report names no file of the model")]
    NoFile,
    /// The report has no canonical form.
    #[error("the report has no canonical JSON form")]
    NotCanonical,
}

/// One thing that the statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its name; unique in a statement.
    pub name: String,
    /// Its digests. Only `sha256` is written: other readers refuse other keys.
    pub digest: BTreeMap<String, Digest>,
}

impl Resource {
    /// A resource with its SHA-256.
    #[must_use]
    pub fn new(name: impl Into<String>, sha256: Digest) -> Self {
        Self {
            name: name.into(),
            digest: BTreeMap::from([("sha256".to_owned(), sha256)]),
        }
    }
}

/// A statement; the predicate is a test report where nothing else is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement<P = Report> {
    /// [`STATEMENT_TYPE`].
    #[serde(rename = "_type")]
    pub kind: String,
    /// What it is about. For a report the model: its files, tokenizer, configuration and chat template.
    pub subject: Vec<Resource>,
    /// What the predicate is; [`PREDICATE_TYPE`] for a report.
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// What is said.
    pub predicate: P,
}

/// The canonical JSON of the statement about `report`: the payload that is signed.
///
/// # Errors
/// When the report names no file of the model, or two alike.
pub fn bytes(report: &Report) -> Result<Vec<u8>, StatementFault> {
    write(resources(&report.subject)?, PREDICATE_TYPE, report)
}

/// The canonical JSON of a statement.
pub(crate) fn write<P: Serialize>(
    subject: Vec<Resource>,
    predicate_type: &str,
    predicate: P,
) -> Result<Vec<u8>, StatementFault> {
    let statement = Statement {
        kind: STATEMENT_TYPE.to_owned(),
        subject,
        predicate_type: predicate_type.to_owned(),
        predicate,
    };
    json::canonical(&statement).ok_or(StatementFault::NotCanonical)
}

/// Reads a statement about a test report, strictly: no unknown field, no other type, and the
/// subject is the report's own.
///
/// # Errors
/// When the bytes are anything else.
pub fn parse(bytes: &[u8]) -> Result<Statement, StatementFault> {
    let statement: Statement = read(bytes, PREDICATE_TYPE)?;
    if statement.subject != resources(&statement.predicate.subject)? {
        return Err(StatementFault::Subject);
    }
    if statement.predicate.plan.shard.is_some() {
        return Err(StatementFault::Shard);
    }
    Ok(statement)
}

/// Reads a statement with a predicate of this type.
pub(crate) fn read<P: DeserializeOwned>(
    bytes: &[u8],
    predicate_type: &'static str,
) -> Result<Statement<P>, StatementFault> {
    let statement: Statement<P> = json::parse(bytes)?;
    expect("_type", &statement.kind, STATEMENT_TYPE)?;
    expect("predicateType", &statement.predicate_type, predicate_type)?;
    Ok(statement)
}

fn expect(field: &'static str, found: &str, expected: &'static str) -> Result<(), StatementFault> {
    if found == expected {
        return Ok(());
    }
    Err(StatementFault::Type {
        field,
        found: found.to_owned(),
        expected,
    })
}

/// Files first, by name; then what was read out of them, under names that no base name can have.
pub(crate) fn resources(subject: &Subject) -> Result<Vec<Resource>, StatementFault> {
    if subject.files.is_empty() {
        return Err(StatementFault::NoFile);
    }
    let mut files = BTreeMap::new();
    for file in &subject.files {
        if files.insert(file.name.as_str(), file.sha256).is_some() {
            return Err(StatementFault::DoubleName(file.name.clone()));
        }
    }
    let parts = [
        ("model:/tokenizer", Some(subject.tokenizer)),
        ("model:/config", Some(subject.config)),
        ("model:/chat_template", subject.chat_template),
    ];
    let parts = parts
        .into_iter()
        .filter_map(|(name, digest)| Some((name, digest?)));
    Ok(files
        .into_iter()
        .chain(parts)
        .map(|(name, sha256)| Resource::new(name, sha256))
        .collect())
}

#[cfg(test)]
mod tests;
