//! Groups as lm-eval's own task manager and its own means have them: `reference/lm_eval_groups.json` of tools/lm_eval/groups.py.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test ends where a vector is not as it should be"
)]

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use weigh_exchange::lm_eval::consolidate::groups;
use weigh_exchange::lm_eval::export::{Export, Figure};
use weigh_exchange::lm_eval::index::Index;
use weigh_exchange::lm_eval::load::{Fault, load};
use weigh_exchange::lm_eval::members::{self, Made, Member};
use weigh_exchange::lm_eval::python::Python;
use weigh_exchange::lm_eval::results::results;

/// What the group in `g.yaml` of the last of `folders` is.
fn read(files: &BTreeMap<String, String>, folders: &[&str]) -> Made {
    let open = |path: &Path| {
        let text = path.to_str().and_then(|name| files.get(name));
        text.map(|text| text.clone().into_bytes())
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    };
    let mut index = Index::default();
    for folder in folders {
        let named = |name: &&String| name.starts_with(folder) && name.ends_with(".yaml");
        let paths = files.keys().filter(named).map(PathBuf::from).collect();
        index.add(Path::new(folder), paths, &open).unwrap();
    }
    let group = Path::new(folders.last().unwrap()).join("g.yaml");
    members::of(&load(&group, &open).unwrap(), &index, &open)
}

fn lines(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(Fault::to_string).collect()
}

/// What a task is asked with, without what lm-eval takes off.
fn settings(member: &Member) -> Value {
    let taken = ["tag", "group", "task_list", "metadata"];
    let kept = member
        .entries
        .iter()
        .filter(|entry| !taken.contains(&entry.key.as_str()));
    let kept = kept.map(|entry| (entry.key.clone(), entry.value.plain()));
    serde_json::to_value(Python::Dict(kept.collect())).unwrap()
}

fn version(member: &Member) -> Value {
    let metadata = member.entries.iter().find(|entry| entry.key == "metadata");
    let version = metadata.and_then(|entry| entry.value.get("version"));
    serde_json::to_value(version.map(|version| version.plain())).unwrap()
}

/// The figures that a vector gives a task.
fn export(task: &Value) -> Export {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let figure = |row: &Value| Figure {
        metric: text(&row[0]),
        filter: text(&row[1]),
        value: row[2].as_f64().unwrap(),
        stderr: row[3].as_f64(),
        scores: Vec::new(),
    };
    let python = |value: &Value| serde_json::from_value(value.clone()).unwrap();
    let shots = task["settings"]
        .get("num_fewshot")
        .cloned()
        .unwrap_or(json!(0));
    Export {
        task: text(&task["settings"]["task"]),
        size: u32::try_from(task["size"].as_u64().unwrap()).unwrap(),
        figures: task["figures"]
            .as_array()
            .unwrap()
            .iter()
            .map(figure)
            .collect(),
        samples: Vec::new(),
        parts: vec![
            ("n-shot", python(&shots)),
            ("higher_is_better", python(&task["higher_is_better"])),
        ],
    }
}

/// Equal, numbers but for their last digit.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            (one - other).abs() <= f64::EPSILON * other.abs()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

#[test]
fn settings_and_means_are_lm_evals() {
    let cases: Value = serde_json::from_str(include_str!("reference/lm_eval_groups.json")).unwrap();
    for case in cases.as_array().unwrap() {
        let files: BTreeMap<String, String> =
            serde_json::from_value(case["files"].clone()).unwrap();
        let folders: Vec<&str> = serde::Deserialize::deserialize(&case["folders"]).unwrap();
        let made = read(&files, &folders);
        assert_eq!(lines(&made.faults), Vec::<String>::new());
        let tasks = case["tasks"].as_array().unwrap();
        let told: Vec<Value> = made
            .tasks
            .iter()
            .map(|member| json!([settings(member), version(member)]))
            .collect();
        let expect: Vec<Value> = tasks
            .iter()
            .map(|task| json!([task["settings"], task["version"]]))
            .collect();
        assert_eq!(told, expect, "{}", case["name"]);

        let exports: Vec<Export> = tasks.iter().map(export).collect();
        let (exported, left_out) = groups(made.group.as_slice(), &exports);
        assert_eq!(left_out, Vec::<String>::new());
        let all = serde_json::to_value(results(&[], &exported, Python::None)).unwrap();
        for (part, expect) in case["groups"].as_object().unwrap() {
            let none = Value::Object(Map::new());
            let told = all.get(part).unwrap_or(&none);
            assert!(
                same(told, expect),
                "{}, {part}: {told} is not {expect}",
                case["name"]
            );
        }
    }
}

#[test]
fn groups_without_all_their_tasks_have_no_means() {
    let mut files = BTreeMap::new();
    for name in ["a", "b", "c"] {
        files.insert(
            format!("{name}.yaml"),
            format!("task: {name}\ndoc_to_text: q\n"),
        );
    }
    let root = "group: g\ntask: [{group: h, task: [a, b], aggregate_metric_list: {metric: acc}}, c]\naggregate_metric_list: {metric: acc}\n";
    files.insert("g.yaml".to_owned(), root.to_owned());
    let group = read(&files, &[""]).group.unwrap();
    let task = |name: &str| {
        export(
            &json!({"settings": {"task": name}, "size": 2, "figures": [["acc", "none", 0.5, 0.1]], "higher_is_better": {"acc": true}}),
        )
    };
    let (exported, notes) = groups(&[group], &[task("a"), task("b")]);
    let names: Vec<&str> = exported.iter().map(|group| group.group.as_str()).collect();
    assert_eq!(names, ["g::h"]);
    assert_eq!(notes, ["no figures of the group `g`: it was run without c"]);
}

#[test]
fn what_lm_eval_cannot_read_is_told_at_its_place() {
    let check = |group: &str, expect: &[&str]| {
        let mut files = BTreeMap::new();
        for (name, text) in [
            ("a.yaml", "task: a\ntag: towns\ndoc_to_text: q\n"),
            ("b.yaml", "task: b\ntag: towns\ndoc_to_text: q\n"),
            ("h.yaml", "group: h\ntask: [a]\n"),
            ("r.yaml", "group: r\ntask: [r, r, r]\n"),
            ("g.yaml", group),
        ] {
            files.insert(name.to_owned(), text.to_owned());
        }
        assert_eq!(lines(&read(&files, &[""]).faults), expect, "{group}");
    };
    check(
        "group: g\ntask: [a, nowhere, 3, [a], {alias: x}, {task: far, num_fewshot: 1}]\n",
        &[
            "g.yaml:2:11: no task, group or tag `nowhere` in `.` or below",
            "g.yaml:2:20: expected the name of a task, a group or a tag, or a mapping with `task` or `group`",
            "g.yaml:2:23: expected the name of a task, a group or a tag, or a mapping with `task` or `group`",
            "g.yaml:2:28: expected the name of a task, a group or a tag, or a mapping with `task` or `group`",
            "g.yaml:2:40: no task, group or tag `far` in `.` or below",
        ],
    );
    check(
        "group: g\ntask: [{task: towns, num_fewshot: 1}, {task: h}, {task: a, include: b}, {task: [a]}]\n",
        &[
            "g.yaml:2:15: `task: towns` in a mapping: expected a task, and `towns` is a tag of several tasks; lm-eval would name each of its tasks `towns` and ask only the last",
            "g.yaml:2:46: `task: h` in a mapping: expected a task, and `h` is a group; lm-eval would name each of its tasks `h` and ask only the last",
            "g.yaml:2:69: `include`: expected in a file only, as lm-eval does not read it in a group",
            "g.yaml:2:80: `task`: expected the name of a task",
        ],
    );
    check(
        "group: g\ntask: [{group: h, task: [a]}, {group: towns}, {group: new}, {group: [a]}]\n",
        &[
            "g.yaml:2:25: `task`: expected in the file of the group `h` only",
            "g.yaml:2:39: `group: towns`: expected a group, not a task or a tag",
            "g.yaml:2:55: expected `task` with the members of the group",
            "g.yaml:2:69: `group`: expected a name",
        ],
    );
    check(
        "group: g\ntask: []\ngroup_alias: [x]\naggregate_metric_list:\n  - {metric: acc, aggregation: median}\n  - {filter_list: x}\n  - {metric: !function u.f}\n  - {metric: acc, weight: 1}\n  - {metric: acc, filter_list: {a: b}}\n",
        &[
            "g.yaml:2:7: `task`: expected a member",
            "g.yaml:3:14: `group_alias`: expected a text",
            "g.yaml:5:32: `aggregate_metric_list`: expected `aggregation: mean`, the only one there is",
            "g.yaml:6:5: `aggregate_metric_list`: expected `metric: <name>` in each item",
            "g.yaml:7:14: `aggregate_metric_list`: expected no Python code (`u.f`), which is not run",
            "g.yaml:8:27: `aggregate_metric_list`: expected `metric`, `filter_list`, `aggregation` or `weight_by_size`, not `weight`",
            "g.yaml:9:32: `aggregate_metric_list`: expected the name of a filter, or a list of names",
        ],
    );
    check(
        "group: g\ntask: [r]\n",
        &[
            "r.yaml:2:8: expected at most 16 groups within each other, and 16384 members",
            "r.yaml:2:11: expected at most 16 groups within each other, and 16384 members",
            "r.yaml:2:14: expected at most 16 groups within each other, and 16384 members",
        ],
    );
}

#[test]
fn what_to_write_instead_and_where_was_looked_is_told() {
    let files = [
        ("far/a.yaml", "task: a\ntag: towns\n"),
        ("far/b.yaml", "task: b\ntag: towns\n"),
        ("far/broken.yaml", "task: nowhere\ninclude: absent\n"),
        ("far/c.yaml", "task: c\n"),
        ("far/d.yaml", "task: c\n"),
        ("far/e.yaml", "task: e\ndoc_to_text: [\n"),
        ("far/h.yaml", "group: h\ntask: [{group: i}]\n"),
        ("far/i.yaml", "group: i\ntask: [a, c]\n"),
        ("near/x.yaml", "group: a\ntask: [c]\n"),
        (
            "near/g.yaml",
            "group: g\ntask:\n- {task: h, metadata: {version: 1}}\n- {task: towns, num_fewshot: 1}\n- towns\n- nowhere\n- e\n- c\n",
        ),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let made = read(&BTreeMap::from(files), &["far", "near"]);
    let mut told = String::new();
    for fault in made.faults.iter().chain(&made.warnings) {
        told.push_str(&format!("{fault}\n"));
        if let Some(help) = &fault.help {
            told.push_str(&format!("  help: {help}\n"));
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn what_is_read_of_a_folder_is_bounded() {
    let mut index = Index::default();
    let paths = (0..300).map(|number| PathBuf::from(format!("t/{number}.yaml")));
    let fault = index.add(Path::new("t"), paths.collect(), &|_| {
        Ok(vec![b'#'; 1 << 20])
    });
    let expect = "t:1:1: expected at most 268435456 bytes in files that end in `.yaml` and what they include";
    assert_eq!(fault.unwrap_err().to_string(), expect);
}
