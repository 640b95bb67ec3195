//! A record as logs of Inspect (EvalLog, version 2): one for each suite, which Inspect's viewer opens.
//!
//! <https://inspect.aisi.org.uk/eval-logs.html>, and the models of inspect_ai 0.3.285.

mod results;
mod sample;

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use weigh_core::digest::Digest;
use weigh_core::request::{Request, Sampling};
use weigh_core::suite::Suite;

use self::results::{Headline, Results};
use self::sample::Sample;
use super::evidence::{Answered, Evidence, word};
use super::{Export, ExportedFile, file_name, pretty};

/// A log. Inspect reads the head of a long log alone, so its fields stand in Inspect's order.
#[derive(Serialize)]
struct Log<'a> {
    version: u32,
    status: &'static str,
    eval: Spec<'a>,
    plan: Plan,
    results: Results,
    stats: Stats<'a>,
    samples: Vec<Sample<'a>>,
}

#[derive(Serialize)]
struct Spec<'a> {
    eval_id: String,
    run_id: &'a str,
    created: &'a str,
    task: &'a str,
    task_id: String,
    task_version: &'a str,
    dataset: Dataset<'a>,
    model: &'a str,
    model_generate_config: Generation<'a>,
    config: Config,
    packages: BTreeMap<&'static str, &'a str>,
    metadata: Metadata<'a>,
    scorers: Vec<Scorer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline_metric: Option<Headline>,
}

#[derive(Serialize)]
struct Dataset<'a> {
    name: &'a str,
    samples: usize,
    sample_ids: Vec<String>,
    shuffled: bool,
}

#[derive(Serialize)]
struct Generation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop_seqs: Option<&'a [String]>,
}

#[derive(Serialize)]
struct Config {
    epochs: u32,
    fail_on_error: bool,
}

/// What Inspect has no field for.
#[derive(Serialize)]
struct Metadata<'a> {
    report: &'a str,
    report_sha256: Digest,
    verify: String,
    profile: String,
    verdict: String,
    intervals: Vec<String>,
    /// Of the whole report, which may have other suites.
    deviations: &'a [String],
    suite_sha256: Digest,
    model_sha256: Digest,
}

#[derive(Serialize)]
struct Scorer {
    name: &'static str,
    metadata: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Plan {
    name: &'static str,
    steps: [Step; 1],
}

#[derive(Serialize)]
struct Step {
    solver: &'static str,
}

#[derive(Serialize)]
struct Stats<'a> {
    started_at: &'a str,
    completed_at: &'a str,
}

/// A log for each suite of the record.
///
/// # Errors
/// When a log has no form in JSON.
pub fn export(evidence: &Evidence<'_>) -> io::Result<Export> {
    let mut export = Export::default();
    let answered: Vec<Answered<'_>> = evidence.answered().collect();
    for suite in evidence.suites() {
        let of_suite = answered.iter().filter(|one| one.suite.id == suite.id);
        let of_suite: Vec<Answered<'_>> = of_suite.copied().collect();
        let log = log(evidence, suite, &of_suite);
        export.files.push(ExportedFile {
            path: path(log.eval.created, &suite.id, &log.eval.task_id),
            bytes: pretty(&log)?,
        });
    }
    Ok(export)
}

/// Inspect takes a file for a log by the time at its front.
fn path(created: &str, suite: &str, task: &str) -> String {
    let time = created.replace(':', "-").replace('Z', "+00-00");
    format!("{time}_{}_{task}.json", file_name(suite))
}

fn log<'a>(evidence: &Evidence<'a>, suite: &'a Suite, answered: &[Answered<'a>]) -> Log<'a> {
    let report = evidence.report;
    let started = report
        .record
        .opened
        .first()
        .unwrap_or(&report.record.sealed);
    Log {
        version: 2,
        status: "success",
        eval: spec(evidence, suite, answered, &started.0),
        plan: Plan {
            name: "weighhouse",
            steps: [Step { solver: "generate" }],
        },
        results: results::of(report, suite, answered),
        stats: Stats {
            started_at: &started.0,
            completed_at: &report.record.sealed.0,
        },
        samples: answered
            .iter()
            .map(|one| sample::of(one, &report.subject.name))
            .collect(),
    }
}

fn spec<'a>(
    evidence: &Evidence<'a>,
    suite: &'a Suite,
    answered: &[Answered<'a>],
    created: &'a str,
) -> Spec<'a> {
    let report = evidence.report;
    let uuid = evidence.uuid(&format!("inspect\n{}", suite.id));
    let scorer = |measure: &weigh_core::measure::MeasureName| Scorer {
        name: measure.as_str(),
        metadata: BTreeMap::from([
            ("title", measure.title().to_owned()),
            ("means", measure.means().to_owned()),
            ("version", measure.version().to_string()),
        ]),
    };
    Spec {
        run_id: &report.id,
        created,
        task: &suite.id,
        task_id: uuid.replace('-', ""),
        eval_id: uuid,
        task_version: &suite.version,
        dataset: Dataset {
            name: &suite.id,
            samples: answered.len(),
            sample_ids: answered.iter().map(sample::id).collect(),
            shuffled: false,
        },
        model: &report.subject.name,
        model_generate_config: generation(answered),
        config: Config {
            epochs: 1,
            fail_on_error: false,
        },
        packages: BTreeMap::from([("weighhouse", report.plan.harness.as_str())]),
        metadata: metadata(evidence, suite),
        scorers: suite.measures.iter().map(scorer).collect(),
        headline_metric: results::headline(report, suite),
    }
}

/// How texts were generated, which is the same in all of a suite.
fn generation<'a>(answered: &[Answered<'a>]) -> Generation<'a> {
    let mut requests = answered.iter().flat_map(|one| &one.trial.requests);
    let generated = requests.find_map(|request| match request {
        Request::Generate {
            sampling,
            stop,
            max_tokens,
            ..
        } => Some((sampling, stop, *max_tokens)),
        Request::Likelihood { .. } | Request::Similarity { .. } => None,
    });
    let (temperature, top_p) = match generated {
        Some((Sampling::Greedy, ..)) => (Some(0.0), None),
        Some((
            Sampling::Seeded {
                temperature, top_p, ..
            },
            ..,
        )) => (Some(temperature.get()), Some(top_p.get())),
        None => (None, None),
    };
    Generation {
        temperature,
        top_p,
        max_tokens: generated.map(|(.., most)| most),
        stop_seqs: generated.map(|(_, stop, _)| &**stop),
    }
}

fn metadata<'a>(evidence: &Evidence<'a>, suite: &Suite) -> Metadata<'a> {
    let report = evidence.report;
    let profile = &report.plan.profile;
    Metadata {
        report: &report.id,
        report_sha256: evidence.statement,
        verify: evidence.how_to_verify(),
        profile: format!("{} {}", profile.id, profile.version),
        verdict: word(report.verdict),
        intervals: results::intervals(report, suite),
        deviations: &report.deviations,
        suite_sha256: suite.digest,
        model_sha256: report.subject.identity(),
    }
}
