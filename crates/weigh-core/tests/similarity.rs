//! A run with an embedding model without a model: suite, plan, answers, cosines, journal, report.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

mod judged;

use weigh_core::decimal::Decimal;
use weigh_core::event::Judgement;
use weigh_core::journal::Journal;
use weigh_core::measure::score;
use weigh_core::plan::Plan;
use weigh_core::profile;
use weigh_core::report::{derive, deviations};
use weigh_core::request::{Failure, Finish, Request, Response};
use weigh_core::suite::{self, Suite, SuiteFile};
use weigh_core::transcript::fold;

use judged::{judge_opened, says};

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
    judged::planned(meaning(), &profile())
}

fn answers() -> Vec<Vec<Response>> {
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
    let mut events = judged::events(plan, answers(), judge_opened(b"abc"), judgements);
    events.push(judged::seal(plan, answers(), judgements));
    judged::read(&events).unwrap()
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
    assert!(deviations(&report).iter().all(Option::is_some));
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
