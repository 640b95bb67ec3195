//! Suites with an embedding model: what is asked of it, what its cosines mean, and every fault of the table.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

use weigh_core::decimal::Decimal;
use weigh_core::diagnostic::Diagnostic;
use weigh_core::judge::similarity;
use weigh_core::measure::{MeasureName, Unscored};
use weigh_core::plan::{Options, plan};
use weigh_core::profile;
use weigh_core::request::{Failure, Finish, Request, Response};
use weigh_core::suite::{self, Suite, SuiteFile, Tier};

const SUITE: &str = r#"
language = "en"
task = "generate"
measures = ["similarity"]

[embedding]
model = "all-minilm-l6-v2"
sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

[[cases]]
id = "ferry"
question = "When does the ferry leave?"
answer = ["It leaves at nine.", "At nine in the morning."]
[[cases]]
id = "bread"
question = "What is bread made of?"
answer = "Flour, water and salt."
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
suite = "local/near"
measure = "similarity"
scope = "all"
at_least = "0.5"
rule = "three-way"
[requirement.title]
en = "Is near"
"#;

fn parsed(text: &str) -> Result<Suite, Vec<Diagnostic>> {
    let file = SuiteFile {
        path: "near.toml",
        bytes: text.as_bytes(),
    };
    suite::parse("local/near", &[file]).map(|parsed| parsed.suite)
}

#[test]
fn a_reply_is_compared_with_each_reference() {
    let suite = parsed(SUITE).unwrap();
    assert_eq!(suite.measures, [MeasureName::Similarity]);
    let options = Options {
        tier: Tier::Full,
        limit: None,
        languages: Vec::new(),
        seed: 0,
    };
    let profile = profile::parse("near.toml", PROFILE.as_bytes()).unwrap();
    let nobody = std::collections::BTreeMap::new();
    let plan = plan(&[suite], &profile, &options, &nobody, "0.1.0").unwrap();
    assert_eq!(plan.judging.most_requests(), 3);
    let names: Vec<&String> = plan.judging.judges().values().collect();
    assert_eq!(names, ["all-minilm-l6-v2"]);
    let says = |finish| Response::Generated {
        text: "<think>When?</think>Nine.".to_owned(),
        tokens: 9,
        finish,
    };
    let place = plan
        .trials
        .iter()
        .position(|t| t.id.ends_with("ferry"))
        .unwrap();
    let owed = |finish| {
        plan.judging
            .owed(place, &plan.trials[place], &[says(finish)])
    };
    let near = |reference: &str| Request::Similarity {
        text: "Nine.".to_owned(),
        reference: reference.to_owned(),
    };
    let expect = [near("It leaves at nine."), near("At nine in the morning.")];
    assert_eq!(owed(Finish::EndOfText).unwrap().requests, expect);
    assert_eq!(owed(Finish::Length), None);
    for silent in ["", " \n\t", "<think>Hm.</think>", "\u{200b}\u{1}"] {
        let reply = Response::Generated {
            text: silent.to_owned(),
            tokens: 1,
            finish: Finish::EndOfText,
        };
        let asked = plan.judging.owed(place, &plan.trials[place], &[reply]);
        assert_eq!(asked, None, "{silent:?}");
    }
}

#[test]
fn the_nearest_reference_counts() {
    let near = |cosine: f64| Response::Similarity {
        cosine: Decimal::new(cosine).unwrap(),
    };
    let failed = Response::Failed(Failure::NotFinite);
    for (responses, expect) in [
        (vec![near(0.25), near(0.75)], Ok(0.75)),
        (vec![near(-0.5)], Ok(0.0)),
        (vec![near(1.000_000_1)], Ok(1.0)),
        (
            vec![near(0.5), failed],
            Err(Unscored::Failed(Failure::NotFinite)),
        ),
        (vec![], Err(Unscored::WrongKind)),
    ] {
        assert_eq!(similarity(&responses), expect);
    }
}

#[test]
fn every_way_the_table_is_wrong() {
    let judge = "[judge]\nmodel = \"j\"\nsha256 = \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n\
                 [judge.rubric.default]\ntemplate = \"{reply}\"\nyes = \"Y\"\nno = \"N\"\n[[cases]]";
    for (old, new, expect) in [
        ("sha256 = \"ba", "sha256 = \"Ba", "8:10 E0602"),
        ("model = \"all", "model = \"all ", "7:9 E0011"),
        ("model = ", "name = ", "6:1 E0006"),
        (
            "measures = [\"similarity\"]",
            "measures = [\"exact_match\"]",
            "6:1 E0212",
        ),
        ("\"generate\"", "\"choice\"", ""),
        ("[[cases]]", judge, "6:1 E0212"),
        (
            "[embedding]\nmodel = \"all-minilm-l6-v2\"\nsha256 = \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"",
            "",
            "4:13 E0212",
        ),
    ] {
        let text = SUITE.replacen(old, new, 1);
        assert_ne!(text, SUITE, "{old}");
        let found = parsed(&text).unwrap_err();
        let said: Vec<String> = found
            .iter()
            .map(|d| format!("{}:{} {} {}", d.line, d.column, d.code, d.message))
            .collect();
        assert!(
            said.iter().any(|line| line.starts_with(expect)),
            "{new}: {said:#?}"
        );
        if new == judge {
            assert!(
                said.iter()
                    .any(|line| line.contains("a judge and an embedding model")),
                "{said:#?}"
            );
        }
    }
    // A local suite without measures takes those that its cases and its model are for.
    let usual = SUITE.replace("measures = [\"similarity\"]", "");
    assert!(
        parsed(&usual)
            .unwrap()
            .measures
            .contains(&MeasureName::Similarity)
    );
}
