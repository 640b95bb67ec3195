//! The other wrappings of what was signed must hold the same: the bundle and the attestations.

use weigh_core::digest::Digest;

use super::{Derived, Fault, Kind, Signed};
use crate::bundle::{read_lines, read_sigstore, sigstore};
use crate::dsse::{Envelope, PAYLOAD_TYPE};
use crate::record::{self, RecordFiles};
use crate::test_result;

/// Holds both wrappings to the envelope, where they are there, and gives the envelopes of others
/// that stand behind ours.
pub(super) fn check_wrappings(
    files: &RecordFiles,
    signed: &Signed,
    derived: Option<&Derived>,
    faults: &mut Vec<Fault>,
) -> Vec<Envelope> {
    if let Some(bytes) = files.get(record::BUNDLE) {
        match read_sigstore(bytes) {
            Ok(envelope) => same(record::BUNDLE, signed, &envelope, faults),
            Err(fault) => add(record::BUNDLE, fault, faults),
        }
    }
    let Some(bytes) = files.get(record::ATTESTATIONS) else {
        return Vec::new();
    };
    let lines = match read_lines(bytes) {
        Ok(lines) => lines,
        Err(fault) => {
            add(record::ATTESTATIONS, fault, faults);
            return Vec::new();
        }
    };
    let mut lines = lines.into_iter();
    match lines.next() {
        Some(Ok(first)) => same(record::ATTESTATIONS, signed, &first, faults),
        Some(Err(fault)) => add(record::ATTESTATIONS, format!("line 1: {fault}"), faults),
        None => add(record::ATTESTATIONS, "it is empty", faults),
    }
    match lines.next() {
        Some(Ok(second)) => in_other_words(&second, signed, derived, faults),
        Some(Err(fault)) => add(record::ATTESTATIONS, format!("line 2: {fault}"), faults),
        None => add(
            record::ATTESTATIONS,
            "line 2, the test result in in-toto's words, is not there",
            faults,
        ),
    }
    // What others append is theirs. A stranger's broken line takes nothing from the report.
    lines.filter_map(Result::ok).collect()
}

/// The same payload, with a good signature by the same key.
fn same(place: &str, signed: &Signed, envelope: &Envelope, faults: &mut Vec<Fault>) {
    if !holds(envelope, signed.payload()) {
        add(
            place,
            "it holds another statement than the envelope",
            faults,
        );
    }
    by_the_same_key(place, signed, envelope, faults);
}

/// The test result that follows from the report, with a good signature by the same key.
fn in_other_words(
    envelope: &Envelope,
    signed: &Signed,
    derived: Option<&Derived>,
    faults: &mut Vec<Fault>,
) {
    let expected = derived.and_then(|Derived { report, bytes, .. }| {
        test_result::bytes(report, Digest::of(bytes)).ok()
    });
    if expected.is_some_and(|expected| !holds(envelope, &expected)) {
        let message = "line 2 is not the test result that follows from the report";
        add(record::ATTESTATIONS, message, faults);
    }
    by_the_same_key(record::ATTESTATIONS, signed, envelope, faults);
}

fn holds(envelope: &Envelope, payload: &[u8]) -> bool {
    envelope.payload_type() == PAYLOAD_TYPE && envelope.unverified_payload() == payload
}

/// Where the main signature is not good there is a fault already, and nothing to compare with.
fn by_the_same_key(place: &str, signed: &Signed, envelope: &Envelope, faults: &mut Vec<Fault>) {
    if let Some(key) = signed.key.as_ref().filter(|_| signed.good)
        && let Err(fault) = envelope.open(key)
    {
        add(place, fault, faults);
    }
}

/// The wrappings that are not written as [`crate::issue`] writes them. They are as good; only more
/// of them is read by nobody.
pub(super) fn foreign(files: &RecordFiles, signed: &Signed) -> Vec<&'static str> {
    let Some(key) = &signed.key else {
        return Vec::new();
    };
    let mut foreign = Vec::new();
    if files
        .get(record::BUNDLE)
        .is_some_and(|bytes| bytes != sigstore(&signed.envelope, key))
    {
        foreign.push(record::BUNDLE);
    }
    let ours = |line: &[u8]| {
        let envelope = Envelope::parse(line);
        envelope.is_ok_and(|envelope| envelope.is_ours(line, key.keyid()))
    };
    if files
        .get(record::ATTESTATIONS)
        .is_some_and(|bytes| !bytes.split(|b| *b == b'\n').take(2).all(ours))
    {
        foreign.push(record::ATTESTATIONS);
    }
    foreign
}

fn add(place: &str, message: impl ToString, faults: &mut Vec<Fault>) {
    faults.push(Fault::new(Kind::Copy, place, message.to_string()));
}
