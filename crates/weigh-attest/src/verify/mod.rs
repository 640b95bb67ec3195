//! Verifying a record: is it signed, is it whole, and does it give the same report again?
//!
//! The report is derived a second time from journal, suites and profile by the functions that made
//! it, and compared byte for byte with what was signed. No model is needed, and nothing that the
//! record says about itself is believed.
//!
//! What decides is the payload that the signature is about. How the envelope around it is written
//! (white space, hints, base64 alphabet, signatures by others) is up to the tool that wrote it; a
//! difference from what `weigh` writes is noted, not refused.

mod again;
mod fault;
mod signature;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use weigh_core::digest::Digest;
use weigh_core::report::Report;
use weigh_core::text::visible_line;

use self::again::{Derived, derive_again};
pub use self::fault::{Fault, Kind, VerifyFault};
use self::signature::{Signed, check_signature, enclosed_key};
use crate::difference::difference;
use crate::keys::{Algorithm, PublicKey};
use crate::record::{self, RecordFiles};

/// Where the key came from, and so what a good signature says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// The caller gave the key: the holder of that key signed.
    Given,
    /// The key came with the record: nothing was changed since it was signed, by whomever.
    Enclosed,
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What.
    pub what: &'static str,
    /// What was found.
    pub found: String,
}

/// A record that is signed, whole, and gives the same report again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The report: signed and derived, the same bytes.
    pub report: Report,
    /// SHA-256 of the statement that was signed.
    pub statement: Digest,
    /// How the key signs.
    pub algorithm: Algorithm,
    /// Which key signed.
    pub keyid: Digest,
    /// What the signature says.
    pub trust: Trust,
    /// What was checked.
    pub checks: Vec<Check>,
    /// What a reader should know and what was not checked.
    pub notes: Vec<String>,
}

/// Verifies the record in `folder`, with the key that is given or else with the record's own.
///
/// # Errors
/// Every fault that was found, not only the first.
pub fn verify(folder: &Path, key: Option<&PublicKey>) -> Result<Verified, VerifyFault> {
    let mut faults = Vec::new();
    let folder = folder.canonicalize().map_err(|error| VerifyFault {
        faults: vec![Fault::io(".", &error)],
    })?;
    let files = record::read(&folder, &mut faults);
    verify_files(&files, key, faults)
}

/// Verifies what was read of a record; `faults` are those of reading it.
///
/// # Errors
/// Every fault that was found, not only the first.
pub fn verify_files(
    files: &RecordFiles,
    key: Option<&PublicKey>,
    mut faults: Vec<Fault>,
) -> Result<Verified, VerifyFault> {
    if key.is_some() {
        // Who brings the key needs none from the record.
        faults.retain(|fault| fault.kind != Kind::Missing || fault.place != record::PUBLIC_KEY);
    }
    let signed = check_signature(files, key, &mut faults);
    let derived = derive_again(files, &mut faults);
    if let (Some(signed), Some(derived)) = (&signed, &derived) {
        compare(signed, derived, &mut faults);
    }
    match (signed, derived) {
        (Some(signed), Some(derived)) if faults.is_empty() => verified(files, signed, derived),
        _ => {
            faults.sort();
            faults.dedup();
            Err(VerifyFault { faults })
        }
    }
}

fn compare(signed: &Signed, derived: &Derived, faults: &mut Vec<Fault>) {
    if signed.payload() == derived.bytes {
        return;
    }
    let mut message = match difference(signed.payload(), &derived.bytes) {
        Some(found) => format!(
            "another report follows: {}",
            found.in_words("signed", "derived")
        ),
        None => "the same report follows, but what was signed is not canonical JSON".to_owned(),
    };
    let (made, here) = (&derived.report.plan.harness, env!("CARGO_PKG_VERSION"));
    if made != here {
        message.push_str(&format!(
            " (the record was made by version {made}, this is {here}: verify with that one)"
        ));
    }
    faults.push(Fault::new(Kind::Difference, record::ENVELOPE, message));
}

/// What there is to say of a record without a fault. Without a key there is always one.
fn verified(
    files: &RecordFiles,
    signed: Signed,
    derived: Derived,
) -> Result<Verified, VerifyFault> {
    let notes = notes(files, &signed);
    let Some(key) = signed.key else {
        let faults = vec![Fault::new(
            Kind::Key,
            record::PUBLIC_KEY,
            "no key to verify with",
        )];
        return Err(VerifyFault { faults });
    };
    Ok(Verified {
        checks: checks(files, &key, &derived),
        statement: Digest::of(&derived.bytes),
        algorithm: key.algorithm(),
        keyid: key.keyid(),
        trust: signed.trust,
        report: derived.report,
        notes,
    })
}

fn checks(files: &RecordFiles, key: &PublicKey, derived: &Derived) -> Vec<Check> {
    let (report, size) = (&derived.report, derived.bytes.len());
    let suite_files: usize = files.suites.values().map(BTreeMap::len).sum();
    let (head, lines) = (report.record.journal_head, report.record.journal_lines);
    let profile = &report.plan.profile;
    let all = [
        (
            "signature",
            format!("good: {}, key {}", key.algorithm(), key.keyid()),
        ),
        (
            "statement",
            format!("{size} bytes, and report.json is the same"),
        ),
        (
            "journal",
            format!("{lines} lines, chained and sealed, head {head}"),
        ),
        (
            "suites",
            format!(
                "{} with {suite_files} files, as planned",
                files.suites.len()
            ),
        ),
        (
            "profile",
            format!("{} {}, as planned", profile.id, profile.version),
        ),
        ("report", format!("derived again: the same {size} bytes")),
    ];
    all.into_iter()
        .map(|(what, found)| Check {
            what,
            found: visible_line(&found).into_owned(),
        })
        .collect()
}

fn notes(files: &RecordFiles, signed: &Signed) -> Vec<String> {
    let mut notes = Vec::new();
    let enclosed = enclosed_key(files, &mut Vec::new());
    match signed.trust {
        Trust::Enclosed => notes.push(
            "the key came with the record: nothing was changed since it was signed, but by whom is \
             not shown; ask the signer for the key and give it with --key"
                .to_owned(),
        ),
        Trust::Given if enclosed.is_some() && enclosed != signed.key => {
            notes.push(format!("{} is another key than the one given", record::PUBLIC_KEY));
        }
        Trust::Given => {}
    }
    let ours = signed.key.as_ref().map(PublicKey::keyid);
    if files
        .get(record::ENVELOPE)
        .zip(ours)
        .is_none_or(|(bytes, ours)| !signed.envelope.is_ours(bytes, ours))
    {
        notes.push(format!(
            "{} is not written as weigh writes it: hints, other signatures and unknown fields in it \
             were not checked",
            record::ENVELOPE
        ));
    }
    if !files.others.is_empty() {
        let others: Vec<&str> = files.others.iter().map(String::as_str).collect();
        notes.push(visible_line(&format!("not checked: {}", others.join(", "))).into_owned());
    }
    notes
}
