//! Tampering: every class of change, fifty seeded ones of each, and none is accepted; and five
//! hundred changes that mean nothing, none of which is refused.

#![cfg(feature = "sign")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a test may stop where it stands"
)]

mod changes;
mod town;

use changes::{Scene, benign, classes};
use weigh_attest::keys::Algorithm;

/// Mutations of each class.
const EACH: u64 = 50;

#[test]
fn no_tampered_record_is_accepted() {
    let classes = classes();
    assert!(classes.len() >= 40, "{} classes", classes.len());
    std::thread::scope(|scope| {
        for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
            let classes = &classes;
            scope.spawn(move || {
                let scene = Scene::new(algorithm);
                scene.verify().unwrap();
                let mut amended = scene.clone();
                amended.amend();
                amended.verify().unwrap();
                for (name, change) in classes {
                    for seed in 0..EACH {
                        let mut changed = scene.clone();
                        changed.draw(name, seed);
                        change(&mut changed);
                        assert!(
                            changed.verify().is_err(),
                            "{name}, {seed} is accepted ({algorithm})"
                        );
                    }
                }
            });
        }
    });
}

#[test]
fn no_harmless_variant_is_refused() {
    let kinds = benign();
    let each = 500_u64.div_ceil(kinds.len() as u64);
    for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
        let scene = Scene::new(algorithm);
        for (name, change) in &kinds {
            for seed in 0..each {
                let mut changed = scene.clone();
                changed.draw(name, seed);
                change(&mut changed);
                if let Err(fault) = changed.verify() {
                    panic!("{name}, {seed} is refused ({algorithm}): {fault}");
                }
            }
        }
    }
}
