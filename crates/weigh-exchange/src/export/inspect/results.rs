//! The report's estimates of one suite as Inspect's results: a score for each measure, and one for each slice of it.

use std::collections::BTreeMap;

use serde::Serialize;
use weigh_core::decimal::Decimal;
use weigh_core::measure::MeasureName;
use weigh_core::report::Report;
use weigh_core::stats::{Estimate, Stratum};
use weigh_core::suite::Suite;

use super::super::evidence::{Answered, figure, without_score, word};

/// `EvalResults`.
#[derive(Serialize)]
pub(super) struct Results {
    total_samples: usize,
    completed_samples: usize,
    scores: Vec<Score>,
}

/// `EvalScore`. The viewer makes a row of each, and a table of those with the same metrics: so slices are scores of their own, and
/// all of them have the same three columns.
#[derive(Serialize)]
struct Score {
    name: String,
    scorer: MeasureName,
    scored_samples: u32,
    unscored_samples: u32,
    metrics: Metrics,
    metadata: BTreeMap<&'static str, String>,
}

/// The figures, in the order of their columns; none without a value.
#[derive(Serialize)]
struct Metrics {
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<Metric>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<Metric>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<Metric>,
}

/// `EvalMetric`.
#[derive(Serialize)]
struct Metric {
    name: &'static str,
    value: f64,
}

/// `HeadlineMetric`: which figure stands for the suite where there is room for one.
#[derive(Serialize)]
pub(super) struct Headline {
    scorer: MeasureName,
    score: String,
    metric: &'static str,
}

/// The results of `suite`: its measures in its own order, then their slices.
pub(super) fn of(report: &Report, suite: &Suite, answered: &[Answered<'_>]) -> Results {
    let completed = answered.iter().filter(|one| one.failure().is_none());
    Results {
        total_samples: answered.len(),
        completed_samples: completed.count(),
        scores: estimates(report, suite).into_iter().map(score).collect(),
    }
}

/// The first measure of `suite` that has a value.
pub(super) fn headline(report: &Report, suite: &Suite) -> Option<Headline> {
    let mut whole = estimates(report, suite).into_iter();
    let first = whole.find(|one| one.stratum == Stratum::All && one.point.is_some())?;
    Some(Headline {
        scorer: first.measure,
        score: figure(first),
        metric: "point",
    })
}

/// How sure the intervals of `suite` are and how they were made, each way once.
pub(super) fn intervals(report: &Report, suite: &Suite) -> Vec<String> {
    let estimates = estimates(report, suite).into_iter();
    let mut ways: Vec<String> = estimates
        .filter_map(|estimate| estimate.interval.as_ref())
        .map(|interval| format!("{} {}", interval.level, word(interval.method)))
        .collect();
    ways.sort();
    ways.dedup();
    ways
}

fn estimates<'a>(report: &'a Report, suite: &Suite) -> Vec<&'a Estimate> {
    let of_suite = report.estimates.iter().filter(|one| one.suite == suite.id);
    let mut estimates: Vec<&Estimate> = of_suite.collect();
    let place = |one: &Estimate| suite.measures.iter().position(|name| *name == one.measure);
    estimates.sort_by_key(|one| (one.stratum != Stratum::All, place(one)));
    estimates
}

fn score(estimate: &Estimate) -> Score {
    let interval = estimate.interval.as_ref();
    Score {
        name: figure(estimate),
        scorer: estimate.measure,
        scored_samples: estimate.scored,
        unscored_samples: estimate.planned.saturating_sub(estimate.scored),
        metrics: Metrics {
            point: metric("point", estimate.point),
            lower: metric("lower", interval.map(|interval| interval.lower)),
            upper: metric("upper", interval.map(|interval| interval.upper)),
        },
        metadata: about(estimate),
    }
}

fn metric(name: &'static str, value: Option<Decimal>) -> Option<Metric> {
    let value = value?.get();
    Some(Metric { name, value })
}

fn about(estimate: &Estimate) -> BTreeMap<&'static str, String> {
    let mut about = BTreeMap::from([
        ("planned", estimate.planned.to_string()),
        ("clusters", estimate.clusters.to_string()),
    ]);
    if let Some(interval) = &estimate.interval {
        about.insert("confidence", interval.level.to_string());
        about.insert("method", word(interval.method));
    }
    if let Some(why) = without_score(estimate) {
        about.insert("unscored", why);
    }
    about
}
