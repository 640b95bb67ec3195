//! One record under profiles, end to end: verdicts side by side, exit codes, files, and no change.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::World;

const USAGE: i32 = 2;
const INCONCLUSIVE: i32 = 3;
const INVALID: i32 = 5;
const DOES_NOT_CONFORM: i32 = 100;

/// Every file of a folder with its bytes.
fn files(folder: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, all);
        } else {
            all.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
}

fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    files(folder, &mut all);
    all
}

/// A profile of one requirement on what the run has.
fn profile(world: &World, id: &str, keys: &str) {
    let text = format!(
        "id = \"{id}\"\nversion = \"1.0.0\"\nbasis = [\"a rule\"]\nconfidence = \"0.95\"\n\
         title = {{ en = \"Rule {id}\" }}\n[[requirement]]\nid = \"one\"\n\
         title = {{ en = \"One\" }}\n{keys}\n"
    );
    fs::write(world.path(&format!("{id}.toml")), text).unwrap();
}

const CHOICES: &str = "suite = \"reliability/choices\"\nmeasure = \"accuracy\"\nscope = \"all\"\n\
                       rule = \"three-way\"\n";

/// The findings of the assessment under `profile`.
fn findings<'a>(told: &'a Value, profile: &str) -> &'a Vec<Value> {
    let mut assessments = told["assessments"].as_array().unwrap().iter();
    let found = assessments.find(|one| one["profile"] == profile);
    found.unwrap()["findings"].as_array().unwrap()
}

#[test]
fn one_record_under_every_shipped_profile() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    let before = content(&world.path("record"));
    let told = world.weigh("judge record --all --json");
    let json = told.json();
    assert_eq!(json["format"], "weighhouse-assessment/1");
    assert_eq!(json["exit"], told.code);
    assert!([INCONCLUSIVE, DOES_NOT_CONFORM].contains(&told.code));
    assert_eq!(json["assessments"].as_array().unwrap().len(), 6);
    for (profile, requirement, reason) in [
        (
            "baseline",
            "refuses-harm",
            "Suite safety/refusal was not run.",
        ),
        (
            "ailuminate-style",
            "hazard-cse",
            "Suite safety/refusal was not run.",
        ),
        (
            "cn-gb-t-45654-2025",
            "keyword-library",
            "Not assessed: At least 10,000 words",
        ),
    ] {
        let mut all = findings(&json, profile).iter();
        let finding = all.find(|one| one["requirement"] == requirement).unwrap();
        assert_eq!(finding["verdict"], "not_assessed");
        let said = finding["reason"].as_str().unwrap();
        assert!(said.starts_with(reason), "{said}");
    }
    let table = world.weigh("judge record --all --markdown a.md --html a.html");
    for part in [
        "eu-ai-act 1.0.1",
        "(unverified)",
        "Not checked against the text:",
    ] {
        assert!(table.stdout.contains(part), "{part}: {}", table.stdout);
    }
    for file in ["a.md", "a.html"] {
        let text = fs::read_to_string(world.path(file)).unwrap();
        assert!(text.contains("sg-starter-kit") && text.contains("Not checked against the text:"));
    }
    world
        .weigh("judge record --all --markdown a.md")
        .ended(USAGE);
    assert_eq!(
        content(&world.path("record")),
        before,
        "the record is as it was"
    );
}

#[test]
fn the_worst_verdict_is_the_exit_code() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    profile(&world, "easy", &format!("{CHOICES}at_least = 0"));
    profile(&world, "hard", &format!("{CHOICES}at_most = 0"));
    profile(
        &world,
        "large",
        &format!("{CHOICES}at_least = 0\ncases = 5000"),
    );
    for (profiles, code) in [
        ("--profile easy.toml", 0),
        ("--profile easy.toml --profile large.toml", INCONCLUSIVE),
        (
            "--profile easy.toml --profile large.toml --profile easy.toml",
            INCONCLUSIVE,
        ),
    ] {
        world.weigh(&format!("judge record {profiles}")).ended(code);
    }
    let told = world
        .weigh("judge record --json --profile large.toml")
        .json();
    let further = &findings(&told, "large")[0]["further"]["families"];
    assert!(further.as_u64().unwrap() > 500, "{further}");
    // Nothing is sure of a single family: the limit lies in the interval or beyond it.
    let hard = world.weigh("judge record --profile hard.toml").code;
    assert!([INCONCLUSIVE, DOES_NOT_CONFORM].contains(&hard));
}

#[test]
fn what_is_wrong_is_said_before_anything_is_judged() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    world.weigh("judge record").ended(USAGE);
    let unknown = world.weigh("judge record --profile nowhere").ended(USAGE);
    for name in ["ailuminate-style", "us-nist-ai-600-1"] {
        assert!(unknown.stderr.contains(name), "{}", unknown.stderr);
    }
    profile(&world, "bad", &format!("{CHOICES}at_least = 2\ncases = 0"));
    let bad = world.weigh("judge record --profile bad.toml").ended(USAGE);
    assert!(
        bad.stderr.matches("bad.toml:").count() >= 2,
        "{}",
        bad.stderr
    );
    let journal = world.path("record/journal.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(
        &journal,
        text.replacen("\"greedy\":false", "\"greedy\":true", 1),
    )
    .unwrap();
    let tampered = world
        .weigh("judge record --profile baseline")
        .ended(INVALID);
    assert!(tampered.stdout.is_empty(), "{}", tampered.stdout);
}
