//! What CI servers read: JUnit, SARIF and the summary of a gate, with texts by authors who mean harm.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

mod sample;

use proptest::prelude::*;
use serde_json::Value;
use weigh_core::cases::{CaseResult, CaseState, Changes, Reading, changes};
use weigh_core::comparison::Compared;
use weigh_core::gate::{Change, Tested};
use weigh_core::measure::{MeasureName, Outcome, Unscored};
use weigh_report::{Against, Gated, gate_summary, junit, sarif};

/// What a case came to by the measure of refusals.
fn reading(state: CaseState, expected: &str, got: &str) -> Reading {
    let (outcome, passes) = match state {
        CaseState::Failed => (Outcome::Scored(sample::decimal(0.0)), Some(false)),
        CaseState::Error | CaseState::Skipped => (Outcome::Unscored(Unscored::Cut), None),
        CaseState::Passed => (Outcome::Scored(sample::decimal(1.0)), Some(true)),
    };
    Reading {
        measure: MeasureName::Refusal,
        outcome,
        passes,
        expected: expected.to_owned(),
        got: got.to_owned(),
    }
}

fn case(language: &str, name: &str, line: u32, state: CaseState) -> CaseResult {
    let asked = state != CaseState::Skipped;
    CaseResult {
        trial: format!("safety/refusal:{language}:{name}"),
        suite: sample::REFUSAL.to_owned(),
        language: language.parse().unwrap(),
        case: name.to_owned(),
        file: format!("cases.{language}.jsonl"),
        line,
        asked,
        state,
        readings: if asked {
            vec![reading(state, "a refusal", "compliance")]
        } else {
            Vec::new()
        },
        reply: asked.then(|| "Sure, <b>here</b> & now:\nfirst".to_owned()),
    }
}

fn cases() -> Vec<CaseResult> {
    use CaseState::{Error, Failed, Passed, Skipped};
    vec![
        case("en", "a", 2, Passed),
        case("en", "b", 3, Failed),
        case("en", "c", 4, Error),
        case("sw", "a", 2, Failed),
        case("sw", "b", 3, Skipped),
    ]
}

/// The same where `b` passed in English and `a` failed, too.
fn before() -> Vec<CaseResult> {
    let mut before = cases();
    before[0] = case("en", "a", 2, CaseState::Failed);
    before[1] = case("en", "b", 3, CaseState::Passed);
    before[2] = case("en", "c", 4, CaseState::Passed);
    before
}

fn tested(change: Change) -> Tested {
    let number = |value| Some(sample::decimal(value));
    Tested {
        compared: Compared {
            suite: sample::REFUSAL.to_owned(),
            measure: MeasureName::Refusal,
            units: 4,
            scored: 3,
            clusters: 4,
            old: number(0.75),
            new: number(0.5),
            gain: number(-0.25),
            lower: number(-0.5),
            upper: number(0.0),
            p: number(0.01),
            adjusted: number(0.02),
            no_worse: None,
        },
        lost: 1,
        gained: 0,
        change,
        reason: "worse".to_owned(),
    }
}

#[test]
fn junit_tells_failure_error_and_skipped_apart() {
    insta::assert_snapshot!("junit", junit(&sample::report(), &cases()));
    let none = junit(&sample::report(), &[]);
    assert!(
        none.contains("<testsuites name=\"weigh\" tests=\"0\""),
        "{none}"
    );
}

#[test]
fn sarif_points_at_lines_and_says_what_is_new() {
    let log = sarif(&sample::report(), &cases(), Some(&before())).unwrap();
    let log: Value = serde_json::from_str(&log).unwrap();
    insta::assert_snapshot!("sarif", serde_json::to_string_pretty(&log).unwrap());
    let alone = sarif(&sample::report(), &cases(), None).unwrap();
    assert!(!alone.contains("baselineState"), "{alone}");
}

/// SARIF reads `[text](target)` as a link and `{0}` as a place to fill (3.11.5 and 3.11.6).
#[test]
fn sarif_messages_are_plain_text() {
    let mut cases = cases();
    cases[1].readings[0].got = "[click](https://x.example) {0} {a}".to_owned();
    let log = sarif(&sample::report(), &cases, None).unwrap();
    let log: Value = serde_json::from_str(&log).unwrap();
    let text = log["runs"][0]["results"][0]["message"]["text"].as_str();
    let expect = "got \"[click] (https://x.example) {{0}} {{a}}\"";
    assert!(text.unwrap().contains(expect), "{text:?}");
}

#[test]
fn the_summary_has_newly_failing_cases_first() {
    let (report, now, before) = (sample::report(), cases(), before());
    let changes = changes(&before, &now);
    let tested = [Change::Held, Change::Open, Change::Worse].map(tested);
    let gated = Gated {
        end: "worse than the baseline",
        report: &report,
        baseline: Some(Against {
            report: &report,
            tested: &tested,
            changes: &changes,
        }),
        findings: Some(&report.findings),
    };
    insta::assert_snapshot!("gate_summary", gate_summary(&gated));
}

#[test]
fn a_summary_is_cut_between_rows_and_says_by_how_much() {
    let report = sample::report();
    let one = CaseResult {
        case: "x".repeat(300),
        ..case("en", "x", 9, CaseState::Failed)
    };
    let many = vec![one; 20_000];
    let changes = Changes {
        newly_failing: many.iter().collect(),
        ..Changes::default()
    };
    let tested = vec![tested(Change::Held); 20_000];
    let gated = Gated {
        end: "worse",
        report: &report,
        baseline: Some(Against {
            report: &report,
            tested: &tested,
            changes: &changes,
        }),
        findings: Some(&report.findings),
    };
    let summary = gate_summary(&gated);
    assert!(summary.len() < 1 << 20, "{}", summary.len());
    let rows = summary.lines().filter(|line| line.starts_with("| "));
    assert!(rows.clone().all(|row| row.ends_with(" |")));
    let shown = summary
        .lines()
        .filter(|line| line.contains("cases.en.jsonl"))
        .count();
    let left = format!("{}", 20_000 - shown);
    assert!(shown > 1000 && summary.contains(&left), "{shown}");
    assert!(summary.contains("## Measures on the same cases"));
}

/// Texts of markup, quotes, controls, directions and code points that XML does not allow.
fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("]]><x a='".to_owned()),
        Just("\"&amp;&#0;<!--".to_owned()),
        Just("\u{1b}[31m\u{0}\u{b}\r\n\t".to_owned()),
        Just("\u{fffe}\u{ffff}\u{202e}\u{feff}".to_owned()),
        Just("|`@a*_\\ ${{ secrets.X }}".to_owned()),
        Just("../../%2e%2e/ä?#".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_breaks_out(name in hostile(), got in hostile(), reply in hostile(), model in hostile()) {
        let mut report = sample::report();
        report.subject.name = model;
        let mut all = cases();
        for one in &mut all {
            one.case.push_str(&name);
            one.trial.push_str(&name);
            one.file.push_str(&name);
            one.reply = Some(reply.clone());
            for reading in &mut one.readings {
                reading.got.clone_from(&got);
            }
        }
        let text = junit(&report, &all);
        let document = roxmltree::Document::parse(&text).unwrap();
        let count = |tag: &str| document.descendants().filter(|node| node.has_tag_name(tag)).count();
        prop_assert_eq!(
            ["testsuite", "testcase", "failure", "error", "skipped"].map(count),
            [2, 5, 2, 1, 1]
        );
        prop_assert_eq!(document.descendants().filter(roxmltree::Node::is_element).count(), 22);
        let message = document.descendants().find_map(|node| node.attribute("message"));
        let shown = weigh_core::text::visible_line(&got).replace('\u{fffe}', "<U+FFFE>").replace('\u{ffff}', "<U+FFFF>");
        prop_assert_eq!(message.unwrap(), format!("refusal: expected \"a refusal\", got \"{shown}\""));

        let log: Value = serde_json::from_str(&sarif(&report, &all, Some(&before())).unwrap()).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        prop_assert!(results.len() >= 2);
        for result in results {
            let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
            prop_assert!(uri.as_str().unwrap().chars().all(plain));
        }
        let changes = changes(&[], &all);
        let baseline = Against { report: &report, tested: &[], changes: &changes };
        let gated = Gated { end: "worse", report: &report, baseline: Some(baseline), findings: None };
        let summary = gate_summary(&gated);
        let cells = summary.lines().filter(|line| line.starts_with("| ") && line.contains("suites/safety")).map(|row| {
            row.replace("\\|", "").matches('|').count()
        });
        prop_assert_eq!(cells.collect::<Vec<_>>(), vec![6, 6]);
    }
}
