//! A record through `weigh export`: verified first, nothing overwritten, every file where it belongs.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use support::World;

const USAGE: i32 = 2;
const NOTHING: i32 = 4;
const INVALID: i32 = 5;

/// What a random model writes is cut: its suite scores nothing, and the record is one all the same.
fn world() -> World {
    let world = World::with_model();
    let suites = "--suite choices --suite safety/refusal --lang en --limit 1";
    let run = world.weigh(&format!("run --model model.gguf {suites} --out record"));
    assert!(world.path("record/report.json").exists(), "{}", run.stderr);
    world
}

const FORMATS: [(&str, &str); 6] = [
    ("csv", "cases.csv"),
    ("parquet", "cases.parquet"),
    ("cyclonedx", "bom.json"),
    ("inspect", "logs"),
    ("every-eval-ever", "store --model-id example/tiny"),
    (
        "hf",
        "page --dataset reliability/choices=example/choices@main --dataset safety/refusal=example/refusal",
    ),
];

#[test]
fn a_record_is_exported_once_and_as_it_is() {
    let world = world();
    for (format, out) in FORMATS {
        let line = format!("export {format} record --out {out}");
        let done = world.weigh(&line).ended(0);
        for file in done.stdout.lines() {
            assert!(world.path(file).exists(), "{file}");
        }
        let again = world.weigh(&line).ended(USAGE);
        assert!(again.stderr.contains("it exists"), "{}", again.stderr);
    }
    let rows = fs::read_to_string(world.path("cases.csv")).unwrap();
    let digest =
        weigh_core::digest::Digest::of(&fs::read(world.path("record/report.json")).unwrap());
    assert!(rows.contains(&digest.to_string()));
    let page = fs::read_dir(world.path("page/.eval_results")).unwrap();
    assert_eq!(page.count(), 1, "a suite that scored nothing has no page");
    let told = world
        .weigh("--json export inspect record --out more")
        .ended(0);
    assert_eq!(told.json()["files"].as_array().unwrap().len(), 2);
}

#[test]
fn what_cannot_be_exported_is_told() {
    let world = world();
    let check = |line: &str, code: i32, expect: &str| {
        let done = world.weigh(line).ended(code);
        assert!(done.stderr.contains(expect), "{}", done.stderr);
    };
    check(
        "export hf record --out x --dataset a/b=o/n",
        USAGE,
        "cannot find the suite `a/b`",
    );
    check(
        "export hf record --out x --dataset a/b",
        USAGE,
        "expected SUITE=OWNER/NAME",
    );
    check(
        "export hf record --out x --dataset safety/refusal=o/n",
        NOTHING,
        "without a score",
    );
    check(
        "export every-eval-ever record --out x --model-id ../x",
        USAGE,
        "expected OWNER/NAME",
    );
    let suite = world.path("record/suites/reliability/choices/README.md");
    let text = fs::read_to_string(&suite).unwrap();
    fs::write(&suite, format!("{text}.")).unwrap();
    for (format, out) in FORMATS {
        let line = format!("export {format} record --out {out}");
        check(&line, INVALID, "cannot export a record that is not valid");
    }
    check(
        "export codecarbon record --out energy.csv",
        INVALID,
        "cannot export a record that is not valid",
    );
    assert!(!world.path("cases.csv").exists() && !world.path("logs").exists());
}
