//! `weigh run --extend` as it is called, on a tiny random model: the next look at an inconclusive run.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::World;
use weigh_engine::tiny::TinyModel;

const PROFILE: &str = r#"format = "weighhouse-profile/1"
id = "town"
version = "1.0.0"
basis = ["This test"]
confidence = "0.95"
looks = ["0.8", "0.2"]
[title]
en = "Town"
[[requirement]]
id = "knows"
suite = "reliability/choices"
measure = "accuracy"
scope = "all"
at_least = "0.3"
rule = "three-way"
[requirement.title]
en = "Knows"
"#;

/// A world with a model, the profile, and the record `one` of a first look with few cases.
fn world(profile: &str) -> World {
    let world = World::with_model();
    fs::write(world.path("town.toml"), profile).unwrap();
    let suites = "--suite choices --suite knowledge --lang en";
    let line = format!("run --model model.gguf {suites} --limit 3 --profile town.toml --out one");
    let run = world.weigh(&line).ended(0);
    let offered = run
        .stderr
        .contains("weigh run --extend one --model model.gguf");
    let open = profile.contains("looks") && profile.contains("\"0.3\"");
    assert_eq!(offered, open, "{}", run.stderr);
    world
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    all
}

#[test]
fn an_inconclusive_run_is_extended_and_anybody_can_check_it() {
    let world = world(PROFILE);
    let before = files(&world.path("one"));
    let dry = world
        .weigh("run --extend one --model model.gguf --dry-run --json")
        .ended(0);
    let run = world
        .weigh("run --extend one --model model.gguf --out two --json")
        .ended(0);
    assert!(run.stderr.contains("look 2 of 2"), "{}", run.stderr);
    let report = &run.json()["report"];
    let look = &report["plan"]["look"];
    assert_eq!((&look["number"], &look["of"]), (&2.into(), &2.into()));
    assert_eq!(look["confidence"], serde_json::json!(["0.96", "0.99"]));
    let number = |value: &serde_json::Value| value.as_u64().unwrap();
    // Only what is new is asked.
    let suites = &report["plan"]["suites"];
    // Three families, each with its control.
    assert_eq!(suites["multilingual/knowledge"]["trials"], 6);
    let first = number(
        &serde_json::from_slice::<serde_json::Value>(&before[&world.path("one/report.json")])
            .unwrap()["predicate"]["plan"]["trials"],
    );
    assert_eq!(
        number(&dry.json()["trials"]),
        number(&report["plan"]["trials"]) - first
    );
    assert_eq!(
        files(&world.path("one")),
        before,
        "the old record stays as it was"
    );
    let alone = world.weigh("verify two").ended(0);
    assert!(
        alone.stdout.contains("--extends RECORD"),
        "{}",
        alone.stdout
    );
    let both = world.weigh("verify two --extends one").ended(0);
    assert!(
        both.stdout.contains("with every answer carried over"),
        "{}",
        both.stdout
    );
    let summary = fs::read_to_string(world.path("two/summary.md")).unwrap();
    assert!(summary.contains("- Look: 2 of 2"), "{summary}");
    // Another run of the same plan is not the one that was extended, nor is a first look one.
    let again = "run --model model.gguf --suite choices --suite knowledge --lang en --limit 3";
    world
        .weigh(&format!("{again} --profile town.toml --out other"))
        .ended(0);
    let other = world.weigh("verify two --extends other").ended(5);
    assert!(
        other.stdout.contains("extends other journals"),
        "{}",
        other.stdout
    );
    let none = world.weigh("verify one --extends other").ended(5);
    assert!(none.stdout.contains("extends nothing"), "{}", none.stdout);
    let spent = world.weigh("run --extend two --model model.gguf --out three");
    assert!([2, 4].contains(&spent.code), "{}", spent.stderr);
    assert!(!world.path("three").exists());
}

#[test]
fn what_cannot_be_extended_is_refused_before_anything_is_written() {
    let world = world(PROFILE);
    let refused = |world: &World, line: &str, code: i32, why: &str| {
        let run = world
            .weigh(&format!("run --extend {line} --out two"))
            .ended(code);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert!(!world.path("two").exists());
    };
    TinyModel::new(8)
        .write_gguf(&world.path("other.gguf"))
        .unwrap();
    refused(
        &world,
        "one --model other.gguf",
        2,
        "whose file model.gguf is another",
    );
    let journal = world.path("one/journal.jsonl");
    let good = fs::read_to_string(&journal).unwrap();
    fs::write(
        &journal,
        good.replacen("\"greedy\":false", "\"greedy\":true", 1),
    )
    .unwrap();
    refused(
        &world,
        "one --model model.gguf",
        5,
        "cannot extend a record that is not valid",
    );
    let lines: Vec<&str> = good.lines().collect();
    fs::write(&journal, lines[..lines.len() - 1].join("\n") + "\n").unwrap();
    refused(
        &world,
        "one --model model.gguf",
        5,
        "cannot extend a record that is not valid",
    );
    fs::write(&journal, good).unwrap();
    refused(&world, "nothing --model model.gguf", 2, "no folder there");
    let no_looks = self::world(&PROFILE.replace("looks = [\"0.8\", \"0.2\"]\n", ""));
    refused(&no_looks, "one --model model.gguf", 2, "has no looks");
    let sure = self::world(&PROFILE.replace("\"0.3\"", "\"0\""));
    refused(
        &sure,
        "one --model model.gguf",
        4,
        "no finding is inconclusive",
    );
}
