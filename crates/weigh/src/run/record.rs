//! A run's folder as a record that stands for itself: inputs, journal, report, signature.

use std::fs;
use std::path::Path;

use weigh_attest::amend::follow;
use weigh_attest::dsse::Envelope;
use weigh_attest::keys::{self, PrivateKey, PublicKey};
use weigh_attest::record::{
    AMENDMENTS, ATTESTATIONS, ENVELOPE, JOURNAL, PROFILE, PUBLIC_KEY, STATEMENT, SUITES,
};
use weigh_attest::{issue, statement};
use weigh_core::journal::{self, Journal};
use weigh_core::model::FALLBACK;
use weigh_core::report::{self, Report};
use weigh_core::stats::reliability::Reliability;
use weigh_core::suite::Suite;
use weigh_report::{Context, Files, Reasons, ReportLanguage, Signature, Standing, html, markdown};
use weigh_runner::durable;

use super::inputs::Inputs;
use super::place::quoted;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::key;
use crate::output::Output;

/// The report for people.
pub const PAGE: &str = "report.html";

/// Copies suites and profile into the record, byte for byte.
pub fn keep_inputs(out: &Path, inputs: &Inputs) -> Result<(), Failure> {
    for loaded in &inputs.suites {
        let folder = out.join(SUITES).join(&loaded.suite.id);
        fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        for (name, bytes) in &loaded.files {
            write(&folder.join(name), bytes)?;
        }
    }
    write(&out.join(PROFILE), &inputs.profile_bytes)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    durable::write(path, bytes).map_err(|fault| unwritable(path, &fault))
}

fn unwritable(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Machine,
        format!("cannot keep {}: {why}", path.display()),
        "see to the disk and its free space, then try again",
    )
}

/// Derives the report from the sealed journal, signs it and writes it in every form. What is signed already stays,
/// with the countersignatures behind it.
pub fn sign(out: &Path, inputs: &Inputs, key: &PrivateKey) -> Result<Report, Failure> {
    let (report, reliability) = derived(out, inputs)?;
    let payload = statement::bytes(&report).map_err(|fault| underivable(out, &fault))?;
    let standing = standing(out, &payload, key)?;
    let signer = match standing {
        Signed::ByAnother(signer) => signer,
        Signed::Not | Signed::ByUs => {
            let files = issue::files(&report, key).map_err(|fault| underivable(out, &fault))?;
            for (name, bytes) in files {
                let path = out.join(name);
                // Behind what is signed here, which is the same again, others may have signed.
                let theirs = name == ATTESTATIONS && matches!(standing, Signed::ByUs);
                if !(theirs && path.exists()) {
                    write(&path, &bytes)?;
                }
            }
            key.public()
        }
    };
    let context = context(out, &signer, reliability);
    write(&out.join(PAGE), html(&report, &context).as_bytes())?;
    write(
        &out.join("summary.md"),
        markdown(&report, &context).as_bytes(),
    )?;
    Ok(report)
}

/// Whether the report in a record is signed, and whose it is.
enum Signed {
    /// Not, or by the user's own key as one that was derived otherwise.
    Not,
    /// By the user's own key; a file of it may be missing.
    ByUs,
    /// By the key that is in the record.
    ByAnother(PublicKey),
}

/// How the report with this `payload` stands in `out`. What somebody else has signed is signed again by nobody.
fn standing(out: &Path, payload: &[u8], key: &PrivateKey) -> Result<Signed, Failure> {
    let Ok(envelope) = fs::read(out.join(ENVELOPE)) else {
        return Ok(Signed::Not);
    };
    let envelope = Envelope::parse(&envelope).ok();
    let signed_by = |key: &PublicKey| {
        let opened = envelope.as_ref()?.open(key).ok()?;
        Some(opened.payload == payload)
    };
    match signed_by(&key.public()) {
        Some(true) => return Ok(Signed::ByUs),
        Some(false) => return Ok(Signed::Not),
        None => {}
    }
    let stated = fs::read(out.join(STATEMENT)).is_ok_and(|stated| stated == payload);
    let signer = keys::read_public(&out.join(PUBLIC_KEY)).ok();
    match signer.filter(|signer| stated && signed_by(signer) == Some(true)) {
        Some(signer) => Ok(Signed::ByAnother(signer)),
        None => Err(Failure::new(
            Exit::Usage,
            format!(
                "the record in {} is signed, but not by your key, nor as it is by the one in its {PUBLIC_KEY}",
                out.display()
            ),
            "check it by `weigh verify`, and use an unchanged copy",
        )),
    }
}

/// The report that follows from the sealed journal in `out` and its amendments, if there are any, and
/// the diagrams that are derived with it.
pub fn derived(out: &Path, inputs: &Inputs) -> Result<(Report, Vec<Reliability>), Failure> {
    let journal = journal_of(out)?;
    let suites: Vec<Suite> = inputs
        .suites
        .iter()
        .map(|loaded| loaded.suite.clone())
        .collect();
    let (report, diagrams) = report::derive_diagrams(&journal, &suites, &inputs.profile)
        .map_err(|fault| underivable(out, &fault))?;
    let amendments = out.join(AMENDMENTS);
    if !amendments.exists() {
        return Ok((report, diagrams));
    }
    let bytes = fs::read(amendments).map_err(|error| underivable(out, &error))?;
    let amendments = report::read_amendments(&bytes, report.issued())
        .map_err(|fault| underivable(out, &fault))?;
    let report = follow(report, &amendments).map_err(|fault| underivable(out, &fault))?;
    Ok((report, diagrams))
}

fn journal_of(out: &Path) -> Result<Journal, Failure> {
    let bytes = fs::read(out.join(JOURNAL)).map_err(|error| underivable(out, &error))?;
    journal::parse(&bytes).map_err(|fault| underivable(out, &fault))
}

/// Whether the engine took another way than it was asked to take in some stretch of the work in `out`.
pub fn fell_back(out: &Path) -> Result<bool, Failure> {
    let journal = journal_of(out)?;
    let mut opened = journal.opened.iter();
    Ok(opened.any(|opened| opened.conditions.contains_key(FALLBACK)))
}

/// What the pages for people say of the signature.
fn context(out: &Path, signer: &PublicKey, reliability: Vec<Reliability>) -> Context {
    Context {
        signature: Some(Signature {
            key_id: signer.keyid().to_string(),
            standing: Standing::FirstParty,
        }),
        files: files_of(out),
        language: ReportLanguage::En,
        reliability,
        reasons: Reasons::default(),
    }
}

/// What the files of the record in `out` are called.
pub fn files_of(out: &Path) -> Files {
    Files {
        folder: quoted(out),
        envelope: ENVELOPE.to_owned(),
        public_key: PUBLIC_KEY.to_owned(),
    }
}

fn underivable(out: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Invalid,
        format!("cannot derive the report of {}: {why}", out.display()),
        "use an unchanged copy of the record, or begin a new run",
    )
}

/// The user's own key, for whoever makes a record: without one, the first record makes it. That is
/// told, because whoever reads the report will ask for it. Others take [`key::existing`].
pub fn signing_key(output: &Output) -> Result<PrivateKey, Failure> {
    let path = keys::default_path().map_err(|fault| key::failure(&fault))?;
    let loaded = keys::load_or_create(&path).map_err(|fault| key::failure(&fault))?;
    if loaded.created {
        output.note(&format!(
            "made a signing key ({}) in {}; publish what `weigh key show` prints",
            key::kept(loaded.encrypted),
            path.display()
        ));
    }
    Ok(loaded.key)
}
