//! Items per second on the multiple-choice items that peers are measured with, one line of JSON.
//!
//! `cargo run --release -p weigh-engine --example mc200 -- MODEL CLASS ITEMS mc200.jsonl`. What
//! counts is the time in `Model::answer`, as for lm-evaluation-harness the time in `loglikelihood`.

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
use weigh_core::request::{Request, Response};
use weigh_engine::Compute;

#[derive(Deserialize)]
struct Item {
    context: String,
    choices: Vec<String>,
}

fn requests(item: &Item) -> impl Iterator<Item = Request> + '_ {
    let ask = |choice: &String| common::likelihood(&item.context, &format!(" {choice}"));
    item.choices.iter().map(ask)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, class, count, items] = arguments.as_slice() else {
        println!("usage: mc200 MODEL CLASS ITEMS mc200.jsonl");
        return;
    };
    let compute: Compute = class.parse().unwrap();
    let text = std::fs::read_to_string(items).unwrap();
    let lines = text.lines().take(count.parse().unwrap());
    let items: Vec<Item> = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let requests: Vec<Request> = items.iter().flat_map(requests).collect();

    let mut engine = common::open(Path::new(model), 2, compute);
    let start = Instant::now();
    let answers = common::answers(&mut engine, &requests);
    let seconds = start.elapsed().as_secs_f64();
    let scored = |answer: &Response| matches!(answer, Response::Likelihood { .. });
    assert!(answers.iter().all(scored), "{answers:?}");
    let line = json!({ "engine": "weigh", "class": class, "items": items.len() as f64 / seconds });
    println!("{line}");
}
