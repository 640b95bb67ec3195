//! Two small suites in three tiers, a profile with looks, and records of runs under it.

use std::collections::BTreeMap;

use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::event::{Event, Opened, Sealed, Timestamp, TrialRecord};
use weigh_core::journal::{self, Chain};
use weigh_core::opening::Salt;
use weigh_core::plan::{Earlier, Options, Plan, PlanFault, plan_look};
use weigh_core::profile::{self, Profile};
use weigh_core::report::{Report, ReportFault, derive};
use weigh_core::request::{Request, Response};
use weigh_core::subject::Subject;
use weigh_core::suite::{self, Suite, SuiteFile};
use weigh_core::transcript;

pub const SUMS: &str = "reliability/sums";
pub const LOCKS: &str = "reliability/locks";
const CANARY: &str = "weighhouse-canary-00000000-0000-4000-8000-000000000001";

pub const PROFILE: &str = r#"
format = "weighhouse-profile/1"
id = "town"
version = "1.0.0"
basis = ["This test"]
confidence = "0.95"
looks = ["0.8", "0.1", "0.1"]
[title]
en = "Town"
[[requirement]]
id = "adds"
suite = "reliability/sums"
measure = "accuracy"
scope = "all"
at_least = "0.6"
rule = "three-way"
[requirement.title]
en = "Adds"
[[requirement]]
id = "opens"
suite = "reliability/locks"
measure = "accuracy"
scope = "all"
at_least = "0.3"
rule = "three-way"
[requirement.title]
en = "Opens"
"#;

/// `count` sums: the first fifth of them quick, up to a half standard.
fn suite(id: &str, count: usize) -> Suite {
    let head = format!(
        r#"format = "weighhouse-suite/1"
id = "{id}"
version = "1.0.0"
licence = "CC0-1.0"
authors = ["A"]
sources = ["Arithmetic"]
canary = "{CANARY}"
measures = ["accuracy"]
[title]
en = "Sums"
[task]
kind = "choice"
[prompt.default]
template = "{{question}}"
delimiter = " "
"#
    );
    let mut lines = vec![format!(r#"{{"canary": "{CANARY}"}}"#)];
    for n in 0..count {
        let tier = match 10 * n / count {
            0 | 1 => "quick",
            2..=4 => "standard",
            _ => "full",
        };
        lines.push(format!(
            r#"{{"id": "{n}", "tier": "{tier}", "question": "{n} + {n} =", "choices": ["{}", "{}"], "answer": {}}}"#,
            2 * n + (n + 1) % 2,
            2 * n + n % 2,
            1 - n % 2
        ));
    }
    let cases = lines.join("\n") + "\n";
    let files = [
        ("suite.toml", head),
        ("cases.en.jsonl", cases),
        ("README.md", "# S\n".into()),
    ];
    let files: Vec<SuiteFile<'_>> = files
        .iter()
        .map(|(path, text): &(&str, String)| SuiteFile {
            path,
            bytes: text.as_bytes(),
        })
        .collect();
    suite::parse(id, &files).unwrap().suite
}

pub struct Town {
    pub suites: Vec<Suite>,
    pub profile: Profile,
}

impl Town {
    pub fn new(profile: &str) -> Self {
        Self {
            suites: vec![suite(LOCKS, 60), suite(SUMS, 80)],
            profile: profile::parse("town.toml", profile.as_bytes()).unwrap(),
        }
    }

    pub fn plan(&self, options: &Options, earlier: &Earlier) -> Result<Plan, PlanFault> {
        let (suites, laboratory) = (&self.suites, BTreeMap::new());
        plan_look(
            suites,
            &self.profile,
            options,
            earlier,
            &laboratory,
            "0.1.0",
        )
    }

    /// The report on a model that is right in `percent` of the sums, and in all of the other suite.
    pub fn report(&self, plan: &Plan, percent: u32) -> Result<Report, ReportFault> {
        let answers: Vec<Vec<Response>> = plan
            .trials
            .iter()
            .map(|trial| {
                let sums = trial.id.starts_with(SUMS);
                // Every hundred in a row holds as many as it should: the share is as even as it can.
                let number: u32 = trial.id.rsplit(':').next().unwrap().parse().unwrap();
                let right = !sums || (number * 37) % 100 < percent;
                trial
                    .requests
                    .iter()
                    .map(|request| answer(request, right))
                    .collect()
            })
            .collect();
        let lines = record(plan, &answers);
        derive(
            &journal::parse(&lines).unwrap(),
            &self.suites,
            &self.profile,
        )
    }
}

/// The right choice is the even number of two.
fn answer(request: &Request, right: bool) -> Response {
    let Request::Likelihood { continuation, .. } = request else {
        unreachable!("only choices are asked");
    };
    let even = continuation.ends_with(['0', '2', '4', '6', '8']);
    Response::Likelihood {
        log_prob: Decimal::new(if even == right { -1.5 } else { -2.25 }).unwrap(),
        tokens: 1,
        greedy: false,
    }
}

fn record(plan: &Plan, answers: &[Vec<Response>]) -> Vec<u8> {
    let subject = Subject {
        name: "abacus".to_owned(),
        files: Vec::new(),
        tokenizer: Digest::of(b"tokenizer"),
        config: Digest::of(b"config"),
        chat_template: None,
        facts: BTreeMap::new(),
    };
    let mut events = vec![
        Event::Planned(Box::new(plan.header.clone())),
        Event::Opened(Box::new(Opened {
            subject,
            conditions: BTreeMap::from([("device".to_owned(), "cpu".to_owned())]),
            at: Timestamp("2026-01-01T00:00:00Z".to_owned()),
        })),
    ];
    for (trial, responses) in plan.trials.iter().zip(answers) {
        events.push(Event::Trial(TrialRecord {
            trial: trial.id.clone(),
            responses: responses.clone(),
        }));
    }
    let responses: Vec<_> = answers.iter().cloned().map(Some).collect();
    events.push(Event::Sealed(Sealed {
        trials: plan.trials.len() as u64,
        judgements: 0,
        transcript: transcript::root(plan, &responses),
        salt: Salt::from_bytes([7; 32]),
        energy: None,
        at: Timestamp("2026-01-01T01:00:00Z".to_owned()),
    }));
    let mut chain = Chain::new();
    let lines = events.iter().map(|event| chain.encode(event).unwrap());
    lines.collect::<Vec<_>>().concat()
}
