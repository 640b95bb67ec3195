//! Figures as a model's page on the Hugging Face Hub shows them: `.eval_results/*.yaml`.
//!
//! <https://huggingface.co/docs/hub/eval-results>, as it was in 2026.

use std::fmt::Write as _;

use weigh_core::stats::{Estimate, Stratum};

use super::evidence::{Evidence, without_score, without_value};
use super::{Export, ExportedFile, file_name};

/// Under which name a suite is a benchmark on the Hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The suite's id.
    pub suite: String,
    /// The data set: `OWNER/NAME`.
    pub dataset: String,
    /// Its revision, where one is named.
    pub revision: Option<String>,
}

/// A file for each suite that is published, with an entry for each figure of the whole suite and of
/// its languages. `source` is where the record can be had.
#[must_use]
pub fn results(evidence: &Evidence<'_>, published: &[Published], source: Option<&str>) -> Export {
    let mut export = Export::default();
    for one in published {
        let of_suite = evidence.report.estimates.iter();
        let of_suite = of_suite.filter(|estimate| estimate.suite == one.suite);
        let mut text = String::new();
        for estimate in of_suite {
            match task_id(estimate).zip(estimate.point) {
                Some((task, point)) => {
                    text.push_str(&entry(
                        evidence,
                        one,
                        (&task, point.get(), estimate),
                        source,
                    ));
                }
                // That tags have no entry is known beforehand.
                None if estimate.stratum == Stratum::All => {
                    export.left_out.extend(without_value(estimate));
                }
                None => {}
            }
        }
        if !text.is_empty() {
            let head = format!("# {}\n", evidence.how_to_verify());
            export.files.push(ExportedFile {
                path: format!(".eval_results/{}.yaml", file_name(&one.suite)),
                bytes: (head + &text).into_bytes(),
            });
        }
    }
    export
}

/// `accuracy`, or `accuracy.sw` for a language. Tags have no task.
fn task_id(estimate: &Estimate) -> Option<String> {
    match &estimate.stratum {
        Stratum::All => Some(estimate.measure.to_string()),
        Stratum::Language(language) => Some(format!("{}.{language}", estimate.measure)),
        Stratum::Tag(_) => None,
    }
}

fn entry(
    evidence: &Evidence<'_>,
    published: &Published,
    (task, point, estimate): (&str, f64, &Estimate),
    source: Option<&str>,
) -> String {
    let report = evidence.report;
    let mut text = format!(
        "- dataset:\n    id: {}\n    task_id: {}\n",
        quoted(&published.dataset),
        quoted(task)
    );
    if let Some(revision) = &published.revision {
        let _ = writeln!(text, "    revision: {}", quoted(revision));
    }
    // Written out in full: an exponent is a text to some readers of YAML.
    let _ = writeln!(text, "  value: {point}");
    let date = report.record.sealed.0.as_str();
    let _ = writeln!(text, "  date: {}", quoted(date));
    if let Some(source) = source {
        let name = format!("Weighhouse test report {}", report.id);
        let (source, name) = (quoted(source), quoted(&name));
        let _ = writeln!(text, "  source:\n    url: {source}\n    name: {name}");
    }
    let _ = writeln!(text, "  notes: {}", quoted(&notes(evidence, estimate)));
    text
}

/// What an entry has no field for.
fn notes(evidence: &Evidence<'_>, estimate: &Estimate) -> String {
    let interval = estimate.interval.as_ref().map_or_else(
        || "no interval".to_owned(),
        |interval| {
            let (lower, upper) = (interval.lower, interval.upper);
            format!("[{lower}, {upper}] at confidence {}", interval.level)
        },
    );
    let scored = without_score(estimate)
        .unwrap_or_else(|| format!("all {} units have a score", estimate.planned));
    format!(
        "{interval}; {scored}; Weighhouse report {}, SHA-256 {}",
        evidence.report.id, evidence.statement
    )
}

/// A text of JSON is a double-quoted text of YAML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
