//! The report's estimates as `evaluation_results`.

use serde::Serialize;
use weigh_core::measure::{Better, Scale};
use weigh_core::stats::Estimate;
use weigh_core::suite::Suite;

use super::super::evidence::{Evidence, reasons, slice, word};
use super::Details;

/// One estimate that has a value.
#[derive(Serialize)]
pub(super) struct Figure<'a> {
    evaluation_result_id: String,
    evaluation_name: String,
    source_data: Data<'a>,
    metric_config: Metric<'a>,
    score_details: Score,
}

#[derive(Serialize)]
struct Data<'a> {
    dataset_name: &'a str,
    source_type: &'static str,
    additional_details: Details,
}

#[derive(Serialize)]
struct Metric<'a> {
    evaluation_description: &'a str,
    metric_id: &'static str,
    metric_name: &'static str,
    lower_is_better: bool,
    score_type: &'static str,
    min_score: Bound,
    max_score: Bound,
    additional_details: Details,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Bound {
    Number(f64),
    /// JSON has no number for it.
    Infinite(&'static str),
}

#[derive(Serialize)]
struct Score {
    score: f64,
    details: Details,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncertainty: Option<Uncertainty>,
}

#[derive(Serialize)]
struct Uncertainty {
    confidence_interval: Interval,
    num_samples: u32,
}

#[derive(Serialize)]
struct Interval {
    lower: f64,
    upper: f64,
    confidence_level: f64,
    method: String,
}

/// The name by which lines of cases point at the figure of a whole suite.
pub(super) fn result_id(suite: &str, measure: &str, slice: Option<&str>) -> String {
    format!("{suite}:{measure}:{}", slice.unwrap_or("all"))
}

/// Every estimate that has a value.
pub(super) fn of<'a>(evidence: &Evidence<'a>) -> Vec<Figure<'a>> {
    let suite = |id: &str| evidence.suites().iter().find(|suite| suite.id == id);
    let figures = evidence.report.estimates.iter().filter_map(|estimate| {
        let score = score(estimate)?;
        Some(figure(suite(&estimate.suite)?, estimate, score))
    });
    figures.collect()
}

fn figure<'a>(suite: &'a Suite, estimate: &'a Estimate, score: Score) -> Figure<'a> {
    let slice = slice(&estimate.stratum);
    let name = match &slice {
        None => estimate.suite.clone(),
        Some(slice) => format!("{} {slice}", estimate.suite),
    };
    Figure {
        evaluation_result_id: result_id(
            &estimate.suite,
            estimate.measure.as_str(),
            slice.as_deref(),
        ),
        evaluation_name: name,
        source_data: Data {
            dataset_name: &suite.id,
            source_type: "other",
            additional_details: Details::from([
                ("version", suite.version.clone()),
                ("sha256", suite.digest.to_string()),
                ("licence", suite.licence.clone()),
            ]),
        },
        metric_config: metric(estimate),
        score_details: score,
    }
}

fn metric(estimate: &Estimate) -> Metric<'static> {
    let measure = estimate.measure;
    let (least, most) = match measure.scale() {
        Scale::Proportion | Scale::Calibration | Scale::Selective | Scale::Corpus => {
            (0.0, Bound::Number(1.0))
        }
        Scale::Mean(range) => (range.least, Bound::Number(range.most)),
        Scale::Ratio | Scale::Exponential => (0.0, Bound::Infinite("Infinity")),
    };
    let (lower_is_better, better) = match measure.better() {
        Better::Higher => (false, "higher"),
        Better::Lower => (true, "lower"),
        // The schema knows two directions; of the distance from zero the lower one is better.
        Better::NearZero => (true, "near_zero"),
    };
    Metric {
        evaluation_description: measure.means(),
        metric_id: measure.as_str(),
        metric_name: measure.title(),
        lower_is_better,
        score_type: "continuous",
        min_score: Bound::Number(least),
        max_score: most,
        additional_details: Details::from([
            ("measure_version", estimate.measure_version.to_string()),
            ("better", better.to_owned()),
        ]),
    }
}

fn score(estimate: &Estimate) -> Option<Score> {
    let mut details = Details::from([
        ("planned", estimate.planned.to_string()),
        ("scored", estimate.scored.to_string()),
        ("clusters", estimate.clusters.to_string()),
    ]);
    if !estimate.unscored.is_empty() {
        details.insert("unscored", reasons(estimate));
    }
    let uncertainty = estimate.interval.as_ref().map(|interval| Uncertainty {
        confidence_interval: Interval {
            lower: interval.lower.get(),
            upper: interval.upper.get(),
            confidence_level: interval.level.get(),
            method: word(interval.method),
        },
        num_samples: estimate.scored,
    });
    Some(Score {
        score: estimate.point?.get(),
        details,
        uncertainty,
    })
}
