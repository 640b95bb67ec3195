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
mod age;
mod checks;
mod extends;
mod fault;
mod model;
mod openings;
mod recognition;
mod signature;
mod token;
mod wanted;
mod wrappings;

use std::path::Path;

use serde::Serialize;
use weigh_core::digest::Digest;
use weigh_core::measure::Scored;
use weigh_core::report::Report;
use weigh_core::trust::Recognition;

use self::again::{Derived, derive_again};
use self::age::check_age;
use self::checks::{checks, notes, unchecked};
use self::extends::check_extends;
pub use self::fault::{Fault, Kind, VerifyFault};
use self::model::check_model;
pub use self::openings::Opened;
use self::openings::{check_openings, is_withheld, stated};
pub use self::recognition::Countersigned;
use self::recognition::{Recognised, recognise};
use self::signature::{Signed, check_signature};
use self::token::{Tokens, check_tokens};
pub use self::wanted::Wanted;
use self::wrappings::check_wrappings;
use crate::difference::difference;
use crate::keys::Algorithm;
use crate::record::{self, RecordFiles};

/// Where the key came from, and so what a good signature says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// The caller gave the key: the holder of that key signed.
    Given,
    /// The key is one of the trust policy's.
    Policy,
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

/// A record that is signed, whole, and gives the same report again; or a signed report of which
/// cases were opened and all else was [withheld](Verified::withheld).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The report: signed and derived, the same bytes. Of a withheld record only signed.
    pub report: Report,
    /// The outcomes that it was derived from: other profiles can be held against them.
    pub scored: Vec<Scored>,
    /// SHA-256 of the statement that was signed.
    pub statement: Digest,
    /// How the key signs.
    pub algorithm: Algorithm,
    /// Which key signed.
    pub keyid: Digest,
    /// What the signature says.
    pub trust: Trust,
    /// What the trust policy says, where there is one.
    pub recognition: Option<Recognition>,
    /// What others say of the report, under keys of the policy.
    pub countersigned: Vec<Countersigned>,
    /// Whether journal and suites were not there, and so nothing was derived.
    pub withheld: bool,
    /// The cases that were opened, each proved.
    pub opened: Vec<Opened>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// What was not checked, and how it can be.
    pub unchecked: Vec<Check>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// Verifies the record in `folder`, with the key that is given or else with the record's own, and
/// whatever else is [`Wanted`].
///
/// # Errors
/// Every fault that was found, not only the first.
pub fn verify(folder: &Path, wanted: &Wanted<'_>) -> Result<Verified, VerifyFault> {
    let mut faults = Vec::new();
    let folder = folder.canonicalize().map_err(|error| VerifyFault {
        faults: vec![Fault::io(".", &error)],
    })?;
    let files = record::read(&folder, &mut faults);
    verify_files(&files, wanted, faults)
}

/// Verifies what was read of a record; `faults` are those of reading it.
///
/// # Errors
/// Every fault that was found, not only the first.
pub fn verify_files(
    files: &RecordFiles,
    wanted: &Wanted<'_>,
    mut faults: Vec<Fault>,
) -> Result<Verified, VerifyFault> {
    if let Some(fault) = again::part(files).or_else(|| again::unfinished(files)) {
        let faults = vec![fault];
        return Err(VerifyFault { faults });
    }
    if wanted.key.is_some() {
        // Who brings the key needs none from the record.
        faults.retain(|fault| fault.kind != Kind::Missing || fault.place != record::PUBLIC_KEY);
    }
    let signed = check_signature(files, wanted, &mut faults);
    let derived = if is_withheld(files, wanted, &mut faults) {
        let signed = signed.as_ref();
        signed.and_then(|signed| stated(files, signed, &mut faults))
    } else {
        derive_again(files, &mut faults)
    };
    let mut recognised = Recognised::default();
    let mut tokens = Tokens::default();
    if let Some(signed) = &signed {
        let issued = derived.as_ref().map(|derived| derived.report.issued());
        tokens = check_tokens(files, signed, issued, wanted, &mut faults);
        let others = check_wrappings(files, signed, derived.as_ref(), &mut faults);
        if let Some(derived) = &derived {
            compare(signed, derived, &mut faults);
            recognised = recognise(signed, &derived.report, others, wanted, &mut faults);
        }
    }
    let mut opened = Vec::new();
    if let Some(Derived { report, bytes, .. }) = &derived {
        opened = check_openings(report, Digest::of(bytes), wanted, &mut faults);
        check_age(report, wanted, &mut faults);
        if let Some(path) = wanted.model {
            check_model(path, &report.subject, &mut faults);
        }
        if let Some(path) = wanted.extends {
            check_extends(path, files, &mut faults);
        }
    }
    match (signed, derived) {
        (Some(signed), Some(derived)) if faults.is_empty() => {
            verified(files, wanted, signed, derived, (recognised, opened, tokens))
        }
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
    wanted: &Wanted<'_>,
    signed: Signed,
    derived: Derived,
    (recognised, opened, tokens): (Recognised, Vec<Opened>, Tokens),
) -> Result<Verified, VerifyFault> {
    let notes = notes(files, &signed);
    let mut checks = checks(files, wanted, &signed, &derived, &recognised);
    checks.extend(tokens.shown);
    checks.extend(openings::checks(&opened));
    let mut unchecked = unchecked(files, wanted, &derived.report, &recognised);
    unchecked.extend(tokens.open);
    if derived.withheld {
        unchecked.splice(0..0, openings::unchecked(files, &derived.report));
    }
    let Some(key) = signed.key else {
        let faults = vec![Fault::new(
            Kind::Key,
            record::PUBLIC_KEY,
            "no key to verify with",
        )];
        return Err(VerifyFault { faults });
    };
    Ok(Verified {
        withheld: derived.withheld,
        opened,
        checks,
        unchecked,
        recognition: recognised.recognition,
        countersigned: recognised.countersigned,
        statement: Digest::of(&derived.bytes),
        algorithm: key.algorithm(),
        keyid: key.keyid(),
        trust: signed.trust,
        report: derived.report,
        scored: derived.scored,
        notes,
    })
}
