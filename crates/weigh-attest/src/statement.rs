//! What is signed: an in-toto Statement (version 1) about the model's files, whose predicate is
//! the test report.

use std::collections::BTreeMap;

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

/// A statement with a test report as its predicate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// [`STATEMENT_TYPE`].
    #[serde(rename = "_type")]
    pub kind: String,
    /// The model: its files, tokenizer, configuration and chat template.
    pub subject: Vec<Resource>,
    /// [`PREDICATE_TYPE`].
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// The report.
    pub predicate: Report,
}

/// The canonical JSON of the statement about `report`: the payload that is signed.
///
/// # Errors
/// When the report names no file of the model, or two alike.
pub fn bytes(report: &Report) -> Result<Vec<u8>, StatementFault> {
    let statement = Statement {
        kind: STATEMENT_TYPE.to_owned(),
        subject: resources(&report.subject)?,
        predicate_type: PREDICATE_TYPE.to_owned(),
        predicate: report.clone(),
    };
    json::canonical(&statement).ok_or(StatementFault::NotCanonical)
}

/// Reads a statement about a test report, strictly: no unknown field, no other type, and the
/// subject is the report's own.
///
/// # Errors
/// When the bytes are anything else.
pub fn parse(bytes: &[u8]) -> Result<Statement, StatementFault> {
    let statement: Statement = json::parse(bytes)?;
    expect("_type", &statement.kind, STATEMENT_TYPE)?;
    expect("predicateType", &statement.predicate_type, PREDICATE_TYPE)?;
    if statement.subject != resources(&statement.predicate.subject)? {
        return Err(StatementFault::Subject);
    }
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
fn resources(subject: &Subject) -> Result<Vec<Resource>, StatementFault> {
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
        .map(|(name, sha256)| Resource {
            name: name.to_owned(),
            digest: BTreeMap::from([("sha256".to_owned(), sha256)]),
        })
        .collect())
}

#[cfg(test)]
mod tests;
