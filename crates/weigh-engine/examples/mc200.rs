//! Items per second on the multiple-choice items that peers are measured with, one line of JSON.
//!
//! `cargo run --release -p weigh-engine --example mc200 -- MODEL CLASS ITEMS mc200.jsonl`, with a
//! file of examples behind it for few-shot prompts. What counts is the time in `Model::answer`, as
//! for lm-evaluation-harness the time in `loglikelihood`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a tool of the developer, that may stop where it stands"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use serde_json::json;
use weigh_core::model::Model as _;
use weigh_core::request::{Request, Response};
use weigh_engine::Compute;

#[derive(Deserialize)]
struct Item {
    context: String,
    choices: Vec<String>,
    label: usize,
}

/// The first `count` items of a file.
fn items(file: &str, count: usize) -> Vec<Item> {
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().take(count);
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What is asked about an item, after solved ones as lm-evaluation-harness writes them.
fn requests(shots: &str, item: &Item) -> Vec<Request> {
    let context = format!("{shots}{}", item.context);
    let ask = |choice: &String| common::likelihood(&context, &format!(" {choice}"));
    item.choices.iter().map(ask).collect()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, class, count, file, shots @ ..] = arguments.as_slice() else {
        println!("usage: mc200 MODEL CLASS ITEMS mc200.jsonl [mc200_fewshot.jsonl]");
        return;
    };
    let compute: Compute = class.parse().unwrap();
    let solved = |item: &Item| format!("{} {}\n\n", item.context, item.choices[item.label]);
    let shots = shots.iter().flat_map(|file| items(file, 5));
    let shots: String = shots.map(|item| solved(&item)).collect();
    let items = items(file, count.parse().unwrap());
    let requests: Vec<Request> = items
        .iter()
        .flat_map(|item| requests(&shots, item))
        .collect();

    let mut engine = common::open(Path::new(model), 2, compute);
    let start = Instant::now();
    let answers = common::answers(&mut engine, &requests);
    let seconds = start.elapsed().as_secs_f64();
    let scored = |answer: &Response| matches!(answer, Response::Likelihood { .. });
    assert!(answers.iter().all(scored), "{answers:?}");
    let work = engine.work().unwrap();
    let line = json!({ "engine": "weigh", "class": class, "items": items.len() as f64 / seconds,
        "computed": work.prompt, "distinct": work.distinct, "naive": work.naive });
    println!("{line}");
}
