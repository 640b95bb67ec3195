//! How many families of cases would decide what is inconclusive, if the estimate stays where it is.
//!
//! A share has the exact interval of Clopper and Pearson, at the size that clustered units are
//! worth; that size is read back from the interval that there is and grows with the families. For
//! every other figure the distance between the estimate and its limit falls with
//! t[C - 1] / sqrt(C), C being the number of families: the usual normal planning. An exponential
//! is planned on the scale of its logarithm.

use super::rule::extremes;
use crate::decimal::Decimal;
use crate::measure::Scale;
use crate::profile::Limit;
use crate::stats::beta::regularised;
use crate::stats::student::two_sided;
use crate::stats::{Estimate, Interval};

/// No answer is above this many families.
const MOST_FAMILIES: f64 = 1e7;
/// Halvings after which a size is known to far less than a family.
const STEPS: u32 = 60;

/// Why no number of families would decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecidable {
    /// There is no interval.
    NoInterval,
    /// Units are missing, and they alone keep it open.
    Missing,
    /// The estimate lies on the limit, or so near that more than ten million would be needed.
    AtLimit,
}

/// One end of an interval, and the side of the limit on which it is to come.
struct Aim {
    /// The figure from which the end is reckoned: with missing units, the worst that they allow.
    from: f64,
    /// Where the end is now.
    end: f64,
    /// Where it must not be beyond.
    limit: f64,
    /// Whether it is the lower end.
    lower: bool,
}

/// The number of families (clusters) with which the interval of `estimate` would lie wholly on one
/// side of `limit` at two-sided confidence `level`, if the figure and the share of missing units
/// stay. At least as many as there are.
///
/// # Errors
/// Why there is no such number.
pub fn families_to_decide(
    limit: Limit,
    estimate: &Estimate,
    level: Decimal,
) -> Result<u32, Undecidable> {
    let (Some(point), Some(interval)) = (estimate.point, &estimate.interval) else {
        return Err(Undecidable::NoInterval);
    };
    let aim = aim(limit, estimate, point.get(), interval)?;
    let clusters = f64::from(estimate.clusters);
    let needed = match estimate.measure.scale() {
        Scale::Proportion => clusters * exact(&aim, estimate, interval, level.get())?,
        Scale::Exponential => normal(&logarithms(&aim), clusters, interval, level.get())?,
        Scale::Mean(_) | Scale::Ratio | Scale::Calibration | Scale::Selective | Scale::Corpus => {
            normal(&aim, clusters, interval, level.get())?
        }
    };
    // What is a whole number but for rounding is that number.
    Ok((needed - 1e-6).ceil().max(clusters) as u32)
}

/// Towards which side the interval would shrink, and how far it has to.
fn aim(
    limit: Limit,
    estimate: &Estimate,
    point: f64,
    interval: &Interval,
) -> Result<Aim, Undecidable> {
    let (least, most) = extremes(estimate, point).ok_or(Undecidable::Missing)?;
    let (Limit::AtLeast(bound) | Limit::AtMost(bound)) = limit;
    let bound = bound.get();
    let above = Aim {
        from: least,
        end: interval.lower.get(),
        limit: bound,
        lower: true,
    };
    let below = Aim {
        from: most,
        end: interval.upper.get(),
        lower: false,
        ..above
    };
    if least > bound {
        Ok(above)
    } else if most < bound {
        Ok(below)
    } else if least < most {
        Err(Undecidable::Missing)
    } else {
        Err(Undecidable::AtLimit)
    }
}

fn logarithms(aim: &Aim) -> Aim {
    Aim {
        from: libm::log(aim.from),
        end: libm::log(aim.end),
        limit: libm::log(aim.limit),
        lower: aim.lower,
    }
}

/// By how much the size must grow for the exact end to come to the limit.
fn exact(
    aim: &Aim,
    estimate: &Estimate,
    interval: &Interval,
    level: f64,
) -> Result<f64, Undecidable> {
    let clusters = f64::from(estimate.clusters);
    let now = if estimate.clusters == estimate.planned {
        clusters
    } else {
        let known = |size: f64| aim.reaches(aim.end, size, interval.level.get());
        // An interval that says nothing says nothing of the size: then a family is worth a unit.
        let said = least(f64::from(estimate.planned), known);
        said.filter(|size| *size > 1e-6).unwrap_or(clusters)
    };
    let most = MOST_FAMILIES * now / clusters;
    let needed = least(most, |size| aim.reaches(aim.limit, size, level));
    needed.map(|size| size / now).ok_or(Undecidable::AtLimit)
}

impl Aim {
    /// Whether the exact end for `size` independent units has come to `goal`. Clopper and Pearson's
    /// limits are quantiles of the beta distribution, so its distribution function tells.
    fn reaches(&self, goal: f64, size: f64, level: f64) -> bool {
        let tail = (1.0 - level) / 2.0;
        let (passes, fails) = (self.from * size, (1.0 - self.from) * size);
        if self.lower {
            regularised(goal, passes, fails + 1.0) <= tail
        } else {
            regularised(goal, passes + 1.0, fails) >= 1.0 - tail
        }
    }
}

/// The number of families with which Student's interval comes to the limit.
fn normal(aim: &Aim, clusters: f64, interval: &Interval, level: f64) -> Result<f64, Undecidable> {
    let half =
        |level: f64, count: f64| two_sided(1.0 - level, (count - 1.0).max(1.0)) / count.sqrt();
    let unit = (aim.from - aim.end).abs() / half(interval.level.get(), clusters);
    let room = (aim.from - aim.limit).abs();
    least(MOST_FAMILIES, |count| {
        count >= 2.0 && unit * half(level, count) <= room
    })
    .ok_or(Undecidable::AtLimit)
}

/// The least size up to `most` for which `is` holds, as it does from some size on.
fn least(most: f64, is: impl Fn(f64) -> bool) -> Option<f64> {
    if !is(most) {
        return None;
    }
    let (mut short, mut enough) = (0.0, most);
    for _ in 0..STEPS {
        let middle = f64::midpoint(short, enough);
        if is(middle) {
            enough = middle;
        } else {
            short = middle;
        }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::measure::MeasureName;
    use crate::stats::cluster::{Cluster, total};
    use crate::stats::mean::{Range, mean};
    use crate::stats::proportion::clustered;
    use crate::stats::{Method, Stratum};

    const LEVEL: f64 = 0.95;

    fn decimal(value: f64) -> Decimal {
        Decimal::new(value).unwrap()
    }

    fn estimate(measure: MeasureName, clusters: &[Cluster], limits: (f64, f64)) -> Estimate {
        let all = total(clusters);
        let scored = all.planned - all.missing;
        Estimate {
            suite: "s".to_owned(),
            measure,
            measure_version: 1,
            stratum: Stratum::All,
            planned: all.planned,
            scored,
            unscored: BTreeMap::new(),
            clusters: clusters.len() as u32,
            point: Decimal::new(all.passes / f64::from(scored)).ok(),
            interval: Some(Interval {
                lower: decimal(limits.0),
                upper: decimal(limits.1),
                level: decimal(LEVEL),
                method: Method::ClopperPearson,
            }),
            correction: None,
        }
    }

    fn share(clusters: &[Cluster]) -> Estimate {
        estimate(MeasureName::Accuracy, clusters, clustered(clusters, LEVEL))
    }

    /// `planned` units, each a family, of which `passes` pass and `missing` have no value.
    fn units(planned: u32, passes: u32, missing: u32) -> Vec<Cluster> {
        let unit = |at: u32| Cluster {
            planned: 1,
            passes: f64::from(u8::from(at < passes)),
            missing: u32::from(at >= planned - missing),
        };
        (0..planned).map(unit).collect()
    }

    fn at_least(limit: f64) -> Limit {
        Limit::AtLeast(decimal(limit))
    }

    #[test]
    fn families_by_closed_forms_and_reasons_for_none() {
        use Undecidable::{AtLimit, Missing};
        let at_most = |limit: f64| Limit::AtMost(decimal(limit));
        for (counts, limit, level, expect) in [
            // Without a failure: the first n with (alpha / 2)^(1 / n) at the limit.
            ((40, 40, 0), at_least(0.95), 0.95, Ok(72)),
            ((40, 40, 0), at_least(0.95), 0.995, Ok(117)),
            ((40, 0, 0), at_most(0.05), 0.95, Ok(72)),
            ((10, 0, 0), at_least(0.1), 0.95, Ok(36)),
            // Decided already: no fewer than there are.
            ((100, 100, 0), at_least(0.5), 0.95, Ok(100)),
            ((40, 20, 0), at_least(0.5), 0.95, Err(AtLimit)),
            ((40, 40, 0), at_least(1.0), 0.95, Err(AtLimit)),
            // Two of forty may have failed: 95 % cannot be told from 100 %.
            ((40, 38, 2), at_least(0.96), 0.95, Err(Missing)),
        ] {
            let (planned, passes, missing) = counts;
            let found = share(&units(planned, passes, missing));
            let found = families_to_decide(limit, &found, decimal(level));
            assert_eq!(found, expect, "{counts:?} {limit:?} {level}");
        }
        let none = Estimate {
            interval: None,
            ..share(&units(9, 5, 0))
        };
        let found = families_to_decide(at_least(0.5), &none, decimal(0.95));
        assert_eq!(found, Err(Undecidable::NoInterval));
    }

    /// The same families `times` times.
    fn repeated(clusters: &[Cluster], times: u32) -> Vec<Cluster> {
        (0..times).flat_map(|_| clusters.to_vec()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        /// Repeating the data keeps the estimate: so many repetitions decide, and a quarter do not.
        #[test]
        fn repeated_families_decide_when_it_says(
            families in prop::collection::vec((1_u32..4, 0.0..=1.0_f64), 12..40), bound in 0.05..0.95,
            whole in any::<bool>(),
        ) {
            let cluster = |&(planned, value): &(u32, f64)| {
                let passes = f64::from(planned) * value;
                Cluster { planned, passes: if whole { passes.round() } else { passes }, missing: 0 }
            };
            let clusters: Vec<Cluster> = families.iter().map(cluster).collect();
            let limits = |clusters: &[Cluster]| {
                if whole { clustered(clusters, LEVEL) } else { mean(clusters, Some(Range::UNIT), LEVEL).limits.unwrap() }
            };
            let measure = if whole { MeasureName::Accuracy } else { MeasureName::F1 };
            let found = estimate(measure, &clusters, limits(&clusters));
            let Ok(needed) = families_to_decide(at_least(bound), &found, decimal(LEVEL)) else {
                return Ok(());
            };
            let count = clusters.len() as u32;
            let decides = |times: u32| {
                let (lower, upper) = limits(&repeated(&clusters, times));
                lower >= bound || upper < bound
            };
            prop_assume!(needed < 60 * count);
            // What was added for few families falls away as they grow, so that fewer may do.
            let enough = needed.div_ceil(count);
            prop_assert!(decides(enough), "{needed} of {count}");
            if enough > 16 {
                prop_assert!(!decides(enough / 4), "{needed} of {count}");
            }
        }
    }
}
