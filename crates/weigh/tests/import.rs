//! Data sets through the command: imported, checked, run; or refused with nothing left behind.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use serde_json::Value;
use support::World;

const USAGE: i32 = 2;
const TABLE: &str = "swali,a,b,jibu\nMoja?,x,y,a\nMbili?,z,w,w\nTatu?,p,p,p\n";
const MAP: &str =
    "import csv exam.sw.csv --out suites/local/exam --map question=swali,choices=[a,b],answer=jibu";

/// File, line, column and code of a diagnostic.
fn place(diagnostic: &Value) -> String {
    let text = |key: &str| diagnostic[key].as_str().unwrap();
    let number = |key: &str| diagnostic[key].as_u64().unwrap();
    let (line, column) = (number("line"), number("column"));
    format!("{}:{line}:{column} {}", text("file"), text("code"))
}

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
    assert_eq!(place(&made["left_out"][0]), "exam.sw.csv:4:1 E0305");
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

#[test]
fn programs_read_every_row_that_failed() {
    let world = world();
    let check = |name: &str, text: &str, line: &str, expect: &[(&str, &str)]| {
        fs::write(world.path(name), text).unwrap();
        let line = format!("--json import {line} --out suites/local/exam");
        let failed = world.weigh(&line).ended(USAGE).json();
        assert_eq!(failed["format"], "weighhouse-error/1");
        let told = failed["diagnostics"].as_array().unwrap();
        let places: Vec<String> = told.iter().map(place).collect();
        let expected: Vec<&str> = expect.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, expected, "{failed}");
        for (diagnostic, (_, message)) in told.iter().zip(expect) {
            let found = diagnostic["message"].as_str().unwrap();
            assert!(found.contains(message), "{found}");
            assert_eq!(diagnostic["severity"], "error");
        }
    };
    check(
        "bad.sw.csv",
        "swali,a,b,jibu\nMoja?,x,y,z\nMbili?,x\nTatu?,x,y,x\nNne?,p,p,p\n",
        "csv bad.sw.csv --map question=swali,choices=[a,b],answer=jibu",
        &[
            ("bad.sw.csv:2:1 E0306", "`answer` is `z`"),
            ("bad.sw.csv:3:1 E0901", "expected 4 for `swali`, `a`"),
            ("bad.sw.csv:5:1 E0305", "choice 1 is equal to choice 0"),
        ],
    );
    check(
        "bad.en.jsonl",
        "{\"question\": \"é\", \"number\": 1}\n{\"question\": \"é\", \"number\" 2}\n[]\n",
        "jsonl bad.en.jsonl",
        &[
            ("bad.en.jsonl:2:28 E0901", "expected `:`"),
            ("bad.en.jsonl:3:1 E0901", "expected an object `{...}`"),
        ],
    );
    check(
        "bad.en.json",
        "{\"data\": [\n",
        "json bad.en.json --rows data",
        &[("bad.en.json:2:1 E0902", "EOF while parsing")],
    );
    check(
        "bad.csv",
        "question,number\nq,1\n",
        "csv bad.csv",
        &[("bad.csv:1:1 E0902", "give `--language`")],
    );
    check(
        "bad.yaml",
        "task: t\noutput_type: dream\n",
        "lm-eval bad.yaml",
        &[
            ("bad.yaml:1:1 E0903", "`dataset_path`"),
            ("bad.yaml:1:1 E0903", "`doc_to_target`"),
            ("bad.yaml:1:1 E0903", "`doc_to_text`"),
            ("bad.yaml:2:14 E0903", "`output_type`: expected one of"),
        ],
    );
}

#[test]
fn a_suite_names_who_made_its_data() {
    let world = world();
    let check = |name: &str, line: &str, expect: &str| {
        let place = format!("suites/local/{name}");
        world
            .weigh(&format!("import {line} --out {place}"))
            .ended(0);
        let head = fs::read_to_string(world.path(&place).join("suite.toml")).unwrap();
        let made = head
            .lines()
            .filter(|line| line.starts_with("authors") || line.starts_with("licence"));
        assert_eq!(made.collect::<Vec<_>>().join("; "), expect);
        let checked = world
            .weigh(&format!("--json suite check {place}"))
            .ended(0)
            .json();
        let nameless = checked.to_string().contains("W0512");
        assert_eq!(nameless, !expect.contains("authors"), "{checked}");
    };
    let jail = "id,source,tags,en,sw\n1,s,['a'],x,y\n";
    fs::write(world.path("jail.csv"), jail).unwrap();
    let known =
        "authors = [\"Yue Deng\", \"Wenxuan Zhang\", \"Sinno Jialin Pan\", \"Lidong Bing\"]";
    check(
        "jail",
        "multijail jail.csv",
        &format!("licence = \"MIT\"; {known}"),
    );
    check(
        "ours",
        "multijail jail.csv --licence CC0-1.0 --author Ours",
        "licence = \"CC0-1.0\"; authors = [\"Ours\"]",
    );
    // A translation by somebody else has other authors.
    fs::write(world.path("more.csv"), jail.replace("sw\n", "fr\n")).unwrap();
    check("more", "multijail more.csv", "");
    fs::write(
        world.path("sums.en.jsonl"),
        "{\"question\": \"1+1?\", \"number\": 2}\n",
    )
    .unwrap();
    check(
        "sums",
        "jsonl sums.en.jsonl --licence MIT",
        "licence = \"MIT\"",
    );
    check(
        "named",
        "jsonl sums.en.jsonl --licence MIT --author A --author B",
        "licence = \"MIT\"; authors = [\"A\", \"B\"]",
    );
}
