//! What makers of suites call: a suite to start from that is right as it stands.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use support::World;

#[test]
fn a_new_suite_runs_as_it_stands() {
    let world = World::with_model();
    let new = world.weigh("suite new sokoni --lang sw --lang yo").ended(0);
    let files: Vec<&str> = new.stdout.lines().collect();
    let names = [
        "README.md",
        "cases.sw.jsonl",
        "cases.yo.jsonl",
        "suite.toml",
    ];
    assert_eq!(
        files,
        names.map(|name| format!("suites/local/sokoni/{name}"))
    );
    assert!(
        new.stderr.contains("no examples yet in yo"),
        "{}",
        new.stderr
    );
    let next = new
        .stderr
        .lines()
        .filter_map(|line| line.find("weigh ").map(|at| &line[at + 6..]));
    let next: Vec<&str> = next.collect();
    assert_eq!(
        next,
        [
            "suite check suites/local/sokoni",
            "run --suite suites/local/sokoni"
        ]
    );
    let checked = world.weigh(&format!("{} --json", next[0])).ended(0).json();
    assert_eq!(checked["warnings"], serde_json::json!([]));
    assert_eq!(checked["suites"][0]["id"], "local/sokoni");
    assert_eq!(
        checked["suites"][0]["cases"],
        serde_json::json!({"sw": 5, "yo": 5})
    );
    let run = world
        .weigh(&format!(
            "{} --model model.gguf --out record --json",
            next[1]
        ))
        .ended(0);
    assert_eq!(run.json()["planned"], 10, "{}", run.stdout);
    world.weigh("verify record").ended(0);
}

#[test]
fn replies_of_a_new_suite_are_scored_or_said_to_be_cut() {
    let world = World::with_model();
    world
        .weigh("suite new replies --lang hi --kind generate")
        .ended(0);
    let line = "run --model model.gguf --suite local/replies --out record --json";
    // What a random model writes does not end, so no case is a pass, and the run says so.
    let run = world.weigh(line).ended(6).json();
    assert_eq!((&run["planned"], &run["answered"]), (&5.into(), &5.into()));
    let estimates = run["report"]["estimates"].as_array().unwrap();
    let whole = estimates.iter().filter(|one| one["stratum"] == "all");
    let measures: Vec<&str> = whole.map(|one| one["measure"].as_str().unwrap()).collect();
    let expect = [
        "refusal",
        "over_refusal",
        "exact_match",
        "numeric_match",
        "contains",
    ];
    assert_eq!(measures, expect);
    world.weigh("verify record").ended(0);
}

#[test]
fn a_new_suite_overwrites_nothing() {
    let world = World::new();
    let new = world
        .weigh("suite new health/malaria --lang fr --dir my --json")
        .ended(0)
        .json();
    assert_eq!(new["format"], "weighhouse-new-suite/1");
    assert_eq!(new["dir"], "my/health/malaria");
    assert_eq!(new["next"][0], "weigh suite check my/health/malaria");
    let head = world.path("my/health/malaria/suite.toml");
    let before = fs::read(&head).unwrap();
    let again = world
        .weigh("suite new health/malaria --lang sw --dir my")
        .ended(2);
    assert!(again.stderr.contains("it exists"), "{}", again.stderr);
    assert_eq!(fs::read(&head).unwrap(), before);
    assert!(!world.path("my/health/malaria/cases.sw.jsonl").exists());
}

#[test]
fn a_new_suite_that_cannot_be_is_not_begun() {
    let world = World::new();
    fs::write(world.path("file"), "").unwrap();
    for (words, code, expect) in [
        ("../up --lang en", 2, "cannot name a suite"),
        ("a/b/c --lang en", 2, "cannot name a suite"),
        (".hidden --lang en", 2, "cannot name a suite"),
        ("new --lang english", 2, "not a language tag"),
        ("new", 2, "--lang"),
        ("new --lang en --dir file", 1, "cannot write file/local/new"),
        (
            "new --lang en --dir suites/more",
            2,
            "has the id `more/local/new`",
        ),
    ] {
        let refused = world.weigh(&format!("suite new {words}")).ended(code);
        assert!(
            refused.stderr.contains(expect),
            "{words}: {}",
            refused.stderr
        );
        assert!(!world.path("suites/more/local/new").exists());
    }
}
