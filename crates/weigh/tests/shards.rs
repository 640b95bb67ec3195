//! `weigh run --shard` and `weigh merge` as they are called, on a tiny random model: shards give the
//! report of one run.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use support::{CHOICES, World, lasting};
use weigh_engine::tiny::TinyModel;

const USAGE: i32 = 2;
const INVALID: i32 = 5;
const INCOMPLETE: i32 = 6;

/// The suites of choices on the tiny model, a few families of each.
fn choices(rest: &str) -> String {
    format!("{CHOICES} --limit 3 {rest}")
}

/// Runs every shard of `of` with the words of `run`, and gives their folders.
fn shards(world: &World, run: &str, of: u32) -> String {
    let mut folders = Vec::new();
    for index in 1..=of {
        let out = format!("part-{index}-of-{of}");
        let done = world.weigh(&format!("{run} --shard {index}/{of} --out {out}"));
        let line = done.ended(0).last_line().to_owned();
        let expect = format!("shard {index} of {of} complete, ");
        assert!(line.starts_with(&expect), "{line}");
        assert!(line.contains(&format!("weigh merge {out}")), "{line}");
        folders.insert(0, out);
    }
    folders.join(" ")
}

#[test]
fn merged_shards_are_the_report_of_one_run() {
    let world = World::with_model();
    world.weigh(&choices("--out whole")).ended(0);
    let whole = lasting(&world.path("whole"));
    for of in [1, 3, 4] {
        let folders = shards(&world, &choices("--threads 1"), of);
        let out = format!("merged-{of}");
        let merged = world
            .weigh(&format!("merge {folders} --out {out}"))
            .ended(0);
        let last = format!("report: {out}/report.html; next: weigh verify {out}");
        assert!(merged.last_line().ends_with(&last), "{}", merged.stdout);
        world.weigh(&format!("verify {out}")).ended(0);
        let mut lasting = lasting(&world.path(&out));
        // The whole run took all cores.
        lasting["predicate"]["conditions"] = whole["predicate"]["conditions"].clone();
        assert_eq!(lasting, whole, "{of} shards");
        assert_eq!(world.lines(&out, "opened"), of as usize);
    }
}

#[test]
fn a_shard_that_was_killed_goes_on() {
    let world = World::with_model();
    world.weigh(&choices("--out whole")).ended(0);
    let folders = shards(&world, &choices(""), 2);
    let path = world.path("part-1-of-2/journal.jsonl");
    let journal = fs::read_to_string(&path).unwrap();
    // The plan, the model, five trials and most of another.
    let kept: Vec<&str> = journal.split_inclusive('\n').take(8).collect();
    let kept = kept.concat();
    fs::write(&path, &kept[..kept.len() - 10]).unwrap();
    let merge = format!("merge {folders} --out merged");
    let early = world.weigh(&merge).ended(INCOMPLETE);
    let resume = "weigh run --resume --out part-1-of-2 --model MODEL";
    let said = early.stderr.contains("shard 1 of 2 is incomplete");
    assert!(said && early.stderr.contains(resume), "{}", early.stderr);
    assert!(!world.path("merged").exists());
    let line = "run --resume --out part-1-of-2 --model model.gguf";
    let resumed = world.weigh(line).ended(0);
    assert!(resumed.last_line().starts_with("shard 1 of 2 complete"));
    let again = world.weigh(line).ended(0);
    assert_eq!(again.last_line(), resumed.last_line());
    world.weigh(&merge).ended(0);
    world.weigh("verify merged").ended(0);
    assert_eq!(
        lasting(&world.path("merged")),
        lasting(&world.path("whole"))
    );
    assert_eq!(world.lines("merged", "opened"), 3);
}

#[test]
fn a_shard_is_a_part_and_no_record() {
    let world = World::with_model();
    let run = choices("--shard 1/2 --json");
    let told = world.weigh(&run).ended(0).json();
    let out = "out/model-shard-1-of-2-001";
    assert_eq!(told["out"], out);
    assert_eq!(told["shard"], serde_json::json!({"index": 1, "of": 2}));
    assert!(told["report"].is_null());
    assert_eq!(told["next"], format!("weigh merge {out} ... --out RECORD"));
    assert!(!world.path("config").exists(), "it needs no key");
    assert!(!world.path(out).join("report.json").exists());
    let part = "it is shard 1 of 2 of a run: a part and no record";
    for command in ["verify", "gate", "report"] {
        let refused = world.weigh(&format!("{command} {out}")).ended(INVALID);
        let text = format!("{}{}", refused.stdout, refused.stderr);
        assert!(text.contains(part), "{text}");
        assert!(!text.contains("report.dsse.json"), "one fault only: {text}");
    }
}

#[test]
fn a_share_may_be_empty() {
    let world = World::with_model();
    let run = "run --model model.gguf --suite knowledge --lang fr --limit 1";
    world.weigh(&format!("{run} --out whole")).ended(0);
    let folders = shards(&world, run, 3);
    let trials = |index| world.lines(&format!("part-{index}-of-3"), "trial");
    assert_eq!([1, 2, 3].map(trials).iter().filter(|n| **n == 0).count(), 2);
    world
        .weigh(&format!("merge {folders} --out merged"))
        .ended(0);
    assert_eq!(
        lasting(&world.path("merged")),
        lasting(&world.path("whole"))
    );
    let dry = world.weigh(&format!("{run} --shard 2/3 --dry-run --json"));
    assert_eq!(dry.ended(0).json()["trials"], trials(2));
}

#[test]
fn faults_of_shards_are_told_all_at_once() {
    let world = World::with_model();
    shards(&world, &choices(""), 4);
    world
        .weigh(&choices("--seed 1 --shard 2/4 --out seed"))
        .ended(0);
    world.weigh(&choices("--out whole")).ended(0);
    TinyModel::new(8)
        .write_gguf(&world.path("other.gguf"))
        .unwrap();
    let other = choices("--shard 3/4 --out other").replace("model.gguf", "other.gguf");
    world.weigh(&other).ended(0);
    fs::create_dir(world.path("nothing")).unwrap();
    let merge = "merge part-1-of-4 part-1-of-4 seed whole other --out merged";
    let refused = world.weigh(merge).ended(USAGE);
    insta::assert_snapshot!(refused.stderr);
    let nothing = world.weigh("merge part-1-of-4 nothing --out merged");
    let nothing = nothing.ended(USAGE).stderr;
    assert!(nothing.contains("nothing: its journal"), "{nothing}");
    let path = world.path("part-4-of-4/journal.jsonl");
    let journal = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        journal.replacen("\"greedy\":false", "\"greedy\":true", 1),
    )
    .unwrap();
    let all = "merge part-1-of-4 part-2-of-4 part-3-of-4 part-4-of-4 --out merged";
    let broken = world.weigh(all).ended(INVALID).stderr;
    assert!(
        broken.contains("part-4-of-4: cannot read the journal"),
        "{broken}"
    );
    assert!(!world.path("merged").exists());
}

#[test]
fn replies_are_judged_after_merging() {
    let world = World::with_judge();
    let run = "run --model model.gguf --suite manners.toml --device cpu";
    // A random judge likes a letter: nothing that it says is a score.
    let line = format!("{run} --judge judge.gguf --out whole");
    world.weigh(&line).ended(INCOMPLETE);
    let folders = shards(&world, run, 2);
    let merged = world.weigh(&format!("merge {folders} --out merged"));
    let merged = merged.ended(INCOMPLETE);
    assert!(
        merged.stderr.contains("judged by the-judge"),
        "{}",
        merged.stderr
    );
    let next = merged.last_line().strip_prefix("weigh ").unwrap();
    fs::remove_file(world.path("model.gguf")).unwrap();
    let line = format!("{next} --judge judge.gguf --device cpu");
    world.weigh(&line).ended(INCOMPLETE);
    world.weigh("verify merged").ended(0);
    assert_eq!(
        lasting(&world.path("merged")),
        lasting(&world.path("whole"))
    );
}

#[test]
fn a_scheduler_says_which_shard_it_is() {
    let world = World::with_model();
    let run = choices("--shard auto --dry-run --json");
    let words: Vec<&str> = run.split_whitespace().collect();
    let trials = |index: u32| {
        let mut command = world.command(&words);
        command
            .env("JOB_COMPLETION_INDEX", (index - 1).to_string())
            .env("JOB_COMPLETION_COUNT", "2")
            .env_remove("SLURM_ARRAY_TASK_ID")
            .env_remove("CI_NODE_INDEX");
        let done = support::Done::from(command.output().unwrap()).ended(0);
        let given = choices(&format!("--shard {index}/2 --dry-run --json"));
        let (done, given) = (done.json(), world.weigh(&given).ended(0).json());
        assert_eq!(done["suites"], given["suites"]);
        done["trials"].as_u64().unwrap()
    };
    let whole = world.weigh(&choices("--dry-run --json")).ended(0).json();
    assert_eq!(trials(1) + trials(2), whole["trials"]);
}
