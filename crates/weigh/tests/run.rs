//! `weigh run` as it is called, on a tiny random model: records, interruptions, exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;

use support::{CHOICES, World, lasting};
use weigh_engine::tiny::TinyModel;

#[test]
fn a_model_is_weighed_and_anybody_can_check_it() {
    let world = World::with_model();
    let run = world.run("--out record").ended(0);
    assert!(run.stderr.contains("made a signing key"), "{}", run.stderr);
    let shared = run
        .stderr
        .lines()
        .find(|line| line.starts_with("computed "));
    assert!(
        shared.is_some_and(|line| line.contains("without sharing")),
        "{}",
        run.stderr
    );
    let last = "report: record/report.html; next: weigh verify record";
    assert!(run.last_line().ends_with(last), "{}", run.last_line());
    assert!(
        !run.stdout.contains('\u{1b}'),
        "no colour without a terminal"
    );
    let verified = world.weigh("verify record").ended(0);
    assert_eq!(verified.last_line(), "the record is valid");
    let shown = world.weigh("key show").ended(0);
    fs::write(world.path("key.pem"), &shown.stdout).unwrap();
    world.weigh("verify record --key key.pem").ended(0);
    let subject = &lasting(&world.path("record"))["subject"];
    assert_eq!(subject[0]["name"], "model.gguf");
}

#[test]
fn every_start_without_a_folder_has_one_of_its_own() {
    let world = World::with_model();
    for number in ["001", "002"] {
        let line = "run --model model.gguf --limit 1 --suite knowledge --lang fr --json";
        let json = world.weigh(line).ended(0).json();
        assert_eq!(json["out"], format!("out/model-{number}"));
        assert_eq!(json["format"], "weighhouse-run/1");
        let work = |part: &str| json["work"][part].as_u64().unwrap();
        assert_eq!(work("prompt"), work("distinct"));
        assert!(
            work("distinct") < work("naive"),
            "choices share their context"
        );
        #[cfg(target_os = "linux")]
        assert!(json["peak_memory"].as_u64().unwrap() > 1 << 20);
        assert_eq!(json["report"]["plan"]["options"]["languages"][0], "fr");
    }
}

#[test]
fn threads_and_the_order_of_suites_change_nothing() {
    let world = World::with_model();
    world.run("--out one --threads 1").ended(0);
    let reversed = "--suite multilingual/knowledge --suite reliability/choices --threads 2";
    let line = format!("run --model model.gguf --limit 1 {reversed} --out two");
    world.weigh(&line).ended(0);
    let part = |out: &str, part: &str| lasting(&world.path(out))["predicate"][part].clone();
    for name in [
        "transcript",
        "estimates",
        "findings",
        "verdict",
        "deviations",
    ] {
        assert_eq!(part("one", name), part("two", name), "{name}");
    }
}

#[test]
fn a_folder_with_safetensors_is_weighed_like_a_file() {
    let world = World::new();
    TinyModel::new(7)
        .write_folder(&world.path("folder"))
        .unwrap();
    let line = "run --model folder --suite knowledge --limit 1 --out record";
    world.weigh(line).ended(0);
    world.weigh("verify record").ended(0);
    let subject = &lasting(&world.path("record"))["subject"];
    let names: Vec<&str> = subject
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|s| s["name"].as_str())
        .collect();
    assert!(
        names.contains(&"model.safetensors") && names.contains(&"tokenizer.json"),
        "{names:?}"
    );
}

#[test]
fn a_record_needs_nothing_beside_it() {
    let world = World::with_model();
    world.run("--out record").ended(0);
    let elsewhere = World::new();
    fs::rename(world.path("record"), elsewhere.path("moved")).unwrap();
    elsewhere.weigh("verify moved").ended(0);
    // The pages name the folder.
    let files = || {
        let names = [
            "report.json",
            "report.dsse.json",
            "report.intoto.jsonl",
            "report.pub.pem",
        ];
        names.map(|name| fs::read(elsewhere.path("moved").join(name)).unwrap())
    };
    // Somebody with another key neither signs it nor takes away what others have signed.
    elsewhere.weigh("key new").ended(0);
    elsewhere.weigh("countersign moved --as Somebody").ended(0);
    let before = files();
    fs::remove_file(elsewhere.path("moved/report.html")).unwrap();
    let again = elsewhere.weigh("run --resume --out moved").ended(0);
    assert!(
        again.stderr.contains("this run is complete"),
        "{}",
        again.stderr
    );
    assert!(files() == before && elsewhere.path("moved/report.html").exists());
    // Nor where it is not whole.
    for (name, bytes) in [("report.pub.pem", ""), ("report.json", "{}")] {
        let whole = fs::read(elsewhere.path("moved").join(name)).unwrap();
        fs::write(elsewhere.path("moved").join(name), bytes).unwrap();
        let changed = files();
        let refused = elsewhere.weigh("run --resume --out moved").ended(2);
        let told = &refused.stderr;
        assert!(told.contains("is signed, but not by your key"), "{told}");
        assert!(files() == changed);
        fs::write(elsewhere.path("moved").join(name), whole).unwrap();
    }
    // Whoever signed it can mend it.
    fs::rename(elsewhere.path("moved"), world.path("moved")).unwrap();
    for name in ["report.pub.pem", "report.sigstore.json", "report.json"] {
        fs::remove_file(world.path("moved").join(name)).unwrap();
    }
    world.weigh("run --resume --out moved").ended(0);
    world.weigh("verify moved").ended(0);
    let attested = fs::read(world.path("moved/report.intoto.jsonl")).unwrap();
    assert!(attested == before[2]);
}

#[test]
fn one_changed_byte_is_invalid() {
    let world = World::with_model();
    world.run("--out record").ended(0);
    let suite = "suites/reliability/choices/suite.toml";
    for file in [
        "journal.jsonl",
        "profile.toml",
        "report.json",
        "report.dsse.json",
        suite,
    ] {
        let path = world.path("record").join(file);
        let good = fs::read(&path).unwrap();
        let mut changed = good.clone();
        let at = changed.len() / 2;
        changed[at] ^= 1;
        fs::write(&path, &changed).unwrap();
        world.weigh("verify record").ended(5);
        fs::write(&path, &good).unwrap();
    }
    world.weigh("verify record").ended(0);
}

/// Begins a run, interrupts it once it says what it is about to do, and gives how it ended.
#[cfg(unix)]
fn interrupt(world: &World, line: &str) -> (Option<i32>, String) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = world.command(&words);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    let begun = told.any(|line| line.unwrap().contains("the record is"));
    assert!(begun, "it ended before it began");
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    // Somebody must read what else it says, or it waits.
    let rest = thread::spawn(move || told.count());
    let output = child.wait_with_output().unwrap();
    rest.join().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

/// The first Ctrl-C ends the run with the command that goes on with it.
#[cfg(unix)]
#[test]
fn an_interrupted_run_goes_on_by_the_command_it_printed() {
    let world = World::with_model();
    let all = format!("{CHOICES} --tier full");
    world.weigh(&format!("{all} --out whole")).ended(0);
    let interrupted = (0..20).find_map(|attempt| {
        let out = format!("cut-{attempt}");
        let (code, line) = interrupt(&world, &format!("{all} --out {out}"));
        // A fast machine may have been done before.
        (code == Some(130)).then_some((out, line))
    });
    let (out, line) = interrupted.unwrap();
    world.weigh(line.strip_prefix("weigh ").unwrap()).ended(0);
    world.weigh(&format!("verify {out}")).ended(0);
    assert_eq!(lasting(&world.path(&out)), lasting(&world.path("whole")));
}

#[test]
fn ends_that_are_no_success() {
    let world = World::with_model();
    let gated = world
        .weigh(&format!("{CHOICES} --tier full --gate --out gated"))
        .ended(100);
    assert!(
        gated.last_line().starts_with("does not conform; "),
        "{}",
        gated.last_line()
    );
    // Nothing that a random model says can be read as a refusal or as none.
    let mute = "run --model model.gguf --limit 1 --suite safety/refusal --out mute";
    let mute = world.weigh(mute).ended(6);
    assert!(
        mute.stderr.contains("safety/refusal scored nothing"),
        "{}",
        mute.stderr
    );
    world.run("--lang tlh").ended(2);
    world.run("--out gated").ended(2);
    world.weigh("run --resume --out nowhere").ended(2);
    world.weigh("run --resume").ended(2);
    let missing = world.weigh("run --model smollm3").ended(2);
    assert!(missing.stderr.contains("help: "), "{}", missing.stderr);
    let default = world.weigh("").ended(2);
    assert!(
        default.stderr.contains("weigh model pull"),
        "{}",
        default.stderr
    );
    assert!(!world.path("out").exists(), "nothing was begun");
}

#[test]
fn a_model_that_is_none_is_refused_before_anything_is_written() {
    let world = World::new();
    let broken: [(&str, &[u8]); 3] = [
        ("empty.gguf", b""),
        ("broken.gguf", b"GGUF\x03\0\0\0"),
        ("x.bin", b"\x80\x02}"),
    ];
    for (name, bytes) in broken {
        fs::write(world.path(name), bytes).unwrap();
        let run = world
            .weigh(&format!("run --model {name} --out record"))
            .ended(2);
        assert!(run.stderr.contains(name), "{}", run.stderr);
        assert!(!world.path("record").exists());
    }
}

#[test]
fn two_runs_cannot_share_a_folder() {
    let world = World::with_model();
    world.run("--out record").ended(0);
    let lock = fs::File::open(world.path("record/.lock")).unwrap();
    lock.lock().unwrap();
    let second = world.weigh("run --resume --out record").ended(1);
    assert!(
        second.stderr.contains("another run is at work"),
        "{}",
        second.stderr
    );
    // A lock that came with the folder may be anything.
    fs::remove_file(world.path("record/.lock")).unwrap();
    std::os::unix::fs::symlink(world.path("made"), world.path("record/.lock")).unwrap();
    let link = world.weigh("run --resume --out record").ended(1);
    assert!(
        link.stderr.contains(".lock is no regular file"),
        "{}",
        link.stderr
    );
    assert!(!world.path("made").exists());
}

#[test]
fn a_dry_run_counts_and_writes_nothing() {
    let world = World::new();
    let plan = world
        .weigh("run --dry-run --limit 1 --json")
        .ended(0)
        .json();
    assert_eq!(plan["format"], "weighhouse-plan/1");
    let trials: u64 = plan["suites"]
        .as_object()
        .unwrap()
        .values()
        .map(|suite| suite["trials"].as_u64().unwrap())
        .sum();
    assert!(trials > 0 && plan["trials"] == trials);
    assert!(plan["cost"].is_null());
    let text = world.weigh("run --dry-run --limit 1").ended(0);
    assert!(
        text.last_line().starts_with(&format!("{trials} trials, ")),
        "{}",
        text.last_line()
    );
    assert!(text.stderr.contains("weigh model pull"), "{}", text.stderr);
    assert!(!world.path("out").exists());
}

#[test]
fn a_dry_run_with_a_model_says_what_it_would_take() {
    let world = World::with_model();
    let line = "run --model model.gguf --device cpu --limit 1 --dry-run";
    let cost = world.weigh(&format!("{line} --json")).ended(0).json()["cost"].clone();
    let number = |path: &str| cost.pointer(path).unwrap().as_u64().unwrap();
    assert!(number("/tokens/prompt") < number("/tokens/naive"), "{cost}");
    assert!(number("/texts") > 0 && number("/tokens/generated") > number("/texts"));
    let parts = ["weights", "embedding", "kv", "rest"];
    let sum: u64 = parts
        .map(|part| number(&format!("/bytes/{part}")))
        .iter()
        .sum();
    assert_eq!(sum, number("/bytes/total"));
    assert!(number("/milliseconds/texts") > 0, "{cost}");
    let text = world.weigh(line).ended(0);
    for word in ["tokens ", "texts ", "memory ", "time ", "an estimate"] {
        assert!(text.stdout.contains(word), "{}", text.stdout);
    }
    assert!(!world.path("out").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_model_that_needs_more_memory_than_there_is_is_refused() {
    let world = World::with_model();
    let much = "--device cpu --kv-memory 1000000000000000000 --out record";
    let run = world.run(much).ended(2);
    for part in [
        "keys and values 1000000000000.0 MB",
        "available",
        "give --kv-memory at most",
    ] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert!(!world.path("record").exists());
    let dry = world.run(&format!("{much} --dry-run")).ended(2);
    assert!(dry.stderr.contains("would be refused"), "{}", dry.stderr);
    let dry = world
        .run(&format!("{much} --dry-run --json"))
        .ended(2)
        .json();
    assert!(dry["cost"]["milliseconds"].is_null());
    assert!(
        dry["cost"]["refused"]
            .as_str()
            .unwrap()
            .contains("available")
    );
}

#[test]
fn the_laboratory_is_named_in_the_report() {
    let world = World::with_model();
    fs::write(world.path("lab.toml"), "name = \"Weighing Hall\"\n").unwrap();
    world.run("--out record --lab lab.toml").ended(0);
    let laboratory = &lasting(&world.path("record"))["predicate"]["plan"]["laboratory"];
    assert_eq!(laboratory["name"], "Weighing Hall");
    fs::write(world.path("lab.toml"), "name = 3\n").unwrap();
    let wrong = world.run("--out other --lab lab.toml").ended(2);
    assert!(wrong.stderr.contains("lab.toml"), "{}", wrong.stderr);
}
