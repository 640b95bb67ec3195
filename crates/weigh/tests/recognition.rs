//! From a run to an authority that recognises it: schema, wrappings, countersignature, policy, recheck.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

#[path = "support/schema.rs"]
mod schema;
mod support;

use std::fs;
use std::thread;

use serde_json::json;
use support::{CHOICES, Done, World};
use weigh_attest::dsse::Envelope;

const USAGE: i32 = 2;
const INVALID: i32 = 5;

/// What `weigh` does for somebody with another key.
fn as_other(world: &World, who: &str, line: &str) -> Done {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = world.command(&words);
    command.env("WEIGH_CONFIG_DIR", world.path(who));
    Done::from(command.output().unwrap())
}

fn policy(world: &World, threshold: u32) -> String {
    let authority = |who: &str| {
        let kind = if who == "ke" { "p256" } else { "ed25519" };
        as_other(world, who, &format!("key new --kind {kind}")).ended(0);
        let pem = as_other(world, who, "key show").ended(0).stdout;
        format!(
            "[[authorities]]\nid = \"{who}\"\nname = \"{who}\"\nkeys = [{{ pem = \"\"\"\n{pem}\"\"\" }}]\n"
        )
    };
    format!(
        "format = \"weighhouse-trust/1\"\nid = \"two\"\nversion = 1\nexpires = \"2999-01-01\"\n\
         quorum = \"both\"\n{}{}[[groups]]\nid = \"both\"\nmembers = [\"ke\", \"tz\"]\nthreshold = {threshold}\n",
        authority("ke"),
        authority("tz"),
    )
}

#[test]
fn a_report_is_as_its_schema_says() {
    let world = World::with_model();
    world
        .run("--out record --device cpu --nonce asked-for")
        .ended(0);
    let schema = world.weigh("schema report").ended(0).json();
    let report = fs::read(world.path("record/report.json")).unwrap();
    let mut report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let none: Vec<String> = Vec::new();
    assert_eq!(schema::faults(&schema, &report), none);
    // And the schema notices what is not so.
    report["predicate"]["verdict"] = "fine".into();
    report["predicate"]["plan"]["extra"] = 1.into();
    report["predicate"]["record"]["sealed"] = "today".into();
    assert_eq!(schema::faults(&schema, &report).len(), 3);
}

#[test]
fn an_authority_recognises_a_run() {
    let world = World::with_model();
    world
        .run("--out record --device cpu --nonce asked-for")
        .ended(0);
    let asked = "--model model.gguf --nonce asked-for --max-age 1";
    let told = world
        .weigh(&format!("verify record {asked}"))
        .ended(0)
        .stdout;
    for part in [
        "wrapping    report.sigstore.json",
        "model       the files on the desk are those that were tested (1)",
        "nonce       `asked-for`, as wanted",
        "not checked authority",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    world.weigh("verify record --nonce another").ended(INVALID);
    world
        .weigh("verify record --model record/report.json")
        .ended(INVALID);
    world.weigh("verify record --model nothing").ended(USAGE);

    fs::write(world.path("trust.toml"), policy(&world, 2)).unwrap();
    let alone = world
        .weigh("verify record --policy trust.toml")
        .ended(INVALID);
    assert!(alone.stdout.contains("nobody approves"), "{}", alone.stdout);
    as_other(&world, "stranger", "key new").ended(0);
    as_other(&world, "stranger", "countersign record --as Kenya").ended(0);
    let strange = world
        .weigh("verify record --policy trust.toml")
        .ended(INVALID)
        .stdout;
    for part in [
        "the quorum `both` does not agree, which is 2 of ke, tz: nobody approves",
        "report.intoto.jsonl, countersignature 1: not counted: no key of the policy signed it",
    ] {
        assert!(strange.contains(part), "{part}: {strange}");
    }
    as_other(&world, "ke", "countersign record --as Kenya").ended(0);
    let one = world
        .weigh("verify record --policy trust.toml")
        .ended(INVALID);
    assert!(one.stdout.contains("approving: ke"), "{}", one.stdout);
    let line = "recheck record --model model.gguf --sample 3 --draw published-later --as Tanzania";
    let again = as_other(&world, "tz", line).ended(0);
    assert!(again.stdout.contains("3 of "), "{}", again.stdout);
    assert!(again.stdout.contains("0 differ"), "{}", again.stdout);
    let both = world
        .weigh("verify record --policy trust.toml")
        .ended(0)
        .stdout;
    for part in [
        "authority   ke (",
        "says        ke as \"Kenya\", ",
        "not checked says: report.intoto.jsonl, countersignature 1: not counted: no key of the policy",
        "authority   tz (",
        ": signature, derivation, cases (run 3, differing 0, compute f32, tolerance 0, nonce published-later)",
    ] {
        assert!(both.contains(part), "{part}: {both}");
    }
    let json = world
        .weigh("verify record --policy trust.toml --json")
        .ended(0)
        .json();
    assert_eq!(json["recognition"]["recognised"], true);
    let last = &json["countersigned"][1];
    let told = ["verifier", "authority", "standing"].map(|key| &last[key]);
    assert_eq!(told, ["Tanzania", "tz", "good"]);
    // Without the policy the record is as valid as before.
    world.weigh("verify record").ended(0);
    let record = world.path("record/report.json");
    let report = fs::read(&record).unwrap();
    fs::write(&record, "").unwrap();
    let refused = world.weigh("countersign record --as Kenya --json");
    let refused = refused.ended(INVALID);
    assert_eq!(refused.json()["faults"][0]["place"], "report.json");
    assert_eq!(refused.stderr, "");
    fs::write(&record, report).unwrap();
    fs::write(world.path("bad.toml"), policy(&World::new(), 3)).unwrap();
    let refused = world.weigh("verify record --policy bad.toml").ended(USAGE);
    assert!(refused.stderr.contains("E0803"), "{}", refused.stderr);
}

#[test]
fn another_model_does_not_answer_alike() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    let none = world
        .weigh("recheck record --sample 3 --draw x")
        .ended(USAGE);
    assert!(
        none.stderr.contains("no --model is given"),
        "{}",
        none.stderr
    );
    fs::rename(world.path("model.gguf"), world.path("renamed.gguf")).unwrap();
    let line = "recheck record --model renamed.gguf --sample 3 --draw x";
    world.weigh(line).ended(0);
    weigh_engine::tiny::TinyModel::new(8)
        .write_gguf(&world.path("model.gguf"))
        .unwrap();
    // The files are compared first: it is another model.
    let other = world
        .weigh("recheck record --model model.gguf --sample 3 --draw x")
        .ended(INVALID);
    assert!(
        other
            .stderr
            .contains("another file than the one that was tested"),
        "{}",
        other.stderr
    );
}

/// What the countersignature in the file `name` says.
fn said(world: &World, name: &str) -> String {
    let envelope = Envelope::parse(&fs::read(world.path(name)).unwrap()).unwrap();
    String::from_utf8(envelope.unverified_payload().to_vec()).unwrap()
}

/// A record whose trials were answered first in f32 and then, in the journal's second half, in bf16.
fn resumed(world: &World) {
    world.run("--out record --device cpu").ended(0);
    let path = world.path("record/journal.jsonl");
    let journal = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = journal.split_inclusive('\n').collect();
    fs::write(&path, lines[..lines.len() / 2].concat()).unwrap();
    world
        .weigh("run --resume --out record --model model.gguf --device cpu --compute bf16")
        .ended(0);
}

#[test]
fn each_trial_is_asked_as_its_own_stretch_asked_it() {
    let world = World::with_model();
    resumed(&world);
    // Of a merged record nobody can tell which machine answered what.
    for (share, class) in [("1/2", "f32"), ("2/2", "bf16")] {
        let line = format!("{CHOICES} --lang en --limit 3 --device cpu --shard {share}");
        world
            .weigh(&format!("{line} --compute {class} --out {class}"))
            .ended(0);
    }
    world.weigh("merge f32 bf16 --out merged").ended(0);
    for record in ["record", "merged"] {
        let line = format!("recheck {record} --model model.gguf --sample 100000 --draw x");
        let told = world.weigh(&format!("{line} --json")).ended(0).json();
        assert_eq!(told["cases"], told["of"]);
        assert_eq!(told["compute"], json!(["bf16", "f32"]), "{record}");
        assert_eq!(told["at_most_99"], "0", "nothing is unseen");
        let in_one = world.weigh(&format!("{line} --compute f32")).ended(100);
        assert!(in_one.stdout.contains("differs: "), "{}", in_one.stdout);
    }
    let line = "recheck record --model model.gguf --sample 3 --draw x --as A --out said.json";
    let told = world.weigh(&format!("{line} --compute f32 --tolerance 1000"));
    let told = told.ended(0).stdout;
    let part = "were run again in f32 with a tolerance of 1000, 0 differ: with 95 % confidence";
    assert!(told.contains(part), "{told}");
    let said = said(&world, "said.json");
    let part = "cases?run=3&differing=0&compute=f32&tolerance=1000&nonce=x\"";
    assert!(said.contains(part), "{said}");
}

const RECHECK: &str = "recheck record --model model.gguf --sample 1 --draw x --as A";

#[test]
fn only_records_make_keys() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    fs::write(world.path("lab.toml"), "name = \"L\"\n").unwrap();
    fs::write(world.path("trust.toml"), policy(&world, 1)).unwrap();
    for line in [
        RECHECK,
        "countersign record --as A",
        "amend record --lab lab.toml --reason x",
        "trust sign trust.toml --envelope trust.dsse.json",
        "key show",
    ] {
        let done = as_other(&world, "nobody", line).ended(USAGE);
        let why = "nobody/key.pem does not exist";
        assert!(done.stderr.contains(why), "{line}: {}", done.stderr);
        assert!(!world.path("nobody").exists(), "{line}");
    }
}

#[test]
fn key_and_place_are_there_before_the_model_is_asked() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    as_other(&world, "ke", "key new").ended(0);
    fs::write(world.path("taken.json"), "").unwrap();
    let refused = |who: &str, line: &str, code: i32, why: &str| {
        let done = as_other(&world, who, line).ended(code);
        assert!(done.stderr.contains(why), "{line}: {}", done.stderr);
        assert_eq!(done.stdout, "", "{line}");
    };
    let countersign = "countersign record --as A";
    refused("nobody", RECHECK, USAGE, "nobody/key.pem does not exist");
    for line in [RECHECK, countersign] {
        let out = |file: &str| format!("{line} --out {file}");
        refused("ke", &out("taken.json"), USAGE, "taken.json: it exists");
        refused("ke", &out("no/said.json"), 1, "cannot write no/said.json");
    }
    fs::remove_file(world.path("record/report.intoto.jsonl")).unwrap();
    for line in [RECHECK, countersign] {
        refused("ke", line, USAGE, "report.intoto.jsonl: it is not there");
        as_other(&world, "ke", &format!("{line} --out said.json")).ended(0);
        fs::remove_file(world.path("said.json")).unwrap();
    }
}

#[test]
fn authorities_sign_at_the_same_time() {
    let world = World::with_model();
    world.run("--out record --device cpu").ended(0);
    let path = world.path("record/report.intoto.jsonl");
    let lines = || fs::read_to_string(&path).unwrap().lines().count();
    let before = lines();
    thread::scope(|scope| {
        for who in 0..8 {
            let line = format!("countersign record --as {who}");
            let world = &world;
            scope.spawn(move || world.weigh(&line).ended(0));
        }
    });
    assert_eq!(lines(), before + 8);
}

#[test]
fn a_blank_text_is_none() {
    let world = World::new();
    let recheck = "recheck record --model model.gguf --sample 1";
    for line in [
        &format!("{recheck} --draw"),
        &format!("{recheck} --draw x --as"),
        "countersign record --as",
        "run --dry-run --nonce",
        "verify record --nonce",
    ] {
        for blank in ["", " \t"] {
            let words = line.split_whitespace().chain([blank]);
            let mut command = world.command(&words.collect::<Vec<_>>());
            let done = Done::from(command.output().unwrap()).ended(USAGE);
            assert!(
                done.stderr.contains("it is blank"),
                "{line}: {}",
                done.stderr
            );
        }
    }
}

#[test]
fn a_policy_is_replaced_by_old_and_new() {
    let world = World::new();
    let old = policy(&world, 1);
    let pem = |who: &str| {
        if who == "ug" {
            as_other(&world, who, "key new").ended(0);
        }
        as_other(&world, who, "key show").ended(0).stdout
    };
    let rotation = |who: [&str; 2]| {
        let keys = who.map(|who| format!("{{ pem = \"\"\"\n{}\"\"\" }}", pem(who)));
        format!("[rotation]\nthreshold = 2\nkeys = [{}]\n", keys.join(", "))
    };
    let in_force = format!("{old}{}", rotation(["ke", "tz"]));
    let newer = in_force.replace("version = 1", "version = 2");
    let newer = format!(
        "{}{}",
        newer.split("[rotation]").next().unwrap(),
        rotation(["tz", "ug"])
    );
    fs::write(world.path("trust.toml"), &in_force).unwrap();
    fs::write(world.path("newer.toml"), &newer).unwrap();
    let told = world.weigh("trust check newer.toml").ended(0).stdout;
    assert_eq!(
        told,
        "two version 2: 2 authorities, 1 group, quorum both, until 2999-01-01\n"
    );
    for (who, expect) in [
        (
            "ke",
            "1 of the old policy's keys have signed it, 2 are needed",
        ),
        (
            "ug",
            "1 of the old policy's keys have signed it, 2 are needed",
        ),
        ("tz", ""),
    ] {
        as_other(
            &world,
            who,
            "trust sign newer.toml --envelope newer.dsse.json",
        )
        .ended(0);
        let code = if expect.is_empty() { 0 } else { INVALID };
        let done = world
            .weigh("trust update trust.toml newer.dsse.json")
            .ended(code);
        assert!(done.stderr.contains(expect), "{who}: {}", done.stderr);
    }
    assert_eq!(fs::read_to_string(world.path("trust.toml")).unwrap(), newer);
    let again = world
        .weigh("trust update trust.toml newer.dsse.json")
        .ended(INVALID);
    assert!(
        again
            .stderr
            .contains("version 2, and version 2 is in force"),
        "{}",
        again.stderr
    );
    fs::write(world.path("none.toml"), "format = 1").unwrap();
    let wrong = world.weigh("trust check none.toml").ended(USAGE);
    assert!(wrong.stderr.contains("none.toml:1:10"), "{}", wrong.stderr);
    let wrong = world.weigh("trust check none.toml --json").ended(USAGE);
    assert_eq!(wrong.json()["diagnostics"][0]["line"], 1);
    let json = world.weigh("trust check newer.toml --json").ended(0).json();
    assert_eq!(json["authorities"], serde_json::json!(["ke", "tz"]));
    assert_eq!(json["expired"], false);
    let past = newer.replace("2999-01-01", "2020-01-01");
    fs::write(world.path("past.toml"), past).unwrap();
    let past = world.weigh("trust check past.toml").ended(0);
    assert!(past.stderr.contains("it has expired"), "{}", past.stderr);
    let line = "trust sign newer.toml --envelope again.dsse.json --json";
    let json = as_other(&world, "ke", line).ended(0).json();
    assert_eq!(json["envelope"], "again.dsse.json");
    for (line, expect) in [
        ("trust check nope", "cannot read nope: No such file"),
        ("trust check ke", "cannot read ke: not a regular file"),
        (
            "trust update trust.toml newer.toml",
            "cannot use the envelope newer.toml: it is none",
        ),
    ] {
        let done = world.weigh(line).ended(USAGE);
        assert!(done.stderr.contains(expect), "{}", done.stderr);
    }
}
