//! The command's smaller parts as they are called: what goes to which stream, and how it ends.

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

const CANARY: &str = "weighhouse-canary-4f6f7d3a-0c1e-4c1e-9f59-5f1f4b1c2d3e";

/// A suite that the binary does not have, with or without a fault.
fn write_suite(folder: &Path, prompt: &str) {
    fs::create_dir_all(folder).unwrap();
    let head = format!(
        "format = \"weighhouse-suite/1\"\nid = \"home/small\"\nversion = \"1.0.0\"\n\
         licence = \"CC0-1.0\"\nauthors = [\"Somebody\"]\nsources = [\"Written for a test\"]\n\
         canary = \"{CANARY}\"\ntags = [\"test\"]\n\
         measures = [\"accuracy\"]\nparallel = false\n\n[title]\nen = \"Small\"\n\n\
         [task]\nkind = \"choice\"\n\n[prompt.default]\n{prompt}"
    );
    fs::write(folder.join("suite.toml"), head).unwrap();
    let case = r#"{"id":"one","question":"1+1?","choices":["2","3"],"answer":0,"tier":"quick"}"#;
    let cases = format!("{{\"canary\": \"{CANARY}\"}}\n{case}\n");
    fs::write(folder.join("cases.en.jsonl"), cases).unwrap();
    fs::write(folder.join("README.md"), "# Small\n").unwrap();
}

const GOOD: &str = "template = \"{question}\"\ndelimiter = \" \"\n";

#[test]
fn a_project_folder_goes_before_the_binary() {
    let world = World::new();
    let shipped = world.weigh("suite list --json").ended(0).json();
    write_suite(&world.path("suites/home/small"), GOOD);
    fs::create_dir_all(world.path("deep/inside")).unwrap();
    let mut command = world.command(&["suite", "list", "--json"]);
    let output = command
        .current_dir(world.path("deep/inside"))
        .output()
        .unwrap();
    let own: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let count = |list: &serde_json::Value| list["suites"].as_array().unwrap().len();
    assert_eq!(count(&own), count(&shipped) + 1);
    let home = world.path("nowhere");
    let output = world
        .command(&["suite", "list"])
        .env("WEIGH_HOME", home)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn every_fault_of_a_suite_is_told_at_its_place() {
    let world = World::new();
    write_suite(&world.path("suites/home/small"), GOOD);
    let good = world.weigh("suite check suites/home/small").ended(0);
    assert!(
        good.stdout.starts_with("home/small 1.0.0"),
        "{}",
        good.stdout
    );
    write_suite(
        &world.path("suites/home/small"),
        "template = \"{qestion}\"\ndelimeter = \" \"\n",
    );
    let bad = world.weigh("suite check suites/home/small").ended(2);
    assert!(bad.stdout.is_empty());
    let places = bad.stderr.matches("suites/home/small/").count();
    assert_eq!(places, 2, "{}", bad.stderr);
    let json = world
        .weigh("suite check suites/home/small --json")
        .ended(2)
        .json();
    assert_eq!(json["format"], "weighhouse-error/1");
    assert_eq!(json["exit"], 2);
    assert!(json["diagnostics"].as_array().unwrap().len() == 2);
    world.weigh("suite check suites").ended(2);
}

#[test]
fn a_tier_without_a_case_is_nothing_to_run() {
    let world = World::new();
    let suite = world.path("suites/home/small");
    write_suite(&suite, GOOD);
    world.weigh("run --dry-run --suite small").ended(0);
    let cases = fs::read_to_string(suite.join("cases.en.jsonl")).unwrap();
    fs::write(suite.join("cases.en.jsonl"), cases.replace("quick", "full")).unwrap();
    let empty = world.weigh("run --dry-run --suite small").ended(4);
    assert!(empty.stderr.contains("larger tier"), "{}", empty.stderr);
    world
        .weigh("run --dry-run --suite small --tier full")
        .ended(0);
}

#[cfg(unix)]
#[test]
fn a_suite_with_a_link_is_refused() {
    let world = World::new();
    let suite = world.path("suites/home/small");
    write_suite(&suite, GOOD);
    std::os::unix::fs::symlink("/etc/hostname", suite.join("cases.fr.jsonl")).unwrap();
    let check = world.weigh("suite check suites/home/small").ended(2);
    assert!(check.stderr.contains("is a link"), "{}", check.stderr);
}

/// Escape sequences in what others wrote do not reach the terminal.
#[test]
fn foreign_text_is_shown_and_not_obeyed() {
    let world = World::new();
    let name = "\u{1b}[2J\u{202e}evil";
    for line in [
        "explain",
        "run --suite",
        "run --model",
        "verify",
        "suite check",
    ] {
        let done = world.weigh(&format!("{line} {name}")).ended(2);
        assert!(
            !done.stderr.contains(['\u{1b}', '\u{202e}']),
            "{:?}",
            done.stderr
        );
        assert!(done.stderr.contains("<U+001B>"), "{:?}", done.stderr);
    }
}

#[test]
fn topics_are_explained() {
    let world = World::new();
    let code = world.weigh("explain e0001").ended(0);
    assert!(code.stdout.starts_with("E0001: "), "{}", code.stdout);
    let measure = world.weigh("explain over_refusal").ended(0);
    assert!(
        measure.stdout.contains("Lower is better"),
        "{}",
        measure.stdout
    );
    let wrong = world.weigh("explain over_refusl").ended(2);
    assert!(
        wrong.stderr.contains("did you mean `over_refusal`?"),
        "{}",
        wrong.stderr
    );
    let list = world.weigh("explain --json").ended(0).json();
    for topic in list["topics"].as_array().unwrap() {
        world
            .weigh(&format!("explain {}", topic.as_str().unwrap()))
            .ended(0);
    }
}

#[test]
fn a_key_is_made_once() {
    let world = World::new();
    world.weigh("key show").ended(2);
    let made = world.weigh("key new").ended(0);
    assert!(
        made.stdout.starts_with("-----BEGIN PUBLIC KEY-----"),
        "{}",
        made.stdout
    );
    world.weigh("key new").ended(2);
    let shown = world.weigh("key show --json").ended(0).json();
    assert_eq!(
        shown["public"].as_str().unwrap().trim_end(),
        made.stdout.trim_end()
    );
}

#[cfg(unix)]
#[test]
fn a_key_is_encrypted_as_asked_or_not_made() {
    use std::os::unix::ffi::OsStrExt as _;
    let world = World::new();
    let check = |passphrase: Option<&[u8]>, line: &str, code: i32, expect: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = world.command(&words);
        if let Some(passphrase) = passphrase {
            command.env(
                "WEIGH_KEY_PASSPHRASE",
                std::ffi::OsStr::from_bytes(passphrase),
            );
        }
        let told = Done::from(command.output().unwrap()).ended(code).stderr;
        assert!(told.contains(expect), "{told}");
    };
    check(Some(b"p\xe4ss"), "key new", 2, "is not UTF-8");
    check(Some(b""), "key new", 2, "unset it for a key without");
    assert!(!world.path("config/key.pem").exists());
    check(Some(b"secret"), "key new", 0, "key.pem (encrypted)");
    check(Some(b"secret"), "key show", 0, "key.pem (encrypted)");
    check(Some(b""), "key show", 2, "is empty");
    let text = fs::read_to_string(world.path("config/key.pem")).unwrap();
    assert!(text.contains("ENCRYPTED"), "{text}");
    fs::remove_file(world.path("config/key.pem")).unwrap();
    check(None, "key new", 0, "key.pem (not encrypted)");
    check(None, "key show", 0, "key.pem (not encrypted)");
}

#[test]
fn a_key_that_cannot_be_written_is_no_fault_of_usage() {
    let world = World::new();
    fs::write(world.path("file"), "").unwrap();
    let mut command = world.command(&["key", "new"]);
    command.env("WEIGH_CONFIG_DIR", world.path("file/folder"));
    Done::from(command.output().unwrap()).ended(1);
}

#[test]
fn verify_says_what_it_cannot_use() {
    let world = World::new();
    world.weigh("verify nowhere").ended(2);
    fs::create_dir(world.path("empty")).unwrap();
    world.weigh("verify empty").ended(2);
    let open = world.weigh("open case").ended(2);
    assert!(open.stderr.contains(". is no record"), "{}", open.stderr);
    fs::write(world.path("key.pem"), "no key").unwrap();
    world.weigh("verify empty --key key.pem").ended(2);
}

#[test]
fn the_manual_is_complete() {
    let world = World::new();
    world.weigh("man pages").ended(0);
    let page = fs::read_to_string(world.path("pages/weigh-run.1")).unwrap();
    assert!(page.contains("dry"), "{page}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            world
                .weigh(&format!("completions {shell}"))
                .ended(0)
                .stdout
                .contains("weigh")
        );
    }
    let help = world.weigh("--help").ended(0).stdout;
    for code in ["0", "1", "2", "3", "4", "5", "6", "100", "130"] {
        assert!(
            help.lines()
                .any(|line| line.trim_start().starts_with(&format!("{code}  "))),
            "{code}"
        );
    }
    world.weigh("doctor").ended(0);
    world.weigh("nonsense").ended(2);
}

#[test]
fn a_model_is_measured_in_every_class_that_it_has() {
    let world = World::with_model();
    let measured = world.weigh("bench --model model.gguf --suite choices --json");
    let measured = measured.ended(0);
    let left_out = "needs weights in quantised blocks";
    assert!(measured.stderr.contains(left_out), "{}", measured.stderr);
    let json = measured.json();
    assert_eq!(json["format"], "weighhouse-bench/1");
    for (class, figures) in ["f32", "bf16"]
        .iter()
        .zip(json["classes"].as_array().unwrap())
    {
        assert_eq!(figures["conditions"]["compute"], *class);
        assert_eq!(figures["suite"]["computed"], figures["suite"]["distinct"]);
        for rate in ["gemm", "text_1", "text_64"] {
            assert!(figures[rate].is_string(), "{rate}: {figures}");
        }
    }
    world
        .weigh("bench --model model.gguf --compute stored --suite none")
        .ended(2);
    let table = world
        .weigh("bench --model model.gguf --compute f32 --suite none")
        .ended(0);
    assert!(
        table.stdout.contains("64 texts, tokens/s"),
        "{}",
        table.stdout
    );
}

#[test]
fn a_case_is_shown_with_what_each_measure_reads() {
    let world = World::with_model();
    write_suite(&world.path("suites/home/small"), GOOD);
    let ask = "show one --suite home/small --model model.gguf";
    let text = world.weigh(ask).ended(0).stdout;
    for part in [
        "home/small:en:one",
        "cases.en.jsonl:2",
        "--- prompt\n1+1?\n---",
        "request 2 of 2: how likely is \" 3\"?",
        "tokens of the continuation",
        "log-likelihood -",
        "  accuracy ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let asked = world.weigh(&format!("{ask} --json")).ended(0).json();
    assert_eq!(asked["format"], "weighhouse-case/1");
    let run = "run --model model.gguf --suite home/small --out kept";
    world.weigh(run).ended(0);
    let kept = world
        .weigh("show en:one --record kept --json")
        .ended(0)
        .json();
    assert_eq!(kept["requests"][0]["tokens"], serde_json::Value::Null);
    assert_eq!(
        kept["requests"][1]["response"],
        asked["requests"][1]["response"]
    );
    assert_eq!(kept["measures"], asked["measures"]);
    world.weigh("show two --record kept").ended(2);
    let several = world.weigh("show one --suite choices --record kept");
    several.ended(2);
}

#[test]
fn records_of_one_plan_are_compared() {
    let world = World::with_model();
    let run = "run --model model.gguf --suite choices --limit 4 --out";
    world.weigh(&format!("{run} old")).ended(0);
    world.weigh(&format!("{run} new --threads 1")).ended(0);
    let same = world.weigh("compare old new --json").ended(0).json();
    assert_eq!(same["format"], "weighhouse-comparison/1");
    let measures = same["measures"].as_array().unwrap();
    assert!(measures.len() >= 2);
    for one in measures {
        assert_eq!(
            (&one["gain"], &one["p"]),
            (&"0".into(), &"1".into()),
            "{one}"
        );
        assert_eq!(one["units"], one["scored"]);
    }
    let text = world
        .weigh("compare old new --no-worse-by 2")
        .ended(0)
        .stdout;
    assert!(
        text.contains("no worse") && text.contains("family_accuracy"),
        "{text}"
    );
    world.weigh("compare old new --no-worse-by 0.0001").ended(3);
    let items = world.weigh("suite items old new").ended(0).stdout;
    assert!(
        items.contains("| reliability/choices | accuracy | all | 24 |"),
        "{items}"
    );
    let items = world
        .weigh("suite items old new --json --tag level-")
        .ended(0)
        .json();
    let parts = items["items"].as_array().unwrap();
    assert!(
        parts
            .iter()
            .any(|one| one["stratum"]["tag"] == "level-primary")
    );
    // These suites ask for choices, whose control leaves the question out.
    let shuffled = world.weigh("suite items old new --shuffled --json");
    assert_eq!(shuffled.ended(0).json()["items"], serde_json::json!([]));
    world.weigh("suite items old").ended(2);
    world.weigh("compare old new --no-worse-by -1").ended(2);
    world
        .weigh("run --model model.gguf --suite choices --limit 2 --out other")
        .ended(0);
    let unequal = world.weigh("compare old other").ended(2);
    assert!(
        unequal.stderr.contains("in one run only"),
        "{}",
        unequal.stderr
    );
}

#[test]
fn one_file_of_cases_is_run() {
    let world = World::with_model();
    let cases = "question,A,B,answer\nMji mkuu wa Kenya ni upi?,Nairobi,Mombasa,A\n\
                 Mwaka una miezi mingapi?,kumi,kumi na mbili,B\n";
    fs::write(world.path("miji.sw.csv"), cases).unwrap();
    let check = world.weigh("suite check miji.sw.csv").ended(0);
    assert!(check.stdout.contains("2 cases in sw"), "{}", check.stdout);
    world
        .weigh("run --model model.gguf --suite miji.sw.csv --out kept")
        .ended(0);
    world.weigh("verify kept").ended(0);
}
