//! Writes tampered and harmlessly varied records, and records under the policies of the table, for other verifiers:
//! `tampered FOLDER EACH`.
//!
//! Each is a folder with `record/`, `trust.toml`, `case.json` (the class, whether it must be refused, and what it is held
//! against), and what else is given: countersignatures `0.dsse.json` and so on, `model/`, `opening.jsonl`, or the envelope
//! `rotation.dsse.json` of a policy that is to replace `trust.toml`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "a program for developers may stop where it stands"
)]

#[path = "../tests/changes/mod.rs"]
mod changes;
#[path = "../tests/policies/mod.rs"]
mod policies;
#[path = "../tests/town/mod.rs"]
mod town;

use std::fs;
use std::path::Path;

use changes::{Change, Scene, benign, classes};
use policies::{Case, Given};
use serde_json::{Value, json};
use weigh_attest::keys::Algorithm;
use weigh_attest::record;
use weigh_core::digest::Digest;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "tampered".to_owned());
    let each: u64 = arguments.next().map_or(2, |each| each.parse().unwrap());
    let mut written = 0;
    for (kind, algorithm) in [("p256", Algorithm::P256), ("ed25519", Algorithm::Ed25519)] {
        let scene = Scene::new(algorithm);
        let mut next = |group: &str| {
            written += 1;
            let place = Path::new(&folder).join(format!("{written:05}-{kind}-{group}"));
            fs::create_dir_all(place.join("record")).unwrap();
            place
        };
        for (class, change) in classes() {
            (0..each)
                .for_each(|seed| write(&scene, (class, change, true), seed, &next("tampered")));
        }
        for (class, change) in benign() {
            (0..each).for_each(|seed| write(&scene, (class, change, false), seed, &next("benign")));
        }
        let report = Digest::of(&scene.files.files[record::STATEMENT]);
        for case in policies::cases(algorithm, report) {
            write_policy(&scene, &case, &next("policy"));
        }
    }
    println!("{written} records in {folder}");
}

fn write(scene: &Scene, (class, change, refused): (&str, Change, bool), seed: u64, folder: &Path) {
    let mut scene = scene.clone();
    scene.draw(class, seed);
    change(&mut scene);
    town::write(&scene.files, &folder.join("record"));
    fs::write(folder.join("trust.toml"), &scene.policy).unwrap();
    fs::write(folder.join("0.dsse.json"), &scene.countersignature).unwrap();
    if let Some(opening) = &scene.opening {
        fs::write(folder.join("opening.jsonl"), opening).unwrap();
    }
    fs::create_dir_all(folder.join("model")).unwrap();
    if let Some(bytes) = &scene.model_bytes {
        fs::write(folder.join("model/abacus.gguf"), bytes).unwrap();
    }
    let case = json!({
        "class": class,
        "refused": refused,
        "now": scene.now,
        "nonce": scene.nonce,
        "max_age": 30,
    });
    write_case(&case, folder);
}

fn write_policy(scene: &Scene, case: &Case, folder: &Path) {
    town::write(&scene.files, &folder.join("record"));
    fs::write(folder.join("trust.toml"), &case.policy).unwrap();
    match &case.given {
        Given::Countersignatures(all) => {
            for (number, bytes) in all.iter().enumerate() {
                fs::write(folder.join(format!("{number}.dsse.json")), bytes).unwrap();
            }
        }
        Given::Rotation(envelope) => {
            fs::write(folder.join("rotation.dsse.json"), envelope).unwrap();
        }
    }
    write_case(
        &json!({"class": case.what, "refused": case.refused, "now": case.now}),
        folder,
    );
}

fn write_case(case: &Value, folder: &Path) {
    fs::write(folder.join("case.json"), case.to_string()).unwrap();
}
