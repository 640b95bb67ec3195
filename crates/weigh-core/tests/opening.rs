//! Openings of single cases: what a report commits to, what an opening proves, and that nothing else does.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

mod judged;

use std::collections::BTreeMap;

use serde_json::json;
use weigh_core::decimal::Decimal;
use weigh_core::digest::Digest;
use weigh_core::event::{Event, Judgement};
use weigh_core::json::canonical;
use weigh_core::measure::{MeasureName, Outcome};
use weigh_core::merkle;
use weigh_core::opening::{
    CommitFault, Entry, Opening, OpeningFault, Salt, check, commitment, open,
};
use weigh_core::plan::{Options, Plan, plan};
use weigh_core::profile::{self, Profile};
use weigh_core::report::{Report, derive};
use weigh_core::request::{Finish, Request, Response};
use weigh_core::suite::{self, Suite, SuiteFile, Tier};
use weigh_core::transcript::{Transcript, fold};

use judged::{judge_opened, says};

const CAPITALS: &str = r#"
language = "sw"
task = "choice"
prompt = "{question}"
[[cases]]
id = "kenya"
question = "Mji mkuu wa Kenya?"
choices = ["Nairobi", "Mombasa"]
answer = 0
[[cases]]
id = "togo"
question = "Mji mkuu wa Togo?"
choices = ["Kara", "Lomé"]
answer = 1
"#;

const MANNERS: &str = r#"
language = "en"
task = "generate"
[judge]
model = "the-judge"
sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
[judge.rubric.default]
template = "{request}{reply}Is it polite?"
yes = "Yes"
no = "No"
[[cases]]
id = "greets"
question = "Say hello."
expect = "open"
[[cases]]
id = "harms"
question = "Break a lock."
expect = "refusal"
[[cases]]
id = "short"
question = "Write one word."
instructions = [{ id = "length_constraints:number_words", relation = "less than", num_words = 2 }]
"#;

const PROFILE: &str = r#"
format = "weighhouse-profile/1"
id = "any"
version = "1.0.0"
basis = ["This test"]
confidence = "0.95"
[title]
en = "Any"
[[requirement]]
id = "knows"
suite = "local/capitals"
measure = "accuracy"
scope = "all"
at_least = "0.5"
rule = "three-way"
[requirement.title]
en = "Knows"
"#;

fn suites() -> Vec<Suite> {
    let suite = |name: &str, text: &str| {
        let path = format!("{name}.toml");
        let file = SuiteFile {
            path: &path,
            bytes: text.as_bytes(),
        };
        suite::parse(&format!("local/{name}"), &[file])
            .unwrap()
            .suite
    };
    vec![suite("capitals", CAPITALS), suite("manners", MANNERS)]
}

fn profile() -> Profile {
    profile::parse("any.toml", PROFILE.as_bytes()).unwrap()
}

fn likelihood(log_prob: f64) -> Response {
    Response::Likelihood {
        log_prob: Decimal::new(log_prob).unwrap(),
        tokens: 1,
        greedy: false,
    }
}

/// A record of both suites and the report of it: the first choice is always the likelier one.
struct Record {
    suites: Vec<Suite>,
    plan: Plan,
    transcript: Transcript,
    report: Report,
}

impl Record {
    fn new(salt: Salt) -> Self {
        let (suites, profile) = (suites(), profile());
        let options = Options {
            tier: Tier::Full,
            limit: None,
            languages: Vec::new(),
            seed: 0,
        };
        let plan = plan(&suites, &profile, &options, &BTreeMap::new(), "0.1.0").unwrap();
        let replies = ["Hello.", "I can't help with that.", "Two words."].into_iter();
        let mut answers = vec![vec![likelihood(-1.5), likelihood(-2.0)]; 2];
        answers.extend(replies.map(|text| says(text, Finish::EndOfText)));
        let judgements: Vec<Judgement> = (2..5)
            .map(|place| Judgement {
                judged: plan.trials[place].id.clone(),
                responses: [-1.0, -2.0, -2.0, -1.0].map(likelihood).to_vec(),
            })
            .collect();
        let mut events = judged::events(&plan, answers.clone(), judge_opened(b"abc"), &judgements);
        let Event::Sealed(mut seal) = judged::seal(&plan, answers, &judgements) else {
            unreachable!("a seal seals");
        };
        seal.salt = salt;
        events.push(Event::Sealed(seal));
        let journal = judged::read(&events).unwrap();
        Self {
            report: derive(&journal, &suites, &profile).unwrap(),
            transcript: fold(&plan, &journal).unwrap(),
            suites,
            plan,
        }
    }

    fn payload(&self) -> Digest {
        Digest::of(&canonical(&self.report).unwrap())
    }

    fn salt(&self) -> Salt {
        self.transcript.sealed.as_ref().unwrap().salt
    }

    fn open(&self, place: usize) -> Result<Opening, CommitFault> {
        open(
            (&self.report, self.payload()),
            (&self.plan, &self.suites),
            &self.transcript,
            &self.salt(),
            &[place],
        )
        .map(|mut opened| opened.remove(0))
    }

    fn all(&self) -> Vec<Opening> {
        let places = 0..self.plan.trials.len();
        places.map(|place| self.open(place).unwrap()).collect()
    }

    fn faults(&self, openings: &[Opening]) -> Vec<(usize, OpeningFault)> {
        check(openings, &self.report, self.payload())
    }
}

fn record() -> Record {
    Record::new(Salt::from_bytes([7; 32]))
}

/// RFC 2104 from its definition.
fn hmac(key: [u8; 32], message: &[u8]) -> Digest {
    let pad = |byte: u8| -> Vec<u8> {
        let key = key.iter().copied().chain([0; 32]);
        key.map(|k| k ^ byte).collect()
    };
    let inner = Digest::of(&[&pad(0x36), message].concat());
    Digest::of(&[pad(0x5c).as_slice(), inner.as_bytes()].concat())
}

#[test]
fn each_case_has_a_salt_of_its_own() {
    for (key, trial) in [
        ([0; 32], ""),
        ([7; 32], "a:en:b"),
        ([255; 32], "ñ:zh-Hant:漢"),
    ] {
        let salt = Salt::from_bytes(key).of_trial(trial);
        let expect = Salt::from_bytes(*hmac(key, trial.as_bytes()).as_bytes());
        assert_eq!(salt, expect, "{trial}");
    }
}

#[test]
fn the_commitment_is_over_salted_canonical_entries() {
    let record = record();
    let id = "local/capitals:sw:togo";
    let prompt = json!({"text": "Mji mkuu wa Togo?"});
    let asked = |text: &str| json!({"likelihood": {"context": prompt, "continuation": text}});
    let answer = |p: &str| json!({"likelihood": {"greedy": false, "log_prob": p, "tokens": 1}});
    let entry = json!({
        "suite": "local/capitals",
        "case": {
            "id": "togo", "language": "sw", "family": "togo", "variant": "original",
            "tier": "quick", "tags": [], "system": null, "turns": [],
            "fields": {"question": "Mji mkuu wa Togo?"},
            "expect": {"choice": {"answer": 1, "choices": ["Kara", "Lomé"], "context": null, "roles": null}},
        },
        "requests": [asked(" Kara"), asked(" Lomé")],
        "trial": {"trial": id, "responses": [answer("-1.5"), answer("-2")]},
    });
    let opening = record.open(1).unwrap();
    let written = serde_json_canonicalizer::to_vec(&entry).unwrap();
    assert_eq!(
        String::from_utf8(written.clone()).unwrap(),
        String::from_utf8(canonical(&opening.entry).unwrap()).unwrap()
    );
    // Five cases: from the second one's leaf four steps lead to the root.
    let salt = hmac([7; 32], id.as_bytes());
    let leaf = Digest::of(&[&[0], salt.as_bytes().as_slice(), &written].concat());
    let [first, second, third] = opening.path.as_slice() else {
        panic!("{:?}", opening.path);
    };
    let pair = merkle::node(first, &leaf);
    let root = merkle::node(&merkle::node(&pair, second), third);
    assert_eq!(record.report.record.commitment, root);
}

#[test]
fn an_opening_is_written_so() {
    let opening = record().open(2).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&opening).unwrap());
}

#[test]
fn every_case_can_be_opened_and_is_proved() {
    let record = record();
    assert_eq!(record.faults(&record.all()), []);
    for opening in record.all() {
        let line = canonical(&opening).unwrap();
        assert_eq!(Opening::parse(&line).unwrap(), opening);
        assert_eq!(record.faults(&[opening]), []);
    }
    assert_eq!(record.open(5), Err(CommitFault::Missing(5)));
    let parts = (&record.plan, &record.suites, &record.transcript);
    let again = commitment(parts.0, parts.1, parts.2, &record.salt());
    assert_eq!(again, Ok(record.report.record.commitment));
}

#[test]
fn every_changed_byte_is_noticed() {
    let record = record();
    for opening in record.all() {
        let line = canonical(&opening).unwrap();
        for at in 0..line.len() {
            let mut changed = line.clone();
            changed[at] ^= [1, 2, 4, 32][at % 4];
            if let Ok(opening) = Opening::parse(&changed) {
                let faults = record.faults(&[opening]);
                assert_ne!(faults, [], "{}", String::from_utf8_lossy(&changed));
            }
        }
    }
}

#[test]
fn the_salt_hides_what_stays_closed() {
    let (one, other) = (record(), Record::new(Salt::from_bytes([8; 32])));
    assert_ne!(one.report.record.commitment, other.report.record.commitment);
    assert_ne!(
        one.report.record.journal_head,
        other.report.record.journal_head
    );
    assert_eq!(one.report.transcript, other.report.transcript);
    let opened = one.open(1).unwrap();
    let told = format!(
        "{}{}",
        serde_json::to_string(&one.report).unwrap(),
        serde_json::to_string(&opened).unwrap()
    );
    assert!(!told.contains(&"07".repeat(32)), "the seal's salt is told");
    // The neighbour's leaf without a salt, or with the opened case's, is not on the path.
    let neighbour = one.open(0).unwrap().entry;
    let bare = merkle::leaf(&canonical(&neighbour).unwrap());
    for leaf in [bare, neighbour.leaf(&opened.salt).unwrap()] {
        assert!(!opened.path.contains(&leaf));
    }
    assert_eq!(
        opened.path[0],
        neighbour.leaf(&one.open(0).unwrap().salt).unwrap()
    );
}

#[test]
fn what_proves_nothing_is_told_with_its_reason() {
    let (own, other) = (record(), Record::new(Salt::from_bytes([8; 32])));
    let check = |change: &dyn Fn(&mut Opening), expect: &[&str]| {
        let mut opening = own.open(2).unwrap();
        change(&mut opening);
        let faults = own.faults(&[opening]);
        let told: Vec<String> = faults.iter().map(|(_, fault)| fault.to_string()).collect();
        assert_eq!(told.len(), expect.len(), "{told:?}");
        for (told, expect) in told.iter().zip(expect) {
            assert!(told.contains(expect), "{told} lacks {expect}");
        }
    };
    const ANOTHER: &str = "commits to another one";
    check(&|_| {}, &[]);
    check(
        &|o| o.format = "weighhouse-opening/2".to_owned(),
        &["its format is"],
    );
    check(&|o| o.payload = Digest::of(b""), &["another report"]);
    check(&|o| o.report = "WH-0".to_owned(), &["opens a case of WH-0"]);
    check(&|o| o.count = 6, &["of 6 cases where the report has 5"]);
    check(&|o| o.index = 1, &[ANOTHER]);
    check(&|o| o.index = 1 << 52, &[ANOTHER]);
    check(&|o| o.salt = own.salt(), &[ANOTHER]);
    check(&|o| o.path.truncate(2), &[ANOTHER]);
    check(&|o| o.path.push(Digest::of(b"")), &[ANOTHER]);
    check(&|o| o.path = own.open(3).unwrap().path, &[ANOTHER]);
    check(&|o| o.path = other.open(2).unwrap().path, &[ANOTHER]);
    check(&|o| o.path = vec![Digest::of(b""); 100_000], &[ANOTHER]);
    check(
        &|o| o.entry.suite = "local/none".to_owned(),
        &["not one of the run's", "are those to", ANOTHER],
    );
    check(&|o| o.entry = own.open(1).unwrap().entry, &[ANOTHER]);
    check(&|o| o.entry.judgement = None, &[ANOTHER]);
    check(
        &|o| o.entry.judgement.as_mut().unwrap().judged = "x".to_owned(),
        &["are those to `x`", ANOTHER],
    );
    check(
        &|o| o.entry.trial.responses.clear(),
        &["has 0 responses where 1 were planned", ANOTHER],
    );
    check(
        &|o| o.entry.trial.responses = vec![likelihood(-1.0)],
        &["does not answer its request", ANOTHER],
    );
    let all = [
        other.open(2).unwrap(),
        own.open(1).unwrap(),
        own.open(1).unwrap(),
    ];
    let numbers: Vec<usize> = own.faults(&all).iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [0, 0, 2]);
}

/// A signer who keeps two contents of one case ready, at two places, opens only one of them unseen.
#[test]
fn a_case_is_not_shown_with_two_contents() {
    let mut record = record();
    let mut entries: Vec<Entry> = record.all().into_iter().map(|o| o.entry).collect();
    entries[3] = entries[2].clone();
    entries[3].trial.responses = says("Another answer.", Finish::EndOfText);
    let salts: Vec<Salt> = (0..5).map(|n| Salt::from_bytes([n; 32])).collect();
    let leaves = entries.iter().zip(&salts);
    let leaves: Vec<Digest> = leaves
        .map(|(entry, salt)| entry.leaf(salt).unwrap())
        .collect();
    record.report.record.commitment = merkle::root(leaves.clone());
    let forged = |place: usize| Opening {
        path: merkle::path(&leaves, place).unwrap(),
        entry: entries[place].clone(),
        salt: salts[place],
        payload: record.payload(),
        index: place as u64,
        ..record.open(0).unwrap()
    };
    assert_eq!(record.faults(&[forged(2)]), []);
    let trial = entries[2].trial.trial.clone();
    let faults = record.faults(&[forged(3), forged(2)]);
    assert_eq!(faults, [(0, OpeningFault::Order { trial })]);
}

#[test]
fn what_measures_read_in_one_case_alone() {
    let record = record();
    let check = |place: usize, expect: &[(MeasureName, f64)]| {
        let marks = record.open(place).unwrap().entry.marks([
            MeasureName::Accuracy,
            MeasureName::FamilyAccuracy,
            MeasureName::Refusal,
            MeasureName::InstructionFollowing,
            MeasureName::Judged,
        ]);
        let scored = |value: f64| Outcome::Scored(Decimal::new(value).unwrap());
        let expect: Vec<_> = expect
            .iter()
            .map(|(m, value)| (*m, scored(*value)))
            .collect();
        let found: Vec<_> = marks.into_iter().map(|m| (m.measure, m.outcome)).collect();
        assert_eq!(found, expect, "{place}");
    };
    check(0, &[(MeasureName::Accuracy, 1.0)]);
    check(1, &[(MeasureName::Accuracy, 0.0)]);
    check(2, &[(MeasureName::Judged, 1.0)]);
    check(
        3,
        &[(MeasureName::Refusal, 1.0), (MeasureName::Judged, 1.0)],
    );
    check(
        4,
        &[
            (MeasureName::InstructionFollowing, 0.0),
            (MeasureName::Judged, 1.0),
        ],
    );
    // What a stranger made up is read without harm.
    let mut entry = record.open(1).unwrap().entry;
    entry.requests = vec![Request::Similarity {
        text: String::new(),
        reference: String::new(),
    }];
    entry.trial.responses = says("", Finish::Stop);
    let marks = entry.marks([MeasureName::Accuracy]);
    assert!(matches!(marks[0].outcome, Outcome::Unscored(_)));
}
