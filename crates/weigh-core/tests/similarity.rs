//! A run with an embedding model without a model: suite, plan, answers, cosines, journal, report.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

use std::collections::BTreeMap;

use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::event::{
    Event, JudgeOpened, JudgeState, Judgement, Opened, Sealed, Timestamp, TrialRecord,
};
use weigh_core::journal::{self, Chain, Journal};
use weigh_core::measure::score;
use weigh_core::plan::{Options, Plan, plan};
use weigh_core::profile;
use weigh_core::report::derive;
use weigh_core::request::{Failure, Finish, Request, Response};
use weigh_core::subject::{Subject, SubjectFile};
use weigh_core::suite::{self, Suite, SuiteFile, Tier};
use weigh_core::transcript::{self, fold};

const SUITE: &str = r#"
language = "en"
task = "generate"

[embedding]
model = "an-embedding"
sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

[[cases]]
id = "cut"
question = "Go on and on."
answer = "On."
[[cases]]
id = "far"
question = "What barks?"
answer = "A dog."
[[cases]]
id = "long"
question = "Write a book."
answer = "A book."
[[cases]]
id = "near"
question = "What is wet?"
answer = ["Rain.", "The sea."]
[[cases]]
id = "number"
question = "How many?"
number = 3
[[cases]]
id = "overlong"
question = "Write more."
answer = "More."
"#;

const PROFILE: &str = r#"
format = "weighhouse-profile/1"
id = "near"
version = "1.0.0"
basis = ["This test"]
confidence = "0.95"
[title]
en = "Near"
[[requirement]]
id = "near"
suite = "local/meaning"
measure = "similarity"
scope = "all"
at_least = "0.5"
rule = "three-way"
[requirement.title]
en = "Is near"
"#;

fn meaning() -> Suite {
    let file = SuiteFile {
        path: "meaning.toml",
        bytes: SUITE.as_bytes(),
    };
    suite::parse("local/meaning", &[file]).unwrap().suite
}

fn profile() -> profile::Profile {
    profile::parse("near.toml", PROFILE.as_bytes()).unwrap()
}

fn planned() -> Plan {
    let options = Options {
        tier: Tier::Full,
        limit: None,
        languages: Vec::new(),
        seed: 0,
    };
    let none = BTreeMap::new();
    plan(&[meaning()], &profile(), &options, &none, "0.1.0").unwrap()
}

fn subject(name: &str, bytes: &[u8]) -> Subject {
    Subject {
        name: name.to_owned(),
        files: vec![SubjectFile {
            name: "model.safetensors".to_owned(),
            size: bytes.len() as u64,
            sha256: Digest::of(bytes),
        }],
        tokenizer: Digest::of(b"tokenizer"),
        config: Digest::of(b"config"),
        chat_template: None,
        facts: BTreeMap::new(),
    }
}

fn at() -> Timestamp {
    Timestamp("2026-01-01T00:00:00Z".to_owned())
}

fn answers() -> Vec<Vec<Response>> {
    let says = |text: &str, finish| {
        vec![Response::Generated {
            text: text.to_owned(),
            tokens: 9,
            finish,
        }]
    };
    vec![
        says("and on and", Finish::Length),
        says("<think>A dog?</think>A triangle.", Finish::EndOfText),
        says(&"word ".repeat(4_000), Finish::EndOfText),
        says("The ocean.", Finish::EndOfText),
        says("3", Finish::EndOfText),
        says("more more", Finish::EndOfText),
    ]
}

fn judgements(plan: &Plan) -> Vec<Judgement> {
    let near = |cosine: f64| Response::Similarity {
        cosine: Decimal::new(cosine).unwrap(),
    };
    let long = Response::Failed(Failure::TooLong {
        needed: 300,
        limit: 256,
    });
    let judged = [
        (1, vec![near(-0.25)]),
        (3, vec![near(0.5), near(0.75)]),
        (5, vec![long]),
    ];
    let judgement = |(place, responses): (usize, Vec<Response>)| Judgement {
        judged: plan.trials[place].id.clone(),
        responses,
    };
    judged.into_iter().map(judgement).collect()
}

fn record(plan: &Plan, judgements: &[Judgement]) -> Journal {
    let mut events = vec![
        Event::Planned(Box::new(plan.header.clone())),
        Event::Opened(Box::new(Opened {
            subject: subject("speaker", b"weights"),
            conditions: BTreeMap::new(),
            at: at(),
        })),
    ];
    events.extend(plan.trials.iter().zip(answers()).map(|(trial, responses)| {
        let trial = trial.id.clone();
        Event::Trial(TrialRecord { trial, responses })
    }));
    events.push(Event::Judge(Box::new(JudgeOpened {
        judge: Digest::of(b"abc"),
        state: JudgeState::Ready {
            subject: subject("embedding", b"abc"),
            conditions: BTreeMap::from([("device".to_owned(), "cpu".to_owned())]),
        },
        at: at(),
    })));
    events.extend(judgements.iter().cloned().map(Event::Judgement));
    let answers: Vec<_> = answers().into_iter().map(Some).collect();
    let leaf = |judgement: &Judgement| {
        let place = transcript::place(plan, &judgement.judged).unwrap();
        (place, transcript::judgement_leaf(judgement))
    };
    let leaves = transcript::leaves(plan, &answers);
    events.push(Event::Sealed(Sealed {
        trials: plan.trials.len() as u64,
        judgements: judgements.len() as u64,
        transcript: transcript::whole_root(&leaves, &judgements.iter().map(leaf).collect()),
        at: at(),
    }));
    let mut chain = Chain::new();
    let lines = events.iter().map(|event| chain.encode(event).unwrap());
    journal::parse(&lines.collect::<Vec<_>>().concat()).unwrap()
}

#[test]
fn each_reference_is_asked_about_and_thoughts_are_not() {
    let plan = planned();
    // One for each reference; a number is none.
    assert_eq!(plan.judging.most_requests(), 6);
    let owed = |place: usize| {
        let owed = plan
            .judging
            .owed(place, &plan.trials[place], &answers()[place])?;
        let pair = |request: Request| match request {
            Request::Similarity { text, reference } => format!("{text}|{reference}"),
            Request::Likelihood { .. } | Request::Generate { .. } => panic!("{request:?}"),
        };
        Some(owed.requests.into_iter().map(pair).collect::<Vec<_>>())
    };
    assert_eq!(owed(1).unwrap(), ["A triangle.|A dog."]);
    assert_eq!(
        owed(3).unwrap(),
        ["The ocean.|Rain.", "The ocean.|The sea."]
    );
    for nothing in [0, 2, 4] {
        assert_eq!(owed(nothing), None, "{nothing}");
    }
}

#[test]
fn cosines_become_the_measure() {
    let plan = planned();
    let journal = record(&plan, &judgements(&plan));
    let transcript = fold(&plan, &journal).unwrap();
    let scored = score(&plan, &[meaning()], &transcript);
    let lines = scored
        .iter()
        .map(|unit| format!("{} {} {:?}", unit.measure, unit.unit, unit.outcome));
    let lines = lines.filter(|line| line.starts_with("similarity"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
    let report = derive(&journal, &[meaning()], &profile()).unwrap();
    assert_eq!(report.judges[0].name, "an-embedding");
    insta::assert_snapshot!(report.deviations.join("\n"));
}

#[test]
fn answers_of_other_kinds_are_refused() {
    let plan = planned();
    let refused = |change: &dyn Fn(&mut Vec<Judgement>)| {
        let mut judgements = judgements(&plan);
        change(&mut judgements);
        fold(&plan, &record(&plan, &judgements))
            .unwrap_err()
            .to_string()
    };
    let likely = Response::Likelihood {
        log_prob: Decimal::ZERO,
        tokens: 1,
        greedy: false,
    };
    let messages = [
        refused(&|j| j[1].responses[1] = likely.clone()),
        refused(&|j| j[1].responses.truncate(1)),
        refused(&|j| j[1].judged.clone_from(&plan.trials[4].id)),
        refused(&|j| j.truncate(2)),
    ];
    insta::assert_snapshot!(messages.join("\n"));
}

/// What stands in a journal, byte for byte.
#[test]
fn how_it_is_written() {
    let plan = planned();
    let near = serde_json::to_string(&judgements(&plan)[1].responses).unwrap();
    insta::assert_snapshot!(near);
    let owed = plan
        .judging
        .owed(1, &plan.trials[1], &answers()[1])
        .unwrap();
    insta::assert_snapshot!(serde_json::to_string(&owed.requests).unwrap());
}
