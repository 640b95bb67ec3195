//! Log-likelihoods of the default model against those of lm-evaluation-harness 0.4.13 in f32.
//!
//! `cargo test --release -p weigh-engine --test parity -- --nocapture` prints the comparison.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test may stop where it stands, and says what it skips"
)]

mod common;

use std::fs;
use std::time::Instant;

use serde::Deserialize;
use weigh_core::model::Model as _;
use weigh_core::request::{Request, Response};
use weigh_engine::Compute;

#[derive(Deserialize)]
struct Item {
    id: usize,
    context: String,
    choices: Vec<String>,
    label: usize,
}

#[derive(Deserialize)]
struct Reference {
    doc_id: usize,
    loglikelihoods: Vec<f64>,
    acc: f64,
    acc_norm: f64,
}

fn lines<T: for<'de> Deserialize<'de>>(path: &std::path::Path) -> Vec<T> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The context as lm-evaluation-harness writes it for `mc200.yaml`.
fn prompt(shots: &[Item], item: &Item) -> String {
    let shot = |item: &Item| format!("{} {}\n\n", item.context, item.choices[item.label]);
    shots.iter().map(shot).collect::<String>() + &item.context
}

fn best(values: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (index, value) in values.enumerate() {
        if value > best.1 {
            best = (index, value);
        }
    }
    best.0
}

/// Compares every choice of the reference file.
fn compare(shots: usize, file: &str, compute: Compute) -> Option<Comparison> {
    let (model, folder) = (common::smollm2()?, common::reference()?);
    let items: Vec<Item> = lines(&folder.join("mc200.jsonl"));
    let shot_items: Vec<Item> = lines(&folder.join("mc200_fewshot.jsonl"));
    let reference: Vec<Reference> = lines(&folder.join(file));
    let asked: Vec<&Item> = reference
        .iter()
        .map(|r| items.iter().find(|i| i.id == r.doc_id).unwrap())
        .collect();
    let ask = |item: &&Item| -> Vec<Request> {
        let context = prompt(&shot_items[..shots], item);
        item.choices
            .iter()
            .map(|choice| common::likelihood(&context, &format!(" {choice}")))
            .collect()
    };
    let requests: Vec<Request> = asked.iter().flat_map(ask).collect();
    let mut engine = common::open(&model, 2, compute);
    let start = Instant::now();
    let answers = common::answers(&mut engine, &requests);
    let seconds = start.elapsed().as_secs_f64();

    let (mut worst, mut sum, mut acc, mut acc_norm, mut changed) = (0.0_f64, 0.0, 0, 0, 0);
    for ((reference, item), answers) in reference.iter().zip(&asked).zip(answers.chunks(4)) {
        let got: Vec<f64> = answers
            .iter()
            .map(|answer| match answer {
                Response::Likelihood { log_prob, .. } => log_prob.get(),
                other => panic!("item {}: {other:?}", item.id),
            })
            .collect();
        for (got, expected) in got.iter().zip(&reference.loglikelihoods) {
            worst = worst.max((got - expected).abs());
            sum += (got - expected).abs();
        }
        let right = best(got.iter().copied()) == item.label;
        let code_points = item
            .choices
            .iter()
            .map(|choice| choice.chars().count() as f64);
        let right_norm =
            best(got.iter().zip(code_points).map(|(value, n)| value / n)) == item.label;
        changed += usize::from(
            (f64::from(right), f64::from(right_norm)) != (reference.acc, reference.acc_norm),
        );
        acc += usize::from(right);
        acc_norm += usize::from(right_norm);
    }
    let n = reference.len();
    let (acc, acc_norm) = (acc as f64 / n as f64, acc_norm as f64 / n as f64);
    println!(
        "mc200, {shots}-shot, {compute}: {} choices of {n} items, largest difference {worst:.1e} nats, mean {:.1e}; \
         acc {acc:.3}, acc_norm {acc_norm:.3}, {changed} answers changed; {seconds:.1} s, {:.2} items/s; {:?}",
        requests.len(),
        sum / requests.len() as f64,
        n as f64 / seconds,
        engine.work().unwrap(),
    );
    Some(Comparison {
        worst,
        acc,
        acc_norm,
        changed,
    })
}

/// How one class differs from the reference.
struct Comparison {
    worst: f64,
    acc: f64,
    acc_norm: f64,
    changed: usize,
}

#[test]
fn zero_shot() {
    let Some(found) = compare(0, "lm_eval_0shot.jsonl", Compute::F32) else {
        return;
    };
    assert!(found.worst <= 1e-3, "{}", found.worst);
    assert_eq!(
        (found.changed, found.acc, found.acc_norm),
        (0, 0.835, 0.865)
    );
}

#[test]
fn five_shot() {
    let Some(found) = compare(5, "lm_eval_5shot.jsonl", Compute::F32) else {
        return;
    };
    assert!(found.worst <= 1e-3, "{}", found.worst);
    assert_eq!(found.changed, 0);
}

#[test]
fn zero_shot_in_bf16() {
    let Some(found) = compare(0, "lm_eval_0shot.jsonl", Compute::Bf16) else {
        return;
    };
    assert!(found.worst <= 0.5, "{}", found.worst);
    assert!(found.changed <= 2, "{}", found.changed);
}

#[test]
fn zero_shot_as_stored() {
    let Some(found) = compare(0, "lm_eval_0shot.jsonl", Compute::Stored) else {
        return;
    };
    assert!(found.worst <= 2.0, "{}", found.worst);
    assert!(found.changed <= 4, "{}", found.changed);
}
