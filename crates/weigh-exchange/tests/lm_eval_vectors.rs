//! Vectors that lm-eval's own functions gave, where the reference folder lies beside the project.
//!
//! `rolling_windows` concerns the engine, whose tests hold it.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test ends where a vector is not as it should be"
)]

use std::path::Path;

use regex::Regex;
use serde_json::{Value, json};
use weigh_core::measure::text::perplexity::words;
use weigh_core::request::{Message, Role};
use weigh_exchange::lm_eval::aggregate::{self, Member};
use weigh_exchange::lm_eval::exact_match::{ExactMatch, Options};
use weigh_exchange::lm_eval::filter::{Extract, Filter};
use weigh_exchange::lm_eval::message::{self, Part, Turn};
use weigh_exchange::lm_eval::random::Random;
use weigh_exchange::lm_eval::shots::{Sampler, Shots};

const FOLDER: &str = "../../../shared/reference";

/// The vectors of `name`, or nothing where the folder is absent.
fn vectors(name: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let Ok(text) = std::fs::read_to_string(path.join("lm_eval_parity_vectors.json")) else {
        eprintln!("not checked: there is no {FOLDER} beside the project");
        return None;
    };
    let all: Value = serde_json::from_str(&text).unwrap();
    Some(all.get(name).unwrap().clone())
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<usize> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn floats(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap().iter();
    values.map(|value| value.as_f64().unwrap()).collect()
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Equal but for the last digits of a sum.
fn close(figure: f64, expect: &Value) {
    let expect = expect.as_f64().unwrap();
    assert!(
        (figure - expect).abs() <= 1e-12 * expect.abs(),
        "{figure} is not {expect}"
    );
}

#[test]
fn the_mersenne_twister() {
    let Some(words) = vectors("mt_u32_seed1234") else {
        return;
    };
    let mut random = Random::new(1234);
    let drawn: Vec<usize> = rows(&words)
        .iter()
        .map(|_| random.word() as usize)
        .collect();
    assert_eq!(drawn, numbers(&words));

    let units = vectors("mt_float_seed1234").unwrap();
    let mut random = Random::new(1234);
    let drawn: Vec<f64> = rows(&units).iter().map(|_| random.unit()).collect();
    assert_eq!(json!(drawn), units);
}

#[test]
fn samples_and_choices() {
    let Some(samples) = vectors("sample") else {
        return;
    };
    for row in rows(&samples) {
        let mut random = Random::new(row["seed"].as_u64().unwrap());
        for call in rows(&row["calls"]) {
            assert_eq!(
                random.sample(number(&row["n"]), number(&row["k"])),
                numbers(call)
            );
        }
    }
    let choices = vectors("choices_seed0_n10_k10").unwrap();
    assert_eq!(Random::new(0).choices(10, 10), numbers(&choices));
}

#[test]
fn examples_before_a_document() {
    for (name, sampler, own_split) in [
        ("fewshot_same_split_n3", Sampler::Default, true),
        ("fewshot_other_split_n3", Sampler::Default, false),
        ("first_n_same_split_n3", Sampler::FirstN, true),
    ] {
        let Some(expect) = vectors(name) else { return };
        let mut shots = Shots::new(sampler, 12, 3, 1234);
        for (document, expect) in rows(&expect).iter().enumerate() {
            let is_document = |index: usize| index == document;
            let own: Option<&dyn Fn(usize) -> bool> =
                if own_split { Some(&is_document) } else { None };
            assert_eq!(
                shots.next(own).unwrap(),
                numbers(expect),
                "{name}, document {document}"
            );
        }
    }
}

#[test]
fn standard_errors() {
    let Some(row) = vectors("mean_stderr") else {
        return;
    };
    let xs = floats(&row["xs"]);
    close(aggregate::mean(&xs), &row["mean"]);
    close(aggregate::mean_stderr(&xs).unwrap(), &row["stderr"]);

    let row = vectors("perplexity_bootstrap").unwrap();
    let lls = floats(&row["lls"]);
    close(aggregate::perplexity(&lls), &row["ppl"]);
    for iterations in [100, 1000, 2000] {
        let stderr = aggregate::bootstrap_stderr(&lls, iterations, aggregate::perplexity);
        close(stderr.unwrap(), &row[format!("stderr_iters_{iterations}")]);
    }
}

#[test]
fn texts() {
    let Some(row) = vectors("rolling") else {
        return;
    };
    let items: Vec<(f64, u64)> = rows(&row["items"])
        .iter()
        .map(|item| (item[0].as_f64().unwrap(), item[1].as_u64().unwrap()))
        .collect();
    close(
        aggregate::weighted_perplexity(&items),
        &row["word_perplexity"],
    );
    close(aggregate::bits_per_byte(&items), &row["bits_per_byte"]);
    for row in rows(&vectors("word_count").unwrap()) {
        assert_eq!(
            words(row[0].as_str().unwrap()),
            row[1].as_u64().unwrap(),
            "{row}"
        );
    }
}

#[test]
fn groups() {
    let Some(row) = vectors("pooled") else { return };
    let members: Vec<Member> = (0..3)
        .map(|index| Member {
            value: row["metrics"][index].as_f64().unwrap(),
            stderr: row["stderrs"][index].as_f64().unwrap(),
            size: u32::try_from(number(&row["sizes"][index])).unwrap(),
        })
        .collect();
    close(aggregate::group_mean(&members, true), &row["weighted"]);
    close(aggregate::group_mean(&members, false), &row["unweighted"]);
    close(aggregate::pooled_stderr(&members), &row["stderr"]);
}

#[test]
fn borders_of_texts() {
    let Some(all) = vectors("maybe_delimit") else {
        return;
    };
    for row in rows(&all) {
        let text = |index: usize| row[index].as_str().unwrap_or("").to_owned();
        assert_eq!(
            message::delimited(&text(0), &text(1), &text(2)),
            text(3),
            "{row}"
        );
    }
}

/// A system message, one example, a question; `gen_prefix` only for the question.
fn parts(gen_prefix: &str) -> Vec<Part> {
    let turn = |question, answer, gen_prefix| {
        message::turn(Turn {
            question,
            answer,
            gen_prefix,
            target_delimiter: " ",
            fewshot_delimiter: "\n\n",
        })
    };
    let system = Part::new(Role::System, "SYS");
    let turns = turn("Q1", Some("A1"), "")
        .into_iter()
        .chain(turn("Q2", None, gen_prefix));
    [system].into_iter().chain(turns).collect()
}

fn told(messages: &[Message]) -> Value {
    serde_json::to_value(messages).unwrap()
}

#[test]
fn prompts() {
    let Some(plain) = vectors("plain_prompt") else {
        return;
    };
    assert_eq!(json!(message::plain(&parts(""))), plain);
    assert_eq!(
        told(&message::multiturn(parts(""))),
        vectors("multiturn").unwrap()
    );
    assert_eq!(
        told(&message::singleturn(parts(""))),
        vectors("singleturn").unwrap()
    );
    let begun = message::singleturn(parts("Answer:"));
    assert_eq!(told(&begun), vectors("singleturn_gen_prefix").unwrap());
}

#[test]
fn exact_matches() {
    let Some(all) = vectors("exact_match") else {
        return;
    };
    let metric = |options| ExactMatch::new(options).unwrap();
    let gsm8k = metric(Options {
        regexes_to_ignore: [",", r"\$", r"(?s).*#### ", r"\.$"]
            .map(str::to_owned)
            .into(),
        ignore_case: true,
        ..Options::default()
    });
    let mgsm = metric(Options {
        ignore_case: true,
        ignore_punctuation: true,
        ..Options::default()
    });
    for row in rows(&all) {
        let by_gsm8k = row["opts"].as_str().unwrap() == "gsm8k";
        let options = if by_gsm8k { &gsm8k } else { &mgsm };
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        let score = if options.matches(&text("pred"), &[text("ref")]) {
            1.0
        } else {
            0.0
        };
        assert_eq!(json!(score), row["score"], "{row}");
    }
}

#[test]
fn flexible_extracts() {
    let Some(all) = vectors("flexible_extract") else {
        return;
    };
    let filter = Filter::Regex(Extract {
        pattern: Regex::new(r"(-?[$0-9.,]{2,})|(-?[0-9]+)").unwrap(),
        group_select: -1,
        fallback: "[invalid]".to_owned(),
    });
    for row in rows(&all) {
        let reply = row[0].as_str().unwrap().to_owned();
        assert_eq!(
            json!(filter.apply(vec![reply]).unwrap()),
            json!([row[1]]),
            "{row}"
        );
    }
}
