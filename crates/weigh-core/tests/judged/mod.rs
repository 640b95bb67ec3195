//! Records in which another model read the replies, made without a model, for tests of judges.

#![allow(dead_code, reason = "not every test plans a suite of its own")]

use std::collections::BTreeMap;

use weigh_core::digest::Digest;
use weigh_core::event::{
    Event, JudgeOpened, JudgeState, Judgement, Opened, Sealed, Timestamp, TrialRecord,
};
use weigh_core::journal::{self, Chain, Journal, JournalFault};
use weigh_core::opening::Salt;
use weigh_core::plan::{Options, Plan, plan};
use weigh_core::profile::Profile;
use weigh_core::request::{Finish, Response};
use weigh_core::subject::{Subject, SubjectFile};
use weigh_core::suite::{Suite, Tier};
use weigh_core::transcript;

/// The whole of one suite.
pub fn planned(suite: Suite, profile: &Profile) -> Plan {
    let options = Options {
        tier: Tier::Full,
        limit: None,
        languages: Vec::new(),
        seed: 0,
    };
    plan(&[suite], profile, &options, &BTreeMap::new(), "0.1.0").unwrap()
}

pub fn says(text: &str, finish: Finish) -> Vec<Response> {
    vec![Response::Generated {
        text: text.to_owned(),
        tokens: 9,
        finish,
    }]
}

fn subject(name: &str, bytes: &[u8]) -> Subject {
    Subject {
        name: name.to_owned(),
        files: vec![SubjectFile {
            name: "model.gguf".to_owned(),
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

/// A judge with these bytes, opened where one with the bytes `abc` is wanted.
pub fn judge_opened(bytes: &[u8]) -> JudgeOpened {
    JudgeOpened {
        judge: Digest::of(b"abc"),
        state: JudgeState::Ready {
            subject: subject("judge", bytes),
            conditions: BTreeMap::from([("device".to_owned(), "cpu".to_owned())]),
        },
        at: at(),
    }
}

/// The events before the seal.
pub fn events(
    plan: &Plan,
    answers: Vec<Vec<Response>>,
    judge: JudgeOpened,
    judgements: &[Judgement],
) -> Vec<Event> {
    let mut events = vec![
        Event::Planned(Box::new(plan.header.clone())),
        Event::Opened(Box::new(Opened {
            subject: subject("speaker", b"weights"),
            conditions: BTreeMap::new(),
            at: at(),
        })),
    ];
    events.extend(plan.trials.iter().zip(answers).map(|(trial, responses)| {
        let trial = trial.id.clone();
        Event::Trial(TrialRecord { trial, responses })
    }));
    events.push(Event::Judge(Box::new(judge)));
    events.extend(judgements.iter().cloned().map(Event::Judgement));
    events
}

/// A seal over all trials and these judgements.
pub fn seal(plan: &Plan, answers: Vec<Vec<Response>>, judgements: &[Judgement]) -> Event {
    let answers: Vec<_> = answers.into_iter().map(Some).collect();
    let leaves = transcript::leaves(plan, &answers);
    let judged: BTreeMap<usize, Digest> = judgements
        .iter()
        .map(|judgement| {
            let place = transcript::place(plan, &judgement.judged).unwrap();
            (place, transcript::judgement_leaf(judgement))
        })
        .collect();
    Event::Sealed(Sealed {
        trials: plan.trials.len() as u64,
        judgements: judgements.len() as u64,
        transcript: transcript::whole_root(&leaves, &judged),
        salt: Salt::from_bytes([7; 32]),
        energy: None,
        at: at(),
    })
}

pub fn read(events: &[Event]) -> Result<Journal, JournalFault> {
    let mut chain = Chain::new();
    let lines = events.iter().map(|event| chain.encode(event).unwrap());
    journal::parse(&lines.collect::<Vec<_>>().concat())
}
