//! What the tests on the real model share: where it is, and how to ask it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test may stop where it stands, and says what it skips"
)]
#![allow(dead_code, reason = "each test uses its part")]

use std::ops::ControlFlow;
use std::path::PathBuf;

use weigh_core::model::Model;
use weigh_core::request::{Prompt, Request, Response};
use weigh_engine::{Compute, DeviceChoice, Engine, OpenOptions};

/// The default model's file: `WEIGH_MODEL_SMOLLM2`, or where `weigh model pull` puts it.
pub fn smollm2() -> Option<PathBuf> {
    let file = "SmolLM2-135M-Instruct.Q4_1.gguf";
    model("WEIGH_MODEL_SMOLLM2", "smollm2-135m-instruct", file)
}

/// The larger model's file: `WEIGH_QWEN`, or where `weigh model pull` puts it.
pub fn qwen2() -> Option<PathBuf> {
    let file = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf";
    model("WEIGH_QWEN", "qwen2.5-coder-1.5b-instruct", file)
}

/// The embedding model's folder: `WEIGH_MINILM`, or where `weigh model pull` puts it.
pub fn minilm() -> Option<PathBuf> {
    let weights = model("WEIGH_MINILM", "all-minilm-l6-v2", "model.safetensors")?;
    weights.parent().map(PathBuf::from)
}

fn model(variable: &str, recipe: &str, file: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let cache = std::env::var_os("WEIGH_CACHE").map(PathBuf::from);
    let xdg = std::env::var_os("XDG_CACHE_HOME").map(|dir| PathBuf::from(dir).join("weighhouse"));
    let home = std::env::var_os("HOME").map(|dir| PathBuf::from(dir).join(".cache/weighhouse"));
    let cached = cache
        .or(xdg)
        .or(home)
        .map(|dir| dir.join("models").join(recipe).join(file));
    let found = named.into_iter().chain(cached).find(|path| path.is_file());
    if found.is_none() {
        println!("skipped: no {file}; `weigh model pull {recipe}` gets it");
    }
    found
}

/// The folder of reference numbers, beside the project or at `WEIGH_SHARED`.
pub fn reference() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared =
        std::env::var_os("WEIGH_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let folder = shared.join("reference");
    if !folder.is_dir() {
        println!("skipped: no reference numbers at {}", folder.display());
        return None;
    }
    Some(folder)
}

pub fn open(path: &std::path::Path, threads: usize, compute: Compute) -> Engine {
    let options = OpenOptions {
        compute,
        device: DeviceChoice::Cpu,
        threads: Some(threads),
        ..OpenOptions::default()
    };
    Engine::open(path, &options).unwrap()
}

/// The answers to `requests`, in their order.
pub fn answers(engine: &mut Engine, requests: &[Request]) -> Vec<Response> {
    let mut answers = vec![None; requests.len()];
    let mut sink = |index: usize, response: Response| {
        assert!(
            answers[index].replace(response).is_none(),
            "request {index} was answered twice"
        );
        ControlFlow::Continue(())
    };
    let requests: Vec<&Request> = requests.iter().collect();
    engine.answer(&requests, &mut sink).unwrap();
    answers.into_iter().map(Option::unwrap).collect()
}

pub fn likelihood(context: &str, continuation: &str) -> Request {
    Request::Likelihood {
        context: Prompt::Text(context.into()),
        continuation: continuation.to_owned(),
    }
}
