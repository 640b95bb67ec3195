//! A small report for the tests of this crate.

use std::collections::BTreeMap;

use weigh_core::digest::Digest;
use weigh_core::event::Timestamp;
use weigh_core::plan::{Options, PlanHeader, PlannedProfile};
use weigh_core::report::{Record, Report};
use weigh_core::subject::{Subject, SubjectFile};
use weigh_core::suite::Tier;
use weigh_core::verdict::Verdict;

fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

pub fn subject() -> Subject {
    let file = |name: &str| SubjectFile {
        name: name.to_owned(),
        size: 7,
        sha256: digest(name),
    };
    Subject {
        name: "A".to_owned(),
        files: vec![file("a.safetensors"), file("tokenizer.json")],
        tokenizer: digest("tokenizer"),
        config: digest("config"),
        chat_template: Some(digest("template")),
        facts: BTreeMap::from([("format".to_owned(), "safetensors".to_owned())]),
    }
}

pub fn report() -> Report {
    let now = Timestamp("2026-01-01T00:00:00Z".to_owned());
    Report {
        id: "WH-0".to_owned(),
        subject: subject(),
        plan: PlanHeader {
            format: "weighhouse-journal/1".to_owned(),
            harness: "0.1.0".to_owned(),
            suites: BTreeMap::new(),
            profile: PlannedProfile {
                id: "baseline".to_owned(),
                version: "1.0.0".to_owned(),
                digest: digest("profile"),
            },
            options: Options {
                tier: Tier::Quick,
                limit: None,
                languages: Vec::new(),
                seed: 1,
            },
            laboratory: BTreeMap::new(),
            cards: Vec::new(),
            nonce: None,
            look: None,
            shard: None,
            trials: 0,
            requests: 0,
            digest: digest("plan"),
        },
        conditions: Vec::new(),
        judges: Vec::new(),
        transcript: digest("transcript"),
        estimates: Vec::new(),
        findings: Vec::new(),
        verdict: Verdict::NotAssessed,
        deviations: Vec::new(),
        amendment: None,
        record: Record {
            commitment: digest("commitment"),
            energy: None,
            journal_head: digest("head"),
            journal_lines: 1,
            opened: vec![now.clone()],
            sealed: now,
        },
    }
}
