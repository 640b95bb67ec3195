//! The envelope and the other wrappings: changes that matter, and changes that do not.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use weigh_attest::dsse::{self, PAYLOAD_TYPE};
use weigh_attest::record;
use weigh_attest::statement::Resource;
use weigh_attest::svr::{self, Redone};
use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;

use super::{Change, Scene, countersigned};

pub fn classes() -> Vec<(&'static str, Change)> {
    vec![
        ("type: another", |s| {
            let types = [
                "application/json",
                "application/vnd.in-toto+json ",
                "Application/vnd.in-toto+json",
                "application/vnd.in-toto",
                "",
            ];
            let kind = types[s.below(5)];
            edit(s, |e| e["payloadType"] = kind.into());
        }),
        ("type: another, signed", |s| {
            let types = [
                "application/json",
                "application/vnd.in-toto+json ",
                "text/plain",
            ];
            let kind = types[s.below(3)];
            let payload = s.files.files[record::STATEMENT].clone();
            let envelope = dsse::sign(kind, &payload, &s.town.key);
            s.files.files.insert(record::ENVELOPE, envelope);
        }),
        ("signature: a byte", |s| {
            let mut bytes = signature(s);
            let at = s.below(bytes.len());
            bytes[at] ^= 1 << s.below(8);
            set_signature(s, &bytes);
        }),
        ("signature: cut or longer", |s| {
            let mut bytes = signature(s);
            if s.below(2) == 0 {
                bytes.truncate(s.below(bytes.len()));
            } else {
                bytes.extend(vec![0; 1 + s.below(9)]);
            }
            set_signature(s, &bytes);
        }),
        ("signature: of another payload", |s| {
            let other: Value =
                serde_json::from_slice(&s.other.files.files[record::ENVELOPE]).unwrap();
            edit(s, |e| e["signatures"] = other["signatures"].clone());
        }),
        ("signature: by a stranger", |s| {
            let payload = s.files.files[record::STATEMENT].clone();
            let envelope = dsse::sign(PAYLOAD_TYPE, &payload, &s.stranger);
            s.files.files.insert(record::ENVELOPE, envelope);
        }),
        ("signature: by a stranger under our name", |s| {
            let payload = s.files.files[record::STATEMENT].clone();
            let forged = dsse::sign(PAYLOAD_TYPE, &payload, &s.stranger);
            let forged: Value = serde_json::from_slice(&forged).unwrap();
            edit(s, |e| {
                e["signatures"][0]["sig"] = forged["signatures"][0]["sig"].clone()
            });
        }),
        ("signature: of the payload alone", |s| {
            let payload = s.files.files[record::STATEMENT].clone();
            let raw = s.town.key.sign(&payload);
            set_signature(s, &raw);
        }),
        ("signature: none", |s| {
            let none = [json!([]), json!([{"sig": ""}]), json!(null), json!([{}])];
            let none = none[s.below(4)].clone();
            edit(s, |e| e["signatures"] = none);
        }),
        ("signature: too many", |s| {
            let count = 65 + s.below(100);
            edit(s, |e| {
                let one = e["signatures"][0].clone();
                e["signatures"] = vec![one; count].into();
            });
        }),
        ("envelope: bytes behind it", |s| {
            let tail = ["{}", "x", "\0", "]"][s.below(4)];
            s.file(record::ENVELOPE).extend(tail.as_bytes());
        }),
        ("envelope: a key twice", |s| {
            let text = s.text(record::ENVELOPE);
            let key = ["\"payload\":", "\"payloadType\":", "\"signatures\":"][s.below(3)];
            let at = text.find(key).unwrap();
            let twice = format!("{}{key}\"\",{}", &text[..at], &text[at..]);
            *s.file(record::ENVELOPE) = twice.into_bytes();
        }),
        ("envelope: nested deeply", |s| {
            let depth = 200 + s.below(50_000);
            let text = s.text(record::ENVELOPE);
            let nested = format!(
                "{{\"x\":{}{},{}",
                "[".repeat(depth),
                "]".repeat(depth),
                &text[1..]
            );
            *s.file(record::ENVELOPE) = nested.into_bytes();
        }),
        ("envelope: not base64", |s| {
            let text = s.text(record::ENVELOPE);
            let at = text.find("\"payload\":\"").unwrap() + 11 + s.below(100);
            let bad = ["%", "-_+/", "=", "\\u0000"][s.below(4)];
            *s.file(record::ENVELOPE) = format!("{}{bad}{}", &text[..at], &text[at..]).into_bytes();
        }),
        ("envelope: values without their names", |s| {
            let whole = s.below(2) == 0;
            edit(s, |e| {
                let values =
                    |object: &Value| object.as_object().unwrap().values().cloned().collect();
                let signature = values(&e["signatures"][0]);
                e["signatures"][0] = signature;
                if whole {
                    *e = json!([e["payloadType"], e["payload"], e["signatures"]]);
                }
            });
        }),
        ("bundle: values without their names", |s| {
            let mut bundle: Value = serde_json::from_slice(&s.files.files[record::BUNDLE]).unwrap();
            let part = ["dsseEnvelope", "verificationMaterial"][s.below(2)];
            let envelope = &bundle["dsseEnvelope"];
            bundle[part] = if part == "dsseEnvelope" {
                json!([
                    envelope["payloadType"],
                    envelope["payload"],
                    envelope["signatures"]
                ])
            } else {
                json!([bundle[part]["publicKey"]])
            };
            *s.file(record::BUNDLE) = bundle.to_string().into_bytes();
        }),
        ("bundle: of another report", |s| {
            let bundle = s.other.files.files[record::BUNDLE].clone();
            s.files.files.insert(record::BUNDLE, bundle);
        }),
        ("bundle: none", |s| {
            let none = ["", "{}", "[]", "{\"mediaType\":\"x\"}"][s.below(4)];
            *s.file(record::BUNDLE) = none.into();
        }),
        ("attestations: lines exchanged", |s| {
            let text = s.text(record::ATTESTATIONS);
            let mut lines: Vec<&str> = text.lines().collect();
            lines.swap(0, 1);
            *s.file(record::ATTESTATIONS) = lines.join("\n").into_bytes();
        }),
        ("attestations: a line missing", |s| {
            let text = s.text(record::ATTESTATIONS);
            let line = s.below(2);
            let rest: Vec<&str> = text
                .lines()
                .enumerate()
                .filter(|(at, _)| *at != line)
                .map(|(_, l)| l)
                .collect();
            *s.file(record::ATTESTATIONS) = rest.join("\n").into_bytes();
        }),
        ("attestations: a line of another report", |s| {
            let (text, other) = (
                s.text(record::ATTESTATIONS),
                s.other.files.files[record::ATTESTATIONS].clone(),
            );
            let other = String::from_utf8(other).unwrap();
            let line = s.below(2);
            let mut lines: Vec<&str> = text.lines().collect();
            lines[line] = other.lines().nth(line).unwrap();
            *s.file(record::ATTESTATIONS) = lines.join("\n").into_bytes();
        }),
        ("attestations: another result, signed", |s| {
            let text = s.text(record::ATTESTATIONS);
            let (first, second) = text.trim_end().split_once('\n').unwrap();
            let second: Value = serde_json::from_str(second).unwrap();
            let payload = STANDARD
                .decode(second["payload"].as_str().unwrap())
                .unwrap();
            let payload = String::from_utf8(payload).unwrap();
            let word = ["PASSED", "FAILED"][s.below(2)];
            let forged = payload.replace("WARNED", word);
            assert_ne!(forged, payload);
            let forged = dsse::sign(PAYLOAD_TYPE, forged.as_bytes(), &s.town.key);
            let forged = String::from_utf8(forged).unwrap();
            *s.file(record::ATTESTATIONS) = format!("{first}\n{forged}\n").into_bytes();
        }),
        ("countersignature: of another report", |s| {
            let other = Digest::of(&s.other.files.files[record::STATEMENT]);
            s.countersignature = countersigned(other, "2026-01-02T00:00:00Z", &s.second);
        }),
        ("countersignature: by a stranger", |s| {
            let ours = report(s);
            s.countersignature = countersigned(ours, "2026-01-02T00:00:00Z", &s.stranger);
        }),
        ("countersignature: of other answers", |s| {
            let report = report(s);
            let (profile, at) = (Resource::new("profile:town@1.0.0", report), s.now.clone());
            let cases = Redone::Cases {
                cases: 59,
                differing: 1 + s.below(59) as u64,
                compute: ["f32".to_owned()].into(),
                tolerance: Decimal::ZERO,
                nonce: "n".to_owned(),
            };
            let redone = [Redone::Signature, cases];
            let payload = svr::bytes(report, profile, "Second", &at, &redone).unwrap();
            s.countersignature = dsse::sign(PAYLOAD_TYPE, &payload, &s.second);
        }),
        ("countersignature: with many signatures", |s| {
            let mut envelope: Value = serde_json::from_slice(&s.countersignature).unwrap();
            let one = envelope["signatures"][0].clone();
            envelope["signatures"] = vec![one; 5 + s.below(60)].into();
            s.countersignature = envelope.to_string().into_bytes();
        }),
        ("countersignature: by the signer", |s| {
            let ours = report(s);
            s.countersignature = countersigned(ours, "2026-01-02T00:00:00Z", &s.town.key);
        }),
        ("countersignature: before the report", |s| {
            let ours = report(s);
            let at = [
                "2026-01-01T00:00:59Z",
                "2025-12-31T00:00:00Z",
                "2026-01-02",
                "now",
                "",
            ][s.below(5)];
            s.countersignature = countersigned(ours, at, &s.second);
        }),
        ("countersignature: in the future", |s| {
            let ours = report(s);
            s.countersignature = countersigned(ours, "2026-01-12T00:00:00Z", &s.second);
        }),
        ("countersignature: a byte", |s| {
            let mut e: Value = serde_json::from_slice(&s.countersignature).unwrap();
            let payload = STANDARD.decode(e["payload"].as_str().unwrap()).unwrap();
            let at = s.below(payload.len());
            let mut payload = payload;
            payload[at] ^= 1 << s.below(8);
            e["payload"] = STANDARD.encode(payload).into();
            s.countersignature = e.to_string().into_bytes();
        }),
        ("countersignature: none", |s| {
            let none = ["", "{}", "[]", "null"][s.below(4)];
            s.countersignature = none.into();
        }),
    ]
}

fn report(s: &Scene) -> Digest {
    Digest::of(&s.files.files[record::STATEMENT])
}

fn edit(s: &mut Scene, change: impl FnOnce(&mut Value)) {
    let mut envelope: Value = serde_json::from_slice(&s.files.files[record::ENVELOPE]).unwrap();
    change(&mut envelope);
    s.files
        .files
        .insert(record::ENVELOPE, envelope.to_string().into_bytes());
}

fn signature(s: &Scene) -> Vec<u8> {
    let envelope: Value = serde_json::from_slice(&s.files.files[record::ENVELOPE]).unwrap();
    STANDARD
        .decode(envelope["signatures"][0]["sig"].as_str().unwrap())
        .unwrap()
}

fn set_signature(s: &mut Scene, bytes: &[u8]) {
    edit(s, |e| {
        e["signatures"][0]["sig"] = STANDARD.encode(bytes).into()
    });
}

pub fn benign() -> Vec<(&'static str, Change)> {
    vec![
        ("white space", |s| {
            let envelope: Value = serde_json::from_slice(&s.files.files[record::ENVELOPE]).unwrap();
            let mut text = serde_json::to_string_pretty(&envelope).unwrap();
            for _ in 0..s.below(5) {
                text.push([' ', '\n', '\t', '\r'][s.below(4)]);
            }
            *s.file(record::ENVELOPE) = text.into_bytes();
        }),
        ("key order", |s| {
            let e: Value = serde_json::from_slice(&s.files.files[record::ENVELOPE]).unwrap();
            let mut members: Vec<String> = ["payload", "payloadType", "signatures"]
                .iter()
                .map(|key| format!("\"{key}\":{}", e[key]))
                .collect();
            members.rotate_left(s.below(3));
            if s.below(2) == 0 {
                members.swap(0, 1);
            }
            *s.file(record::ENVELOPE) = format!("{{{}}}", members.join(",")).into_bytes();
        }),
        ("URL-safe base64", |s| {
            let padded = s.below(2) == 0;
            let both = s.below(2) == 0;
            edit(s, |e| {
                let again = |text: &Value| {
                    let bytes = STANDARD.decode(text.as_str().unwrap()).unwrap();
                    Value::from(if padded {
                        URL_SAFE.encode(bytes)
                    } else {
                        URL_SAFE_NO_PAD.encode(bytes)
                    })
                };
                e["payload"] = again(&e["payload"]);
                if both {
                    e["signatures"][0]["sig"] = again(&e["signatures"][0]["sig"]);
                }
            });
        }),
        ("unknown fields", |s| {
            let value = [json!(null), json!(1), json!("x"), json!({"a": [1]})][s.below(4)].clone();
            let inside = s.below(2) == 0;
            edit(s, |e| {
                if inside {
                    e["signatures"][0]["extension"] = value;
                } else {
                    e["extra"] = value;
                }
            });
        }),
        ("a stranger's signature beside ours", |s| {
            let payload = s.files.files[record::STATEMENT].clone();
            let forged = dsse::sign(PAYLOAD_TYPE, &payload, &s.stranger);
            let forged: Value = serde_json::from_slice(&forged).unwrap();
            let before = s.below(2) == 0;
            edit(s, |e| {
                let all = e["signatures"].as_array_mut().unwrap();
                let at = if before { 0 } else { 1 };
                all.insert(at, forged["signatures"][0].clone());
            });
        }),
        ("a stranger's bad signature beside ours", |s| {
            let count = 1 + s.below(9);
            let bytes: Vec<u8> = (0..count).map(|_| s.below(256) as u8).collect();
            let before = s.below(2) == 0;
            edit(s, |e| {
                let all = e["signatures"].as_array_mut().unwrap();
                let bad = json!({"keyid": "x", "sig": STANDARD.encode(bytes)});
                all.insert(if before { 0 } else { 1 }, bad);
            });
        }),
        ("another hint, or none", |s| {
            let hint = [json!(""), json!("somebody"), json!(null)][s.below(3)].clone();
            edit(s, |e| e["signatures"][0]["keyid"] = hint);
        }),
        ("a bundle with entries of a log", |s| {
            let mut bundle: Value = serde_json::from_slice(&s.files.files[record::BUNDLE]).unwrap();
            let index = s.below(1_000_000);
            bundle["verificationMaterial"]["tlogEntries"] =
                json!([{"logIndex": index.to_string()}]);
            bundle["verificationMaterial"]["timestampVerificationData"] =
                json!({"rfc3161Timestamps": []});
            *s.file(record::BUNDLE) = bundle.to_string().into_bytes();
        }),
        ("further attestations", |s| {
            let line = [
                "{}",
                "\n\n",
                "not json",
                "{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[{\"sig\":\"\"}]}",
            ];
            let mut text = s.text(record::ATTESTATIONS);
            for _ in 0..=s.below(4) {
                text.push_str(line[s.below(4)]);
                text.push('\n');
            }
            *s.file(record::ATTESTATIONS) = text.into_bytes();
        }),
        ("without the further wrappings", |s| match s.below(3) {
            0 => drop(s.files.files.remove(record::BUNDLE)),
            1 => drop(s.files.files.remove(record::ATTESTATIONS)),
            _ => {
                s.files.files.remove(record::BUNDLE);
                s.files.files.remove(record::ATTESTATIONS);
            }
        }),
    ]
}
