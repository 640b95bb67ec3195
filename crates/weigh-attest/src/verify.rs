//! Verifying a record: is it signed, is it whole, and does it give the same report again?
//!
//! The report is derived a second time from journal, suites and profile by the functions that made
//! it, and compared byte for byte with what was signed. No model is needed, and nothing that the
//! record says about itself is believed.
//!
//! What decides is the payload that the signature is about. How the envelope around it is written
//! (white space, hints, base64 alphabet, signatures by others) is up to the tool that wrote it; a
//! difference from what `weigh` writes is noted, not refused.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;

use serde::Serialize;
use weigh_core::diagnostic::{Diagnostic, Severity};
use weigh_core::digest::Digest;
use weigh_core::journal::{self, Journal};
use weigh_core::profile::{self, Profile};
use weigh_core::report::{Report, derive};
use weigh_core::suite::{self, Suite, SuiteFile};
use weigh_core::text::visible_line;

use crate::difference::difference;
use crate::dsse::{Envelope, OpenFault, PAYLOAD_TYPE};
use crate::keys::{Algorithm, PublicKey};
use crate::record::{self, RecordFiles, SuiteFiles};
use crate::statement;

/// Diagnostics of a suite or profile that are told: the rest is counted.
const TOLD: usize = 5;

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The machine could not read the file: says nothing about the record.
    Machine,
    /// A file is not there.
    Missing,
    /// A link, a device, a name that is no text.
    Surprise,
    /// A file is larger than any honest one.
    Size,
    /// No key to verify with.
    Key,
    /// No envelope.
    Envelope,
    /// The signature is by another key than the one that was given.
    UnknownKey,
    /// The signature does not fit.
    Signature,
    /// What was signed is no statement about a test report.
    Statement,
    /// `report.json` is not what was signed.
    Copy,
    /// The journal is broken.
    Journal,
    /// A suite cannot be read.
    Suite,
    /// The profile cannot be read.
    Profile,
    /// Journal, suites and profile do not belong together.
    Derivation,
    /// They give another report than the one that was signed.
    Difference,
}

/// One thing that is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// What kind.
    pub kind: Kind,
    /// The file in the record.
    pub place: String,
    /// What is wrong. Names and texts out of the record are made visible.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(kind: Kind, place: &str, message: impl AsRef<str>) -> Self {
        Self {
            kind,
            place: visible_line(place).into_owned(),
            message: visible_line(message.as_ref()).into_owned(),
        }
    }

    pub(crate) fn io(place: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            Self::new(Kind::Missing, place, "not there")
        } else {
            Self::new(Kind::Machine, place, error.to_string())
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Why a record is not valid: every fault that was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
pub struct VerifyFault {
    /// At least one.
    pub faults: Vec<Fault>,
}

impl VerifyFault {
    /// Whether only the machine is at fault, so that trying again may help.
    #[must_use]
    pub fn is_machine(&self) -> bool {
        self.faults.iter().all(|fault| fault.kind == Kind::Machine)
    }
}

impl fmt::Display for VerifyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the record is not valid")?;
        self.faults
            .iter()
            .try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

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

/// An envelope with its payload. Verified unless there is a fault.
struct Signed {
    envelope: Envelope,
    key: Option<PublicKey>,
    trust: Trust,
}

impl Signed {
    fn payload(&self) -> &[u8] {
        self.envelope.unverified_payload()
    }
}

fn check_signature(
    files: &RecordFiles,
    given: Option<&PublicKey>,
    faults: &mut Vec<Fault>,
) -> Option<Signed> {
    let enclosed = enclosed_key(files, faults);
    let (key, trust) = match given {
        Some(key) => (Some(key.clone()), Trust::Given),
        None => (enclosed, Trust::Enclosed),
    };
    let bytes = files.get(record::ENVELOPE)?;
    let envelope = match Envelope::parse(bytes) {
        Ok(envelope) => envelope,
        Err(fault) => {
            faults.push(Fault::new(
                Kind::Envelope,
                record::ENVELOPE,
                fault.to_string(),
            ));
            return None;
        }
    };
    match key.as_ref().map(|key| envelope.open(key)) {
        None => {}
        Some(Ok(opened)) if opened.payload_type == PAYLOAD_TYPE => {}
        Some(Ok(opened)) => {
            let found = opened.payload_type;
            let message = format!("the payload's type is `{found}`, expected `{PAYLOAD_TYPE}`");
            faults.push(Fault::new(Kind::Statement, record::ENVELOPE, message));
        }
        Some(Err(fault)) => {
            let kind = match fault {
                OpenFault::UnknownKey => Kind::UnknownKey,
                OpenFault::BadSignature => Kind::Signature,
            };
            faults.push(Fault::new(kind, record::ENVELOPE, fault.to_string()));
        }
    }
    check_payload(files, envelope.unverified_payload(), faults);
    Some(Signed {
        envelope,
        key,
        trust,
    })
}

/// The key in the record. One that is there must be a key, even when another one is used.
fn enclosed_key(files: &RecordFiles, faults: &mut Vec<Fault>) -> Option<PublicKey> {
    let bytes = files.get(record::PUBLIC_KEY)?;
    let key = std::str::from_utf8(bytes)
        .map_err(|_| "not UTF-8".to_owned())
        .and_then(|text| PublicKey::from_pem(text).map_err(|fault| fault.to_string()));
    key.map_err(|message| faults.push(Fault::new(Kind::Key, record::PUBLIC_KEY, message)))
        .ok()
}

fn check_payload(files: &RecordFiles, payload: &[u8], faults: &mut Vec<Fault>) {
    if let Err(fault) = statement::parse(payload) {
        faults.push(Fault::new(
            Kind::Statement,
            record::ENVELOPE,
            fault.to_string(),
        ));
    }
    let Some(copy) = files.get(record::STATEMENT) else {
        return;
    };
    if copy != payload {
        let message = match difference(payload, copy) {
            Some(found) => format!("not what was signed: {}", found.in_words("signed", "here")),
            None => "not what was signed: it is written otherwise".to_owned(),
        };
        faults.push(Fault::new(Kind::Copy, record::STATEMENT, message));
    }
}

/// What journal, suites and profile give.
struct Derived {
    report: Report,
    bytes: Vec<u8>,
}

fn derive_again(files: &RecordFiles, faults: &mut Vec<Fault>) -> Option<Derived> {
    let journal = read_journal(files, faults);
    let suites = read_suites(files, faults);
    let id = journal.as_ref().map(|journal| &journal.header.profile.id);
    let profile = read_profile(files, id.map(String::as_str), faults);
    let (journal, suites, profile) = (journal?, suites?, profile?);
    let report = derive(&journal, &suites, &profile)
        .map_err(|fault| {
            faults.push(Fault::new(
                Kind::Derivation,
                record::JOURNAL,
                fault.to_string(),
            ))
        })
        .ok()?;
    let bytes = statement::bytes(&report)
        .map_err(|fault| {
            faults.push(Fault::new(
                Kind::Statement,
                record::JOURNAL,
                fault.to_string(),
            ))
        })
        .ok()?;
    Some(Derived { report, bytes })
}

fn read_journal(files: &RecordFiles, faults: &mut Vec<Fault>) -> Option<Journal> {
    let mut fault = |message: String| {
        faults.push(Fault::new(Kind::Journal, record::JOURNAL, message));
    };
    match journal::parse(files.get(record::JOURNAL)?) {
        Ok(Journal {
            torn: Some(torn), ..
        }) => {
            let (keep, bytes) = (torn.keep, torn.bytes);
            fault(format!(
                "{bytes} bytes of an incomplete line follow byte {keep}"
            ));
            None
        }
        Ok(journal) => Some(journal),
        Err(broken) => {
            fault(broken.to_string());
            None
        }
    }
}

/// Every suite in the record. None when one of them has a fault.
fn read_suites(files: &RecordFiles, faults: &mut Vec<Fault>) -> Option<Vec<Suite>> {
    let all: Vec<Option<Suite>> = files
        .suites
        .iter()
        .map(|(id, files)| read_suite(id, files, faults))
        .collect();
    all.into_iter().collect()
}

fn read_suite(id: &str, files: &SuiteFiles, faults: &mut Vec<Fault>) -> Option<Suite> {
    let files: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, bytes)| SuiteFile { path, bytes })
        .collect();
    match suite::parse(id, &files) {
        Ok(parsed) => Some(parsed.suite),
        Err(diagnostics) => {
            let place = format!("{}/{id}", record::SUITES);
            tell(Kind::Suite, &place, &diagnostics, faults);
            None
        }
    }
}

fn read_profile(files: &RecordFiles, id: Option<&str>, faults: &mut Vec<Fault>) -> Option<Profile> {
    let bytes = files.get(record::PROFILE)?;
    // The record keeps it under one name for all; its own name is its id.
    let name = format!("{}.toml", id.unwrap_or("profile"));
    match profile::parse(&name, bytes) {
        Ok(profile) => Some(profile),
        Err(diagnostics) => {
            tell(Kind::Profile, record::PROFILE, &diagnostics, faults);
            None
        }
    }
}

/// The first few errors of a file, and how many more there are.
fn tell(kind: Kind, place: &str, diagnostics: &[Diagnostic], faults: &mut Vec<Fault>) {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    for error in errors.clone().take(TOLD) {
        let place = if kind == Kind::Suite {
            format!("{place}/{}", error.file)
        } else {
            place.to_owned()
        };
        let (line, column) = (error.line, error.column);
        let message = format!("line {line}, column {column}: {}", error.message);
        faults.push(Fault::new(kind, &place, message));
    }
    let more = errors.count().saturating_sub(TOLD);
    if more > 0 {
        faults.push(Fault::new(kind, place, format!("{more} more faults")));
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
