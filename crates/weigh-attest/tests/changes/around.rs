//! What the record is held against: keys, policy, model, age, nonce.

use weigh_attest::keys::PrivateKey;
use weigh_attest::record;
use weigh_core::time::Timestamp;

use super::Change;

pub fn classes() -> Vec<(&'static str, Change)> {
    vec![
        ("key: all signed by a stranger", |s| {
            let payload = s.files.files[record::STATEMENT].clone();
            let stranger = s.stranger.clone();
            s.sign(&payload, &stranger);
            *s.file(record::PUBLIC_KEY) = stranger.public().to_pem().into_bytes();
        }),
        ("key: none", |s| {
            let none = ["", "x", "-----BEGIN PUBLIC KEY-----\n", "\u{feff}"][s.below(4)];
            *s.file(record::PUBLIC_KEY) = none.into();
        }),
        ("policy: without the signer", |s| {
            let (ours, theirs) = (s.town.key.public().to_pem(), s.stranger.public().to_pem());
            s.policy = s.policy.replace(&ours, &theirs);
        }),
        ("policy: without the second", |s| {
            let (ours, theirs) = (s.second.public().to_pem(), s.stranger.public().to_pem());
            s.policy = s.policy.replace(&ours, &theirs);
        }),
        ("policy: expired", |s| {
            let day = 1 + s.below(11);
            s.policy = s.policy.replace("2027-01-01", &format!("2026-01-{day:02}"));
        }),
        ("policy: a key revoked", |s| {
            let day = 1 + s.below(2);
            let revoked =
                format!("revoked = {{ at = \"2026-01-{day:02}\", reason = \"superseded\" }}");
            let revoked = if s.below(2) == 0 {
                format!(
                    "{} }}",
                    "revoked = { at = \"2026-01-09\", reason = \"compromised\""
                )
            } else {
                revoked
            };
            // The first day revokes both; of the second only the second authority is dated.
            let place = s.policy.rfind("valid_from = \"2025-01-01\"").unwrap();
            s.policy.insert_str(place, &format!("{revoked}, "));
        }),
        ("policy: a key valid later", |s| {
            let from = ["2026-01-03", "2026-06-01", "2030-01-01"][s.below(3)];
            let place = s.policy.rfind("2025-01-01").unwrap();
            s.policy.replace_range(place..place + 10, from);
        }),
        ("policy: a key valid no longer", |s| {
            let until = ["2025-12-31", "2025-06-01"][s.below(2)];
            s.policy = s.policy.replace(
                "valid_from = \"2025-01-01\"",
                &format!("valid_until = \"{until}\""),
            );
        }),
        ("model: a byte", |s| {
            let mut bytes = s.model_bytes.clone().unwrap();
            let at = s.below(bytes.len());
            bytes[at] ^= 1 << s.below(8);
            s.model_bytes = Some(bytes);
        }),
        ("model: cut or longer", |s| {
            let mut bytes = s.model_bytes.clone().unwrap();
            if s.below(2) == 0 {
                bytes.pop();
            } else {
                bytes.push(0);
            }
            s.model_bytes = Some(bytes);
        }),
        ("model: not there", |s| s.model_bytes = None),
        ("age: too old", |s| {
            let day = 1 + s.below(28);
            s.now = Timestamp(format!("2026-02-{day:02}T00:01:01Z"));
        }),
        ("age: in the future", |s| {
            let second = s.below(60);
            s.now = Timestamp(format!("2026-01-01T00:00:{second:02}Z"));
        }),
        ("nonce: another", |s| {
            s.nonce = ["n-2", "", "N-1", "n-1 ", "n\u{2010}1"][s.below(5)].to_owned();
        }),
        ("replay: the report of an older run", |s| {
            // All of the other record, which is good, but for another nonce.
            let mut other = crate::town::Town::new(s.town.key.public().algorithm(), "Abacus");
            other.key = PrivateKey::clone(&s.town.key);
            other.plan.header.nonce = Some(format!("n-{}", 2 + s.below(99)));
            other.keep_journal("Abacus", true);
            other.issue();
            s.files = other.files.clone();
            let report = weigh_core::digest::Digest::of(&s.files.files[record::STATEMENT]);
            s.countersignature = super::countersigned(report, "2026-01-02T00:00:00Z", &s.second);
        }),
    ]
}

pub fn benign() -> Vec<(&'static str, Change)> {
    vec![("key: what an editor leaves around it", |s| {
        let key = String::from_utf8(s.file(record::PUBLIC_KEY).clone()).unwrap();
        let around = [
            format!("\u{feff}{key}"),
            format!("{key}\n"),
            format!("\r\n{} \t", key.trim_end()),
        ];
        *s.file(record::PUBLIC_KEY) = around[s.below(3)].clone().into();
    })]
}
