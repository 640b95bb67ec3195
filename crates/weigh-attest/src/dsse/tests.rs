//! The envelope: the specification's example, foreign forms, strangers' signatures, tampering.

use serde_json::{Value, json};

use super::*;
use crate::keys::{Algorithm, PrivateKey};

fn key() -> PrivateKey {
    PrivateKey::generate(Algorithm::Ed25519).unwrap()
}

fn with(bytes: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut envelope: Value = serde_json::from_slice(bytes).unwrap();
    change(&mut envelope);
    envelope.to_string().into_bytes()
}

fn open(bytes: &[u8], key: &PrivateKey) -> Result<Vec<u8>, OpenFault> {
    let envelope = Envelope::parse(bytes).unwrap();
    envelope
        .open(&key.public())
        .map(|opened| opened.payload.to_vec())
}

#[test]
fn the_encoding_is_the_one_of_the_specification() {
    // secure-systems-lab/dsse, protocol.md: its own example.
    assert_eq!(
        pae("http://example.com/HelloWorld", b"hello world"),
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    );
    assert_eq!(pae("", b""), b"DSSEv1 0  0 ");
    // Lengths are bytes, not characters.
    assert_eq!(pae("é", "ü".as_bytes()), "DSSEv1 2 é 2 ü".as_bytes());
}

#[test]
fn what_was_signed_opens() {
    for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
        let key = PrivateKey::generate(algorithm).unwrap();
        let bytes = sign(PAYLOAD_TYPE, b"{}", &key);
        let envelope = Envelope::parse(&bytes).unwrap();
        let expect = Opened {
            payload_type: PAYLOAD_TYPE,
            payload: b"{}",
        };
        assert_eq!(envelope.open(&key.public()), Ok(expect));
        assert_eq!(envelope.signatures().len(), 1);
        assert_eq!(envelope.to_bytes(), bytes);
        assert_eq!(envelope.unverified_payload(), b"{}");
    }
}

#[test]
fn unknown_key_bad_signature_and_good_signature_differ() {
    let (ours, other) = (key(), key());
    let bytes = sign(PAYLOAD_TYPE, b"payload", &ours);
    assert_eq!(open(&bytes, &ours), Ok(b"payload".to_vec()));
    assert_eq!(open(&bytes, &other), Err(OpenFault::UnknownKey));
    let changed = with(&bytes, |e| e["payload"] = "cGF5bG9hZQ".into());
    assert_eq!(open(&changed, &ours), Err(OpenFault::BadSignature));
    // Without a hint nobody can tell whose signature it was meant to be.
    let unnamed = with(&bytes, |e| e["signatures"][0]["keyid"] = Value::Null);
    assert_eq!(open(&unnamed, &other), Err(OpenFault::BadSignature));
}

#[test]
fn the_type_is_signed_too() {
    let key = key();
    let bytes = sign(PAYLOAD_TYPE, b"payload", &key);
    let changed = with(&bytes, |e| e["payloadType"] = "text/plain".into());
    assert_eq!(open(&changed, &key), Err(OpenFault::BadSignature));
}

#[test]
fn a_hint_decides_nothing() {
    let key = key();
    let bytes = sign(PAYLOAD_TYPE, b"payload", &key);
    for hint in [Value::Null, "".into(), "another".into()] {
        let changed = with(&bytes, |e| e["signatures"][0]["keyid"] = hint.clone());
        assert_eq!(open(&changed, &key), Ok(b"payload".to_vec()), "{hint}");
    }
}

#[test]
fn a_strangers_signature_beside_ours_breaks_nothing() {
    let (ours, stranger) = (key(), key());
    let bytes = sign(PAYLOAD_TYPE, b"payload", &ours);
    for sig in ["", "AAAA", "c3RyYW5nZXI="] {
        for keyid in ["stranger".to_owned(), ours.public().keyid().to_string()] {
            let both = with(&bytes, |e| {
                let signatures = e["signatures"].as_array_mut().unwrap();
                signatures.insert(0, json!({"keyid": keyid, "sig": sig}));
            });
            assert_eq!(open(&both, &ours), Ok(b"payload".to_vec()));
            assert!(open(&both, &stranger).is_err());
        }
    }
}

#[test]
fn foreign_forms_are_read() {
    let key = key();
    // Every byte value, so that both special characters of each alphabet appear.
    let payload: Vec<u8> = (0..=255).collect();
    let bytes = sign("x", &payload, &key);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains('+') && text.contains('/'));
    let url_safe = with(&bytes, |e| {
        let standard = e["payload"].as_str().unwrap();
        e["payload"] = standard.replace('+', "-").replace('/', "_").into();
    });
    let unpadded = text.replace('=', "");
    let spaced = text.replace(',', " ,\n\t");
    let extended = with(&bytes, |e| {
        e["more"] = json!({"x": [1]});
        e["signatures"][0]["cert"] = "c".into();
    });
    for form in [&url_safe, unpadded.as_bytes(), spaced.as_bytes(), &extended] {
        assert_eq!(open(form, &key), Ok(payload.clone()));
    }
}

#[test]
fn bytes_that_are_no_envelope_are_refused() {
    let sig = r#"{"sig":"AAAA"}"#;
    let many = format!(
        r#"{{"payloadType":"x","payload":"","signatures":[{}]}}"#,
        [sig; 65].join(",")
    );
    for (text, expect) in [
        ("", "found the end"),
        ("7", "expected an object"),
        (r#"["x","",[{"sig":"AAAA"}]]"#, "expected an object"),
        (
            r#"{"payloadType":"x","payload":"","signatures":[["","AAAA"]]}"#,
            "expected an object",
        ),
        (
            r#"{"payloadType":"x","payload":""}"#,
            "missing field `signatures`",
        ),
        (
            r#"{"payloadType":"x","payload":"","signatures":[]}"#,
            "`signatures` is empty",
        ),
        (
            r#"{"payloadType":"x","payload":"","payload":"","signatures":[]}"#,
            "the key `payload` stands twice",
        ),
        (
            r#"{"a":1,"payloadType":"x","payload":"","a":2,"signatures":[]}"#,
            "the key `a` stands twice",
        ),
        (
            r#"{"payloadType":"x","payload":"AA=A","signatures":[{"sig":""}]}"#,
            "`payload` is not base64",
        ),
        // Two alphabets in one text, and bits behind the last byte.
        (
            r#"{"payloadType":"x","payload":"+-AA","signatures":[{"sig":""}]}"#,
            "`payload` is not base64",
        ),
        (
            r#"{"payloadType":"x","payload":"AB==","signatures":[{"sig":""}]}"#,
            "`payload` is not base64",
        ),
        (
            r#"{"payloadType":"x","payload":"","signatures":[{"sig":"A A="}]}"#,
            "`sig` is not base64",
        ),
        (&many, "`signatures` has 65 entries"),
    ] {
        let fault = Envelope::parse(text.as_bytes()).unwrap_err().to_string();
        assert!(fault.contains(expect), "{text}: {fault}");
    }
}

#[test]
fn one_changed_bit_opens_only_where_nobody_reads() {
    let key = key();
    let payload = br#"{"verdict":"conforms"}"#;
    let bytes = sign(PAYLOAD_TYPE, payload, &key);
    let text = String::from_utf8(bytes.clone()).unwrap();
    // The hint and its name; everything else is signed, or is the signature.
    let hint = text.find("keyid").unwrap()..text.find(r#"","sig""#).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let Ok(envelope) = Envelope::parse(&changed) else {
            continue;
        };
        if let Ok(opened) = envelope.open(&key.public()) {
            assert!(hint.contains(&(bit / 8)), "byte {}", bit / 8);
            assert_eq!(
                (opened.payload_type, opened.payload),
                (PAYLOAD_TYPE, &payload[..])
            );
        }
    }
}
