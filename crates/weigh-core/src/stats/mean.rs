//! The mean of values that come in clusters, with Student's interval.
//!
//! With cluster sums S_c of n_c values, C clusters, n values and mean m, the standard error is
//!
//! ```text
//! SE = sqrt(C / (C - 1) * sum (S_c - n_c m)^2) / n
//! ```
//!
//! (Liang and Zeger, 1986; for evaluations of models Miller, 2024, arXiv 2411.00640), and the
//! interval is m - t SE .. m + t SE with C - 1 degrees of freedom.
//!
//! **Bounded values** lie in a known range. The interval (never the standard error that is
//! published) adds two clusters to the sum of squares, of the size m = sum n_c^2 / n that a unit finds
//! around it on average, one at each end of the range: where all values are alike, or all but a few,
//! the plain interval is far too short. The share that this adds falls as 1 / C.
//!
//! **Missing units.** With bounded values the limits start from the mean with every missing value
//! at its worst and at its best, and the standard error is the largest that the missing values
//! allow. So no unit that goes missing narrows the interval. Without bounds there is no interval
//! while a unit is missing.

use super::cluster::{Cluster, largest_square, mean_size, total};
use super::student::two_sided;
use super::undefined::Undefined;

/// The least and the greatest value that a unit can have; `least` below `most`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Least value.
    pub least: f64,
    /// Greatest value.
    pub most: f64,
}

impl Range {
    /// Shares and probabilities.
    pub const UNIT: Self = Self {
        least: 0.0,
        most: 1.0,
    };

    /// Differences of two values of this range.
    #[must_use]
    pub fn of_differences(self) -> Self {
        let width = self.most - self.least;
        Self {
            least: -width,
            most: width,
        }
    }
}

/// A mean and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// Mean of the units that have a value. None when none has.
    pub point: Option<f64>,
    /// Clustered standard error over the units that have a value: the formula of the module
    /// without additions. None with fewer than two clusters, never 0 for want of data.
    pub standard_error: Option<f64>,
    /// Degrees of freedom, C - 1.
    pub freedom: f64,
    /// Lower and upper limit, or why there are none.
    pub limits: Result<(f64, f64), Undefined>,
}

/// The mean over `clusters` with its interval at two-sided `level`. Each cluster holds at least one
/// planned unit; values lie in `range` where it is given.
#[must_use]
pub fn mean(clusters: &[Cluster], range: Option<Range>, level: f64) -> Mean {
    let all = total(clusters);
    let scored = f64::from(all.planned - all.missing);
    Mean {
        point: (scored > 0.0).then(|| all.passes / scored),
        standard_error: standard_error(clusters),
        freedom: count(clusters) - 1.0,
        limits: limits(clusters, range, level),
    }
}

/// The clustered standard error of the mean of the units that have a value: see the module. None
/// with fewer than two clusters that hold such a unit.
#[must_use]
pub fn standard_error(clusters: &[Cluster]) -> Option<f64> {
    let size = |c: &Cluster| f64::from(c.planned - c.missing);
    let scored = || clusters.iter().filter(|c| c.planned > c.missing);
    let clusters_scored = scored().fold(0.0, |sum, _| sum + 1.0);
    if clusters_scored < 2.0 {
        return None;
    }
    let n = scored().fold(0.0, |sum, c| sum + size(c));
    let mean = scored().fold(0.0, |sum, c| sum + c.passes) / n;
    let squares = scored().fold(0.0, |sum, c| {
        let error = c.passes - mean * size(c);
        sum + error * error
    });
    Some((clusters_scored / (clusters_scored - 1.0) * squares).sqrt() / n)
}

fn limits(clusters: &[Cluster], range: Option<Range>, level: f64) -> Result<(f64, f64), Undefined> {
    let all = total(clusters);
    if all.planned == all.missing {
        return Err(Undefined::NothingScored);
    }
    if clusters.len() < 2 {
        return Err(Undefined::FewClusters);
    }
    let t = two_sided(1.0 - level, count(clusters) - 1.0);
    if let Some(range) = range {
        return Ok(bounded(clusters, range, t));
    }
    if all.missing > 0 {
        return Err(Undefined::Missing(all.missing));
    }
    let error = standard_error(clusters).ok_or(Undefined::FewClusters)?;
    if error <= 0.0 {
        return Err(Undefined::NoSpread);
    }
    let mean = all.passes / f64::from(all.planned);
    Ok((mean - t * error, mean + t * error))
}

/// The limits of the mean of values in `range`: see the module.
fn bounded(clusters: &[Cluster], range: Range, t: f64) -> (f64, f64) {
    let all = total(clusters);
    let n = f64::from(all.planned);
    let missing = f64::from(all.missing);
    let least = (all.passes + missing * range.least) / n;
    let most = (all.passes + missing * range.most) / n;
    let squares = clusters
        .iter()
        .fold(0.0, |sum, c| sum + largest_square(c, range, least, most));
    let added = mean_size(clusters) * mean_size(clusters);
    let of_added = |mean: f64| {
        let (below, above) = (mean - range.least, range.most - mean);
        added * (below * below + above * above)
    };
    let squares = squares + of_added(least).max(of_added(most));
    let count = count(clusters);
    let error = (count / (count - 1.0) * squares).sqrt() / n;
    let within = |limit: f64| limit.clamp(range.least, range.most);
    (within(least - t * error), within(most + t * error))
}

/// How many clusters there are.
fn count(clusters: &[Cluster]) -> f64 {
    clusters.iter().fold(0.0, |sum, _| sum + 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STARS: Range = Range {
        least: 1.0,
        most: 5.0,
    };

    fn cluster(planned: u32, passes: f64, missing: u32) -> Cluster {
        Cluster {
            planned,
            passes,
            missing,
        }
    }

    #[test]
    fn a_unit_of_its_own_is_the_textbook_case() {
        // 2, 4, 4, 6: mean 4, s = sqrt(8 / 3), SE = s / 2, t[3] = 3.182446...
        let values = [2.0, 4.0, 4.0, 6.0].map(|v| cluster(1, v, 0));
        let estimate = mean(&values, None, 0.95);
        let error = (8.0_f64 / 3.0).sqrt() / 2.0;
        let half = 3.182_446_305_284_263 * error;
        assert_eq!(estimate.point, Some(4.0));
        assert!((estimate.standard_error.unwrap() - error).abs() < 1e-15);
        let (lower, upper) = estimate.limits.unwrap();
        assert!((lower - (4.0 - half)).abs() < 1e-10 && (upper - (4.0 + half)).abs() < 1e-10);
    }

    #[test]
    fn what_cannot_be_said_is_not_said() {
        let limits = |clusters: &[Cluster], range| mean(clusters, range, 0.95).limits;
        let one = [cluster(9, 20.0, 0)];
        let alike = [cluster(2, 6.0, 0), cluster(2, 6.0, 0)];
        let gap = [cluster(2, 6.0, 0), cluster(2, 3.0, 1)];
        let none = [cluster(1, 0.0, 1), cluster(1, 0.0, 1)];
        assert_eq!(limits(&one, Some(STARS)), Err(Undefined::FewClusters));
        assert_eq!(limits(&alike, None), Err(Undefined::NoSpread));
        assert_eq!(limits(&gap, None), Err(Undefined::Missing(1)));
        assert_eq!(limits(&none, Some(STARS)), Err(Undefined::NothingScored));
        assert_eq!(mean(&none, None, 0.95).point, None);
        assert_eq!(standard_error(&one), None);
        assert_eq!(
            standard_error(&[cluster(1, 3.0, 0), cluster(1, 0.0, 1)]),
            None
        );
        // All alike, yet the range says what another unit could have been.
        let (lower, upper) = limits(&alike, Some(STARS)).unwrap();
        assert!(lower < 3.0 && upper > 3.0);
    }

    #[test]
    fn missing_units_count_as_worst_below_and_best_above() {
        let many = vec![cluster(1, 3.0, 0); 200];
        let mut gap = many.clone();
        gap[7] = cluster(1, 0.0, 1);
        let limits = |clusters: &[Cluster]| mean(clusters, Some(STARS), 0.95).limits.unwrap();
        let ((lower, upper), (wide_lower, wide_upper)) = (limits(&many), limits(&gap));
        assert!(wide_lower <= lower - 2.0 / 200.0 && wide_upper >= upper + 2.0 / 200.0);
        assert_eq!(mean(&gap, Some(STARS), 0.95).point, Some(3.0));
    }

    fn clusters() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
        let value = prop::option::weighted(0.8, 1.0..=5.0);
        prop::collection::vec(prop::collection::vec(value, 1..5), 2..12)
    }

    fn summed(clusters: &[Vec<Option<f64>>]) -> Vec<Cluster> {
        clusters
            .iter()
            .map(|units| Cluster {
                planned: units.len() as u32,
                passes: units.iter().flatten().sum(),
                missing: units.iter().filter(|u| u.is_none()).count() as u32,
            })
            .collect()
    }

    proptest! {
        #[test]
        fn a_missing_unit_only_widens(units in clusters(), pick in any::<prop::sample::Index>()) {
            let mut fewer = units.clone();
            let cluster = pick.index(units.len());
            fewer[cluster][0] = None;
            let limits = |units: &[Vec<Option<f64>>]| mean(&summed(units), Some(STARS), 0.9).limits;
            if let (Ok((lower, upper)), Ok(wide)) = (limits(&units), limits(&fewer)) {
                prop_assert!(wide.0 <= lower + 1e-12 && wide.1 >= upper - 1e-12);
                prop_assert!(STARS.least <= wide.0 && wide.1 <= STARS.most);
            }
        }

        #[test]
        fn a_bounded_interval_holds_the_plain_one(units in clusters()) {
            let complete: Vec<Vec<_>> =
                units.iter().map(|c| c.iter().map(|u| Some(u.unwrap_or(2.0))).collect()).collect();
            let limits = |range| mean(&summed(&complete), range, 0.9).limits;
            if let (Ok(plain), Ok(wide)) = (limits(None), limits(Some(STARS))) {
                prop_assert!(wide.0 <= plain.0.max(1.0) && wide.1 >= plain.1.min(5.0));
            }
        }
    }
}
