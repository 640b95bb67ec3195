//! Log-likelihoods on the real models against other implementations: those of lm-evaluation-harness
//! 0.4.13 in f32 for the default model, those of llama.cpp for the larger one.
//!
//! `cargo test --release -p weigh-engine --test parity -- --nocapture --test-threads 1` prints the
//! comparisons.

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
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use weigh_core::model::{Model as _, Work};
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

fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Vec<T> {
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

/// What a model says to every choice of some items.
struct Scores {
    log_probs: Vec<Vec<f64>>,
    tokens: Vec<Vec<usize>>,
    seconds: f64,
    work: Work,
}

/// Asks for every choice after the prompt that stands before its item.
fn score(model: &Path, compute: Compute, asked: &[(String, &Item)]) -> Scores {
    let ask = |(prompt, item): &(String, &Item)| -> Vec<Request> {
        let ask = |choice: &String| common::likelihood(prompt, &format!(" {choice}"));
        item.choices.iter().map(ask).collect()
    };
    let requests: Vec<Request> = asked.iter().flat_map(ask).collect();
    let mut engine = common::open(model, 2, compute);
    let start = Instant::now();
    let answers = common::answers(&mut engine, &requests);
    let seconds = start.elapsed().as_secs_f64();
    let (log_probs, tokens): (Vec<f64>, Vec<usize>) = answers
        .iter()
        .map(|answer| match answer {
            Response::Likelihood {
                log_prob, tokens, ..
            } => (log_prob.get(), *tokens as usize),
            other => panic!("{other:?}"),
        })
        .unzip();
    Scores {
        log_probs: log_probs.chunks(4).map(<[f64]>::to_vec).collect(),
        tokens: tokens.chunks(4).map(<[usize]>::to_vec).collect(),
        seconds,
        work: engine.work().unwrap(),
    }
}

/// Largest and mean distance of two lists of numbers for each item, in nats.
fn distances(got: &[Vec<f64>], expected: &[Vec<f64>]) -> (f64, f64) {
    assert_eq!(got.len(), expected.len());
    let pairs = got.iter().flatten().zip(expected.iter().flatten());
    let found: Vec<f64> = pairs.map(|(a, b)| (a - b).abs()).collect();
    let worst = found.iter().copied().fold(0.0, f64::max);
    (worst, found.iter().sum::<f64>() / found.len() as f64)
}

/// Whether the most likely choice is the right one: as it is, and for each code point.
fn right(item: &Item, log_probs: &[f64]) -> (f64, f64) {
    let lengths = item
        .choices
        .iter()
        .map(|choice| choice.chars().count() as f64);
    let each = log_probs.iter().zip(lengths).map(|(value, n)| value / n);
    let is_right = |found: usize| f64::from(found == item.label);
    (
        is_right(best(log_probs.iter().copied())),
        is_right(best(each)),
    )
}

/// Compares every choice of the reference file.
fn compare(shots: usize, file: &str, compute: Compute) -> Option<Comparison> {
    let (model, folder) = (common::smollm2()?, common::reference()?);
    let items: Vec<Item> = lines(&folder.join("mc200.jsonl"));
    let shot_items: Vec<Item> = lines(&folder.join("mc200_fewshot.jsonl"));
    let reference: Vec<Reference> = lines(&folder.join(file));
    let asked: Vec<(String, &Item)> = reference
        .iter()
        .map(|r| items.iter().find(|i| i.id == r.doc_id).unwrap())
        .map(|item| (prompt(&shot_items[..shots], item), item))
        .collect();
    let found = score(&model, compute, &asked);
    let expected: Vec<Vec<f64>> = reference.iter().map(|r| r.loglikelihoods.clone()).collect();
    let (worst, mean) = distances(&found.log_probs, &expected);

    let (mut acc, mut acc_norm, mut changed) = (0.0, 0.0, 0);
    for ((reference, (_, item)), got) in reference.iter().zip(&asked).zip(&found.log_probs) {
        let right = right(item, got);
        changed += usize::from(right != (reference.acc, reference.acc_norm));
        acc += right.0;
        acc_norm += right.1;
    }
    let n = reference.len() as f64;
    let (acc, acc_norm) = (acc / n, acc_norm / n);
    println!(
        "mc200, {shots}-shot, {compute}: {n} items, largest difference {worst:.1e} nats, mean {mean:.1e}; \
         acc {acc:.3}, acc_norm {acc_norm:.3}, {changed} answers changed; {:.1} s, {:.2} items/s; {:?}",
        found.seconds,
        n / found.seconds,
        found.work,
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

/// What llama.cpp says to one item: `tests/reference/README.md`.
#[derive(Deserialize)]
struct LlamaCpp {
    id: usize,
    choices: Vec<Vec<u32>>,
    f32: Vec<f64>,
    q4_k_m: Vec<f64>,
}

/// How many items have another most likely choice.
fn changed(got: &[Vec<f64>], expected: &[Vec<f64>]) -> usize {
    let best = |values: &Vec<f64>| best(values.iter().copied());
    let pairs = got.iter().zip(expected);
    pairs.filter(|(a, b)| best(a) != best(b)).count()
}

/// What each class may differ from llama.cpp in F32: nats, and answers changed. In f32 both add the
/// same products in another order: 1.5e-4 was seen, and 1e-3 is the bound that the default model
/// keeps. Bf16 rounds weights and activations to 8 bits of significand (seen: 0.21), the class
/// stored activations to 8 bits for each block of 32 (seen: 0.33); no answer was changed, but the
/// two best choices of one item are only 0.29 nats apart.
const QWEN2_BOUNDS: [(Compute, f64, usize); 3] = [
    (Compute::F32, 1e-3, 0),
    (Compute::Bf16, 0.5, 1),
    (Compute::Stored, 1.0, 1),
];

/// One test, so that no two classes' weights are in memory together.
#[test]
fn qwen2_against_llama_cpp() {
    let (Some(model), Some(folder)) = (common::qwen2(), common::reference()) else {
        return;
    };
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference");
    let reference: Vec<LlamaCpp> = lines(&Path::new(here).join("qwen2_mc50.jsonl"));
    let items: Vec<Item> = lines(&folder.join("mc200.jsonl"));
    let asked: Vec<(String, &Item)> = reference
        .iter()
        .map(|r| items.iter().find(|item| item.id == r.id).unwrap())
        .map(|item| (prompt(&[], item), item))
        .collect();
    let exact: Vec<Vec<f64>> = reference.iter().map(|r| r.f32.clone()).collect();
    let stored: Vec<Vec<f64>> = reference.iter().map(|r| r.q4_k_m.clone()).collect();
    let lengths = reference.iter().map(|r| r.choices.iter().map(Vec::len));
    let lengths: Vec<Vec<usize>> = lengths.map(Iterator::collect).collect();
    for (compute, most, most_changed) in QWEN2_BOUNDS {
        let found = score(&model, compute, &asked);
        assert_eq!(found.tokens, lengths);
        let (worst, mean) = distances(&found.log_probs, &exact);
        let changed_answers = changed(&found.log_probs, &exact);
        let (stored_worst, stored_mean) = distances(&found.log_probs, &stored);
        println!(
            "Qwen2, {compute}, {} items: from llama.cpp in F32 {worst:.1e} nats at most, mean {mean:.1e}, \
             {changed_answers} answers changed; from its Q4_K_M {stored_worst:.1e}, mean {stored_mean:.1e}, \
             {} changed; {:.1} s",
            reference.len(),
            changed(&found.log_probs, &stored),
            found.seconds,
        );
        assert!(worst <= most, "{compute}: {worst}");
        assert!(changed_answers <= most_changed, "{compute}");
    }
}
