//! Differences of two proportions: the hybrid score intervals of Newcombe (1998).
//!
//! Each proportion has its score interval l..u (Wilson, 1927); the limits of the difference are the
//! roots of the sums of squares of the distances to them. Unlike the plain interval they are right
//! near 0 and 1 and are never of width 0.

use super::cluster::{Cluster, size, total};
use super::proportion::wilson;
use super::undefined::Undefined;

/// A proportion as counts, which may be broken so that effective ones can stand for whole ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Units that pass.
    pub passes: f64,
    /// Units that fail.
    pub fails: f64,
}

impl Share {
    fn point(self) -> f64 {
        self.passes / (self.passes + self.fails)
    }

    /// The distances from the point down and up to the limits of Wilson.
    fn reach(self, level: f64) -> (f64, f64) {
        let (lower, upper) = wilson(self.passes, self.fails, level);
        (self.point() - lower, upper - self.point())
    }
}

/// The limits of p_a - p_b for independent samples at two-sided `level`: method 10 of Newcombe
/// (1998, Statistics in Medicine 17, 873-890). Both samples hold at least one unit.
#[must_use]
pub fn independent(a: Share, b: Share, level: f64) -> (f64, f64) {
    combined(a, b, 0.0, level)
}

/// The square-and-add limits with correlation `phi` of the two proportions.
fn combined(a: Share, b: Share, phi: f64, level: f64) -> (f64, f64) {
    let difference = a.point() - b.point();
    let (a_down, a_up) = a.reach(level);
    let (b_down, b_up) = b.reach(level);
    let root = |x: f64, y: f64| (x * x - 2.0 * phi * x * y + y * y).max(0.0).sqrt();
    (
        difference - root(a_down, b_up),
        difference + root(a_up, b_down),
    )
}

/// The limits of p_a - p_b for two samples of clusters that share no cluster, at two-sided `level`.
///
/// Each sample counts for the size that its clusters are worth; a missing unit counts against the
/// sample in which it is missing below, and for it above.
///
/// # Errors
/// When a sample has no unit, or is one cluster of several units.
pub fn clustered(a: &[Cluster], b: &[Cluster], level: f64) -> Result<(f64, f64), Undefined> {
    let (a_least, a_most) = extremes(a, level)?;
    let (b_least, b_most) = extremes(b, level)?;
    Ok((
        independent(a_least, b_most, level).0,
        independent(a_most, b_least, level).1,
    ))
}

/// The share with every missing unit failed, and with every one passed, in effective counts.
fn extremes(clusters: &[Cluster], level: f64) -> Result<(Share, Share), Undefined> {
    let all = total(clusters);
    if all.planned == all.missing {
        return Err(Undefined::NothingScored);
    }
    let size = size(clusters, level);
    if size <= 0.0 {
        return Err(Undefined::FewClusters);
    }
    let planned = f64::from(all.planned);
    let share = |passes: f64| Share {
        passes: passes * size / planned,
        fails: (planned - passes) * size / planned,
    };
    Ok((
        share(all.passes),
        share(all.passes + f64::from(all.missing)),
    ))
}

/// What two models did on the same independent cases, none of which lacks a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairTable {
    /// Cases that both pass.
    pub both: u32,
    /// Cases that only the first passes.
    pub a_only: u32,
    /// Cases that only the second passes.
    pub b_only: u32,
    /// Cases that neither passes.
    pub neither: u32,
}

/// The limits of p_a - p_b on the same cases at two-sided `level`: method 10 of Newcombe (1998,
/// Statistics in Medicine 17, 2635-2650). None without a case.
///
/// Pairs in clusters, or with a missing value, go to [`super::paired::difference`] instead.
#[must_use]
pub fn paired(table: &PairTable, level: f64) -> Option<(f64, f64)> {
    let [both, a_only, b_only, neither] =
        [table.both, table.a_only, table.b_only, table.neither].map(f64::from);
    let n = both + a_only + b_only + neither;
    if n <= 0.0 {
        return None;
    }
    let a = Share {
        passes: both + a_only,
        fails: b_only + neither,
    };
    let b = Share {
        passes: both + b_only,
        fails: a_only + neither,
    };
    let product = a.passes * a.fails * b.passes * b.fails;
    let cross = both * neither - a_only * b_only;
    // A positive correlation narrows, so it is first drawn towards 0.
    let cross = if cross > 0.0 {
        (cross - n / 2.0).max(0.0)
    } else {
        cross
    };
    let phi = if product > 0.0 {
        cross / product.sqrt()
    } else {
        0.0
    };
    Some(combined(a, b, phi, level))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cluster(planned: u32, passes: u32, missing: u32) -> Cluster {
        Cluster {
            planned,
            passes: passes.into(),
            missing,
        }
    }

    #[test]
    fn what_cannot_be_said_is_not_said() {
        let fine = [cluster(1, 1, 0), cluster(1, 0, 0)];
        for (sample, reason) in [
            (vec![], Undefined::NothingScored),
            (vec![cluster(1, 0, 1)], Undefined::NothingScored),
            (vec![cluster(3, 1, 1)], Undefined::FewClusters),
        ] {
            assert_eq!(clustered(&sample, &fine, 0.95), Err(reason));
            assert_eq!(clustered(&fine, &sample, 0.95), Err(reason));
        }
        let empty = PairTable {
            both: 0,
            a_only: 0,
            b_only: 0,
            neither: 0,
        };
        assert_eq!(paired(&empty, 0.95), None);
    }

    #[test]
    fn clusters_widen() {
        let single = vec![cluster(1, 1, 0); 80]
            .into_iter()
            .chain(vec![cluster(1, 0, 0); 20]);
        let single: Vec<_> = single.collect();
        let fours: Vec<_> = (0..25)
            .map(|c| cluster(4, if c < 20 { 4 } else { 0 }, 0))
            .collect();
        let width = |(lower, upper): (f64, f64)| upper - lower;
        let narrow = width(clustered(&single, &single, 0.95).unwrap());
        assert!(width(clustered(&fours, &single, 0.95).unwrap()) > 1.4 * narrow);
    }

    proptest! {
        #[test]
        fn swapping_the_models_turns_the_limits(
            both in 0_u32..40, a_only in 0_u32..40, b_only in 0_u32..40, neither in 1_u32..40
        ) {
            let limits = |a_only, b_only| {
                paired(&PairTable { both, a_only, b_only, neither }, 0.95).unwrap()
            };
            let ((lower, upper), turned) = (limits(a_only, b_only), limits(b_only, a_only));
            prop_assert!((lower + turned.1).abs() < 1e-12 && (upper + turned.0).abs() < 1e-12);
            prop_assert!(-1.0 <= lower && lower < upper && upper <= 1.0);
        }

        #[test]
        fn a_missing_unit_only_widens(passes in 1_u32..30, n in 30_u32..60, missing in 0_u32..10) {
            let sample = |passes, missing| -> Vec<Cluster> {
                let one = |i| cluster(1, (i < passes).into(), (i >= n - missing).into());
                (0..n).map(one).collect()
            };
            let other = sample(15, 0);
            let wide = clustered(&sample(passes.min(n - missing), missing), &other, 0.95).unwrap();
            for extra in 0..=missing {
                let (lower, upper) =
                    clustered(&sample(passes.min(n - missing) + extra, 0), &other, 0.95).unwrap();
                prop_assert!(wide.0 <= lower + 1e-12 && upper <= wide.1 + 1e-12);
            }
        }
    }
}
