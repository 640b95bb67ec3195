//! Tokens of time by openssl and entries of a log: what they show, and what is refused.

#![cfg(feature = "sign")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may stop where it stands"
)]

mod tools;
mod town;

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tools::{folder, openssl};
use town::Town;
use weigh_attest::dsse::Envelope;
use weigh_attest::keys::{Algorithm, PrivateKey, PublicKey};
use weigh_attest::record;
use weigh_attest::verify::{Kind, Wanted, verify_files};
use weigh_core::digest::Digest;
use weigh_core::merkle;
use weigh_core::time::Timestamp;

/// What is said of a token: what it shows, then what it leaves open; or the fault.
fn told(town: &Town, token: &[u8], keys: &[PublicKey]) -> String {
    let tokens = [("t".to_owned(), token.to_vec())];
    let wanted = Wanted {
        tokens: &tokens,
        token_keys: keys,
        ..Wanted::default()
    };
    match verify_files(&town.files, &wanted, Vec::new()) {
        Ok(verified) => {
            let all = verified.checks.iter().chain(&verified.unchecked);
            let of_tokens = all.filter(|check| check.what == "token");
            let lines: Vec<&str> = of_tokens.map(|check| check.found.as_str()).collect();
            lines.join("\n")
        }
        Err(fault) => {
            assert!(fault.faults.iter().all(|fault| fault.kind == Kind::Token));
            format!("fault {fault}")
        }
    }
}

#[track_caller]
fn check(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in: {text}");
    }
}

/// An authority of time in `folder`, with a key of this kind.
fn authority(folder: &Path, key: &str) -> PublicKey {
    let config = "[tsa]\nserial = serial\ndefault_policy = 1.2.3.4\ndigests = sha256, sha512\n\
                  signer_digest = sha256\ness_cert_id_alg = sha256\n[req]\ndistinguished_name = dn\n[dn]\n";
    fs::write(folder.join("tsa.cnf"), config).unwrap();
    let request = format!(
        "req -x509 -config tsa.cnf -newkey {key} -nodes -keyout tsa.key -out tsa.pem -subj /CN=Tick \
         -days 9 -addext extendedKeyUsage=critical,timeStamping"
    );
    openssl(folder, &request).unwrap();
    let public = openssl(folder, "x509 -in tsa.pem -pubkey -noout").unwrap();
    let public = String::from_utf8(public).unwrap();
    PublicKey::from_pem(&public).unwrap_or_else(|_| stranger().public())
}

/// A token about `data`; `how` are further options of the query.
fn token(folder: &Path, data: &[u8], how: &str) -> Vec<u8> {
    fs::write(folder.join("data"), data).unwrap();
    let query = format!("ts -query -data data {how} -out query");
    openssl(folder, &query).unwrap();
    let reply = "ts -reply -config tsa.cnf -section tsa -queryfile query -inkey tsa.key -signer tsa.pem -out token";
    openssl(folder, reply).unwrap();
    fs::read(folder.join("token")).unwrap()
}

fn stranger() -> PrivateKey {
    PrivateKey::generate(Algorithm::P256).unwrap()
}

#[test]
fn a_token_of_time_names_what_it_is_about_and_who_signed() {
    let Some(folder) = folder() else { return };
    let folder = folder.path();
    let town = Town::new(Algorithm::Ed25519, "Abacus");
    let key = authority(folder, "ec -pkeyopt ec_paramgen_curve:P-256");
    let id = key.keyid().to_string();
    let [payload, envelope] =
        [record::STATEMENT, record::ENVELOPE].map(|name| town.files.files[name].clone());
    let signature = Envelope::parse(&envelope).unwrap().signatures()[0]
        .bytes
        .clone();
    for (data, how, names) in [
        (
            &payload,
            "-sha256 -cert",
            "names the SHA-256 of the payload",
        ),
        (
            &payload,
            "-sha512 -cert",
            "names the SHA-512 of the payload",
        ),
        (&envelope, "-sha256 -cert", "of report.dsse.json"),
        (&signature, "-sha256 -cert", "of the signature"),
    ] {
        let token = token(folder, data, how);
        let carried = [
            "a token of time of 20",
            names,
            &format!("signed by the key {id} of a certificate in it"),
            &format!("\nt: whose key {id} is: --token-key PEM"),
        ];
        check(&told(&town, &token, &[]), &carried);
        let given = told(&town, &token, &[stranger().public(), key.clone()]);
        check(
            &given,
            &[names, &format!("signed by the key {id}, which was given")],
        );
        assert!(!given.contains('\n'), "{given}");
        let refused = told(&town, &token, &[stranger().public()]);
        check(&refused, &["fault", "none of the keys that were given"]);
        assert!(told(&town, &token[..token.len() - 1], &[]).starts_with("fault"));
    }
    let bare = token(folder, &payload, "-sha256");
    check(
        &told(&town, &bare, &[]),
        &["not verified: it carries no certificate"],
    );
    check(&told(&town, &bare, &[key]), &["which was given"]);
    let other = token(folder, b"another report", "-sha256 -cert");
    check(
        &told(&town, &other, &[]),
        &["fault", "about something else"],
    );
}

#[test]
fn a_changed_token_of_time_is_refused() {
    let Some(folder) = folder() else { return };
    let folder = folder.path();
    let town = Town::new(Algorithm::P256, "Abacus");
    let key = [authority(folder, "ec -pkeyopt ec_paramgen_curve:P-256")];
    let good = token(
        folder,
        &town.files.files[record::STATEMENT],
        "-sha256 -cert",
    );
    let before = told(&town, &good, &key);
    // What no signature covers (status, certificate) says nothing: a change there shows nothing else.
    for at in (0..good.len()).step_by(5) {
        let mut changed = good.clone();
        changed[at] ^= 1 << (at % 8);
        let after = told(&town, &changed, &key);
        assert!(
            after == before || after.starts_with("fault"),
            "byte {at}: {after}"
        );
    }
    let time = good.windows(2).position(|two| two == [0x18, 15]).unwrap();
    let mut later = good.clone();
    later[time + 5] ^= 1;
    check(
        &told(&town, &later, &[]),
        &["fault", "about another content"],
    );
    let mut earlier = good;
    earlier[time + 4] = b'0';
    check(
        &told(&town, &earlier, &[]),
        &["fault", "more than 24 hours before the report was issued"],
    );
}

#[test]
fn a_token_by_a_key_of_another_kind_is_told_as_not_verified() {
    let Some(folder) = folder() else { return };
    let folder = folder.path();
    let town = Town::new(Algorithm::P256, "Abacus");
    authority(folder, "rsa:2048");
    let token = token(
        folder,
        &town.files.files[record::STATEMENT],
        "-sha256 -cert",
    );
    let text = told(&town, &token, &[]);
    check(
        &text,
        &[
            "of the payload\n",
            "its signature, which was not verified: RSA",
        ],
    );
    assert!(!text.contains("signed by"), "{text}");
    check(
        &told(&town, &token, &[stranger().public()]),
        &["fault", "RSA"],
    );
}

/// An entry of 2026-11-28 as the log's interface gives it, third of five; its time and the log's
/// root are signed.
fn entry(log: &PrivateKey, body: &Value) -> Value {
    entry_at(1_795_845_600, log, body)
}

fn entry_at(seconds: i64, log: &PrivateKey, body: &Value) -> Value {
    let body = body.to_string();
    let mut entry = json!({
        "body": STANDARD.encode(&body),
        "integratedTime": seconds,
        "logID": log.public().keyid().to_string(),
        "logIndex": 1_000_002,
    });
    let signed = STANDARD.encode(log.sign(&weigh_core::json::canonical(&entry).unwrap()));
    let leaves = ["a", "b", &body, "d", "e"].map(|text| merkle::leaf(text.as_bytes()));
    let (root, path) = (merkle::root(leaves), merkle::path(&leaves, 2).unwrap());
    let note = format!("log.example\n5\n{}\n", STANDARD.encode(root.as_bytes()));
    let signature = STANDARD.encode([b"hint", &log.sign(note.as_bytes())[..]].concat());
    let hashes: Vec<String> = path.iter().map(Digest::to_string).collect();
    entry["verification"] = json!({
        "signedEntryTimestamp": signed,
        "inclusionProof": {
            "checkpoint": format!("{note}\n\u{2014} log.example {signature}\n"),
            "hashes": hashes,
            "logIndex": 2,
            "rootHash": root.to_string(),
            "treeSize": 5,
        },
    });
    entry
}

fn in_log(entry: &Value) -> Vec<u8> {
    json!({ "24296fb24b8ad77a": entry })
        .to_string()
        .into_bytes()
}

/// The same as it stands in a Sigstore bundle.
fn in_bundle(entry: &Value, log: &PrivateKey) -> Vec<u8> {
    let proof = &entry["verification"]["inclusionProof"];
    let base64 = |hex: &Value| {
        let digest: Digest = hex.as_str().unwrap().parse().unwrap();
        STANDARD.encode(digest.as_bytes())
    };
    let hashes: Vec<String> = proof["hashes"]
        .as_array()
        .unwrap()
        .iter()
        .map(base64)
        .collect();
    let bundled = json!({
        "logIndex": entry["logIndex"].to_string(),
        "logId": {"keyId": STANDARD.encode(log.public().keyid().as_bytes())},
        "kindVersion": {"kind": "dsse", "version": "0.0.1"},
        "integratedTime": entry["integratedTime"].to_string(),
        "inclusionPromise": {"signedEntryTimestamp": entry["verification"]["signedEntryTimestamp"]},
        "inclusionProof": {
            "checkpoint": {"envelope": proof["checkpoint"]},
            "hashes": hashes,
            "logIndex": "2",
            "rootHash": base64(&proof["rootHash"]),
            "treeSize": "5",
        },
        "canonicalizedBody": entry["body"],
    });
    bundled.to_string().into_bytes()
}

fn body(kind: &str, spec: Value) -> Value {
    json!({"apiVersion": "0.0.1", "kind": kind, "spec": spec})
}

fn sha256(bytes: &[u8]) -> Value {
    json!({"algorithm": "sha256", "value": Digest::of(bytes).to_string()})
}

#[test]
fn an_entry_of_a_log_names_what_it_is_about() {
    let town = Town::new(Algorithm::P256, "Abacus");
    let payload = &town.files.files[record::STATEMENT];
    let envelope = Envelope::parse(&town.files.files[record::ENVELOPE]).unwrap();
    let ours = &envelope.signatures()[0].bytes;
    let log = stranger();
    let dsse = |payload: &[u8], signature: &[u8]| {
        let signature = json!({"signature": STANDARD.encode(signature), "verifier": ""});
        body(
            "dsse",
            json!({"payloadHash": sha256(payload), "signatures": [signature]}),
        )
    };
    let intoto = |payload: &[u8]| {
        body(
            "intoto",
            json!({"content": {"payloadHash": sha256(payload)}}),
        )
    };
    let blob = |data: &[u8]| body("hashedrekord", json!({"data": {"hash": sha256(data)}}));
    for (body, expect) in [
        (
            dsse(payload, ours),
            "a `dsse`, names the payload and its signature",
        ),
        (dsse(payload, b"other"), "names the payload"),
        (dsse(b"other", ours), "fault"),
        (
            dsse(ours, ours),
            "the digest of the signature as its payload's",
        ),
        (intoto(payload), "a `intoto`, names the payload"),
        (blob(payload), "a `hashedrekord`, names the payload"),
        (blob(ours), "names the signature"),
        (blob(b"other"), "about something else"),
        (body("rpm", json!({})), "the entry is a `rpm`"),
        (json!([]), "the entry is a ``"),
    ] {
        check(&told(&town, &in_log(&entry(&log, &body)), &[]), &[expect]);
    }
    for text in ["{}", "{\"a\": 1}", "{", "text"] {
        check(&told(&town, text.as_bytes(), &[]), &["fault", "expected"]);
    }
}

#[test]
fn what_a_stranger_writes_beside_the_signature_is_no_part_of_the_record() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let minutes = b"the minutes of a meeting in 2020";
    let written = &town.files.files[record::ENVELOPE];
    let mut envelope: Value = serde_json::from_slice(written).unwrap();
    let beside = json!({"keyid": "", "sig": STANDARD.encode(minutes)});
    envelope["signatures"].as_array_mut().unwrap().push(beside);
    let envelope = envelope.to_string().into_bytes();
    town.files.files.insert(record::ENVELOPE, envelope);
    let log = stranger();
    let blob = body("hashedrekord", json!({"data": {"hash": sha256(minutes)}}));
    let text = told(&town, &in_log(&entry(&log, &blob)), &[]);
    check(&text, &["fault", "something else"]);
    let payload = sha256(&town.files.files[record::STATEMENT]);
    let signatures = json!([{"signature": STANDARD.encode(minutes)}]);
    let dsse = json!({"payloadHash": payload, "signatures": signatures});
    let text = told(&town, &in_log(&entry(&log, &body("dsse", dsse))), &[]);
    assert!(!text.contains("and its signature"), "{text}");
    let Some(folder) = folder() else { return };
    authority(folder.path(), "ec -pkeyopt ec_paramgen_curve:P-256");
    let token = token(folder.path(), minutes, "-sha256 -cert");
    check(&told(&town, &token, &[]), &["fault", "something else"]);
}

#[test]
fn no_token_is_more_than_a_day_older_than_the_report() {
    let mut town = Town::new(Algorithm::P256, "Abacus");
    let log = stranger();
    let seconds = |text: &str| Timestamp(text.to_owned()).seconds().unwrap();
    let old = "more than 24 hours before the report was issued, 20";
    let about = |town: &Town| {
        let hash = sha256(&town.files.files[record::STATEMENT]);
        body("hashedrekord", json!({"data": {"hash": hash}}))
    };
    let day_before = seconds("2025-12-31T00:01:00Z");
    for (at, expect) in [
        (day_before, "the payload; logged 2025-12-31T00:01:00Z"),
        (day_before - 1, old),
        (0, old),
    ] {
        let entry = in_log(&entry_at(at, &log, &about(&town)));
        check(&told(&town, &entry, &[log.public()]), &[expect]);
    }
    town.amend();
    let entry = in_log(&entry_at(day_before, &log, &about(&town)));
    check(&told(&town, &entry, &[]), &["fault", old]);
}

#[test]
fn only_the_signature_of_ecdsa_named_shows_no_time_of_the_report() {
    let log = stranger();
    let open = "\nt: that the report was there then: it names only the signature";
    for (algorithm, named, expect) in [
        (Algorithm::P256, "signature", true),
        (Algorithm::P256, "payload", false),
        (Algorithm::P256, "envelope", false),
        (Algorithm::Ed25519, "signature", false),
    ] {
        let town = Town::new(algorithm, "Abacus");
        let written = &town.files.files[record::ENVELOPE];
        let envelope = Envelope::parse(written).unwrap();
        let hash = sha256(match named {
            "signature" => &envelope.signatures()[0].bytes,
            "payload" => envelope.unverified_payload(),
            _ => written,
        });
        let blob = body("hashedrekord", json!({"data": {"hash": hash}}));
        let text = told(&town, &in_log(&entry(&log, &blob)), &[log.public()]);
        assert_eq!(text.contains(open), expect, "{algorithm} {named}: {text}");
        let Some(folder) = folder() else { continue };
        let key = authority(folder.path(), "ec -pkeyopt ec_paramgen_curve:P-256");
        let signature = &envelope.signatures()[0].bytes;
        let text = told(
            &town,
            &token(folder.path(), signature, "-sha256 -cert"),
            &[key],
        );
        assert_eq!(text.contains(open), algorithm == Algorithm::P256, "{text}");
    }
}

/// An entry about the payload of `town`.
fn about_payload(town: &Town, log: &PrivateKey) -> Value {
    let hash = sha256(&town.files.files[record::STATEMENT]);
    entry(log, &body("hashedrekord", json!({"data": {"hash": hash}})))
}

#[test]
fn what_a_log_has_signed_its_key_shows() {
    let town = Town::new(Algorithm::P256, "Abacus");
    let (log, other) = (stranger(), stranger());
    let good = about_payload(&town, &log);
    let open = [
        "\nt: the time 2026-11-28T06:00:00Z, which the entry says of itself",
        "\nt: its signature, which was not verified: give the log's key by --token-key PEM",
        "\nt: whether the log holds the entry: its proof leads to the root",
        "and the log's signature on that was not verified",
    ];
    for form in [in_log(&good), in_bundle(&good, &log)] {
        check(&told(&town, &form, &[]), &open);
        let text = told(&town, &form, &[other.public(), log.public()]);
        let shown = [
            "logged 2026-11-28T06:00:00Z, signed by the log's key, which was given",
            "held by the log of 5 entries under the root",
        ];
        check(&text, &shown);
        assert_eq!(text.lines().count(), 1, "{text}");
        check(
            &told(&town, &form, &[other.public()]),
            &["fault", "none of the keys"],
        );
    }
}

#[test]
fn a_changed_entry_of_a_log_is_refused() {
    let town = Town::new(Algorithm::P256, "Abacus");
    let (log, other) = (stranger(), stranger());
    let good = about_payload(&town, &log);
    let proof = "/verification/inclusionProof";
    let checkpoint = other_root(&good);
    for (place, value, expect) in [
        (
            "/integratedTime",
            json!(1_795_845_601_u64),
            "with this time",
        ),
        ("/logIndex", json!(26), "with this time"),
        (
            "/logID",
            json!(other.public().keyid().to_string()),
            "none of the keys",
        ),
        (
            "/verification/signedEntryTimestamp",
            json!(""),
            "with this time",
        ),
        ("/verification", json!({}), "the log has signed no time"),
        (&format!("{proof}/logIndex"), json!(1), "does not lead"),
        (
            &format!("{proof}/treeSize"),
            json!(6),
            "the log has not signed the root",
        ),
        (&format!("{proof}/treeSize"), json!(2), "does not lead"),
        (&format!("{proof}/hashes"), json!([]), "does not lead"),
        (
            &format!("{proof}/hashes"),
            json!(["x"]),
            "expected an entry",
        ),
        (
            &format!("{proof}/rootHash"),
            json!(Digest::of(b"x").to_string()),
            "does not lead",
        ),
        (
            &format!("{proof}/checkpoint"),
            json!("log.example"),
            "the log has not signed the root",
        ),
        (
            &format!("{proof}/checkpoint"),
            checkpoint,
            "the log has not signed the root",
        ),
    ] {
        let mut changed = good.clone();
        *changed.pointer_mut(place).unwrap() = value;
        let text = told(&town, &in_log(&changed), &[log.public()]);
        check(&text, &["fault", expect]);
    }
    for (part, expect) in [
        (proof, "it has no proof of inclusion"),
        (
            "/verification/inclusionProof/checkpoint",
            "which is not signed",
        ),
    ] {
        let mut less = good.clone();
        let (above, key) = part.rsplit_once('/').unwrap();
        let above = less.pointer_mut(above).unwrap();
        above.as_object_mut().unwrap().remove(key);
        check(&told(&town, &in_log(&less), &[log.public()]), &[expect]);
    }
}

/// The checkpoint of an entry with another root, its signature as it was.
fn other_root(entry: &Value) -> Value {
    let checkpoint = entry["verification"]["inclusionProof"]["checkpoint"].as_str();
    let lines: Vec<&str> = checkpoint.unwrap().split('\n').collect();
    let root = STANDARD.encode(Digest::of(b"x").as_bytes());
    let mut changed = lines.clone();
    changed[2] = &root;
    json!(changed.join("\n"))
}
