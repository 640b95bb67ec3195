//! One million cases with four choices: from suite files to a plan, and from the plan to the
//! model's first answer.
//!
//! Prints the time of each stage and the most memory that the process has had by its end, once and
//! in order; then each stage is measured again and again. `WEIGH_BENCH_MODEL` names a model whose
//! tokenizer is to be used instead of a tiny one's.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a measurement may stop where it stands, and prints what it finds"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion};
use weigh_core::model::{Model, ModelFault};
use weigh_core::plan::{self, Options, Plan};
use weigh_core::profile::{self, Profile};
use weigh_core::request::{Request, Response};
use weigh_core::subject::Subject;
use weigh_core::suite::{self, Suite, SuiteFile, Tier};
use weigh_engine::tiny::TinyModel;
use weigh_engine::{DeviceChoice, Engine, OpenOptions};
use weigh_runner::{COMMIT, Control, Finished, RunDir, SystemChance, SystemClock, SystemMeter};

/// Cases in all, a quarter in each of four languages.
const CASES: usize = 1_000_000;
const LANGUAGES: [&str; 4] = ["de", "en", "es", "fr"];

const HEAD: &str = r#"format = "weighhouse-suite/1"
id = "bench/million"
version = "1.0.0"
licence = "CC0-1.0"
authors = ["nobody"]
sources = ["made up by a generator"]
canary = "made up"
tags = ["bench"]
measures = ["accuracy"]

[title]
en = "One million questions"

[task]
kind = "choice"

[prompt.default]
template = """
Below stands a question about everyday knowledge, and after it the answer that a careful person \
would give: short, in the language of the question, and without any reason for it. Where the \
question leaves something open, the most usual case is meant.

Question: {question}
Answer:"""
"#;

const PROFILE: &str = include_str!("../../../profiles/baseline.toml");

/// Texts of made-up words, the same in every run.
struct Words(u64);

impl Words {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % below
    }

    /// A word out of 4096, of two to six letters.
    fn word(&mut self, to: &mut String) {
        let word = self.next(4096);
        for syllable in 0..=word % 3 {
            let letter = |n: u64| char::from(b"abdefgiklmnoprstuvz"[(n % 19) as usize]);
            to.push(letter(word / 7 + 5 * syllable));
            to.push(letter((word >> 4) * 3 + syllable));
        }
    }

    fn text(&mut self, words: u64, to: &mut String) {
        for index in 0..words {
            if index > 0 {
                to.push(' ');
            }
            self.word(to);
        }
    }
}

/// The bytes of a suite of [`CASES`] cases.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("suite.toml".to_owned(), HEAD.as_bytes().to_vec()),
        (
            "README.md".to_owned(),
            b"# One million questions\n".to_vec(),
        ),
    ];
    let mut words = Words(7);
    for language in LANGUAGES {
        let mut text = String::from("{\"canary\": \"made up\"}\n");
        for number in 0..CASES / LANGUAGES.len() {
            write!(text, "{{\"id\": \"q{number}\", \"question\": \"").unwrap();
            words.text(10, &mut text);
            text.push_str("?\", \"choices\": [");
            for choice in 0..4 {
                write!(text, "{}\"{choice} ", if choice > 0 { ", " } else { "" }).unwrap();
                words.text(3, &mut text);
                text.push('"');
            }
            writeln!(text, "], \"answer\": {}}}", words.next(4)).unwrap();
        }
        files.push((format!("cases.{language}.jsonl"), text.into_bytes()));
    }
    files
}

fn parse(files: &[(String, Vec<u8>)]) -> Suite {
    let files: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, bytes)| SuiteFile { path, bytes })
        .collect();
    suite::parse("bench/million", &files)
        .expect("a suite without a fault")
        .suite
}

fn plan(suites: &[Suite], profile: &Profile) -> Plan {
    let options = Options {
        tier: Tier::Full,
        limit: None,
        languages: Vec::new(),
        seed: 1,
    };
    plan::plan(suites, profile, &options, &BTreeMap::new(), "bench").expect("a plan")
}

/// A model that is stopped by its first answer.
struct Once<'a> {
    engine: &'a mut Engine,
    stop: &'a AtomicBool,
}

impl Model for Once<'_> {
    fn subject(&self) -> &Subject {
        self.engine.subject()
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        self.engine.conditions()
    }

    fn answer(
        &mut self,
        requests: &[&Request],
        sink: &mut dyn FnMut(usize, Response) -> ControlFlow<()>,
    ) -> Result<(), ModelFault> {
        let stop = self.stop;
        self.engine.answer(requests, &mut |index, response| {
            stop.store(true, Ordering::Relaxed);
            sink(index, response)
        })
    }
}

/// A run in a fresh folder up to the model's first answers.
fn first_answer(plan: &Plan, engine: &mut Engine) {
    let folder = tempfile::tempdir().unwrap();
    let dir = RunDir::create(&folder.path().join("run"), plan).unwrap();
    let stop = AtomicBool::new(false);
    let control = Control {
        clock: &SystemClock,
        chance: &SystemChance,
        meter: &SystemMeter::default(),
        stop: &stop,
        commit: COMMIT,
    };
    let mut model = Once {
        engine,
        stop: &stop,
    };
    let finished = weigh_runner::run(plan, &mut model, dir, control, &mut |_| {});
    assert!(matches!(finished, Ok(Finished::Interrupted(_))));
}

fn engine(folder: &std::path::Path) -> Engine {
    let named = std::env::var_os("WEIGH_BENCH_MODEL").map(PathBuf::from);
    let path = named.unwrap_or_else(|| {
        let path = folder.join("tiny.gguf");
        TinyModel::new(1).write_gguf(&path).unwrap();
        path
    });
    let options = OpenOptions {
        device: DeviceChoice::Cpu,
        ..OpenOptions::default()
    };
    Engine::open(&path, &options).unwrap()
}

/// The most memory that this process has had, in MiB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}

/// Does one stage and says what it took.
fn stage<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{name:<28} {seconds:>8.2} s {:>8} MiB at most so far",
        peak()
    );
    done
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = stage("open the model", || engine(folder.path()));
    let files = stage("make the files", files);
    let profile = profile::parse("baseline.toml", PROFILE.as_bytes()).expect("a profile");
    let suites = [stage("parse", || parse(&files))];
    let planned = stage("plan", || plan(&suites, &profile));
    stage("to the first answer", || {
        first_answer(&planned, &mut engine)
    });
    let requests: Vec<&Request> = planned.trials.iter().flat_map(|t| &t.requests).collect();
    let work = stage("count every token", || engine.tokens(&requests));
    println!("{work:?}");

    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(60))
        .configure_from_args();
    criterion.bench_function("parse", |b| {
        b.iter_batched(
            || (),
            |()| black_box(parse(&files)),
            BatchSize::PerIteration,
        );
    });
    criterion.bench_function("plan", |b| {
        b.iter_batched(
            || (),
            |()| black_box(plan(&suites, &profile)),
            BatchSize::PerIteration,
        );
    });
    criterion.bench_function("to the first answer", |b| {
        b.iter_batched(
            || (),
            |()| first_answer(&planned, &mut engine),
            BatchSize::PerIteration,
        );
    });
    criterion.final_summary();
}
