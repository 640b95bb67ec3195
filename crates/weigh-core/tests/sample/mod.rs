//! A small plan, its subject and answers that depend on the request alone, for tests of the record.

use std::collections::BTreeMap;
use std::sync::Arc;

use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::event::{Opened, Timestamp};
use weigh_core::journal;
use weigh_core::json;
use weigh_core::judge::Judging;
use weigh_core::plan::{Options, Plan, PlanHeader, PlannedProfile, PlannedSuite, Trial};
use weigh_core::request::{Failure, Finish, Message, Prompt, Request, Response, Role, Sampling};
use weigh_core::subject::{Subject, SubjectFile};
use weigh_core::suite::Tier;

/// A plan of `choices` trials with two or three likelihoods each and `texts` trials with one text.
pub fn plan(choices: usize, texts: usize) -> Plan {
    let choice = (0..choices).map(|n| trial("choice", n, (0..2 + n % 2).map(likelihood).collect()));
    let text = (0..texts).map(|n| trial("text", n, vec![generate(n)]));
    let trials: Vec<Trial> = choice.chain(text).collect();
    assert!(
        trials.is_sorted_by(|a, b| a.id < b.id),
        "six digits hold every number"
    );
    let suite = |trials: usize| PlannedSuite {
        version: "1.0.0".into(),
        digest: Digest::of(b"suite"),
        trials: trials as u64,
    };
    let mut lines = Vec::new();
    for trial in &trials {
        lines.extend(json::canonical(trial).unwrap());
        lines.push(b'\n');
    }
    let header = PlanHeader {
        format: journal::FORMAT.into(),
        harness: "0.1.0".into(),
        suites: BTreeMap::from([
            ("choice".into(), suite(choices)),
            ("text".into(), suite(texts)),
        ]),
        profile: PlannedProfile {
            id: "baseline".into(),
            version: "1.0.0".into(),
            digest: Digest::of(b"profile"),
        },
        options: Options {
            tier: Tier::Quick,
            limit: None,
            languages: vec![],
            seed: 7,
        },
        laboratory: BTreeMap::new(),
        cards: Vec::new(),
        nonce: None,
        look: None,
        shard: None,
        trials: trials.len() as u64,
        requests: trials.iter().map(|t| t.requests.len() as u64).sum(),
        digest: Digest::of(&lines),
    };
    Plan {
        header,
        trials,
        judging: Judging::default(),
    }
}

fn trial(suite: &str, number: usize, requests: Vec<Request>) -> Trial {
    Trial {
        id: format!("{suite}:en:{number:06}"),
        suite: usize::from(suite == "text"),
        case: number,
        requests,
    }
}

fn likelihood(number: usize) -> Request {
    Request::Likelihood {
        context: Prompt::Text("Water boils at".into()),
        continuation: format!(" {} degrees", 100 * number),
    }
}

fn generate(number: usize) -> Request {
    Request::Generate {
        prompt: Prompt::Chat(Arc::from([Message {
            role: Role::User,
            content: format!("عدّ إلى {}", number + 2),
        }])),
        sampling: Sampling::Greedy,
        stop: Arc::from(["\n".into()]),
        max_tokens: 16,
    }
}

/// The model that is tested.
pub fn subject() -> Subject {
    Subject {
        name: "sample".into(),
        files: vec![SubjectFile {
            name: "model.gguf".into(),
            size: 3,
            sha256: Digest::of(b"abc"),
        }],
        tokenizer: Digest::of(b"tokenizer"),
        config: Digest::of(b"config"),
        chat_template: None,
        facts: BTreeMap::new(),
    }
}

/// The beginning of a stretch of work.
pub fn opened() -> Opened {
    Opened {
        subject: subject(),
        conditions: BTreeMap::from([("device".into(), "cpu".into())]),
        at: Timestamp("2026-01-01T00:00:00Z".into()),
    }
}

/// The answer to a request: a function of the request's bytes, with a failure among sixteen.
pub fn answer(request: &Request) -> Response {
    let digest = Digest::of(&json::canonical(request).unwrap());
    let byte = digest.as_bytes()[0];
    match request {
        _ if byte.is_multiple_of(16) => Response::Failed(Failure::NotFinite),
        Request::Likelihood { .. } => Response::Likelihood {
            log_prob: Decimal::new(-f64::from(byte) / 3.0).unwrap(),
            tokens: 2,
            greedy: byte.is_multiple_of(2),
        },
        Request::Similarity { .. } => Response::Similarity {
            cosine: Decimal::new(f64::from(byte) / 256.0).unwrap(),
        },
        Request::Generate { .. } => Response::Generated {
            text: format!("\u{1b}[31m\"{byte}\" \u{10348}\u{202e}\u{0}"),
            tokens: 5,
            finish: Finish::Length,
        },
    }
}

/// The answers to a trial's requests.
pub fn answers(trial: &Trial) -> Vec<Response> {
    trial.requests.iter().map(answer).collect()
}
