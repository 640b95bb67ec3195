//! The command `weigh-verify`: what it prints and how it ends.

#![cfg(feature = "sign")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

mod town;

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use town::Town;
use weigh_attest::keys::{Algorithm, PrivateKey};
use weigh_attest::record;
use weigh_core::request::{Finish, Response};

fn run(arguments: &[&Path]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_weigh-verify"))
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// `text` with what differs from run to run replaced.
fn settled(text: &str, town: &Town) -> String {
    let payload = &town.files.files[record::STATEMENT];
    let report: Value = serde_json::from_slice(payload).unwrap();
    let report = &report["predicate"];
    let head = report["record"]["journal_head"].as_str().unwrap();
    text.replace(&town.key.public().keyid().to_string(), "<keyid>")
        .replace(head, "<head>")
        .replace(report["id"].as_str().unwrap(), "<id>")
        .replace(&format!("{} bytes", payload.len()), "<n> bytes")
}

#[test]
fn a_valid_record() {
    let town = Town::new(Algorithm::P256, "Aba\u{1b}[31mcus\u{202e}");
    let folder = tempfile::tempdir().unwrap();
    town.write(folder.path());
    let (code, out, err) = run(&[folder.path()]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    insta::assert_snapshot!("valid", settled(&out, &town));
    let key = folder.path().join("signer.pem");
    std::fs::write(&key, town.key.public().to_pem()).unwrap();
    let (code, out, _) = run(&[folder.path(), "--key".as_ref(), &key]);
    assert_eq!(code, Some(0));
    assert!(
        out.contains("not checked: signer.pem") && !out.contains("ask the signer"),
        "{out}"
    );
    let (code, out, _) = run(&[folder.path(), "--json".as_ref()]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(0));
    assert_eq!(
        (&json["valid"], &json["trust"]),
        (&Value::Bool(true), &"enclosed".into())
    );
}

#[test]
fn opened_cases_of_a_record_that_is_withheld() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let last = town.responses.len() - 1;
    town.responses[last] = vec![Response::Generated {
        text: "I can't help\u{1b}[2J\nopened \u{202e}case proved".to_owned(),
        tokens: 9,
        finish: Finish::EndOfText,
    }];
    town.keep_journal("Abacus", true);
    town.issue();
    let folder = tempfile::tempdir().unwrap();
    town.write(folder.path());
    let openings = tempfile::tempdir().unwrap();
    let file = |name: &str, places: &[usize]| {
        let path = openings.path().join(name);
        let lines = places.iter().map(|place| town.opening_line(*place));
        std::fs::write(&path, lines.collect::<Vec<_>>().concat()).unwrap();
        path
    };
    let (one, two) = (file("one", &[1]), file("two", &[0, last]));
    let flag = Path::new("--opening");
    // Beside the whole record an opening is checked, too, and the record is valid.
    let (code, out, _) = run(&[folder.path(), flag, &one]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.ends_with("the record is valid\n"), "{out}");
    for name in [record::JOURNAL, record::PROFILE] {
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    std::fs::remove_dir_all(folder.path().join(record::SUITES)).unwrap();
    let (code, out, _) = run(&[folder.path()]);
    assert_eq!(code, Some(5));
    assert!(out.contains("journal.jsonl: not there"), "{out}");
    let (code, out, err) = run(&[folder.path(), flag, &one, flag, &two]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    insta::assert_snapshot!("withheld", settled(&out, &town));
    let (code, out, _) = run(&[folder.path(), flag, &one, "--json".as_ref()]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(0));
    assert_eq!(
        (&json["valid"], &json["withheld"]),
        (&Value::Null, &Value::Bool(true))
    );
    assert_eq!(json["opened"][0]["marks"][0]["outcome"]["scored"], "1");
    // Another report's opening proves nothing here.
    let other = Town::new(Algorithm::P256, "Abacus");
    std::fs::write(&one, other.opening_line(1)).unwrap();
    let (code, out, _) = run(&[folder.path(), flag, &one, flag, &two]);
    assert_eq!(code, Some(5));
    assert!(out.contains("opening 1: it opens a case of WH-"), "{out}");
    assert!(!out.contains("proved"), "{out}");
}

#[test]
fn an_invalid_record() {
    let town = Town::new(Algorithm::Ed25519, "Abacus");
    let folder = tempfile::tempdir().unwrap();
    town.write(folder.path());
    let journal = folder.path().join(record::JOURNAL);
    let mut bytes = std::fs::read(&journal).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&journal, bytes).unwrap();
    let (code, out, _) = run(&[folder.path()]);
    assert_eq!(code, Some(5));
    assert!(out.contains("fault       journal.jsonl: line 2"), "{out}");
    assert!(out.ends_with("the record is NOT valid\n"), "{out}");
    let (code, out, _) = run(&[folder.path(), "--json".as_ref()]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(5));
    assert_eq!(json["faults"][0]["kind"], "journal");
}

#[test]
fn arguments_that_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    assert_eq!(run(&[]).0, Some(2));
    let (code, _, err) = run(&[&absent]);
    assert_eq!(code, Some(2));
    assert!(err.contains("no folder there"), "{err}");
    let (code, _, err) = run(&[folder.path()]);
    assert_eq!(code, Some(2));
    assert!(
        err.contains("is no record: no report.dsse.json is in it"),
        "{err}"
    );
    Town::new(Algorithm::P256, "Abacus").write(folder.path());
    assert_eq!(run(&[folder.path(), "--key".as_ref(), &absent]).0, Some(2));
    let private = folder.path().join("key.pem");
    let key = PrivateKey::generate(Algorithm::P256).unwrap();
    std::fs::write(&private, key.to_pem(None).unwrap()).unwrap();
    let (code, _, err) = run(&[folder.path(), "--key".as_ref(), &private]);
    assert_eq!(code, Some(2));
    assert!(err.contains("openssl pkey -in KEY -pubout"), "{err}");
}

/// A record on disk, `weigh-verify` with further words about it, in which `@` stands for its folder.
fn check(change: impl Fn(&Path), words: &str, code: i32, expect: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    Town::new(Algorithm::P256, "Abacus").write(folder.path());
    change(folder.path());
    let words = words.replace('@', folder.path().to_str().unwrap());
    let words = words.split_whitespace().map(Path::new);
    let arguments: Vec<&Path> = [folder.path()].into_iter().chain(words).collect();
    let (found, out, err) = run(&arguments);
    assert_eq!(found, Some(code), "{out}{err}");
    assert!(format!("{out}{err}").contains(expect), "{out}{err}");
    out
}

#[test]
fn options_that_cannot_be_used() {
    let as_it_is = |_: &Path| {};
    check(
        as_it_is,
        "--token-key @/report.pub.pem",
        2,
        "--token <FILE>",
    );
    check(as_it_is, "--extends @/nope", 2, "no folder there");
    check(as_it_is, "--extends @/suites", 2, "is no record");
    check(as_it_is, "--model @/nope", 2, "`weigh model check` says");
    check(as_it_is, "--policy @/suites", 2, "not a regular file");
    let sealed = "the report was sealed 2026-01-01T00:01:00Z, ";
    check(as_it_is, "--max-age 0", 5, sealed);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file_of_an_option() {
    let pipe = |folder: &Path| {
        let made = Command::new("mkfifo").arg(folder.join("pipe")).status();
        assert!(made.unwrap().success());
    };
    for option in ["key", "policy", "countersignature", "token", "opening"] {
        check(pipe, &format!("--{option} @/pipe"), 2, "not a regular file");
    }
}

#[test]
fn likely_mistakes_are_told_where_they_are() {
    let edit = |folder: &Path, name: &str, change: fn(Vec<u8>) -> Vec<u8>| {
        let path = folder.join(name);
        std::fs::write(&path, change(std::fs::read(&path).unwrap())).unwrap();
    };
    let crlf = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace('\n', "\r\n").into_bytes()
    };
    for (name, place) in [
        ("profile.toml", "fault       profile.toml: profile `town`"),
        (
            "suites/reliability/sums/suite.toml",
            "fault       suites/reliability/sums: suite",
        ),
        ("journal.jsonl", "fault       journal.jsonl: line 1"),
    ] {
        let out = check(|folder| edit(folder, name, crlf), "", 5, place);
        assert!(out.contains("lines end in CRLF here"), "{name}: {out}");
    }
    check(
        |folder| std::fs::remove_dir_all(folder.join("suites/safety")).unwrap(),
        "",
        5,
        "fault       suites/safety/locks: suite `safety/locks` of the run is not there",
    );
    check(
        |folder| edit(folder, "report.json", |_| Vec::new()),
        "",
        5,
        "fault       report.json: it is empty",
    );
    check(
        |folder| edit(folder, "report.json", |bytes| bytes[..100].to_vec()),
        "",
        5,
        "report.json: not what was signed: only the first 100 of ",
    );
    let interrupted = |folder: &Path| {
        edit(folder, "journal.jsonl", |bytes| {
            bytes[..bytes.len() - 9].to_vec()
        });
        for name in ["report.json", "report.dsse.json", "report.pub.pem"] {
            std::fs::remove_file(folder.join(name)).unwrap();
        }
    };
    let out = check(interrupted, "", 5, "weigh run --resume --out RECORD");
    assert_eq!(out.matches("fault ").count(), 1, "{out}");
    // A file of another kind has a fault on each line.
    let lines = |folder: &Path| std::fs::write(folder.join("lines"), "\n".repeat(1000)).unwrap();
    let out = check(lines, "--opening @/lines", 5, "; no more are told");
    assert_eq!(out.matches("fault ").count(), 20, "{out}");
}
