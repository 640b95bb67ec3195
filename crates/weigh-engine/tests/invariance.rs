//! An answer depends on its request alone: not on what else is asked, in which order, with how
//! many threads, how much memory, in how many windows, with which instruction set, or on which of
//! the two decoders' devices.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test may stop where it stands, and says what it skips"
)]

mod common;

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use weigh_core::decimal::Decimal;
use weigh_core::request::{Failure, Message, Prompt, Request, Response, Role, Sampling};
use weigh_engine::tiny::TinyModel;
use weigh_engine::{Compute, DeviceChoice, Engine, OpenOptions};

fn generate(prompt: Prompt, seed: Option<u64>, max_tokens: u32) -> Request {
    let sampling = seed.map_or(Sampling::Greedy, |seed| Sampling::Seeded {
        temperature: Decimal::new(1.5).unwrap(),
        top_p: Decimal::new(0.9).unwrap(),
        seed,
    });
    Request::Generate {
        prompt,
        sampling,
        stop: Arc::from(["zz".to_owned()]),
        max_tokens,
    }
}

fn chat(text: &str) -> Prompt {
    Prompt::Chat(Arc::from([Message {
        role: Role::User,
        content: text.to_owned(),
    }]))
}

/// Requests that share prefixes now and then.
fn requests() -> impl Strategy<Value = Vec<Request>> {
    let text = "[ab]{1,40}";
    let likelihood =
        (text, "[ab ]{1,8}").prop_map(|(context, end)| common::likelihood(&context, &end));
    let seed = prop::option::of(0_u64..3);
    let generate =
        (text, seed, 1_u32..40, any::<bool>()).prop_map(|(text, seed, max_tokens, is_chat)| {
            generate(
                if is_chat {
                    chat(&text)
                } else {
                    Prompt::Text(text.into())
                },
                seed,
                max_tokens,
            )
        });
    vec(prop_oneof![likelihood, generate], 1..24)
}

fn tiny() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.gguf");
    TinyModel::new(7).write_gguf(&path).unwrap();
    (folder, path)
}

fn cpu() -> OpenOptions {
    OpenOptions {
        device: DeviceChoice::Cpu,
        threads: Some(1),
        ..OpenOptions::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn alone_together_shuffled_and_short_of_memory(requests in requests(), turn in 0_usize..24) {
        let (_folder, path) = tiny();
        let mut engine = Engine::open(&path, &cpu()).unwrap();
        let together = common::answers(&mut engine, &requests);
        for (request, expected) in requests.iter().zip(&together) {
            let alone = common::answers(&mut engine, std::slice::from_ref(request));
            prop_assert_eq!(&alone[0], expected);
        }
        let mut turned = requests.clone();
        let middle = turn % requests.len();
        turned.rotate_left(middle);
        let settings = [
            OpenOptions { threads: Some(2), ..cpu() },
            OpenOptions { kv_memory: Some(0), ..cpu() },
            OpenOptions { window: Some(1), ..cpu() },
            OpenOptions { window: Some(60), kv_memory: Some(0), threads: Some(2), ..cpu() },
            OpenOptions { isa: Some("portable".to_owned()), ..cpu() },
        ];
        for options in settings {
            let mut answers = common::answers(&mut Engine::open(&path, &options).unwrap(), &turned);
            answers.rotate_right(middle);
            prop_assert_eq!(&answers, &together, "{:?}", options);
        }
    }
}

#[test]
fn a_prompt_that_is_too_long_is_never_cut() {
    let (_folder, path) = tiny();
    let mut engine = Engine::open(&path, &cpu()).unwrap();
    let asked = [
        common::likelihood(&"ab".repeat(5_000), " a"),
        generate(chat("a"), None, 100_000),
    ];
    for answer in common::answers(&mut engine, &asked) {
        assert!(
            matches!(answer, Response::Failed(Failure::TooLong { .. })),
            "{answer:?}"
        );
    }
}

#[test]
fn a_stopped_engine_finishes_its_batch_and_no_more() {
    let (_folder, path) = tiny();
    let mut engine = Engine::open(&path, &cpu()).unwrap();
    let requests: Vec<Request> = (0..64)
        .map(|i| common::likelihood(&format!("{i} {}", "ab".repeat(20)), " b"))
        .collect();
    let mut answered = 0;
    let mut sink = |_, _| {
        answered += 1;
        std::ops::ControlFlow::Break(())
    };
    let requests: Vec<&Request> = requests.iter().collect();
    weigh_core::model::Model::answer(&mut engine, &requests, &mut sink).unwrap();
    assert!((1..64).contains(&answered), "{answered}");
}

#[test]
fn both_formats_of_one_model_answer_alike() {
    let folder = tempfile::tempdir().unwrap();
    let (file, hugging_face) = (folder.path().join("tiny.gguf"), folder.path().join("tiny"));
    TinyModel::new(3).write_gguf(&file).unwrap();
    TinyModel::new(3).write_folder(&hugging_face).unwrap();
    let asked = [
        common::likelihood("abba ab", " ba"),
        generate(chat("ab"), None, 12),
    ];
    let [gguf, safetensors] = [file, hugging_face]
        .map(|path| common::answers(&mut Engine::open(&path, &cpu()).unwrap(), &asked));
    assert!(
        matches!(gguf[0], Response::Likelihood { .. })
            && matches!(gguf[1], Response::Generated { .. })
    );
    let log_prob = |answer: &Response| match answer {
        Response::Likelihood { log_prob, .. } => log_prob.get(),
        other => panic!("{other:?}"),
    };
    // The two store queries and keys in another order of rows, so sums differ in their last bits.
    assert!((log_prob(&gguf[0]) - log_prob(&safetensors[0])).abs() < 1e-4);
    assert_eq!(gguf[1], safetensors[1]);
}

#[test]
fn a_device_that_is_missing_is_an_error() {
    let (_folder, path) = tiny();
    let options = OpenOptions {
        device: DeviceChoice::Cuda(0),
        ..OpenOptions::default()
    };
    let error = Engine::open(&path, &options)
        .err()
        .map(|error| error.to_string());
    assert!(error.is_some_and(|text| text.contains("device cuda:0")));
}

#[test]
fn the_default_model_answers_alike_with_one_thread_and_two() {
    let Some(path) = common::smollm2() else {
        return;
    };
    let contexts = [
        "The capital of France is",
        "The capital of France was",
        "2 + 2 =",
    ];
    let mut asked: Vec<Request> = contexts
        .iter()
        .flat_map(|c| [" Paris", " 4", " the city"].map(|e| common::likelihood(c, e)))
        .collect();
    asked.push(generate(chat("Name a fruit."), None, 24));
    asked.push(generate(chat("Name a fruit."), Some(1), 24));
    for compute in [Compute::F32, Compute::Bf16, Compute::Stored] {
        let expected = common::answers(&mut common::open(&path, 1, compute), &asked);
        asked.reverse();
        let mut answers = common::answers(&mut common::open(&path, 2, compute), &asked);
        asked.reverse();
        answers.reverse();
        assert_eq!(answers, expected, "{compute}");
        assert!(
            expected
                .iter()
                .all(|answer| !matches!(answer, Response::Failed(_))),
            "{expected:?}"
        );
    }
}
