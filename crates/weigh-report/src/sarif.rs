//! Failing cases as SARIF 2.1.0: each points at the file and the line of the suite where the case stands.
//!
//! A result is one case by one measure, and the measure is its rule. What has no outcome is no result
//! but a notification of the tool. With a baseline every result says whether it is new, unchanged or,
//! for what fails no longer, absent.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use weigh_core::cases::{CaseResult, CaseState, Reading, failing};
use weigh_core::json;
use weigh_core::measure::MeasureName;
use weigh_core::report::Report;
use weigh_core::text::{percent_encoded, visible};

/// The schema that the document names.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The failing ones of `cases`, which are those of `report`, as one line of JSON; with the cases of a
/// `baseline` of the same plan, what changed since.
///
/// None when the document has no canonical form, which no case can cause.
#[must_use]
pub fn sarif(
    report: &Report,
    cases: &[CaseResult],
    baseline: Option<&[CaseResult]>,
) -> Option<String> {
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run(report, cases, baseline)],
    };
    let text = String::from_utf8(json::canonical(&log)?).ok()?;
    Some(format!("{text}\n"))
}

fn run<'a>(report: &'a Report, cases: &[CaseResult], baseline: Option<&[CaseResult]>) -> Run<'a> {
    let before = baseline.map(failing);
    let now = failing(cases);
    let mut results: Vec<Outcome> = results(cases, |key| match &before {
        None => Some(None),
        Some(before) if before.contains(&key) => Some(Some("unchanged")),
        Some(_) => Some(Some("new")),
    });
    results.extend(self::results(baseline.unwrap_or_default(), |key| {
        (!now.contains(&key)).then_some(Some("absent"))
    }));
    let used: BTreeSet<MeasureName> = results.iter().map(|result| result.rule_id).collect();
    Run {
        tool: Tool {
            driver: Driver {
                name: "Weighhouse",
                version: &report.plan.harness,
                rules: used.into_iter().map(rule).collect(),
            },
        },
        automation_details: Id {
            id: format!("weigh/{}/{}", report.plan.profile.id, report.id),
        },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: notifications(cases),
        }],
        column_kind: "unicodeCodePoints",
        results,
        properties: BTreeMap::from([
            ("model", visible(&report.subject.name).into_owned()),
            ("report", report.id.clone()),
        ]),
    }
}

/// One result for each failure; `state` says how it stands to the baseline, or that it is none.
fn results<'c>(
    cases: &'c [CaseResult],
    state: impl Fn((&'c str, MeasureName)) -> Option<Option<&'static str>>,
) -> Vec<Outcome> {
    let each = cases
        .iter()
        .flat_map(|case| case.failing().map(move |reading| (case, reading)));
    each.filter_map(|(case, reading)| {
        let baseline_state = state((&case.trial, reading.measure))?;
        Some(Outcome {
            rule_id: reading.measure,
            level: "error",
            message: Message::of(&failure(case, reading)),
            locations: [Location::of(case)],
            partial_fingerprints: BTreeMap::from([(
                "weighhouseCase/v1",
                visible(&format!("{}:{}", case.trial, reading.measure)).into_owned(),
            )]),
            baseline_state,
        })
    })
    .collect()
}

fn failure(case: &CaseResult, reading: &Reading) -> String {
    let reply = case.reply.as_deref().filter(|reply| *reply != reading.got);
    let reply = reply.map_or_else(String::new, |reply| format!("; the reply begins: {reply}"));
    format!(
        "{}: expected \"{}\", got \"{}\"{reply}",
        case.trial, reading.expected, reading.got
    )
}

/// What has no outcome.
fn notifications(cases: &[CaseResult]) -> Vec<Notification> {
    let errors = cases.iter().filter(|case| case.state == CaseState::Error);
    let told = |case: &CaseResult| {
        let missing = case.without_outcome();
        let missing = missing.map(|reading| format!("{}: {}", reading.measure, reading.got));
        let missing: Vec<String> = missing.collect();
        Notification {
            level: "warning",
            message: Message::of(&format!(
                "{}: no outcome: {}",
                case.trial,
                missing.join("; ")
            )),
            locations: [Location::of(case)],
        }
    };
    errors.map(told).collect()
}

fn rule(measure: MeasureName) -> Rule {
    Rule {
        id: measure,
        short_description: Message::of(measure.title()),
        full_description: Message::of(measure.means()),
    }
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    automation_details: Id,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Outcome>,
    properties: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'a str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct Id {
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: MeasureName,
    short_description: Message,
    full_description: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: MeasureName,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// A plain text: nothing in it is a link (3.11.6) or a place to fill (3.11.5).
    fn of(text: &str) -> Self {
        let mut text = visible(text).replace("](", "] (");
        let mut pairs = text.bytes().zip(text.bytes().skip(1));
        if pairs.any(|(one, next)| one == b'{' && next.is_ascii_digit()) {
            text = text.replace('{', "{{").replace('}', "}}");
        }
        Self { text }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

impl Location {
    fn of(case: &CaseResult) -> Self {
        // A relative reference (RFC 3986, section 4.2).
        let uri = percent_encoded(&case.path(), b"/");
        // Lines begin at 1, in SARIF as here.
        let start_line = case.line.max(1);
        Self {
            physical_location: Physical {
                artifact_location: Artifact { uri },
                region: Region { start_line },
            },
        }
    }
}
