//! Writes tampered and harmlessly varied records for other verifiers: `tampered FOLDER EACH`.
//!
//! Each is a folder with `record/`, `trust.toml`, `second.dsse.json` (a countersignature), `key.pem` (the
//! signer's), `model/`, perhaps `opening.jsonl`, and `case.json`: the class, whether the record must be refused, and what it is
//! held against.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "a program for developers may stop where it stands"
)]

#[path = "../tests/changes/mod.rs"]
mod changes;
#[path = "../tests/town/mod.rs"]
mod town;

use std::fs;
use std::path::Path;

use changes::{Change, Scene, benign, classes};
use weigh_attest::keys::Algorithm;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "tampered".to_owned());
    let each: u64 = arguments.next().map_or(2, |each| each.parse().unwrap());
    let mut written = 0;
    for (kind, algorithm) in [("p256", Algorithm::P256), ("ed25519", Algorithm::Ed25519)] {
        let scene = Scene::new(algorithm);
        let all = [(classes(), true), (benign(), false)];
        for (changes, refused) in all {
            for (number, (class, change)) in changes.iter().enumerate() {
                for seed in 0..each {
                    let name = format!("{kind}-{refused}-{number}-{seed}");
                    let folder = Path::new(&folder).join(name);
                    write(&scene, (class, *change, refused), seed, &folder);
                    written += 1;
                }
            }
        }
    }
    println!("{written} records in {folder}");
}

fn write(scene: &Scene, (class, change, refused): (&str, Change, bool), seed: u64, folder: &Path) {
    let mut scene = scene.clone();
    scene.draw(class, seed);
    let key = scene.town.key.public().to_pem();
    change(&mut scene);
    let record = folder.join("record");
    fs::create_dir_all(&record).unwrap();
    town::write(&scene.files, &record);
    fs::write(folder.join("trust.toml"), &scene.policy).unwrap();
    fs::write(folder.join("second.dsse.json"), &scene.countersignature).unwrap();
    fs::write(folder.join("key.pem"), key).unwrap();
    if let Some(opening) = &scene.opening {
        fs::write(folder.join("opening.jsonl"), opening).unwrap();
    }
    fs::create_dir_all(folder.join("model")).unwrap();
    if let Some(bytes) = &scene.model_bytes {
        fs::write(folder.join("model/abacus.gguf"), bytes).unwrap();
    }
    let case = serde_json::json!({
        "class": class,
        "refused": refused,
        "now": scene.now,
        "nonce": scene.nonce,
        "max_age": 30,
    });
    fs::write(folder.join("case.json"), case.to_string()).unwrap();
}
