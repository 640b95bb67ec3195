//! From outcomes to estimates: one for each measure, suite and stratum.

use std::collections::BTreeMap;

use super::calibration::{Prediction, Ranked};
use super::cluster::{Cluster, effective_size, total};
use super::mean::{self, Range};
use super::proportion::clopper_pearson;
use super::student::two_sided;
use super::{Estimate, Interval, Method, Stratum};
use crate::decimal::Decimal;
use crate::measure::text::perplexity;
use crate::measure::{MeasureName, Outcome, Scale, Scored};

/// Resamples of a bootstrap.
const DRAWS: u32 = 2_000;

/// What every estimate of a report is made with.
struct How {
    level: Decimal,
    seed: u64,
}

/// Estimates every measure of every suite on all units, on each language and on each tag.
///
/// Intervals are two-sided at `level`, a number between 0 and 1; those that need chance draw it
/// from `seed`, that of the plan. The result is sorted by suite, measure and stratum and does not
/// depend on the order of `scored`.
#[must_use]
pub fn estimate(scored: &[Scored], level: Decimal, seed: u64) -> Vec<Estimate> {
    let how = How { level, seed };
    let mut strata: BTreeMap<(&str, MeasureName, Stratum), Vec<&Scored>> = BTreeMap::new();
    let mut ordered: Vec<&Scored> = scored.iter().collect();
    ordered.sort_by_key(|unit| (&unit.language, &unit.unit));
    for unit in ordered {
        let tags = unit.tags.iter().cloned().map(Stratum::Tag);
        let language = Stratum::Language(unit.language.clone());
        for stratum in [Stratum::All, language].into_iter().chain(tags) {
            let key = (unit.suite.as_str(), unit.measure, stratum);
            strata.entry(key).or_default().push(unit);
        }
    }
    strata
        .into_iter()
        .map(|((suite, measure, stratum), units)| Estimate {
            suite: suite.to_owned(),
            measure,
            stratum,
            ..of_units(measure, &units, &how)
        })
        .collect()
}

/// The estimate over some units of one measure, for every unit of one suite.
fn of_units(measure: MeasureName, units: &[&Scored], how: &How) -> Estimate {
    let clusters = by_cluster(units);
    let mut unscored: BTreeMap<String, u32> = BTreeMap::new();
    for unit in units {
        if let Outcome::Unscored(reason) = &unit.outcome {
            *unscored.entry(reason.kind().to_owned()).or_default() += 1;
        }
    }
    let all = total(&clusters);
    let scored = all.planned - all.missing;
    let figure = if scored == 0 {
        None
    } else {
        match measure.scale() {
            Scale::Proportion => proportion(&clusters, how.level),
            Scale::Mean(range) => mean(&clusters, range, how.level),
            Scale::Ratio => ratio(units, how.level),
            Scale::Calibration => calibration(units, how),
        }
    };
    let (point, interval) =
        figure.map_or((None, None), |(point, interval)| (Some(point), interval));
    Estimate {
        suite: String::new(),
        measure,
        measure_version: measure.version(),
        stratum: Stratum::All,
        planned: all.planned,
        scored,
        unscored,
        clusters: u32::try_from(clusters.len()).unwrap_or(u32::MAX),
        point,
        interval,
    }
}

/// The sums of each cluster, in the order of their names.
fn by_cluster(units: &[&Scored]) -> Vec<Cluster> {
    let mut clusters: BTreeMap<&str, Cluster> = BTreeMap::new();
    for unit in units {
        let cluster = clusters.entry(&unit.cluster).or_default();
        cluster.planned += 1;
        match &unit.outcome {
            Outcome::Scored(value) => cluster.passes += value.get(),
            Outcome::Unscored(_) => cluster.missing += 1,
        }
    }
    clusters.into_values().collect()
}

/// A point and, where there is one, its interval.
type Figure = Option<(Decimal, Option<Interval>)>;

fn proportion(clusters: &[Cluster], level: Decimal) -> Figure {
    let all = total(clusters);
    let point = Decimal::new(all.passes / f64::from(all.planned - all.missing)).ok()?;
    Some((point, interval(clusters, level)))
}

fn mean(clusters: &[Cluster], range: Range, level: Decimal) -> Figure {
    let mean = mean::mean(clusters, Some(range), level.get());
    let point = Decimal::new(mean.point?).ok()?;
    Some((point, limits(mean.limits.ok(), level, Method::Student)))
}

/// The ratio of the sums of both amounts, with Student's interval over the clusters. Without every
/// unit there is none: nothing bounds what is missing.
fn ratio(units: &[&Scored], level: Decimal) -> Figure {
    let mut clusters: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut whole = true;
    for unit in units {
        match &unit.outcome {
            Outcome::Scored(value) => {
                let (upper, lower) = clusters.entry(&unit.cluster).or_default();
                *upper += value.get() * unit.weight.get();
                *lower += unit.weight.get();
            }
            Outcome::Unscored(_) => whole = false,
        }
    }
    let clusters: Vec<(f64, f64)> = clusters.into_values().collect();
    let ratio = perplexity::ratio(&clusters, "amounts").ok()?;
    let point = Decimal::new(ratio.point).ok()?;
    let error = ratio.standard_error.filter(|error| whole && *error > 0.0);
    let around = error.map(|error| {
        let freedom = clusters.len() as f64 - 1.0;
        let half = two_sided(1.0 - level.get(), freedom) * error;
        ((ratio.point - half).max(0.0), ratio.point + half)
    });
    Some((point, limits(around, level, Method::RatioStudent)))
}

/// The expected calibration error, with a bootstrap over the clusters.
fn calibration(units: &[&Scored], how: &How) -> Figure {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    for unit in units {
        let next = u32::try_from(numbers.len()).ok()?;
        numbers.entry(&unit.cluster).or_insert(next);
    }
    let prediction = |unit: &&Scored| match &unit.outcome {
        Outcome::Scored(value) => Some(Prediction {
            confidence: unit.weight.get(),
            correct: *value == Decimal::ONE,
            cluster: numbers.get(unit.cluster.as_str()).copied()?,
        }),
        Outcome::Unscored(_) => None,
    };
    let predictions: Vec<Prediction> = units.iter().filter_map(prediction).collect();
    let ranked = Ranked::new(&predictions, 0).ok()?;
    let point = Decimal::new(ranked.calibration_error()).ok()?;
    let whole = predictions.len() == units.len();
    let around = whole.then(|| {
        let resampled = ranked.calibration_error_bootstrap(DRAWS, how.seed).ok()?;
        resampled.bca(how.level.get()).ok()
    });
    Some((point, limits(around.flatten(), how.level, Method::Bca)))
}

fn limits(limits: Option<(f64, f64)>, level: Decimal, method: Method) -> Option<Interval> {
    let (lower, upper) = limits?;
    Some(Interval {
        lower: Decimal::new(lower).ok()?,
        upper: Decimal::new(upper).ok()?,
        level,
        method,
    })
}

/// The interval whose lower limit counts every missing unit as failed and whose upper limit counts
/// it as passed.
pub(super) fn interval(clusters: &[Cluster], level: Decimal) -> Option<Interval> {
    let all = total(clusters);
    let independent = clusters.iter().all(|c| c.planned == 1);
    let planned = f64::from(all.planned);
    let (size, method) = if independent {
        (planned, Method::ClopperPearson)
    } else {
        (effective_size(clusters, level.get()), Method::KornGraubard)
    };
    let worth = size / planned;
    let limits =
        |passes: f64| clopper_pearson(passes * worth, (planned - passes) * worth, level.get());
    Some(Interval {
        lower: Decimal::new(limits(all.passes).0).ok()?,
        upper: Decimal::new(limits(all.passes + f64::from(all.missing)).1).ok()?,
        level,
        method,
    })
}
