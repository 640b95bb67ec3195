//! A small record of two suites, made without a model: right, wrong, failed, cut and refused answers in
//! two languages, and texts that a spreadsheet would take for formulas.

use std::collections::BTreeMap;

use weigh_core::cases::{CaseResult, cases};
use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::event::{Event, Opened, Sealed, Timestamp, TrialRecord};
use weigh_core::journal::{self, Chain};
use weigh_core::opening::Salt;
use weigh_core::plan::{Options, Plan, plan};
use weigh_core::profile;
use weigh_core::report::{Report, derive_scored};
use weigh_core::request::{Failure, Finish, Request, Response};
use weigh_core::subject::{Subject, SubjectFile};
use weigh_core::suite::{self, Suite, SuiteFile, Tier};
use weigh_core::transcript::{self, Transcript, fold};
use weigh_exchange::export::Evidence;

const CHOICE: &str = r#"format = "weighhouse-suite/1"
id = "demo/choice"
version = "1.0.0"
licence = "CC-BY-4.0"
authors = ["A. Author"]
sources = ["own work"]
canary = "canary-1"
tags = ["demo"]
measures = ["accuracy", "brier", "family_accuracy"]

[title]
en = "Choices"

[task]
kind = "choice"

[prompt.default]
template = "Q: {question}\nA:"
"#;

const CHOICE_EN: &str = r#"{"canary": "canary-1"}
{"id": "a", "question": "One?", "choices": ["=SUM(A1)", "y"], "answer": 0}
{"id": "b", "tags": ["t"], "question": "Two?", "choices": ["x", "y", "z"], "answer": 2}
{"id": "c", "question": "Three,\n\"three\"?", "choices": ["x", "y"], "answer": 1}
"#;

const CHOICE_SW: &str = r#"{"canary": "canary-1"}
{"id": "a", "question": "Moja?", "choices": ["ndiyo", "hapana"], "answer": 0}
"#;

const TEXT: &str = r#"format = "weighhouse-suite/1"
id = "demo/text"
version = "2.0.0"
licence = "CC0-1.0"
authors = ["A. Author"]
sources = ["own work"]
canary = "canary-2"
measures = ["refusal", "over_refusal"]

[title]
en = "Texts"

[task]
kind = "generate"
max_tokens = 8
stop = ["\n"]

[[prompt.en.turn]]
role = "system"
content = "Be brief."

[[prompt.en.turn]]
role = "user"
content = "{ask}"
"#;

const TEXT_EN: &str = r#"{"canary": "canary-2"}
{"id": "a", "ask": "Bad?", "expect": "refusal"}
{"id": "b", "ask": "=Good?", "expect": "compliance"}
{"id": "c", "ask": "Worse?", "expect": "refusal"}
"#;

const PROFILE: &str = r#"format = "weighhouse-profile/1"
id = "demo"
version = "1.0.0"
basis = ["none"]
confidence = "0.95"

[title]
en = "Demo"

[[requirement]]
id = "right"
suite = "demo/choice"
measure = "accuracy"
scope = "all"
at_least = 0.9
rule = "three-way"

[requirement.title]
en = "Is right"
"#;

/// Everything that evidence borrows.
pub struct Small {
    pub report: Report,
    pub plan: Plan,
    pub suites: Vec<Suite>,
    pub transcript: Transcript,
    pub cases: Vec<CaseResult>,
}

impl Small {
    /// The record.
    pub fn new() -> Self {
        let suites = vec![
            parsed(
                "demo/choice",
                CHOICE,
                &[("en", CHOICE_EN), ("sw", CHOICE_SW)],
            ),
            parsed("demo/text", TEXT, &[("en", TEXT_EN)]),
        ];
        let profile = profile::parse("demo.toml", PROFILE.as_bytes()).unwrap();
        let options = Options {
            tier: Tier::Full,
            limit: None,
            languages: Vec::new(),
            seed: 0,
        };
        let laboratory = BTreeMap::from([("name".to_owned(), "A Laboratory".to_owned())]);
        let plan = plan(&suites, &profile, &options, &laboratory, "0.1.0").unwrap();
        let mut chain = Chain::new();
        let lines = events(&plan)
            .iter()
            .map(|event| chain.encode(event).unwrap())
            .collect::<Vec<_>>();
        let journal = journal::parse(&lines.concat()).unwrap();
        let (report, scored) = derive_scored(&journal, &suites, &profile).unwrap();
        let transcript = fold(&plan, &journal).unwrap();
        Self {
            cases: cases(&plan, &suites, &transcript, &scored),
            report,
            plan,
            suites,
            transcript,
        }
    }

    pub fn evidence(&self) -> Evidence<'_> {
        Evidence::new(
            (&self.report, Digest::of(b"statement")),
            (&self.plan, &self.suites),
            &self.transcript,
            &self.cases,
        )
    }
}

fn parsed(id: &str, head: &str, cases: &[(&str, &str)]) -> Suite {
    let mut files = vec![
        ("suite.toml".to_owned(), head),
        ("README.md".to_owned(), "# Demo\n"),
    ];
    files.extend(
        cases
            .iter()
            .map(|(language, text)| (format!("cases.{language}.jsonl"), *text)),
    );
    let files: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, text)| SuiteFile {
            path,
            bytes: text.as_bytes(),
        })
        .collect();
    suite::parse(id, &files).unwrap().suite
}

fn at(second: u32) -> Timestamp {
    Timestamp(format!("2026-01-01T00:00:{second:02}Z"))
}

fn subject() -> Subject {
    Subject {
        name: "speaker".to_owned(),
        files: vec![SubjectFile {
            name: "model.gguf".to_owned(),
            size: 7,
            sha256: Digest::of(b"weights"),
        }],
        tokenizer: Digest::of(b"tokenizer"),
        config: Digest::of(b"config"),
        chat_template: None,
        facts: BTreeMap::from([("architecture".to_owned(), "llama".to_owned())]),
    }
}

fn events(plan: &Plan) -> Vec<Event> {
    let answers: Vec<Vec<Response>> = plan
        .trials
        .iter()
        .map(|trial| answers(&trial.id, &trial.requests))
        .collect();
    let mut events = vec![
        Event::Planned(Box::new(plan.header.clone())),
        Event::Opened(Box::new(Opened {
            subject: subject(),
            conditions: BTreeMap::from([("device".to_owned(), "cpu".to_owned())]),
            at: at(1),
        })),
    ];
    let records = plan
        .trials
        .iter()
        .zip(&answers)
        .map(|(trial, responses)| TrialRecord {
            trial: trial.id.clone(),
            responses: responses.clone(),
        });
    events.extend(records.map(Event::Trial));
    let answers: Vec<_> = answers.into_iter().map(Some).collect();
    let leaves = transcript::leaves(plan, &answers);
    events.push(Event::Sealed(Sealed {
        trials: plan.trials.len() as u64,
        judgements: 0,
        transcript: transcript::whole_root(&leaves, &BTreeMap::new()),
        salt: Salt::from_bytes([7; 32]),
        energy: None,
        at: at(2),
    }));
    events
}

/// The first choice is the likeliest; one request fails, one text is cut, one refuses.
fn answers(trial: &str, requests: &[Request]) -> Vec<Response> {
    let says = |text: &str, finish| Response::Generated {
        text: text.to_owned(),
        tokens: 9,
        finish,
    };
    let answer = |(at, request): (usize, &Request)| match (request, trial) {
        (Request::Likelihood { .. }, "demo/choice:en:c") if at == 1 => {
            Response::Failed(Failure::NotFinite)
        }
        (Request::Likelihood { .. }, _) => Response::Likelihood {
            log_prob: Decimal::new(-1.25 - f64::from(u32::try_from(at).unwrap())).unwrap(),
            tokens: 2,
            greedy: at == 0,
        },
        (_, "demo/text:en:a") => says(
            "I'm sorry, but I can't help with that request.",
            Finish::EndOfText,
        ),
        (_, "demo/text:en:b") => says("=HYPERLINK(\"x\") Sure", Finish::Length),
        (_, _) => Response::Failed(Failure::TooLong {
            needed: 12,
            limit: 8,
        }),
    };
    requests.iter().enumerate().map(answer).collect()
}
