//! Data sets through the command: imported, checked, run; or refused with nothing left behind.

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
const TABLE: &str = "swali,a,b,jibu\nMoja?,x,y,a\nMbili?,z,w,w\nTatu?,p,p,p\n";
const MAP: &str =
    "import csv exam.sw.csv --out suites/local/exam --map question=swali,choices=[a,b],answer=jibu";

fn world() -> World {
    let world = World::with_model();
    fs::write(world.path("exam.sw.csv"), TABLE.replace(",a\n", ",x\n")).unwrap();
    world
}

#[test]
fn a_table_is_imported_checked_and_run() {
    let world = world();
    let refused = world.weigh(MAP).ended(USAGE);
    let fault = "exam.sw.csv:4: choice 1 is equal to choice 0";
    assert!(refused.stderr.contains(fault), "{}", refused.stderr);
    assert!(refused.stderr.contains("--skip-bad"), "{}", refused.stderr);
    assert!(!world.path("suites").exists());

    let made = world
        .weigh(&format!("{MAP} --skip-bad --licence CC0-1.0 --json"))
        .ended(0)
        .json();
    assert_eq!(made["format"], "weighhouse-import/1");
    assert_eq!(made["cases"]["sw"], 2);
    assert_eq!(made["left_out"][0], fault);
    let left = fs::read_dir(world.path("suites/local")).unwrap().count();
    assert_eq!(left, 1, "only the suite's folder");
    let readme = fs::read_to_string(world.path("suites/local/exam/README.md")).unwrap();
    assert!(readme.contains(fault), "{readme}");
    world.weigh("suite check suites/local/exam").ended(0);
    world
        .weigh("run --model model.gguf --suite suites/local/exam --out record")
        .ended(0);
    world.weigh("verify record").ended(0);

    let again = world.weigh(&format!("{MAP} --skip-bad")).ended(USAGE);
    assert!(again.stderr.contains("it exists"), "{}", again.stderr);
}

#[test]
fn arguments_that_cannot_be_used_are_told() {
    let world = world();
    let check = |line: &str, expect: &str| {
        let done = world.weigh(line).ended(USAGE);
        assert!(done.stderr.contains(expect), "{}", done.stderr);
    };
    check(
        "import csv exam.sw.csv --out suites/safety/exam",
        "is not called `local`",
    );
    check(
        "import csv exam.sw.csv --out suites/local/.exam",
        "cannot name a suite",
    );
    check(
        "import csv nothing.csv --out suites/local/exam",
        "cannot read a file of the data set: nothing.csv: ",
    );
    check(
        "import csv exam.sw.csv --out suites/local/exam --set expect",
        "KEY=TEXT",
    );
    check(
        "import csv exam.sw.csv --out suites/local/exam --map question=[a",
        "is not closed",
    );
    check(&format!("{MAP} --skip-bad --licence (MIT"), "licence");
    check(
        "import parquet exam.sw.csv --out suites/local/exam",
        "expected Parquet",
    );
    check(
        "import json exam.sw.csv --out suites/local/exam",
        "exam.sw.csv:1: ",
    );
    let help = world.weigh("import csv --help").ended(0);
    for word in [
        "Keys of the map:",
        "--skip-bad",
        "--index-from",
        "contains_any",
        "suites/local/NAME",
    ] {
        assert!(help.stdout.contains(word), "{word}: {}", help.stdout);
    }
}
