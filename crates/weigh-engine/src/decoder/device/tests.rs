//! candle's tensors against the CPU kernels, on tiny models: likelihoods that share prefixes, texts
//! under way, and paths of many blocks of pages.

use std::ops::ControlFlow;
use std::path::Path;

use candle_core::Device;
use proptest::collection::vec;
use proptest::prelude::*;
use weigh_core::decimal::Decimal;
use weigh_core::model::Model as _;
use weigh_core::request::{Failure, Prompt, Request, Response, Sampling};

use super::*;
use crate::dtype::Dtype;
use crate::open::open_parts;
use crate::options::Compute;
use crate::place::Place;
use crate::tiny::{TinyFamily, TinyModel};
use crate::{DeviceChoice, Engine, OpenOptions};

/// The model in the CPU kernels.
fn kernels(path: &Path, compute: Compute) -> Engine {
    let options = OpenOptions {
        device: DeviceChoice::Cpu,
        threads: Some(1),
        compute,
        ..OpenOptions::default()
    };
    Engine::open(path, &options).unwrap()
}

/// The model in candle's tensors.
fn candle(path: &Path, class: Class, gathered: usize) -> Engine {
    kernels(path, Compute::F32).moved(|parts| {
        let there = DeviceBackend::new(&parts.config, &parts.weights, Device::Cpu, class);
        Place::Device(Box::new(there.unwrap().gather(gathered)))
    })
}

fn answers(engine: &mut Engine, requests: &[Request]) -> Vec<Response> {
    let mut answers = vec![None; requests.len()];
    let mut sink = |index: usize, response| {
        answers[index] = Some(response);
        ControlFlow::Continue(())
    };
    let requests: Vec<&Request> = requests.iter().collect();
    engine.answer(&requests, &mut sink).unwrap();
    answers.into_iter().map(Option::unwrap).collect()
}

fn likelihood(context: &str, continuation: &str) -> Request {
    Request::Likelihood {
        context: Prompt::Text(context.into()),
        continuation: continuation.to_owned(),
    }
}

fn text(prompt: &str, seed: Option<u64>, max_tokens: u32) -> Request {
    let sampling = seed.map_or(Sampling::Greedy, |seed| Sampling::Seeded {
        temperature: Decimal::new(1.0).unwrap(),
        top_p: Decimal::new(0.9).unwrap(),
        seed,
    });
    Request::Generate {
        prompt: Prompt::Text(prompt.into()),
        sampling,
        stop: [].into(),
        max_tokens,
    }
}

/// Paths of up to 400 tokens, branches of branches, and texts that begin at many lengths.
fn requests() -> Vec<Request> {
    let stem = "ab ba".repeat(70);
    let mut requests: Vec<Request> = ["a", "ab", "aba", "abb", "b", " the", " the yes and no"]
        .iter()
        .flat_map(|end| [end.len(), 150, 349].map(|cut| likelihood(&stem[..cut], end)))
        .collect();
    let prompts = [1, 31, 32, 33, 100, 320].map(|cut| &stem[..cut]);
    requests.extend(prompts.map(|prompt| text(prompt, None, 40)));
    requests.extend(prompts.map(|prompt| text(prompt, Some(3), 40)));
    requests
}

/// The largest difference of two lists of answers in nats for a token. Texts are the same.
fn difference(a: &[Response], b: &[Response], same_texts: bool) -> f64 {
    assert_eq!(a.len(), b.len());
    let one = |(a, b): (&Response, &Response)| match (a, b) {
        (
            Response::Likelihood {
                log_prob: a,
                tokens,
                ..
            },
            Response::Likelihood { log_prob: b, .. },
        ) => (a.get() - b.get()).abs() / f64::from(*tokens),
        (Response::Generated { .. }, Response::Generated { .. }) => {
            assert!(a == b || !same_texts, "{a:?} {b:?}");
            0.0
        }
        _ => panic!("{a:?} {b:?}"),
    };
    a.iter().zip(b).map(one).fold(0.0, f64::max)
}

fn model(family: TinyFamily) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.gguf");
    let dtype = Dtype::F32;
    let model = TinyModel {
        seed: 11,
        family,
        dtype,
        noise: None,
    };
    model.write_gguf(&path).unwrap();
    (folder, path)
}

#[test]
fn every_class_is_near_the_kernels() {
    let bf16 = Class::find(Compute::Bf16, &Device::Cpu).unwrap();
    for family in [TinyFamily::Llama, TinyFamily::Qwen2] {
        let (_folder, path) = model(family);
        let requests = requests();
        let near = |compute, class, gathered, most: f64| {
            let mut there = candle(&path, class, gathered);
            let expected = answers(&mut kernels(&path, compute), &requests);
            let got = answers(&mut there, &requests);
            assert!(there.unchanged().unwrap());
            let difference = difference(&expected, &got, class == Class::F32);
            println!("{family:?} {class:?} {gathered}: {difference:.1e}");
            assert!(difference < most, "{family:?} {class:?}: {difference}");
            assert!(
                most < 1e-3 || difference > 1e-6,
                "{family:?}: not {class:?}"
            );
        };
        for gathered in [1, 40, attention::GATHERED] {
            near(Compute::F32, Class::F32, gathered, 1e-4);
        }
        near(Compute::Bf16, bf16, 40, 2e-2);
        near(Compute::F32, bf16, 40, 5e-2);
        near(Compute::F32, Class::F16, 40, 1e-2);
    }
}

/// Breaks the embedding of the token `a` in the file of a model.
fn break_token(path: &Path) {
    let parts = open_parts(path).unwrap();
    let token = parts.tokenizer.encode_plain("a").unwrap()[0] as usize;
    let (embedding, width) = (
        parts.weights.f32(TensorName::Embedding).unwrap(),
        parts.config.width,
    );
    let row: Vec<u8> = embedding[token * width..(token + 1) * width]
        .iter()
        .flat_map(|weight| weight.to_le_bytes())
        .collect();
    drop(parts);
    let mut file = std::fs::read(path).unwrap();
    let at = file
        .windows(row.len())
        .position(|window| window == row)
        .unwrap();
    file[at..at + 4].copy_from_slice(&f32::INFINITY.to_le_bytes());
    std::fs::write(path, file).unwrap();
}

#[test]
fn what_is_not_finite_reaches_no_other_path() {
    let (_folder, path) = model(TinyFamily::Qwen2);
    break_token(&path);
    let contexts = [
        "bcbc",
        "bcbca",
        "cb",
        "acb",
        "bcbcb",
        "bcbcbcbcbcab",
        "bcbcbcbcbcb",
    ];
    let asked: Vec<(String, &str)> = contexts
        .iter()
        .flat_map(|context| ["bb", "bab"].map(|end| (context.repeat(9), end)))
        .collect();
    let requests: Vec<Request> = asked.iter().map(|(c, end)| likelihood(c, end)).collect();
    let got = answers(&mut candle(&path, Class::F32, 2), &requests);
    let expected = answers(&mut kernels(&path, Compute::F32), &requests);
    for (((context, end), got), expected) in asked.iter().zip(&got).zip(&expected) {
        if context.contains('a') || end.contains('a') {
            assert_eq!(
                *got,
                Response::Failed(Failure::NotFinite),
                "{context} {end}"
            );
            assert_eq!(got, expected);
        } else {
            let (got, expected) = (std::slice::from_ref(got), std::slice::from_ref(expected));
            assert!(difference(got, expected, true) < 1e-4, "{context} {end}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_requests_are_answered_as_by_the_kernels(
        asked in vec(("[ab]{1,120}", "[ab ]{1,6}", prop::option::of(1_u32..40)), 1..24),
        gathered in 0_usize..60,
    ) {
        let (_folder, path) = model(TinyFamily::Llama);
        let request = |(context, end, tokens): &(String, String, Option<u32>)| match tokens {
            Some(tokens) => text(context, None, *tokens),
            None => likelihood(context, end),
        };
        let requests: Vec<Request> = asked.iter().map(request).collect();
        let expected = answers(&mut kernels(&path, Compute::F32), &requests);
        let got = answers(&mut candle(&path, Class::F32, gathered), &requests);
        prop_assert!(difference(&expected, &got, true) < 1e-4);
    }
}
