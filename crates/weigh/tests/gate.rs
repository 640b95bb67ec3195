//! `weigh gate` as CI calls it: quiet where nothing changed, closed where a twin of the model is worse.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;
use std::path::Path;

use support::{Done, World};
use weigh_engine::tiny::{Noise, TinyModel};

const HEAD: &str = r#"format = "weighhouse-suite/1"
id = "local/own"
version = "1.0.0"
licence = "CC0-1.0"
authors = ["A. Author"]
sources = ["own work"]
canary = "weigh-canary-own"
measures = ["accuracy"]

[title]
en = "What the model says anyway"

[task]
kind = "choice"

[prompt.default]
template = "Question: {question}\nAnswer:"
"#;

const PROFILE: &str = r#"format = "weighhouse-profile/1"
id = "own"
version = "1.0.0"
basis = ["none"]
confidence = "0.95"

[title]
en = "Own"

[[requirement]]
id = "right"
suite = "local/own"
measure = "accuracy"
scope = "all"
at_least = 0.75
rule = "three-way"

[requirement.title]
en = "Is right"
"#;

const CASES: usize = 150;

/// Writes a suite in which the answer to case `n` is `keys[n]`.
fn write_suite(world: &World, keys: &[usize]) {
    let folder = world.path("suites/local/own");
    fs::create_dir_all(&folder).unwrap();
    // Two words of one length, so that no habit of the model decides.
    let word = |n: usize, factor: u32| {
        let n = u32::try_from(n + 1).unwrap();
        format!("{:06x}", n.wrapping_mul(factor) >> 8)
    };
    let case = |(n, key): (usize, &usize)| {
        let tier = if n < CASES { "quick" } else { "full" };
        let (first, second) = (word(n, 2_654_435_761), word(n, 2_246_822_519));
        format!(
            "{{\"id\": \"c{n:03}\", \"tier\": \"{tier}\", \"question\": \"Which, {n}?\", \
             \"choices\": [\"{first}\", \"{second}\"], \"answer\": {key}}}\n"
        )
    };
    let cases: String = keys.iter().enumerate().map(case).collect();
    let canary = "{\"canary\": \"weigh-canary-own\"}\n";
    fs::write(folder.join("suite.toml"), HEAD).unwrap();
    fs::write(folder.join("README.md"), "# Own\n").unwrap();
    fs::write(folder.join("cases.en.jsonl"), format!("{canary}{cases}")).unwrap();
}

fn run(world: &World, model: &str, out: &str, rest: &str) {
    let line = format!(
        "run --model {model} --device cpu --suite suites/local/own --seed 5 --out {out} {rest}"
    );
    world.weigh(&line).ended(0);
}

/// A world with a suite that `model.gguf` answers wholly right, because its keys are the model's own
/// answers, and with a twin that has noise in one layer. `good` and `again` are records of the model,
/// `bad` is one of the twin.
fn world() -> World {
    let world = World::with_model();
    let twin = TinyModel {
        noise: Some(Noise {
            layer: 1,
            percent: 100,
        }),
        ..TinyModel::new(7)
    };
    twin.write_gguf(&world.path("twin.gguf")).unwrap();
    write_suite(&world, &[0; CASES + 1]);
    run(&world, "model.gguf", "first", "");
    world.weigh("gate first --junit first.xml");
    let junit = fs::read_to_string(world.path("first.xml")).unwrap();
    let fails = |n: &usize| {
        let after = junit.split_once(&format!("\"c{n:03}\""));
        let line = after.and_then(|(_, after)| after.split_once("<testcase"));
        line.is_some_and(|(case, _)| case.contains("<failure"))
    };
    let keys: Vec<usize> = (0..=CASES).map(|n| usize::from(fails(&n))).collect();
    write_suite(&world, &keys);
    for (model, out) in [
        ("model.gguf", "good"),
        ("model.gguf", "again"),
        ("twin.gguf", "bad"),
    ] {
        run(&world, model, out, "");
    }
    fs::write(world.path("own.toml"), PROFILE).unwrap();
    world
}

fn gate(world: &World, line: &str, code: i32) -> Done {
    world.weigh(&format!("gate {line}")).ended(code)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn the_same_model_passes_quietly_and_a_degraded_twin_does_not() {
    let world = world();
    let same = gate(&world, "again --baseline good --profile none", 0);
    assert_eq!(
        same.stdout,
        "0 newly failing, 0 newly passing of 150 cases\n\
         no worse than the baseline in 1 measures; next: weigh compare good again\n"
    );
    assert_eq!(same.stderr, "");
    let worse = gate(&world, "bad --baseline good --profile none", 100);
    let first = worse.stdout.lines().next().unwrap();
    assert!(first.starts_with("newly failing local/own:en:c"), "{first}");
    assert!(
        first.contains("  suites/local/own/cases.en.jsonl:"),
        "{first}"
    );
    assert!(
        worse.stdout.contains("  accuracy: expected \""),
        "{}",
        worse.stdout
    );
    assert!(
        worse.stdout.contains("worse: local/own accuracy 1.000 -> "),
        "{}",
        worse.stdout
    );
    assert!(
        worse
            .last_line()
            .starts_with("worse than the baseline in 1 of 1 measures; ")
    );
    // The other way round it is a gain.
    let better = gate(&world, "good --baseline bad --profile none", 0);
    assert!(
        better.stdout.starts_with("0 newly failing, "),
        "{}",
        better.stdout
    );
    // A loss that large is accepted.
    gate(
        &world,
        "bad --baseline good --profile none --margin 0.99",
        0,
    );
    let json = gate(&world, "bad --baseline good --profile none --json", 100).json();
    assert_eq!(json["format"], "weighhouse-gate/1");
    assert_eq!(json["exit"], 100);
    assert_eq!(json["cases"]["skipped"], 1);
    assert_eq!(json["baseline"]["measures"][0]["change"], "worse");
    let failing = json["baseline"]["newly_failing"].as_array().unwrap();
    assert_eq!(
        failing.len() as u64,
        json["cases"]["failed"].as_u64().unwrap()
    );
}

#[test]
fn limits_and_baseline_must_both_hold() {
    let world = world();
    gate(&world, "good --profile own.toml", 0);
    gate(&world, "again --baseline good --profile own.toml", 0);
    let worse = gate(&world, "bad --baseline good --profile own.toml", 100);
    assert!(
        worse.last_line().contains(" (own 1.0.0); next: "),
        "{}",
        worse.last_line()
    );
    // The run's own profile has limits for suites that were not run.
    let own = gate(&world, "again --baseline good", 3);
    assert!(own.stdout.contains("not assessed: "), "{}", own.stdout);
    let few = PROFILE.replace("0.75", "0.99");
    fs::write(world.path("strict.toml"), few).unwrap();
    gate(&world, "good --profile strict.toml", 3);
}

#[test]
fn what_is_no_gate_is_told() {
    let world = world();
    gate(&world, "good --profile none", 2);
    gate(&world, "good --profile none --margin 0.1", 2);
    gate(&world, "nowhere --profile own.toml", 2);
    run(&world, "model.gguf", "less", "--limit 20");
    let other = gate(&world, "less --baseline good --profile none", 2);
    for part in [
        "suite `local/own` has 150 trials in the baseline and 20",
        "the limit is none in the baseline and 20",
    ] {
        assert!(other.stderr.contains(part), "{}", other.stderr);
    }
    // A record whose run was not brought to its end.
    copy(&world.path("good"), &world.path("open"));
    for entry in fs::read_dir(world.path("open")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with("report.") {
            fs::remove_file(world.path("open").join(name)).unwrap();
        }
    }
    let invalid = gate(&world, "open --profile own.toml", 5);
    assert!(
        invalid.stderr.contains("report.dsse.json"),
        "{}",
        invalid.stderr
    );
    let journal = world.path("open/journal.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    let end = text.trim_end().rfind('\n').unwrap();
    fs::write(&journal, &text[..=end]).unwrap();
    let open = gate(&world, "open --profile own.toml", 6);
    assert!(
        open.stderr.contains("weigh run --resume --out open"),
        "{}",
        open.stderr
    );
    gate(&world, "good --baseline open --profile none", 6);
    // One changed byte of the baseline, and nothing is compared.
    let profile = world.path("again/profile.toml");
    let mut bytes = fs::read(&profile).unwrap();
    bytes[40] ^= 1;
    fs::write(&profile, bytes).unwrap();
    gate(&world, "good --baseline again --profile none", 5);
}

#[test]
fn ci_servers_get_their_files() {
    let world = world();
    let line = "bad --baseline good --profile none --junit junit.xml --sarif log.sarif";
    let words: Vec<&str> = line.split(' ').collect();
    fs::write(world.path("step.md"), "before\n").unwrap();
    let mut command = world.command(&[&["gate"], words.as_slice()].concat());
    let step = world.path("step.md");
    let done = Done::from(command.env("GITHUB_STEP_SUMMARY", &step).output().unwrap());
    let done = done.ended(100);
    let read = |name: &str| fs::read_to_string(world.path(name)).unwrap();
    let failing = done
        .stdout
        .lines()
        .find(|line| line.contains(" newly failing, "))
        .unwrap();
    let failing: usize = failing.split(' ').next().unwrap().parse().unwrap();
    assert_eq!(read("junit.xml").matches("<failure ").count(), failing);
    assert_eq!(read("junit.xml").matches("<skipped ").count(), 1);
    assert_eq!(
        read("log.sarif")
            .matches("\"baselineState\":\"new\"")
            .count(),
        failing
    );
    let summary = read("step.md");
    assert!(summary.starts_with("before\n# Gate\n"), "{summary}");
    assert!(
        summary.contains(&format!("## Newly failing cases: {failing}\n")),
        "{summary}"
    );
    // A file that is named takes the place of the step's, and of an older one.
    for _ in 0..2 {
        gate(&world, "good --profile own.toml --summary own.md", 0);
        assert!(read("own.md").starts_with("# Gate\n"));
    }
}
