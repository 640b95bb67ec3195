//! What is signed, changed: by somebody without the key, and by the very signer.

use weigh_attest::record;

use super::{Change, Scene};

pub fn classes() -> Vec<(&'static str, Change)> {
    vec![
        ("payload: a byte", |s| {
            let at = s.below(s.files.files[record::STATEMENT].len());
            let bit = 1 << s.below(8);
            let mut payload = s.files.files[record::STATEMENT].clone();
            payload[at] ^= bit;
            unsigned(s, &payload);
        }),
        ("payload: cut", |s| {
            let keep = s.below(s.files.files[record::STATEMENT].len());
            let payload = s.files.files[record::STATEMENT][..keep].to_vec();
            unsigned(s, &payload);
        }),
        ("payload: of another report", |s| {
            let payload = s.other.files.files[record::STATEMENT].clone();
            unsigned(s, &payload);
        }),
        ("payload: of another report, signed", |s| {
            let other = s.other.files.clone();
            for name in [record::STATEMENT, record::ENVELOPE] {
                s.files.files.insert(name, other.files[name].clone());
            }
        }),
        ("forged: a digit of a figure", |s| {
            forge_number(s, "\"point\":\"")
        }),
        ("forged: a limit of an interval", |s| {
            let key = ["\"lower\":\"", "\"upper\":\""][s.below(2)];
            forge_number(s, key);
        }),
        ("forged: a count", |s| {
            let key = [
                "\"planned\":",
                "\"scored\":",
                "\"clusters\":",
                "\"trials\":",
                "\"requests\":",
            ];
            let key = key[s.below(5)];
            forge_number(s, key);
        }),
        ("forged: the look", |s| {
            let head = "0".repeat(64);
            let extends = format!("\"extends\":[\"{head}\"]");
            let (old, new) = [
                ("\"number\":1", "\"number\":2"),
                ("\"of\":2", "\"of\":3"),
                ("\"spent\":\"0.04\"", "\"spent\":\"0.05\""),
                ("\"confidence\":[\"0.96\"]", "\"confidence\":[\"0.95\"]"),
                ("\"extends\":[]", &extends),
            ][s.below(5)];
            replace(s, old, new);
        }),
        ("forged: the seed", |s| forge_number(s, "\"seed\":")),
        ("forged: a digest", |s| {
            let key = [
                "\"transcript\":\"",
                "\"digest\":\"",
                "\"sha256\":\"",
                "\"journal_head\":\"",
                "\"tokenizer\":\"",
                "\"config\":\"",
            ];
            let key = key[s.below(6)];
            forge_hex(s, key);
        }),
        ("forged: a verdict", |s| {
            let words = [
                "conforms",
                "does_not_conform",
                "not_assessed",
                "inconclusive",
            ];
            let payload = s.text(record::STATEMENT);
            let found: Vec<usize> = payload
                .match_indices("\"verdict\":\"")
                .map(|(at, k)| at + k.len())
                .collect();
            let at = found[s.below(found.len())];
            let end = at + payload[at..].find('"').unwrap();
            let old = &payload[at..end];
            let others: Vec<&str> = words.into_iter().filter(|word| *word != old).collect();
            let new = others[s.below(3)];
            let forged = format!("{}{new}{}", &payload[..at], &payload[end..]);
            forged_by_the_signer(s, &forged);
        }),
        ("forged: the model's name", |s| {
            replace(s, "Abacus", "Abacvs")
        }),
        ("forged: the time", |s| {
            replace(s, "2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z")
        }),
        ("forged: the version of a suite", |s| {
            replace(s, "\"version\":\"1.0.0\"", "\"version\":\"1.0.1\"")
        }),
        ("forged: the nonce", |s| {
            replace(s, "\"nonce\":\"n-1\"", "\"nonce\":\"n-2\"")
        }),
        ("forged: a deviation left out", |s| {
            let payload = s.text(record::STATEMENT);
            let at = payload.find("\"deviations\":[").unwrap() + 14;
            let end = at + payload[at..].find(']').unwrap();
            let forged = if end > at {
                format!("{}{}", &payload[..at], &payload[end..])
            } else {
                format!("{}\"None.\"{}", &payload[..at], &payload[at..])
            };
            forged_by_the_signer(s, &forged);
        }),
        ("form: a key twice", |s| {
            let payload = s.text(record::STATEMENT);
            let key = ["\"verdict\":", "\"id\":", "\"predicate\":", "\"_type\":"][s.below(4)];
            let at = payload.find(key).unwrap();
            let forged = format!("{}{key}0,{}", &payload[..at], &payload[at..]);
            forged_by_the_signer(s, &forged);
        }),
        ("form: a key in other letter case", |s| {
            let (old, new) = [
                ("\"verdict\"", "\"Verdict\""),
                ("\"estimates\"", "\"Estimates\""),
                ("\"predicateType\"", "\"PredicateType\""),
                ("\"id\"", "\"ID\""),
            ][s.below(4)];
            replace(s, old, new);
        }),
        ("form: a key more", |s| {
            let payload = s.text(record::STATEMENT);
            let at = payload.find("\"predicate\":{").unwrap() + 13;
            let forged = format!(
                "{}\"aside\":{},{}",
                &payload[..at],
                s.below(9),
                &payload[at..]
            );
            forged_by_the_signer(s, &forged);
        }),
        ("form: white space", |s| {
            let payload = s.text(record::STATEMENT);
            let places: Vec<usize> = payload.match_indices("\":").map(|(at, _)| at + 2).collect();
            let at = places[s.below(places.len())];
            let space = [" ", "\n", "\t", "\r\n"][s.below(4)];
            let forged = format!("{}{space}{}", &payload[..at], &payload[at..]);
            // Inside of a text a colon may stand, too; there it is another text.
            forged_by_the_signer(s, &forged);
        }),
        ("form: bytes behind it", |s| {
            let payload = s.text(record::STATEMENT);
            let tail = ["\n", " ", "{}", "\0", "//"][s.below(5)];
            forged_by_the_signer(s, &format!("{payload}{tail}"));
        }),
        ("form: nested deeply", |s| {
            let depth = 100 + s.below(100_000);
            let payload = s.text(record::STATEMENT);
            let forged = payload.replacen(
                "\"deviations\":[",
                &format!("\"deviations\":[{}{}", "[".repeat(depth), "]".repeat(depth)),
                1,
            );
            forged_by_the_signer(s, &forged);
        }),
        ("form: very long", |s| {
            let long = "x".repeat(1 << (16 + s.below(5)));
            replace(s, "Abacus", &long);
        }),
        ("form: another statement type", |s| {
            let (old, new) = [
                ("in-toto.io/Statement/v1", "in-toto.io/Statement/v0.1"),
                ("test-report/v1", "test-report/v2"),
                ("test-report/v1", "TEST-report/v1"),
            ][s.below(3)];
            replace(s, old, new);
        }),
        ("form: a subject less", |s| {
            let payload = s.text(record::STATEMENT);
            let at = payload.find("\"subject\":[").unwrap() + 11;
            let end = at + payload[at..].find("},{").unwrap() + 2;
            forged_by_the_signer(s, &format!("{}{}", &payload[..at], &payload[end..]));
        }),
        ("form: a number for a text", |s| {
            replace(s, "\"point\":\"1\"", "\"point\":1")
        }),
    ]
}

/// Without the key: statement and envelope hold `payload`, and the old signature.
pub fn unsigned(s: &mut Scene, payload: &[u8]) {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let mut envelope: serde_json::Value =
        serde_json::from_slice(&s.files.files[record::ENVELOPE]).unwrap();
    envelope["payload"] = STANDARD.encode(payload).into();
    s.files
        .files
        .insert(record::ENVELOPE, envelope.to_string().into_bytes());
    if s.below(2) == 0 {
        s.files.files.insert(record::STATEMENT, payload.to_vec());
    }
    if s.below(2) == 0 {
        s.files.files.remove(record::BUNDLE);
        s.files.files.remove(record::ATTESTATIONS);
    }
}

/// With the key, and the second authority's help.
fn forged_by_the_signer(s: &mut Scene, payload: &str) {
    assert_ne!(payload.as_bytes(), s.files.files[record::STATEMENT]);
    let town = s.town.clone();
    s.sign(payload.as_bytes(), &town.key);
}

fn replace(s: &mut Scene, old: &str, new: &str) {
    let payload = s.text(record::STATEMENT);
    let places: Vec<usize> = payload.match_indices(old).map(|(at, _)| at).collect();
    let at = places[s.below(places.len())];
    let forged = format!("{}{new}{}", &payload[..at], &payload[at + old.len()..]);
    forged_by_the_signer(s, &forged);
}

/// Another digit in one of the numbers behind `key`.
fn forge_number(s: &mut Scene, key: &str) {
    let payload = s.text(record::STATEMENT);
    let starts: Vec<usize> = payload
        .match_indices(key)
        .map(|(at, _)| at + key.len())
        .collect();
    let at = starts[s.below(starts.len())];
    let digits: Vec<usize> = payload[at..]
        .char_indices()
        .take_while(|(_, c)| c.is_ascii_digit() || ".e-".contains(*c))
        .filter(|(_, c)| c.is_ascii_digit())
        .map(|(offset, _)| at + offset)
        .collect();
    let place = digits[s.below(digits.len())];
    forge_at(s, payload, place, b"0123456789");
}

/// Another digit in one of the digests behind `key`.
fn forge_hex(s: &mut Scene, key: &str) {
    let payload = s.text(record::STATEMENT);
    let starts: Vec<usize> = payload
        .match_indices(key)
        .map(|(at, _)| at + key.len())
        .collect();
    let place = starts[s.below(starts.len())] + s.below(64);
    forge_at(s, payload, place, b"0123456789abcdef");
}

fn forge_at(s: &mut Scene, payload: String, place: usize, digits: &[u8]) {
    let mut bytes = payload.into_bytes();
    let others: Vec<u8> = digits
        .iter()
        .copied()
        .filter(|digit| *digit != bytes[place])
        .collect();
    bytes[place] = others[s.below(others.len())];
    let forged = String::from_utf8(bytes).unwrap();
    forged_by_the_signer(s, &forged);
}
