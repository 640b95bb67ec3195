//! What the names of task files stand for, and what groups hold: `lm_eval_index FOLDER < PATHS`.
//!
//! `tools/lm_eval/index.py` compares it with lm-eval's own index.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for developers may stop where it stands"
)]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use weigh_exchange::lm_eval::group::{Child, Group};
use weigh_exchange::lm_eval::index::{Index, Named};
use weigh_exchange::lm_eval::load::load;
use weigh_exchange::lm_eval::members::{self, Member};
use weigh_exchange::lm_eval::python::Python;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    let paths = std::io::stdin().lines();
    let paths: Vec<PathBuf> = paths.map(|line| PathBuf::from(line.unwrap())).collect();
    let files = |path: &Path| std::fs::read(path);
    let mut index = Index::default();
    index.add(&folder, paths, &files).unwrap();
    for (name, named) in index.names() {
        let (kind, held) = match named {
            Named::Task(file) => ("task", json!(file)),
            Named::Group(file) => ("group", json!(file)),
            Named::Tag(tasks) => ("tag", json!(tasks)),
        };
        println!("{}", json!({"name": name, "kind": kind, "held": held}));
    }
    for (name, named) in index.names() {
        if let Named::Group(file) = named {
            println!(
                "{}",
                json!({"name": name, "kind": "members", "held": group(file, &index)})
            );
        }
    }
}

/// The names that groups hold and the settings of the tasks, or why it is refused.
fn group(file: &Path, index: &Index) -> Value {
    let files = |path: &Path| std::fs::read(path);
    let made = match load(file, &files) {
        Ok(entries) => members::of(&entries, index, &files),
        Err(faults) => return json!(faults.first().map(ToString::to_string)),
    };
    if let Some(fault) = made.faults.first() {
        return json!(fault.to_string());
    }
    let mut groups = serde_json::Map::new();
    if let Some(group) = &made.group {
        children(group, &mut groups);
    }
    let tasks = made
        .tasks
        .iter()
        .map(|task| (task.name.clone(), settings(task)));
    json!({"groups": groups, "tasks": tasks.collect::<serde_json::Map<_, _>>()})
}

fn children(group: &Group, all: &mut serde_json::Map<String, Value>) {
    let names: Vec<&str> = group.children.iter().map(Child::name).collect();
    all.insert(group.name.clone(), json!(names));
    for inner in group.groups() {
        children(inner, all);
    }
}

/// Without what lm-eval takes off or adds.
fn settings(task: &Member) -> Value {
    let taken = ["tag", "group", "task_list", "metadata"];
    let kept = task
        .entries
        .iter()
        .filter(|entry| !taken.contains(&entry.key.as_str()));
    let kept = kept.map(|entry| (entry.key.clone(), entry.value.plain()));
    serde_json::to_value(Python::Dict(kept.collect())).unwrap()
}
