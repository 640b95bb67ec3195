//! Verifying records: good ones, every kind of fault, every changed byte.

#![cfg(feature = "sign")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

mod town;

use std::fs;
use std::path::Path;

use serde_json::Value;
use town::Town;
use weigh_attest::countersign;
use weigh_attest::dsse::{self, Envelope, PAYLOAD_TYPE};
use weigh_attest::keys::{Algorithm, PrivateKey, PublicKey};
use weigh_attest::record::{self, RecordFiles};
use weigh_attest::svr::Redone;
use weigh_attest::verify::{Fault, Kind, Trust, Wanted, verify, verify_files};
use weigh_core::digest::Digest;
use weigh_core::request::{Finish, Response};
use weigh_core::time::Timestamp;

fn by(key: &PublicKey) -> Wanted<'_> {
    Wanted {
        key: Some(key),
        ..Wanted::default()
    }
}

fn kinds(files: &RecordFiles) -> Vec<Kind> {
    let fault = verify_files(files, &Wanted::default(), Vec::new()).unwrap_err();
    fault.faults.iter().map(|fault| fault.kind).collect()
}

fn faults(files: &RecordFiles) -> String {
    let fault = verify_files(files, &Wanted::default(), Vec::new()).unwrap_err();
    fault.to_string()
}

#[test]
fn a_good_record_is_valid() {
    for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
        let town = Town::new(algorithm, "Abacus");
        let folder = tempfile::tempdir().unwrap();
        town.write(folder.path());
        let enclosed = verify(folder.path(), &Wanted::default()).unwrap();
        assert_eq!(enclosed.trust, Trust::Enclosed);
        assert_eq!(enclosed.keyid, town.key.public().keyid());
        assert_eq!(enclosed.report.subject.name, "Abacus");
        assert_eq!(enclosed.notes.len(), 1, "{:?}", enclosed.notes);
        fs::remove_file(folder.path().join(record::PUBLIC_KEY)).unwrap();
        let given = verify(folder.path(), &by(&town.key.public())).unwrap();
        assert_eq!((given.trust, given.notes.len()), (Trust::Given, 0));
        let fault = verify(folder.path(), &Wanted::default()).unwrap_err();
        assert_eq!(fault.faults[0].kind, Kind::Missing);
    }
}

#[test]
fn an_amended_report_is_derived_down_to_the_first() {
    let mut town = Town::new(Algorithm::Ed25519, "Abacus");
    let first = town.derive();
    town.amend();
    let verified = verify_files(&town.files, &Wanted::default(), Vec::new()).unwrap();
    let report = &verified.report;
    assert_eq!(report.laboratory()["name"], "Weighing Hall");
    assert_eq!(report.issued().0, "2026-01-01T00:04:00Z");
    let amended = report.amendment.as_ref().unwrap();
    assert_ne!(report.id, amended.replaces.id);
    assert_eq!(amended.replaces.issued.0, "2026-01-01T00:03:00Z");
    assert_ne!(amended.replaces.statement, Digest::of(&first));
    let told = verified
        .checks
        .iter()
        .find(|check| check.what == "amendment");
    assert!(told.unwrap().found.contains(&amended.replaces.id));
    town.files.files.remove(record::AMENDMENTS);
    assert_eq!(kinds(&town.files)[0], Kind::Copy);
    let broken = b"{}".to_vec();
    town.files.files.insert(record::AMENDMENTS, broken);
    assert_eq!(kinds(&town.files), [Kind::Amendment]);
}

#[test]
fn another_key_and_a_changed_payload_are_told_apart() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let other = PrivateKey::generate(Algorithm::P256).unwrap().public();
    let fault = verify_files(&town.files, &by(&other), Vec::new()).unwrap_err();
    assert_eq!(fault.faults.len(), 1);
    assert_eq!(fault.faults[0].kind, Kind::UnknownKey);
    let payload = town.files.files[record::STATEMENT].clone();
    let changed = String::from_utf8(payload)
        .unwrap()
        .replace("Abacus", "Adacus");
    let envelope = &town.files.files[record::ENVELOPE];
    let mut json: Value = serde_json::from_slice(envelope).unwrap();
    let forged = dsse::sign(PAYLOAD_TYPE, changed.as_bytes(), &town.key);
    let forged: Value = serde_json::from_slice(&forged).unwrap();
    json["payload"] = forged["payload"].clone();
    let forged = json.to_string().into_bytes();
    town.files.files.insert(record::ENVELOPE, forged);
    // The signature, the copy and the derivation each notice it for themselves.
    let expect = [
        Kind::Signature,
        Kind::Copy,
        Kind::Copy,
        Kind::Copy,
        Kind::Difference,
    ];
    assert_eq!(kinds(&town.files), expect);
}

#[test]
fn a_report_that_does_not_follow_is_refused_however_well_it_is_signed() {
    let mut town = Town::new(Algorithm::Ed25519, "Abacus");
    let payload = String::from_utf8(town.derive()).unwrap();
    for (from, to, expect) in [
        (
            r#""verdict":"inconclusive"},"predicateType""#,
            r#""verdict":"conforms"},"predicateType""#,
            "$.predicate.verdict is \"conforms\" (signed) and \"inconclusive\" (derived)",
        ),
        (
            r#""point":"1""#,
            r#""point":"0.99""#,
            "$.predicate.estimates[0].point is \"0.99\" (signed) and \"1\" (derived)",
        ),
    ] {
        let forged = payload.replacen(from, to, 1);
        assert_ne!(forged, payload, "{from} does not occur in {payload}");
        town.sign(forged.as_bytes());
        let found = faults(&town.files);
        assert!(found.contains(expect), "{found}");
        assert_eq!(kinds(&town.files), [Kind::Difference]);
    }
    let spaced = payload.replacen(':', ": ", 1);
    town.sign(spaced.as_bytes());
    assert!(faults(&town.files).contains("not canonical JSON"));
    town.sign(payload.as_bytes());
    verify_files(&town.files, &Wanted::default(), Vec::new()).unwrap();
}

#[test]
fn answers_that_were_made_up_give_another_report() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let last = town.responses.len() - 1;
    town.responses[last] = vec![Response::Generated {
        text: "First, take".to_owned(),
        tokens: 3,
        finish: Finish::EndOfText,
    }];
    // A whole new chain and seal, as somebody with a text editor and a program would write it.
    town.keep_journal("Abacus", true);
    assert_eq!(kinds(&town.files), [Kind::Copy, Kind::Difference]);
}

#[test]
fn a_record_by_another_version_says_so() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    town.plan.header.harness = "0.0.9".to_owned();
    town.keep_journal("Abacus", true);
    let payload = town.derive();
    let forged = String::from_utf8(payload).unwrap();
    let forged = forged.replacen(r#""point":"1""#, r#""point":"0""#, 1);
    town.sign(forged.as_bytes());
    let found = faults(&town.files);
    assert!(
        found.contains("the record was made by version 0.0.9"),
        "{found}"
    );
}

/// Who saw the signed report and one case says that the signature is good, and no more.
#[test]
fn of_a_withheld_record_nobody_says_that_it_was_derived() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let openings = [("one".to_owned(), town.opening_line(0))];
    let wanted = Wanted {
        openings: &openings,
        ..Wanted::default()
    };
    let said = |town: &Town| {
        let verified = verify_files(&town.files, &wanted, Vec::new()).unwrap();
        let at = Timestamp("2026-01-02T00:00:00Z".to_owned());
        let envelope = countersign::envelope(&verified, "A", &at, &[], &town.key).unwrap();
        let envelope = Envelope::parse(&envelope).unwrap();
        String::from_utf8(envelope.unverified_payload().to_vec()).unwrap()
    };
    let whole = said(&town);
    town.files.files.remove(record::JOURNAL);
    town.files.suites.clear();
    let withheld = said(&town);
    let derived = Redone::Derivation.property();
    assert!(whole.contains(&derived) && !withheld.contains(&derived));
    assert!(withheld.contains(&Redone::Signature.property()));
}

#[test]
fn independent_faults_are_told_together() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let files = &mut town.files.files;
    files.get_mut(record::JOURNAL).unwrap().pop();
    files.insert(record::PROFILE, b"id = 1".to_vec());
    files.insert(record::PUBLIC_KEY, b"-----BEGIN".to_vec());
    files.get_mut(record::STATEMENT).unwrap().push(b'\n');
    let suite = town.files.suites.get_mut("safety/locks").unwrap();
    suite.insert("suite.toml".to_owned(), b"x".to_vec());
    let found = kinds(&town.files);
    for kind in [
        Kind::Key,
        Kind::Copy,
        Kind::Journal,
        Kind::Profile,
        Kind::Suite,
    ] {
        assert!(found.contains(&kind), "{kind:?} is not in {found:?}");
    }
}

#[test]
fn an_incomplete_run_a_missing_and_a_foreign_suite_are_refused() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    town.keep_journal("Abacus", false);
    assert!(faults(&town.files).contains("is not sealed"));
    town.keep_journal("Abacus", true);
    let locks = town.files.suites.remove("safety/locks").unwrap();
    assert!(faults(&town.files).contains("suite `safety/locks` of the run is not there"));
    town.files.suites.insert("safety/locks".to_owned(), locks);
    let sums = town.files.suites["reliability/sums"].clone();
    town.files
        .suites
        .insert("reliability/more".to_owned(), sums);
    // A suite lies in another one's place.
    assert_eq!(kinds(&town.files), [Kind::Suite]);
}

#[test]
fn what_is_signed_must_be_a_statement_about_a_report() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    town.sign(b"{}");
    let expect = [Kind::Statement, Kind::Difference];
    assert_eq!(kinds(&town.files), expect);
    let payload = town.derive();
    town.sign(&payload);
    let envelope = dsse::sign("text/plain", &payload, &town.key);
    town.files.files.insert(record::ENVELOPE, envelope);
    assert_eq!(kinds(&town.files), [Kind::Statement]);
    town.files.files.insert(record::ENVELOPE, b"{}".to_vec());
    assert_eq!(kinds(&town.files), [Kind::Envelope]);
}

#[test]
fn foreign_envelopes_pass_with_a_note() {
    // A longer name than elsewhere, so that the payload's base64 needs its padding.
    let mut town = Town::new(Algorithm::P256, "Abacus 2");
    let envelope = town.files.files[record::ENVELOPE].clone();
    let text = String::from_utf8(envelope.clone()).unwrap();
    let mut signed_twice: Value = serde_json::from_slice(&envelope).unwrap();
    let stranger = serde_json::json!({"keyid": "stranger", "sig": "AAAA"});
    let signatures = signed_twice["signatures"].as_array_mut().unwrap();
    signatures.insert(0, stranger);
    for form in [
        text.replace(',', ",\n  "),
        text.replace("keyid", "keyie"),
        text.replace('=', ""),
        signed_twice.to_string(),
    ] {
        assert_ne!(form, text);
        town.files.files.insert(record::ENVELOPE, form.into_bytes());
        let verified = verify_files(&town.files, &Wanted::default(), Vec::new()).unwrap();
        let noted = verified
            .notes
            .iter()
            .any(|n| n.contains("is not written as weigh writes it"));
        assert!(noted, "{:?}", verified.notes);
    }
}

/// Every file of a record with its bytes, to be changed.
fn slots(files: &mut RecordFiles) -> Vec<(String, &mut Vec<u8>)> {
    let top = files
        .files
        .iter_mut()
        .map(|(name, bytes)| ((*name).to_owned(), bytes));
    let suites = files.suites.iter_mut().flat_map(|(id, suite)| {
        suite
            .iter_mut()
            .map(move |(name, bytes)| (format!("{id}/{name}"), bytes))
    });
    top.chain(suites).collect()
}

/// Changes every `stride`-th byte of one file, one at a time, and verifies with the signer's key, so
/// that a changed key in the record cannot hide a change.
fn sweep(town: &Town, mut files: RecordFiles, slot: usize) {
    let key = town.key.public();
    let envelope = String::from_utf8(files.files[record::ENVELOPE].clone()).unwrap();
    // The one part of the envelope that nobody trusts: the hint, and its name.
    let hint = envelope.find("keyid").unwrap()..envelope.find(r#"","sig""#).unwrap();
    let (name, size) = {
        let (name, bytes) = &slots(&mut files)[slot];
        (name.clone(), bytes.len())
    };
    // The two long files hold the same text twice; a prime step meets each kind of byte.
    let stride = if size > 3_000 { 7 } else { 1 };
    for at in (0..size).step_by(stride) {
        let mask = 1 << (at % 8);
        slots(&mut files)[slot].1[at] ^= mask;
        match verify_files(&files, &by(&key), Vec::new()) {
            Err(fault) => assert!(!fault.faults.is_empty()),
            Ok(verified) => {
                // Whoever brings a key needs none from the record, so it is noted only.
                let harmless = [record::PUBLIC_KEY, record::BUNDLE, record::ATTESTATIONS]
                    .contains(&name.as_str())
                    || name == record::ENVELOPE && hint.contains(&at);
                assert!(harmless, "byte {at} of {name}");
                assert!(
                    !verified.notes.is_empty(),
                    "byte {at} of {name} is not noted"
                );
            }
        }
        slots(&mut files)[slot].1[at] ^= mask;
    }
    verify_files(&files, &by(&key), Vec::new()).unwrap();
}

#[test]
fn every_changed_byte_is_noticed() {
    let town = &Town::new(Algorithm::Ed25519, "Abacus");
    let mut files = town.files.clone();
    let count = slots(&mut files).len();
    std::thread::scope(|scope| {
        for slot in 0..count {
            let files = files.clone();
            scope.spawn(move || sweep(town, files, slot));
        }
    });
}

#[test]
fn a_changed_key_in_the_record_is_noticed() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    for at in 0..town.files.files[record::PUBLIC_KEY].len() {
        let flip = |town: &mut Town| {
            town.files.files.get_mut(record::PUBLIC_KEY).unwrap()[at] ^= 1 << (at % 8);
        };
        flip(&mut town);
        let found = kinds(&town.files);
        assert!(found.len() == 1, "byte {at}: {found:?}");
        flip(&mut town);
    }
}

fn fault_on_disk(change: impl FnOnce(&Path)) -> Fault {
    let town = Town::new(Algorithm::P256, "Abacus");
    let folder = tempfile::tempdir().unwrap();
    town.write(folder.path());
    change(folder.path());
    let fault = verify(folder.path(), &Wanted::default()).unwrap_err();
    fault.faults[0].clone()
}

#[test]
fn files_that_are_not_there_too_large_or_no_files_are_refused() {
    let grow = |path: &Path, size: u64| {
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(size).unwrap();
    };
    for (name, kind) in [
        (record::ENVELOPE, Kind::Missing),
        (record::STATEMENT, Kind::Missing),
        (record::JOURNAL, Kind::Missing),
        (record::PROFILE, Kind::Missing),
    ] {
        let fault = fault_on_disk(|folder| fs::remove_file(folder.join(name)).unwrap());
        assert_eq!((fault.kind, fault.place.as_str()), (kind, name));
    }
    let fault = fault_on_disk(|folder| fs::remove_dir_all(folder.join("suites")).unwrap());
    assert_eq!(fault.kind, Kind::Missing);
    let fault = fault_on_disk(|folder| grow(&folder.join(record::PROFILE), (1 << 20) + 1));
    assert_eq!(fault.kind, Kind::Size);
    let fault = fault_on_disk(|folder| {
        fs::remove_file(folder.join(record::PROFILE)).unwrap();
        fs::create_dir(folder.join(record::PROFILE)).unwrap();
    });
    assert_eq!(fault.kind, Kind::Surprise);
    let fault = fault_on_disk(|folder| {
        fs::write(folder.join("suites/stray"), b"").unwrap();
    });
    assert_eq!(
        (fault.kind, fault.place.as_str()),
        (Kind::Surprise, "suites/stray")
    );
    let fault = fault_on_disk(|folder| {
        fs::create_dir(folder.join("suites/safety/locks/more")).unwrap();
    });
    assert_eq!(fault.kind, Kind::Surprise);
}

#[test]
fn what_the_machine_cannot_read_says_nothing_about_the_record() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), b"").unwrap();
    let below_a_file = folder.path().join("file/record");
    let fault = verify(&below_a_file, &Wanted::default()).unwrap_err();
    assert!(fault.is_machine(), "{fault}");
    let fault = verify(folder.path(), &Wanted::default()).unwrap_err();
    assert!(!fault.is_machine(), "{fault}");
}

#[cfg(unix)]
#[test]
fn links_are_refused_wherever_they_lead() {
    use std::os::unix::fs::symlink;
    for place in [
        "profile.toml",
        "suites/safety/locks/README.md",
        "suites/safety/locks",
        "suites",
    ] {
        let fault = fault_on_disk(|folder| {
            let (path, moved) = (folder.join(place), folder.join("moved"));
            fs::rename(&path, &moved).unwrap();
            symlink(&moved, &path).unwrap();
        });
        assert_eq!((fault.kind, fault.place.as_str()), (Kind::Surprise, place));
    }
    // The record itself may be reached by one.
    let town = Town::new(Algorithm::P256, "Abacus");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    town.write(&folder.path().join("real"));
    symlink("real", folder.path().join("link")).unwrap();
    verify(&folder.path().join("link"), &Wanted::default()).unwrap();
}
