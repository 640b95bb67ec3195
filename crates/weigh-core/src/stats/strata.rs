//! From outcomes to estimates: one for each measure, suite and stratum.

use std::collections::BTreeMap;

use super::cluster::{Cluster, effective_size, total};
use super::proportion::clopper_pearson;
use super::{Estimate, Interval, Method, Stratum};
use crate::decimal::Decimal;
use crate::measure::{MeasureName, Outcome, Scored};

/// Estimates every measure of every suite on all units, on each language and on each tag.
///
/// Intervals are two-sided at `level`, a number between 0 and 1. The result is sorted by suite,
/// measure and stratum and does not depend on the order of `scored`.
#[must_use]
pub fn estimate(scored: &[Scored], level: Decimal) -> Vec<Estimate> {
    let mut strata: BTreeMap<(&str, MeasureName, Stratum), Vec<&Scored>> = BTreeMap::new();
    for unit in scored {
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
            ..of_units(measure, &units, level)
        })
        .collect()
}

/// The estimate over some units of one measure, for every unit of one suite.
fn of_units(measure: MeasureName, units: &[&Scored], level: Decimal) -> Estimate {
    let mut clusters: BTreeMap<&str, Cluster> = BTreeMap::new();
    let mut unscored: BTreeMap<String, u32> = BTreeMap::new();
    for unit in units {
        let cluster = clusters.entry(&unit.cluster).or_default();
        cluster.planned += 1;
        match &unit.outcome {
            Outcome::Scored(value) => cluster.passes += value.get(),
            Outcome::Unscored(reason) => {
                cluster.missing += 1;
                *unscored.entry(reason.kind().to_owned()).or_default() += 1;
            }
        }
    }
    let clusters: Vec<Cluster> = clusters.into_values().collect();
    let all = total(&clusters);
    let scored = all.planned - all.missing;
    let point = Decimal::new(all.passes / f64::from(scored)).ok();
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
        interval: point.and_then(|_| interval(&clusters, level)),
    }
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
