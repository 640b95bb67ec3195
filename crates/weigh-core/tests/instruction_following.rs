//! The verdicts on verifiable instructions against those of a reference implementation, for English
//! (the 541 prompts of IFEval) and Japanese (M-IFEval). Every difference is in the snapshots.
//!
//! The texts are not part of the project; without them the comparison is skipped.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files outside the project, may panic, and prints what it skips"
)]

use std::fmt::Write;
use std::path::PathBuf;

use weigh_core::json::{MAX_DEPTH, Member, Node, Value, read};
use weigh_core::language::Language;
use weigh_core::language_id::most_likely_language_of;
use weigh_core::measure::instruction::{Exchange, Instruction, Strictness};

/// The text of a file of the shared data, where that folder is there.
fn shared(path: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("WEIGH_SHARED").unwrap_or_else(|_| beside.to_owned());
    let file = PathBuf::from(root).join("data/ifeval").join(path);
    let text = std::fs::read_to_string(&file).ok();
    if text.is_none() {
        println!("skipped: {} is not there", file.display());
    }
    text
}

fn members<'a>(node: &'a Node) -> &'a [Member<'a>] {
    match &node.value {
        Value::Object(members) => members,
        other => panic!("{other:?}"),
    }
}

fn field<'a>(node: &'a Node, key: &str) -> &'a Value<'a> {
    &members(node)
        .iter()
        .find(|m| m.key == key)
        .unwrap()
        .node
        .value
}

fn list<'a>(node: &'a Node, key: &str) -> &'a [Node<'a>] {
    match field(node, key) {
        Value::Array(nodes) => nodes,
        other => panic!("{other:?}"),
    }
}

fn text<'a>(value: &'a Value) -> &'a str {
    match value {
        Value::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

/// Instructions, equal verdicts, and a line for each difference.
fn compare(name: &str, how: Strictness) -> Option<(usize, usize, String)> {
    let file = match how {
        Strictness::Strict => "eval_results_strict.jsonl",
        Strictness::Loose => "eval_results_loose.jsonl",
    };
    let asked = shared(&format!("{name}_input_data.jsonl"))?;
    let judged = shared(&format!("reference_{name}/{file}"))?;
    let language: Language = name.parse().unwrap();
    let (mut all, mut equal, mut lines) = (0, 0, String::new());
    for (place, (asked, judged)) in asked.lines().zip(judged.lines()).enumerate() {
        let (asked, judged) = (
            read(asked, MAX_DEPTH).unwrap(),
            read(judged, MAX_DEPTH).unwrap(),
        );
        let on = Exchange {
            prompt: text(field(&asked, "prompt")),
            reply: text(field(&judged, "response")),
            language: &language,
            identify: &most_likely_language_of,
        };
        let ids = list(&asked, "instruction_id_list").iter();
        let given = list(&judged, "follow_instruction_list").iter();
        for ((id, parameters), given) in ids.zip(list(&asked, "kwargs")).zip(given) {
            let id = text(&id.value).split_once(':').unwrap().1;
            let instruction = Instruction::parse(id, members(parameters)).unwrap();
            let found = instruction.follows(&on, how);
            let given = given.value == Value::Bool(true);
            all += 1;
            if found.as_ref().is_ok_and(|verdict| verdict.follows == given) {
                equal += 1;
                continue;
            }
            let said = match &found {
                Ok(verdict) => &verdict.reason,
                Err(reason) => &reason.0,
            };
            let kind = match &found {
                Ok(verdict) => verdict.follows.to_string(),
                Err(_) => "undecided".to_owned(),
            };
            writeln!(
                lines,
                "{place:3} {id}: reference {given}, here {kind} ({said})"
            )
            .unwrap();
        }
    }
    Some((all, equal, lines))
}

/// The lines without their reasons, in which foreign text may stand.
fn without_reasons(lines: &str) -> String {
    let bare = |line: &str| line.split(" (").next().unwrap().to_owned() + "\n";
    lines.lines().map(bare).collect()
}

fn check(name: &str, how: Strictness, least: f64) {
    let Some((all, equal, differences)) = compare(name, how) else {
        return;
    };
    println!("{name} {how:?}: {equal} of {all}\n{differences}");
    let share = f64::from(u32::try_from(equal).unwrap()) / f64::from(u32::try_from(all).unwrap());
    insta::assert_snapshot!(
        format!("{name}_{how:?}").to_lowercase(),
        format!(
            "{equal} of {all} verdicts are equal\n{}",
            without_reasons(&differences)
        )
    );
    assert!(share >= least, "{share}");
}

#[test]
fn english_read_strictly() {
    check("en", Strictness::Strict, 0.99);
}

#[test]
fn english_read_loosely() {
    check("en", Strictness::Loose, 0.99);
}

#[test]
fn japanese_read_strictly() {
    check("ja", Strictness::Strict, 0.97);
}

#[test]
fn japanese_read_loosely() {
    check("ja", Strictness::Loose, 0.97);
}
