//! From a file to a model that can be asked: hash, parsers, tokenizer, and packing in each class;
//! then the same with a first answer.

use std::ops::ControlFlow;
use std::path::Path;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use weigh_core::model::Model as _;
use weigh_core::request::{Prompt, Request, Sampling};
use weigh_engine::{Compute, DeviceChoice, Engine, OpenOptions};

#[path = "../tests/common/mod.rs"]
mod common;

fn opened(path: &Path, compute: Compute) -> Engine {
    let options = OpenOptions {
        compute,
        device: DeviceChoice::Cpu,
        ..OpenOptions::default()
    };
    Engine::open(path, &options).unwrap_or_else(|error| unreachable!("{error}"))
}

/// The first token of a text.
fn answer(engine: &mut Engine) {
    let request = Request::Generate {
        prompt: Prompt::Text("The capital of France is".into()),
        sampling: Sampling::Greedy,
        stop: Vec::new().into(),
        max_tokens: 1,
    };
    let answered = engine.answer(&[&request], &mut |_, _| ControlFlow::Continue(()));
    answered.unwrap_or_else(|fault| unreachable!("{fault}"));
}

fn open(criterion: &mut Criterion) {
    let Some(path) = common::smollm2() else {
        return;
    };
    let mut group = criterion.benchmark_group("open");
    for compute in [Compute::F32, Compute::Bf16, Compute::Stored] {
        // One at a time: a model that is dropped later would still hold its memory.
        group.bench_function(compute.name(), |bench| {
            bench.iter_batched(|| (), |()| opened(&path, compute), BatchSize::PerIteration);
        });
        group.bench_function(format!("{compute}, first token"), |bench| {
            bench.iter_batched(
                || (),
                |()| {
                    let mut engine = opened(&path, compute);
                    answer(&mut engine);
                    engine
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, open);
criterion_main!(benches);
