//! What it would take to decide a finding: families enough for the interval and for the sample.

use serde::Serialize;

use super::{Undecidable, families_to_decide};
use crate::decimal::Decimal;
use crate::profile::{DecisionRule, Limit};
use crate::stats::Estimate;

/// What it would take to decide a finding, if its estimate stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Further {
    /// So many families of cases more than there are.
    Families(u32),
    /// Units are missing, and they alone keep it open.
    Missing,
    /// It is too near to its limit for any number of cases, or has no interval.
    Never,
}

impl Further {
    /// What decides `estimate` against `limit` by `rule` at two-sided confidence `level`, where at least
    /// `cases` units are asked for.
    pub(super) fn of(
        (limit, rule): (Limit, DecisionRule),
        cases: Option<u32>,
        estimate: &Estimate,
        level: Decimal,
    ) -> Self {
        let sample = for_the_sample(cases, estimate);
        if rule == DecisionRule::Point {
            // The share alone decides: it is open while units or the sample are missing.
            return match sample {
                0 => Self::Missing,
                families => Self::Families(families),
            };
        }
        match families_to_decide(limit, estimate, level) {
            Ok(families) => {
                let more = families.saturating_sub(estimate.clusters);
                Self::Families(more.max(sample).max(1))
            }
            Err(Undecidable::Missing) => Self::Missing,
            Err(Undecidable::AtLimit | Undecidable::NoInterval) => Self::Never,
        }
    }
}

/// Families that hold as many units as the smallest sample lacks, if they are as large as those that
/// there are.
pub(crate) fn for_the_sample(cases: Option<u32>, estimate: &Estimate) -> u32 {
    let missing = cases.unwrap_or_default().saturating_sub(estimate.scored);
    let (clusters, planned) = (u64::from(estimate.clusters), u64::from(estimate.planned));
    let families = (u64::from(missing) * clusters).div_ceil(planned.max(1));
    u32::try_from(families).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::measure::MeasureName;
    use crate::stats::proportion::clustered;
    use crate::stats::{Interval, Method, Stratum, cluster::Cluster};

    /// `passes` of `scored` single units; `missing` more have no value.
    fn estimate(passes: u32, scored: u32, missing: u32) -> Estimate {
        let decimal = |value: f64| Decimal::new(value).unwrap();
        let unit = |at: u32| Cluster {
            planned: 1,
            passes: f64::from(u8::from(at < passes)),
            missing: u32::from(at >= scored),
        };
        let units: Vec<Cluster> = (0..scored + missing).map(unit).collect();
        let (lower, upper) = clustered(&units, 0.95);
        Estimate {
            suite: "s".to_owned(),
            measure: MeasureName::Refusal,
            measure_version: 1,
            stratum: Stratum::All,
            planned: scored + missing,
            scored,
            unscored: BTreeMap::new(),
            clusters: scored + missing,
            point: Some(decimal(f64::from(passes) / f64::from(scored))),
            interval: Some(Interval {
                lower: decimal(lower),
                upper: decimal(upper),
                level: decimal(0.95),
                method: Method::ClopperPearson,
            }),
            correction: None,
        }
    }

    #[test]
    fn families_for_the_interval_and_for_the_sample() {
        use DecisionRule::{Point, ThreeWay};
        use Further::{Families, Missing, Never};
        let least = Limit::AtLeast("0.95".parse().unwrap());
        for (rule, cases, (passes, scored, missing), expect) in [
            // 0.95^72 is the first power below 0.025.
            (ThreeWay, None, (60, 60, 0), Families(12)),
            (ThreeWay, Some(60), (60, 60, 0), Families(12)),
            (ThreeWay, Some(300), (60, 60, 0), Families(240)),
            // The interval is within already: the sample alone is short.
            (ThreeWay, Some(300), (290, 290, 0), Families(10)),
            (ThreeWay, Some(300), (57, 60, 0), Never),
            (ThreeWay, Some(300), (57, 58, 4), Missing),
            (Point, None, (57, 58, 4), Missing),
            (Point, Some(300), (60, 60, 0), Families(240)),
        ] {
            let estimate = estimate(passes, scored, missing);
            let level = "0.95".parse().unwrap();
            let found = Further::of((least, rule), cases, &estimate, level);
            assert_eq!(found, expect, "{rule:?} {cases:?} {passes} of {scored}");
        }
    }
}
