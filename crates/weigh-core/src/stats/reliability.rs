//! Reliability diagrams: the bins behind an expected calibration error, with what is right in each
//! (Murphy and Winkler, 1977; Niculescu-Mizil and Caruana, 2005).
//!
//! The bins are those of the error: ten of equally many cases in the order of confidence. They stand in
//! no signed report, and whoever has the record derives them.

use std::collections::BTreeMap;

use super::Interval;
use super::calibration::Prediction;
use super::cluster::{Cluster, total};
use super::strata::{interval, ranked};
use crate::decimal::Decimal;
use crate::measure::{MeasureName, Scored};

/// The bins of one suite's calibration error over all cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reliability {
    /// The suite.
    pub suite: String,
    /// From the least sure to the surest; none is empty.
    pub bins: Vec<Bin>,
}

/// Cases of which a model is about as sure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bin {
    /// How many.
    pub cases: u32,
    /// Mean confidence, 0 to 1.
    pub confidence: Decimal,
    /// The share answered right.
    pub right: Decimal,
    /// Its interval, which counts the clusters of cases within the bin.
    pub interval: Option<Interval>,
}

/// The diagram of every suite whose calibration error was measured, sorted by suite, with intervals
/// at two-sided `level`. It does not depend on the order of `scored`.
#[must_use]
pub fn reliability(scored: &[Scored], level: Decimal) -> Vec<Reliability> {
    let mut suites: BTreeMap<&str, Vec<&Scored>> = BTreeMap::new();
    let measured = scored.iter();
    for unit in measured.filter(|unit| unit.measure == MeasureName::CalibrationError) {
        suites.entry(&unit.suite).or_default().push(unit);
    }
    let mut diagrams = Vec::new();
    for (suite, mut units) in suites {
        // The order in which the error's own bins were cut.
        units.sort_by_key(|unit| (&unit.language, &unit.unit));
        if let Some(ranked) = ranked(&units) {
            let bins = ranked.bins().filter_map(|bin| of_bin(bin, level));
            diagrams.push(Reliability {
                suite: suite.to_owned(),
                bins: bins.collect(),
            });
        }
    }
    diagrams
}

/// None for a bin without cases: with fewer than ten there are some.
fn of_bin(predictions: &[Prediction], level: Decimal) -> Option<Bin> {
    let mut clusters: BTreeMap<u32, Cluster> = BTreeMap::new();
    for prediction in predictions {
        let cluster = clusters.entry(prediction.cluster).or_default();
        cluster.planned += 1;
        cluster.passes += f64::from(u8::from(prediction.correct));
    }
    let clusters: Vec<Cluster> = clusters.into_values().collect();
    let all = total(&clusters);
    let cases = f64::from(all.planned);
    let confidence = predictions.iter().fold(0.0, |sum, p| sum + p.confidence);
    Some(Bin {
        cases: all.planned,
        // Without cases this is no number, and there is no bin.
        confidence: Decimal::new(confidence / cases).ok()?,
        right: Decimal::new(all.passes / cases).ok()?,
        interval: interval(&clusters, level),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::strata::estimate;
    use super::*;
    use crate::measure::Outcome;

    fn unit(at: u32, confidence: f64, right: bool) -> Scored {
        Scored {
            suite: "a/b".to_owned(),
            measure: MeasureName::CalibrationError,
            unit: format!("{at:03}"),
            language: "en".parse().unwrap(),
            tags: BTreeSet::new(),
            cluster: format!("{}", at / 2),
            outcome: Outcome::Scored(Decimal::new(f64::from(u8::from(right))).unwrap()),
            weight: Decimal::new(confidence).unwrap(),
            shared: None,
            decision: None,
        }
    }

    #[test]
    fn the_bins_give_the_signed_error() {
        let level = Decimal::new(0.95).unwrap();
        let scored: Vec<Scored> = (0..47)
            .map(|at| unit(at, f64::from(at * 7 % 47) / 47.0, at % 3 > 0))
            .collect();
        let found = reliability(&scored, level);
        let [Reliability { bins, .. }] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(bins.len(), 10);
        assert_eq!(bins.iter().map(|bin| bin.cases).sum::<u32>(), 47);
        let gap = |bin: &Bin| (bin.confidence.get() - bin.right.get()).abs() * f64::from(bin.cases);
        let error: f64 = bins.iter().map(gap).sum::<f64>() / 47.0;
        let signed = estimate(&scored, level, &[])[0].point.unwrap().get();
        assert!((error - signed).abs() < 1e-12, "{error} {signed}");
        for bin in bins {
            let interval = bin.interval.as_ref().unwrap();
            assert!(interval.lower <= bin.right && bin.right <= interval.upper);
        }
        let mut turned = scored.clone();
        turned.reverse();
        assert_eq!(reliability(&turned, level), found);
    }

    #[test]
    fn without_answers_there_is_no_diagram() {
        let level = Decimal::new(0.95).unwrap();
        assert!(reliability(&[], level).is_empty());
        let few = reliability(&[unit(0, 0.5, true), unit(1, 0.9, false)], level);
        assert_eq!(few[0].bins.iter().map(|bin| bin.cases).sum::<u32>(), 2);
    }
}
