//! The table of trust policies, with real keys and countersignatures of a real record.

#![cfg(feature = "sign")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    dead_code,
    reason = "a test may stop where it stands, and uses a part of what tests share"
)]

mod changes;
mod policies;
mod town;

use changes::Scene;
use policies::{Case, Given, cases};
use weigh_attest::dsse::Envelope;
use weigh_attest::keys::Algorithm;
use weigh_attest::record::{self, RecordFiles};
use weigh_attest::trust::{parse, rotation_signers};
use weigh_attest::verify::{Trust, Wanted, verify_files};
use weigh_core::digest::Digest;
use weigh_core::trust::Policy;

#[test]
fn policies_decide_with_real_keys_as_with_names() {
    for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
        let files = Scene::new(algorithm).files;
        let report = Digest::of(&files.files[record::STATEMENT]);
        for case in cases(algorithm, report) {
            let policy = parse("trust.toml", case.policy.as_bytes());
            let accepted = policy.is_ok_and(|policy| accepts(&files, &policy, &case));
            assert_eq!(accepted, !case.refused, "{} ({algorithm})", case.what);
        }
    }
}

#[test]
fn a_compromised_key_shows_nothing_of_the_signer() {
    let mut scene = Scene::new(Algorithm::P256);
    scene.policy = scene
        .policy
        .replace("quorum = \"both\"", "quorum = \"second\"");
    assert_eq!(scene.verify().unwrap().trust, Trust::Policy);
    let revoked = "\"2025-01-01\", revoked = { at = \"2026-01-03\", reason = \"compromised\" } }]";
    scene.policy = scene.policy.replacen("\"2025-01-01\" }]", revoked, 1);
    assert_eq!(scene.verify().unwrap().trust, Trust::Enclosed);
}

fn accepts(files: &RecordFiles, policy: &Policy, case: &Case) -> bool {
    match &case.given {
        Given::Countersignatures(all) => {
            let given = all.iter().map(|bytes| (String::new(), bytes.clone()));
            let wanted = Wanted {
                policy: Some((policy, &case.now)),
                countersignatures: &given.collect::<Vec<_>>(),
                ..Wanted::default()
            };
            verify_files(files, &wanted, Vec::new()).is_ok()
        }
        Given::Rotation(bytes) => {
            let envelope = Envelope::parse(bytes).unwrap();
            let new = parse("new.toml", envelope.unverified_payload()).unwrap();
            let signers = rotation_signers(policy, &new, &envelope);
            policy.gives_way(&new, &signers, &case.now).is_ok()
        }
    }
}
