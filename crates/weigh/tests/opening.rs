//! `weigh open` end to end: a private suite, of which only the signed report and single cases are shown.

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
const INVALID: i32 = 5;

/// A world with the record of a private suite in `record`, and what is published of it in `public`.
fn world() -> World {
    let world = World::with_model();
    let mut suite = "language = \"en\"\ntask = \"choice\"\nprompt = \"{question}\"\n".to_owned();
    for case in 0..5 {
        suite.push_str(&format!(
            "[[cases]]\nid = \"secret-{case}\"\nquestion = \"{case} + 1 =\"\nchoices = [\"{}\", \"9\"]\nanswer = 0\n",
            case + 1
        ));
    }
    fs::write(world.path("exam.toml"), suite).unwrap();
    let run = "run --model model.gguf --suite exam.toml --device cpu --out record";
    world.weigh(run).ended(0);
    fs::create_dir(world.path("public")).unwrap();
    for name in ["report.json", "report.dsse.json", "report.pub.pem"] {
        fs::copy(
            world.path("record").join(name),
            world.path("public").join(name),
        )
        .unwrap();
    }
    world
}

#[test]
fn a_case_of_a_private_suite_is_opened_and_proved() {
    let world = world();
    let open = "open secret-3 en:secret-1 --record record --out two.jsonl";
    let opened = world.weigh(open).ended(0);
    let said = "opened local/exam:en:secret-3, local/exam:en:secret-1 of WH-";
    assert!(opened.stdout.contains(said), "{}", opened.stdout);
    let shown = fs::read_to_string(world.path("two.jsonl")).unwrap();
    for hidden in ["secret-0", "secret-2", "secret-4"] {
        assert!(!shown.contains(hidden), "{hidden}");
    }
    let whole = world.weigh("verify record --opening two.jsonl").ended(0);
    assert_eq!(whole.last_line(), "the record is valid");
    // What is published of it shows those two, and says that it shows no more.
    let public = world.weigh("verify public --opening two.jsonl").ended(0);
    let said = "opened cases proved; the rest of the record was withheld and not checked";
    assert_eq!(public.last_line(), said);
    for part in [
        "  prompt    3 + 1 =",
        "  measured  accuracy ",
        "not checked suites: withheld",
    ] {
        assert!(public.stdout.contains(part), "{part}: {}", public.stdout);
    }
    world.weigh("verify public").ended(INVALID);
    let countersign = "countersign public --opening two.jsonl --as Somebody --out said.json";
    let refused = world.weigh(countersign).ended(USAGE);
    assert!(
        refused.stderr.contains("are withheld"),
        "{}",
        refused.stderr
    );
    // Another answer is not the one that was committed to.
    let forged = shown.replace("\"greedy\":false", "\"greedy\":true");
    fs::write(world.path("forged.jsonl"), forged).unwrap();
    let refused = world
        .weigh("verify public --opening forged.jsonl")
        .ended(INVALID);
    let said = "case 4 of the report is not this";
    assert!(refused.stdout.contains(said), "{}", refused.stdout);
}

#[test]
fn what_cannot_be_opened_is_told() {
    let world = world();
    for (line, code, expect) in [
        ("open secret --record record", USAGE, "no case has this id"),
        (
            "open secret-1 --record public",
            INVALID,
            "journal.jsonl: not there",
        ),
        ("open secret-1 --record none", USAGE, "no folder there"),
        ("open --record record", USAGE, "CASE"),
    ] {
        let done = world.weigh(line).ended(code);
        assert!(done.stderr.contains(expect), "{line}: {}", done.stderr);
    }
}
