//! One model gives one transcript on every CPU: the command itself, under an emulator of CPUs that
//! have less than this one. `.ci/qemu` runs it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "a test may stop where it stands and says what it skips; the world serves other tests, too"
)]

mod support;

use serde_json::Value;
use support::{World, lasting};
use weigh_engine::Dtype;
use weigh_engine::tiny::{TinyFamily, TinyModel};

/// CPUs and the kernels that the engine must choose there.
const CPUS: [(&str, &str); 2] = [("Haswell", "avx2"), ("Nehalem", "portable")];

/// The emulator that the environment names.
fn emulator() -> Option<String> {
    let named = std::env::var("WEIGH_QEMU").ok();
    if named.is_none() {
        println!("skipped: WEIGH_QEMU names no emulator such as qemu-x86_64");
    }
    named
}

/// Transcript of a run with choices and texts in the class `compute`, and the kernels that made it.
fn told(world: &World, emulator: &[&str], compute: &str, out: &str) -> (Value, Value) {
    let suites = "--suite choices --suite knowledge --suite safety/refusal";
    let line = format!("run --model model.gguf {suites} --limit 1 --compute {compute} --out {out}");
    // A random model says nothing that could be read as a refusal: complete, and no success.
    world.weigh_under(emulator, &line).ended(6);
    let statement = lasting(&world.path(out));
    let predicate = &statement["predicate"];
    assert!(predicate["transcript"].is_string(), "{statement}");
    let kernels = &predicate["conditions"][0]["kernels"];
    (predicate["transcript"].clone(), kernels.clone())
}

fn check(compute: &str) {
    let Some(emulator) = emulator() else {
        return;
    };
    let world = World::new();
    let model = TinyModel {
        seed: 7,
        family: TinyFamily::Qwen2,
        dtype: Dtype::Q8_0,
        noise: None,
    };
    model.write_gguf(&world.path("model.gguf")).unwrap();
    let (expected, _) = told(&world, &[], compute, "here");
    for (cpu, kernels) in CPUS {
        let (transcript, used) = told(&world, &[&emulator, "-cpu", cpu], compute, cpu);
        assert_eq!(used, kernels, "{cpu}");
        assert_eq!(transcript, expected, "{compute} on {cpu}");
    }
}

#[test]
fn every_cpu_gives_the_same_transcript_in_f32() {
    check("f32");
}

#[test]
fn every_cpu_gives_the_same_transcript_in_bf16() {
    check("bf16");
}

#[test]
fn every_cpu_gives_the_same_transcript_of_stored_weights() {
    check("stored");
}
