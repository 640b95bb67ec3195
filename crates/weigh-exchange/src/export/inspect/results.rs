//! The report's estimates of one suite as Inspect's results: a score for each measure.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use weigh_core::measure::MeasureName;
use weigh_core::report::Report;
use weigh_core::stats::{Estimate, Stratum};

use super::super::evidence::{Answered, slice, without_score, word};

/// `EvalResults`.
#[derive(Serialize)]
pub(super) struct Results {
    total_samples: usize,
    completed_samples: usize,
    scores: Vec<Score>,
}

#[derive(Serialize)]
struct Score {
    name: &'static str,
    scorer: &'static str,
    scored_samples: u32,
    unscored_samples: u32,
    metrics: Metrics,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    metadata: BTreeMap<String, String>,
}

/// A map in the order of its entries: Inspect shows the first one where it shows one.
struct Metrics(Vec<(String, Metric)>);

impl Serialize for Metrics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, metric)| (key, metric)))
    }
}

#[derive(Serialize)]
struct Metric {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<BTreeMap<&'static str, String>>,
}

/// The results of the suite `id`.
pub(super) fn of(report: &Report, id: &str, answered: &[Answered<'_>]) -> Results {
    let estimates = report.estimates.iter().filter(|e| e.suite == id);
    let whole = estimates.clone().filter(|e| e.stratum == Stratum::All);
    let score = |whole: &Estimate| {
        let of_measure: Vec<&Estimate> = estimates
            .clone()
            .filter(|e| e.measure == whole.measure)
            .collect();
        score(whole, &of_measure)
    };
    Results {
        total_samples: answered.len(),
        completed_samples: answered
            .iter()
            .filter(|one| one.failure().is_none())
            .count(),
        scores: whole.map(score).collect(),
    }
}

fn score(whole: &Estimate, parts: &[&Estimate]) -> Score {
    let name: MeasureName = whole.measure;
    let metrics = parts
        .iter()
        .flat_map(|estimate| metrics(estimate))
        .collect();
    // What is not scored has no metric, so why is told beside them.
    let unscored = parts.iter().filter_map(|estimate| {
        let part = slice(&estimate.stratum).unwrap_or_else(|| "all".to_owned());
        Some((format!("unscored {part}"), without_score(estimate)?))
    });
    Score {
        name: name.as_str(),
        scorer: name.as_str(),
        scored_samples: whole.scored,
        unscored_samples: whole.planned.saturating_sub(whole.scored),
        metrics: Metrics(metrics),
        metadata: unscored.collect(),
    }
}

/// `point`, `lower` and `upper` of an estimate, with its slice behind them; none without a value.
fn metrics(estimate: &Estimate) -> Vec<(String, Metric)> {
    let group = slice(&estimate.stratum);
    let interval = estimate.interval.as_ref();
    let figures = [
        ("point", estimate.point),
        ("lower", interval.map(|interval| interval.lower)),
        ("upper", interval.map(|interval| interval.upper)),
    ];
    let metric = |(name, value): (&'static str, Option<weigh_core::decimal::Decimal>)| {
        let key = match &group {
            None => name.to_owned(),
            Some(group) => format!("{name} {group}"),
        };
        let metric = Metric {
            name,
            group: group.clone(),
            value: value?.get(),
            // Once for the three of them.
            metadata: (name == "point").then(|| about(estimate)),
        };
        Some((key, metric))
    };
    figures.into_iter().filter_map(metric).collect()
}

fn about(estimate: &Estimate) -> BTreeMap<&'static str, String> {
    let mut about = BTreeMap::from([
        ("planned", estimate.planned.to_string()),
        ("scored", estimate.scored.to_string()),
        ("clusters", estimate.clusters.to_string()),
    ]);
    if let Some(interval) = &estimate.interval {
        about.insert("confidence", interval.level.to_string());
        about.insert("method", word(interval.method));
    }
    about
}
